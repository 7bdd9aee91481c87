package org.airlens.server.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.airlens.model.Location;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;

/**
 * Readings as CSV after RFC 4180. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front: sensors' names come from strangers.
 */
final class CsvReadings implements ReadingOutput {

  private static final String COLUMNS =
      "timestamp,sensor_id,location_id,latitude,longitude,altitude,country,indoor,sensor_type_id,"
          + "sensor_type_name,sensor_type_manufacturer,sensor_pin,aqi";

  /** What a cell begins with that is taken for a formula; the wide forms, too. */
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private final Writer out;
  private final List<String> measures;

  CsvReadings(OutputStream stream, List<String> measures) {
    out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 15);
    this.measures = measures.stream().filter(measure -> !measure.equals(Measures.AQI)).toList();
    try {
      out.write(COLUMNS);
      for (String measure : this.measures) {
        out.write(',');
        out.write(measure);
      }
      out.write("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(Reading reading) {
    try {
      out.write(reading.timestamp().toString());
      whole(reading.sensor().id());
      place(reading.location());
      SensorType type = reading.sensor().type();
      whole(type.id());
      text(type.name());
      text(type.manufacturer());
      text(reading.sensor().pin());
      out.write(',');
      if (reading.aqi().isPresent()) {
        out.write(Integer.toString(reading.aqi().getAsInt()));
      }
      for (String measure : measures) {
        number(reading.values().get(measure));
      }
      out.write("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finish() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing: what was not flushed is not wanted any more. */
  @Override
  public void close() {}

  private void place(Location place) throws IOException {
    whole(place.id());
    Optional<Position> position = place.position();
    number(
        position.isPresent()
            ? OptionalDouble.of(position.get().latitude())
            : OptionalDouble.empty());
    number(
        position.isPresent()
            ? OptionalDouble.of(position.get().longitude())
            : OptionalDouble.empty());
    number(place.altitude());
    text(place.country());
    out.write(',');
    if (place.indoor().isPresent()) {
      out.write(place.indoor().get().toString());
    }
  }

  private void whole(long value) throws IOException {
    out.write(',');
    out.write(Long.toString(value));
  }

  private void number(OptionalDouble value) throws IOException {
    out.write(',');
    if (value.isPresent()) {
      double number = value.getAsDouble();
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      out.write(whole ? Long.toString((long) number) : Double.toString(number));
    }
  }

  private void text(String text) throws IOException {
    out.write(',');
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted =
        safe.indexOf(',') >= 0
            || safe.indexOf('"') >= 0
            || safe.indexOf('\n') >= 0
            || safe.indexOf('\r') >= 0;
    out.write(quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
  }
}
