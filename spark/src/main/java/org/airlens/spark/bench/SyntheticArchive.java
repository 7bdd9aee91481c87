package org.airlens.spark.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** An archive of dust sensors, a file a sensor and day, the same each time. */
final class SyntheticArchive {

  /** As often as an airrohr reports. */
  private static final int STEP_SECONDS = 150;

  private static final int ROWS_OF_A_FILE = 86_400 / STEP_SECONDS;

  private static final int SENSORS = 1_736;

  /** The rows of a day: about a million. */
  static final int ROWS = SENSORS * ROWS_OF_A_FILE;

  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final int FIRST_SENSOR = 10_000;

  private SyntheticArchive() {}

  /**
   * Makes an archive longer, until it has about so many rows: a whole number of days.
   *
   * @param days how many it has already
   * @return how many it has now
   */
  static int extend(Path folder, int days, long rows) throws IOException {
    int wanted = (int) Math.max(1, Math.round((double) rows / ROWS));
    for (int day = days; day < wanted; day++) {
      LocalDate date = FIRST.plusDays(day);
      Path there = Files.createDirectories(folder.resolve(date.toString()));
      IntStream.range(0, SENSORS).parallel().forEach(i -> write(there, date, FIRST_SENSOR + i));
    }
    return Math.max(days, wanted);
  }

  private static void write(Path folder, LocalDate date, int sensor) {
    Random random = new Random(date.toEpochDay() * 1_000_003 + sensor);
    String place =
        String.format(
            Locale.ROOT,
            "%d;%.3f;%.3f",
            sensor / 2,
            47 + sensor % 700 / 100.0,
            6 + sensor % 90 / 10.0);
    StringBuilder text =
        new StringBuilder(
            "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n");
    int offset = random.nextInt(STEP_SECONDS);
    for (int i = 0; i < ROWS_OF_A_FILE; i++) {
      double dust = 5 + 20 * random.nextDouble();
      text.append(sensor)
          .append(";SDS011;")
          .append(place)
          .append(';')
          .append(date)
          .append('T')
          .append(ISO_LOCAL_TIME.format(LocalTime.ofSecondOfDay((long) i * STEP_SECONDS + offset)));
      hundredths(text, dust * 1.7);
      text.append(";;");
      hundredths(text, dust);
      text.append(";;\n");
    }
    Path file = folder.resolve("%s_sds011_sensor_%d.csv".formatted(date, sensor));
    try {
      Files.writeString(file, text, US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hundredths(StringBuilder text, double value) {
    text.append(';').append(Math.round(value * 100) / 100.0);
  }
}
