package org.airlens.spark.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.pipeline.Indexing;
import org.airlens.spark.TestSpark;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A feed's entries are the same readings, and the same rejections, to both engines. */
class FeedEntriesTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));

  @Property(tries = 12)
  void rejectAndTakeTheSame(@ForAll("entries") List<String> entries) throws IOException {
    assertSame("[" + String.join(",\n", entries) + "]");
  }

  @Test
  void takeTheSameFromRealCaptures() throws IOException {
    assertSame(resource("/feeds/feed-snapshot-2017-01-16.json"));
    assertSame(resource("/feeds/feed-excerpt-2019-04-25.json"));
  }

  @Test
  void takeTheSameOfWhatIsOdd() throws IOException {
    assertSame(
        """
        [{"timestamp": "2026-11-25 09:00:00", "sensor": {"id": 1}, "location": {"id": 2},
          "sensordatavalues": [{"value_type": "P1", "value": "7"}, {"value_type": "P1", "value": "8"},
            {"value_type": "aqi", "value": "1"}, {"value_type": "P2", "value": "nan"},
            {"value_type": "P2", "value": "9.99e2"}, {"value_type": "new.one", "value": 3},
            {"value_type": "sensor_id", "value": 3}, {"value": 3}, {"value_type": "x"}]},
         {"timestamp": "2026-11-25 09:00:00", "sensor": {"id": 1}, "location": {"id": 2}},
         {"timestamp": "2026-11-25 09:00:00", "sensor": null, "location": {"id": 2},
          "sensordatavalues": [{"value_type": "P1", "value": "7"}]}]
        """);
  }

  @Test
  void makeOneRejectionOfADocumentThatIsNoJson() throws IOException {
    Found found = spark("[{\"timestamp\": ");
    assertThat(found.readings()).isEmpty();
    assertThat(found.rejected()).containsExactly(Map.entry("malformed", 1L));
  }

  private static void assertSame(String json) throws IOException {
    Found expected = local(json);
    Found found = spark(json);
    assertThat(found.rejected()).as(json).isEqualTo(expected.rejected());
    assertThat(found.readings()).as(json).containsExactlyInAnyOrderElementsOf(expected.readings());
  }

  private static Found local(String json) throws IOException {
    Found found = new Found(new ArrayList<>(), new TreeMap<>());
    new FeedParser(CLOCK)
        .parse(
            "test",
            new ByteArrayInputStream(json.getBytes(UTF_8)),
            new EntrySink() {
              @Override
              public void reading(Reading reading) {
                found.readings().add(Indexing.indexed(reading));
              }

              @Override
              public void rejected(Rejection rejection) {
                found.count(rejection.reason().label());
              }
            });
    return found;
  }

  private static Found spark(String json) throws IOException {
    Path file = Files.createTempFile("feed", ".json");
    try {
      Files.writeString(file, json);
      Dataset<Row> entries = FeedEntries.of(TestSpark.session(), file.toString());
      List<Column> columns = new ArrayList<>(List.of(ReadingRows.columns()));
      columns.add(col(FeedEntries.PROBLEM));
      columns.add(col(FeedEntries.VALUE_PROBLEMS));
      Found found = new Found(new ArrayList<>(), new TreeMap<>());
      for (Row row :
          FeedEntries.read(entries, List.of(), CLOCK)
              .withColumn(Measures.AQI, ReadingColumns.aqi())
              .select(columns.toArray(Column[]::new))
              .collectAsList()) {
        String problem = row.getAs(FeedEntries.PROBLEM);
        if (problem == null) {
          found.readings().add(ReadingRows.reading(row));
        } else {
          found.count(problem);
        }
        row.<String>getList(row.fieldIndex(FeedEntries.VALUE_PROBLEMS)).forEach(found::count);
      }
      return found;
    } finally {
      Files.delete(file);
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = FeedEntriesTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** What an engine made of a document. */
  private record Found(List<Reading> readings, Map<String, Long> rejected) {
    void count(String label) {
      rejected.merge(label, 1L, Long::sum);
    }
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> entry =
        Combinators.combine(time(), location(), sensor(), values())
            .as((time, location, sensor, values) ->
                "{\"id\":1,\"timestamp\":%s,\"location\":%s,\"sensor\":%s,\"sensordatavalues\":%s}"
                    .formatted(time, location, sensor, values));
    return entry.list().ofSize(200);
  }

  private static Arbitrary<String> time() {
    return often(
        "\"2026-11-25 09:59:%02d\"",
        "null",
        "5",
        "\"\"",
        "\"2026-02-30 00:00:00\"",
        "\"2024-02-29T00:00:00\"",
        "\"2014-12-31 23:59:59\"",
        "\"2015-01-01 00:00:00\"",
        "\"2026-11-25 10:10:00\"",
        "\"2026-11-25 10:10:01\"",
        "\"2015-10-01T19:41:50.266431+00:00\"",
        "\"2018-12-20T00:02:02Z\"",
        "\"2018-12-20T00:02:02+02:00\"",
        "\"2018-12-20 24:00:00\"",
        "\"2018-12-20\"",
        "\" 2018-12-20 00:00:00\"",
        "\"0000-01-01 00:00:00\"",
        "\"2018-13-01 00:00:00\"");
  }

  private static Arbitrary<String> location() {
    Arbitrary<String> degrees =
        often("\"5%d.25\"", "null", "\"\"", "\"x\"", "90", "\"-90.0\"", "91", "180", "\"1e400\"");
    return Combinators.combine(
            id(),
            degrees,
            degrees,
            often("\"1%d.5\"", "\"\"", "null", "\"nan\"", "-3"),
            often("\"GB\"", "\"\"", "null", "\"de\"", "\"GBR\"", "\"1A\"", "7"),
            often("0", "1", "\"1\"", "null", "\"0\""),
            often("0", "1", "\"1\"", "null", "\"\""))
        .as((id, latitude, longitude, altitude, country, exact, indoor) ->
            ("{\"id\":%s,\"latitude\":%s,\"longitude\":%s,\"altitude\":%s,\"country\":%s,"
                    + "\"exact_location\":%s,\"indoor\":%s}")
                .formatted(id, latitude, longitude, altitude, country, exact, indoor));
  }

  private static Arbitrary<String> sensor() {
    return Combinators.combine(
            id(),
            often("\"1%d\"", "null", "7", "\"\""),
            often("14", "1", "null", "\"9\"", "99999999999", "-1"),
            often("\"SDS011\"", "\"PPD42NS\"", "\"ppd42ns\"", "\"\"", "null", "\"a\\u0007b\""))
        .as((id, pin, type, name) ->
            "{\"id\":%s,\"pin\":%s,\"sensor_type\":{\"id\":%s,\"name\":%s,\"manufacturer\":\"m\"}}"
                .formatted(id, pin, type, name));
  }

  private static Arbitrary<String> id() {
    return often(
        "1%d", "null", "0", "-5", "\"77\"", "\"\"", "2251799813685247", "2251799813685248", "1.5");
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> name =
        Arbitraries.of(
            "\"P1\"",
            "\"P1\"",
            "\"P2\"",
            "\"P2\"",
            "\"temperature\"",
            "\"aqi\"",
            "\"AQI\"",
            "\"country\"",
            "\"new_one\"",
            "\"1x\"",
            "\"\"",
            "null",
            "\"a b\"",
            "\"durP1\"");
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 110).ofScale(2).map(value -> "\"" + value + "\""),
            Arbitraries.of(
                "12.5",
                "\"11.5\"",
                "\"1999\"",
                "\"999\"",
                "\"-0.4\"",
                "\"nan\"",
                "\"unknown\"",
                "\"\"",
                "null",
                "\"1e5\"",
                "\"1e400\"",
                "\"0x10\"",
                "\"1d\"",
                "\" 5 \"",
                "\".5\"",
                "\"5.\"",
                "\"+5\"",
                "\"1_0\"",
                "\"Infinity\"",
                "\"--1\"",
                "\"1e\"",
                "\"5\\n\""));
    return Combinators.combine(name, number)
        .as((type, value) -> "{\"value_type\":%s,\"value\":%s}".formatted(type, value))
        .list()
        .ofMinSize(0)
        .ofMaxSize(5)
        .map(list -> "[" + String.join(",", list) + "]");
  }

  /** Mostly the first, with a digit in it, sometimes one of the others. */
  private static Arbitrary<String> often(String usual, String... others) {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(
            others.length * 3,
            Arbitraries.integers()
                .between(1, 9)
                .map(digit -> usual.replace("%02d", "0" + digit).replace("%d", "" + digit))),
        net.jqwik.api.Tuple.of(others.length, Arbitraries.of(others)));
  }
}
