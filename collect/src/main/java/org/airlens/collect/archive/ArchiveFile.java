package org.airlens.collect.archive;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the archive, as its name tells.
 *
 * @param path where it lies below the archive's root, with {@code /} between folders
 * @param first the first day it is about
 * @param last the last day it is about
 * @param sensorType the make of its sensors in lower case, {@code sds011}
 * @param indoor whether its sensor stands indoors; empty when the name does not tell
 */
public record ArchiveFile(
    String path, LocalDate first, LocalDate last, String sensorType, Optional<Boolean> indoor) {

  /** {@code 2018-03-24_sds011_sensor_7789.csv}, {@code …_sensor_1_indoor.csv.gz}. */
  private static final Pattern DAY =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})_(.+)_sensor_\\d+(_indoor)?\\.csv(?:\\.gz)?");

  /** {@code 2018-03_sds011.zip}. */
  private static final Pattern MONTH = Pattern.compile("(\\d{4}-\\d{2})_(.+)\\.zip");

  /**
   * The file of a name; empty when the archive has none of such names.
   *
   * @param folder the path of the file's folder, empty or ending in {@code /}
   */
  static Optional<ArchiveFile> of(String folder, String name) {
    try {
      Matcher day = DAY.matcher(name);
      if (day.matches()) {
        LocalDate date = LocalDate.parse(day.group(1));
        return Optional.of(
            new ArchiveFile(
                folder + name, date, date, day.group(2), Optional.of(day.group(3) != null)));
      }
      Matcher month = MONTH.matcher(name);
      if (month.matches()) {
        YearMonth in = YearMonth.parse(month.group(1));
        return Optional.of(
            new ArchiveFile(
                folder + name, in.atDay(1), in.atEndOfMonth(), month.group(2), Optional.empty()));
      }
    } catch (DateTimeParseException e) {
      // 2018-02-30 is no day.
    }
    return Optional.empty();
  }

  /** Whether it is a zip of CSV files. */
  public boolean isZip() {
    return path.endsWith(".zip");
  }

  /** The month of its first day, {@code 2018-03}. */
  public YearMonth month() {
    return YearMonth.from(first);
  }
}
