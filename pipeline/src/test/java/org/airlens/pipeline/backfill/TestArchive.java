package org.airlens.pipeline.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes files of an archive: each day and sensor with its own values. */
final class TestArchive {

  private static final String DUST =
      "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n";
  private static final String CLIMATE =
      "sensor_id;sensor_type;location;lat;lon;timestamp;temperature;humidity\n";

  private final Path root;

  TestArchive(Path root) {
    this.root = root;
  }

  /** A day's file of a dust sensor, with so many rows. */
  Path dust(String day, int sensor, int rows) {
    return write(
        "%s/%s_sds011_sensor_%d.csv".formatted(day, day, sensor), dustText(day, sensor, rows));
  }

  /** A day's file of a climate sensor, with so many rows. */
  Path climate(String day, int sensor, int rows) {
    StringBuilder text = new StringBuilder(CLIMATE);
    for (int row = 0; row < rows; row++) {
      text.append(beginning(day, sensor, row, "DHT22")).append(";%d.5;80\n".formatted(row % 30));
    }
    return write("%s/%s_dht22_sensor_%d.csv".formatted(day, day, sensor), text.toString());
  }

  static String dustText(String day, int sensor, int rows) {
    StringBuilder text = new StringBuilder(DUST);
    for (int row = 0; row < rows; row++) {
      text.append(beginning(day, sensor, row, "SDS011"))
          .append(";%d.%02d;;;%d;;\n".formatted(sensor % 100, row % 100, row % 70));
    }
    return text.toString();
  }

  Path write(String path, String text) {
    return write(path, text.getBytes(UTF_8));
  }

  Path write(String path, byte[] bytes) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path gzip(String path, String text) {
    Path file = write(path, "");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static String beginning(String day, int sensor, int row, String type) {
    int seconds = row * 150;
    LocalDate date = LocalDate.parse(day).plusDays(seconds / 86_400);
    int second = seconds % 86_400;
    return String.format(
        Locale.ROOT,
        "%d;%s;%d;57.%03d;-2.1;%sT%02d:%02d:%02d",
        sensor,
        type,
        sensor + 1_000,
        sensor % 1_000,
        date,
        second / 3_600,
        second / 60 % 60,
        second % 60);
  }
}
