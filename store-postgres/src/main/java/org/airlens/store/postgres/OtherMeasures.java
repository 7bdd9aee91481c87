package org.airlens.store.postgres;

import org.airlens.model.MeasureValues;

/**
 * Values of measures that have no column, as the JSON object in {@code others}: names that need no
 * escape, and numbers; minus zero, which JSON numbers lose in PostgreSQL, stands as a text.
 */
final class OtherMeasures {

  private OtherMeasures() {}

  /** Whether a reading has such measures. */
  static boolean has(MeasureValues values) {
    for (int i = 0; i < values.size(); i++) {
      if (!MeasureColumns.hasColumn(values.name(i))) {
        return true;
      }
    }
    return false;
  }

  /** Appends the object. */
  static void write(MeasureValues values, StringBuilder out) {
    char before = '{';
    for (int i = 0; i < values.size(); i++) {
      if (!MeasureColumns.hasColumn(values.name(i))) {
        out.append(before).append('"').append(values.name(i)).append("\":");
        double value = values.value(i);
        if (value == 0 && 1 / value < 0) {
          out.append("\"-0\"");
        } else {
          out.append(value);
        }
        before = ',';
      }
    }
    out.append('}');
  }

  /** Adds the values of an object as PostgreSQL prints it. */
  static void read(String object, MeasureValues.Builder values) {
    int at = object.indexOf('"');
    while (at >= 0) {
      int nameEnd = object.indexOf('"', at + 1);
      String name = object.substring(at + 1, nameEnd);
      int valueStart = object.indexOf(':', nameEnd) + 1;
      int valueEnd = object.indexOf(',', valueStart);
      if (valueEnd < 0) {
        valueEnd = object.lastIndexOf('}');
      }
      String value = object.substring(valueStart, valueEnd).strip();
      values.add(name, Double.parseDouble(value.replace("\"", "")));
      at = object.indexOf('"', valueEnd);
    }
  }
}
