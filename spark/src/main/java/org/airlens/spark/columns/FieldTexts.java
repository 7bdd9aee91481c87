package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What the texts in a feed's fields mean, as expressions: numbers, ids, times, names. */
final class FieldTexts {

  private static final String NUMBER =
      "\\A *[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)? *\\z";
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 64;

  /**
   * What {@link org.airlens.collect.feed.FeedTime} reads; Spark's cast reads more, and checks the
   * day.
   */
  private static final String TIME =
      "\\A(?!0000)\\d{4}-\\d\\d-\\d\\d[ T](?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
          + "(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d(?::\\d\\d)?)?\\z";

  private FieldTexts() {}

  /** The finite number that is written, otherwise null. */
  static Column number(Column text) {
    Column trimmed = trim(text, " ");
    Column value = trimmed.try_cast("double");
    Column readable = text.rlike(NUMBER).and(length(trimmed).leq(LONGEST_NUMBER));
    return when(readable.and(finite(value)), value);
  }

  /** A number, or a truth. */
  static Column flag(Column text) {
    return when(text.equalTo("true"), lit(1.0))
        .when(text.equalTo("false"), lit(0.0))
        .otherwise(number(text));
  }

  /** The whole number that is written, −1 when it is none, null when nothing is. */
  static Column wholeNumber(Column text) {
    return when(text.isNull(), lit(null).cast("long"))
        .when(text.rlike("\\A[0-9]{1,18}\\z"), text.try_cast("long"))
        .otherwise(lit(-1L));
  }

  /** The seconds since 1970 of the time that is written, null when it can't be read. */
  static Column second(Column text) {
    return when(text.rlike(TIME), text.try_cast("timestamp").cast("long"));
  }

  /** A name, cut to a length that honest ones have, without control characters. */
  static Column name(Column text) {
    Column cut = substring(coalesce(text, lit("")), 1, LONGEST_NAME);
    String control = "[\\u0000-\\u001F\\u007F-\\u009F]";
    return when(cut.rlike(control), regexp_replace(cut, control, " ")).otherwise(cut);
  }

  /** A country's code, empty when there is none. */
  static Column country(Column text) {
    Column code = name(text);
    return when(code.rlike("\\A\\p{L}{2}\\z"), upper(code)).otherwise(lit(""));
  }

  private static Column finite(Column value) {
    return value.gt(Double.NEGATIVE_INFINITY).and(value.lt(Double.POSITIVE_INFINITY));
  }
}
