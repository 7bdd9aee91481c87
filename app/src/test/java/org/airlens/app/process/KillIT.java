package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment loses no acknowledged reading and doubles none. */
class KillIT {

  private static final int KILLS = 20;
  private static final int CAPTURES = 60;
  private static final int SENSORS = 200;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final DateTimeFormatter FEED_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  @TempDir Path folder;

  private final AtomicLong pushes = new AtomicLong();

  /** The values of pushes that were answered 201. */
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void losesNoAcknowledgedReadingAndDoublesNone() throws Exception {
    Path captures = Files.createDirectory(folder.resolve("captures"));
    for (int i = 0; i < CAPTURES; i++) {
      Files.writeString(captures.resolve("%03d.json".formatted(i)), capture(i));
    }
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningAirLens airLens = up(captures)) {
        Thread pushing = Thread.ofVirtual().start(() -> pushUntilItEnds(airLens));
        if (kill % 4 != 0) { // Each fourth dies while it starts.
          airLens.url();
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS)));
        airLens.kill();
        pushing.join();
      }
    }
    try (RunningAirLens airLens = up(captures)) {
      airLens.ready();
      airLens.await(
          "the end of the replay",
          () -> airLens.body("api/v1/status").contains("\"finished\"") ? true : null);
      assertThat(airLens.err()).as("seed %d", seed).doesNotContain("ERROR");
      check(readings(airLens), seed);
    }
  }

  private void check(List<Map<String, String>> rows, long seed) {
    Set<String> identities = new HashSet<>();
    Set<Long> pushed = new HashSet<>();
    int replayed = 0;
    for (Map<String, String> row : rows) {
      assertThat(identities.add(row.get("sensor_id") + " " + row.get("timestamp")))
          .as("doubled: %s, seed %d", row, seed)
          .isTrue();
      if (!row.get("noise_LAeq").isEmpty()) {
        assertThat(pushed.add(Long.parseLong(row.get("noise_LAeq"))))
            .as("pushed once, stored twice: %s, seed %d", row, seed)
            .isTrue();
      } else {
        replayed++;
      }
    }
    assertThat(pushed).as("seed %d", seed).containsAll(acknowledged);
    assertThat(replayed).as("seed %d", seed).isEqualTo(CAPTURES * SENSORS);
    assertThat(acknowledged).as("pushes that were acknowledged").hasSizeGreaterThan(KILLS);
  }

  private RunningAirLens up(Path captures) throws IOException {
    return RunningAirLens.up(
        folder,
        "--source",
        captures.toString(),
        "--data-dir",
        folder.resolve("data").toString(),
        "--interval",
        "20ms");
  }

  private void pushUntilItEnds(RunningAirLens airLens) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI push = airLens.url().resolve("/v1/push-sensor-data/");
      while (airLens.isAlive()) {
        long value = pushes.incrementAndGet();
        HttpRequest request =
            HttpRequest.newBuilder(push)
                .timeout(Duration.ofSeconds(5))
                .header("X-Sensor", "esp8266-" + value % 1_000)
                .header("X-Pin", "15")
                .POST(
                    BodyPublishers.ofString(
                        "{\"sensordatavalues\":[{\"value_type\":\"noise_LAeq\",\"value\":\"%d\"}]}"
                            .formatted(value)))
                .build();
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 201) {
          acknowledged.add(value);
        }
      }
    } catch (IOException | AssertionError e) {
      return; // It was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Map<String, String>> readings(RunningAirLens airLens) throws Exception {
    String csv =
        airLens.body("api/v1/readings?format=csv&sort=timestamp&from=2026-01-01&to=2199-01-01");
    List<String> lines = csv.lines().toList();
    String[] names = lines.getFirst().split(",", -1);
    return lines.stream()
        .skip(1)
        .map(line -> {
          String[] cells = line.split(",", -1);
          Map<String, String> row = new HashMap<>();
          for (int i = 0; i < names.length; i++) {
            row.put(names[i], cells[i]);
          }
          return row;
        })
        .toList();
  }

  private static String capture(int number) {
    StringBuilder json = new StringBuilder("[");
    String time = FEED_TIME.format(START.plusSeconds(150L * number));
    for (int sensor = 1; sensor <= SENSORS; sensor++) {
      json.append(sensor == 1 ? "" : ",")
          .append(
              """
              {"id":%d,"timestamp":"%s","location":{"id":%d,"latitude":"57.1","longitude":"-2.1",\
              "altitude":"","country":"GB"},"sensor":{"id":%d,"pin":"1","sensor_type":{"id":14,\
              "name":"SDS011","manufacturer":"Nova Fitness"}},"sensordatavalues":[\
              {"value_type":"P1","value":"%d"},{"value_type":"P2","value":"5.5"}]}\
              """
                  .formatted(number * SENSORS + sensor, time, sensor, sensor, number + 1));
    }
    return json.append("]").toString();
  }
}
