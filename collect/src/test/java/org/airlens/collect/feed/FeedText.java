package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Feeds as text, made up and real. */
final class FeedText {

  /** A present at which every entry here is of the past. */
  static final Instant NOW = Instant.parse("2019-04-25T02:00:00Z");

  private static final Path CAPTURES = Path.of("src/test/resources/feeds");

  private FeedText() {}

  static String feed(String... entries) {
    return "[" + String.join(",", entries) + "]";
  }

  static String values(String type, String value) {
    return "[{\"id\":1,\"value_type\":%s,\"value\":%s}]".formatted(type, value);
  }

  /** An entry as the feed's server writes it, of one PM10 value. */
  static String entry(long sensor) {
    return entry(sensor, values("\"P1\"", "\"1\""));
  }

  static String entry(long sensor, String values) {
    return ("{\"id\":1,\"timestamp\":\"2019-04-25 01:51:12\",\"location\":{\"id\":9,"
            + "\"latitude\":\"57.1\",\"longitude\":\"-2.1\",\"country\":\"GB\"},"
            + "\"sensor\":{\"id\":%d,\"pin\":\"1\",\"sensor_type\":{\"id\":14,\"name\":\"SDS011\"}},"
            + "\"sensordatavalues\":%s}")
        .formatted(sensor, values);
  }

  /** A capture of the real feed. */
  static String capture(String name) {
    try {
      return Files.readString(CAPTURES.resolve(name), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of the snapshot of 2017, indented as they were written. */
  static List<String> entriesOf2017() {
    String all = capture("feed-snapshot-2017-01-16.json").strip();
    String inside = all.substring(1, all.length() - 1).strip();
    String[] pieces = inside.split("\n  },\n  \\{", -1);
    int last = pieces.length - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> (i == 0 ? "" : "{") + pieces[i] + (i == last ? "" : "\n  }"))
        .toList();
  }

  /** The same JSON without spaces between its tokens. */
  static String compact(String json) {
    return json.replaceAll("\n *", "").replace("\": ", "\":");
  }
}
