package org.airlens.spark.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** A snapshot of the feed with one reading of each sensor, the same each time. */
final class SyntheticFeed {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final long SEED = 20_260_101;
  private static final int SPREAD_SECONDS = 300;

  /** A station has one for dust and one for the climate. */
  private static final int SENSORS_OF_A_PLACE = 2;

  private SyntheticFeed() {}

  /** Writes the feed; every other sensor measures dust, the others the climate. */
  static void write(Path file, int sensors, Instant at) throws IOException {
    Random random = new Random(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      out.write('[');
      String place = "";
      for (int i = 0; i < sensors; i++) {
        out.write(i == 0 ? "" : ",");
        place = i % SENSORS_OF_A_PLACE == 0 ? place(i / SENSORS_OF_A_PLACE, random) : place;
        out.write(entry(i, place, at.minusSeconds(random.nextInt(SPREAD_SECONDS)), random));
      }
      out.write(']');
    }
  }

  private static String place(int i, Random random) {
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"latitude\":\"%.3f\",\"longitude\":\"%.3f\",\"altitude\":\"%.1f\","
            + "\"country\":\"DE\",\"exact_location\":0,\"indoor\":0}",
        1_000 + i,
        47 + random.nextDouble() * 7,
        6 + random.nextDouble() * 9,
        random.nextDouble() * 500);
  }

  private static String entry(int i, String place, Instant time, Random random) {
    boolean dust = i % 2 == 0;
    String values =
        dust
            ? value(i, 1, "P1", 5 + random.nextDouble() * 80)
                + ","
                + value(i, 2, "P2", 2 + random.nextDouble() * 60)
            : value(i, 1, "temperature", random.nextDouble() * 30)
                + ","
                + value(i, 2, "humidity", 20 + random.nextDouble() * 79);
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"sampling_rate\":null,\"timestamp\":\"%s\",\"location\":%s,"
            + "\"sensor\":{\"id\":%d,\"pin\":\"%s\",\"sensor_type\":{\"id\":%d,\"name\":\"%s\",\"manufacturer\":\"%s\"}},"
            + "\"sensordatavalues\":[%s]}",
        30_000_000_000L + i,
        TIME.format(time),
        place,
        10_000 + i,
        dust ? "1" : "7",
        dust ? 14 : 9,
        dust ? "SDS011" : "DHT22",
        dust ? "Nova Fitness" : "various",
        values);
  }

  private static String value(int i, int place, String type, double value) {
    return String.format(
        Locale.ROOT,
        "{\"id\":%d,\"value\":\"%.2f\",\"value_type\":\"%s\"}",
        70_000_000_000L + i * 10L + place,
        value,
        type);
  }
}
