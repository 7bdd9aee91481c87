package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What entries become. */
class FeedParserTest {

  private final FeedParser parser = new FeedParser(InstantSource.fixed(FeedText.NOW));
  private final TakenEntries taken = new TakenEntries();

  @Test
  void readsTheFeedOf2019() throws IOException {
    ParsedFeed parsed = parse(FeedText.capture("feed-excerpt-2019-04-25.json"));
    assertThat(parsed.entries()).isEqualTo(5);
    assertThat(taken.rejections()).isEmpty();
    Reading first = taken.readings().getFirst();
    assertThat(first.sensor().id()).isEqualTo(2129);
    assertThat(first.sensor().pin()).isEqualTo("1");
    assertThat(first.sensor().type().name()).isEqualTo("SDS011");
    assertThat(first.sensor().type().manufacturer()).isEqualTo("Nova Fitness");
    assertThat(first.location().id()).isEqualTo(1071);
    assertThat(first.location().position()).contains(new Position(52.544, 13.374));
    assertThat(first.location().altitude()).hasValue(38.7);
    assertThat(first.location().country()).isEqualTo("DE");
    assertThat(first.location().indoor()).isEmpty();
    assertThat(first.timestamp()).isEqualTo("2019-04-25T01:51:12Z");
    assertThat(first.values()).isEqualTo(MeasureValues.of("P1", 19.13, "P2", 16.23));
  }

  @Test
  void readsTheFeedOf2017() throws IOException {
    ParsedFeed parsed = parse(FeedText.capture("feed-snapshot-2017-01-16.json"));
    assertThat(parsed.entries()).isEqualTo(1218);
    assertThat(taken.readings()).hasSizeGreaterThan(1000);
    assertThat(taken.readings().stream().map(r -> r.sensor().id()).distinct())
        .hasSizeGreaterThan(200);
    assertThat(taken.readings()).allSatisfy(r -> assertThat(r.location().country()).isEmpty());
  }

  @Test
  void acceptsIdsAsStringsAndNumbersAsNumbers() throws IOException {
    parse(
        """
        [{"sensor":{"pin":7,"id":"12","sensor_type":{"name":"BME280","id":"17"}},
          "sensordatavalues":[{"value":98765.43,"value_type":"pressure_at_sealevel"}],
          "location":{"indoor":1,"longitude":-2.5,"latitude":57,"id":"13","altitude":""},
          "timestamp":"2019-04-25T01:51:12"}]
        """);
    Reading only = taken.readings().getFirst();
    assertThat(only.sensor().id()).isEqualTo(12);
    assertThat(only.sensor().pin()).isEqualTo("7");
    assertThat(only.location().indoor()).isEqualTo(Optional.of(true));
    assertThat(only.location().altitude()).isEmpty();
    assertThat(only.values()).isEqualTo(MeasureValues.of("pressure_at_sealevel", 98765.43));
    assertThat(taken.rejections()).isEmpty();
  }

  @Test
  void keepsUnknownMeasures() throws IOException {
    parse(FeedText.feed(FeedText.entry(7, FeedText.values("\"radon\"", "\"41\""))));
    assertThat(taken.readings().getFirst().values()).isEqualTo(MeasureValues.of("radon", 41));
  }

  @Test
  void keepsNegativeValuesAsTheyAre() throws IOException {
    parse(FeedText.feed(FeedText.entry(7, FeedText.values("\"P1\"", "\"-3.5\""))));
    assertThat(taken.readings().getFirst().values()).isEqualTo(MeasureValues.of("P1", -3.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nan\"",
        "\"NaN\"",
        "\"\"",
        "\"unknown\"",
        "1e400",
        "\"1e400\"",
        "null",
        "true",
        "[]",
        "{\"a\":1}",
        "\"Infinity\"",
        "\"0x10\"",
        "\"1f\"",
        "\"1,5\"",
        "\"--1\"",
        "\".\"",
        "\"e5\""
      })
  void refusesAValueAndKeepsTheRestOfTheEntry(String value) throws IOException {
    String both =
        "[{\"value_type\":\"P1\",\"value\":%s},{\"value_type\":\"P2\",\"value\":\"4.5\"}]"
            .formatted(value);
    parse(FeedText.feed(FeedText.entry(7, both)));
    boolean isTrue = value.equals("true");
    assertThat(taken.readings().getFirst().values().has("P1")).isEqualTo(isTrue);
    assertThat(taken.readings().getFirst().values().get("P2")).hasValue(4.5);
    assertThat(taken.reasons())
        .containsExactlyElementsOf(isTrue ? List.of() : List.of(RejectionReason.INVALID_VALUE));
  }

  @Test
  void keepsTheFirstOfARepeatedValueType() throws IOException {
    parse(
        FeedText.feed(
            FeedText.entry(
                7,
                """
                [{"value_type":"P1","value":"1"},{"value_type":"P1","value":"2"}]\
                """)));
    assertThat(taken.readings().getFirst().values()).isEqualTo(MeasureValues.of("P1", 1));
    assertThat(taken.reasons()).containsExactly(RejectionReason.REPEATED_VALUE_TYPE);
  }

  @Test
  void refusesValueTypesThatCanBeNoMeasure() throws IOException {
    parse(
        FeedText.feed(
            FeedText.entry(
                7,
                """
                [{"value_type":"aqi","value":"1"},{"value_type":"<script>","value":"2"},
                 {"value":"3"},{"value_type":"P1","value":"4"}, 5]\
                """)));
    assertThat(taken.readings().getFirst().values()).isEqualTo(MeasureValues.of("P1", 4));
    assertThat(taken.reasons()).hasSize(4).containsOnly(RejectionReason.INVALID_VALUE_TYPE);
  }

  @Test
  void boundsTheMeasuresOfOneEntry() throws IOException {
    String many =
        IntStream.range(0, 500)
            .mapToObj("{\"value_type\":\"m%d\",\"value\":1}"::formatted)
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    parse(FeedText.feed(FeedText.entry(7, "[" + many + "]")));
    assertThat(taken.readings().getFirst().values().size()).isEqualTo(64);
    assertThat(taken.reasons()).containsExactly(RejectionReason.TOO_MANY_MEASURES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MISSING_SENSOR    | \"sensor\":            | \"other\":",
        "MISSING_SENSOR    | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":null,",
        "INVALID_ID        | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":-8,",
        "INVALID_ID        | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":0,",
        "INVALID_ID        | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":8.5,",
        "INVALID_ID        | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":99999999999999999999,",
        "INVALID_ID        | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":\"eight\",",
        "MISSING_LOCATION  | \"location\":          | \"place\":",
        "MISSING_LOCATION  | \"location\":{\"id\":9,| \"location\":{",
        "MISSING_TIMESTAMP | \"timestamp\":         | \"time\":",
        "INVALID_TIMESTAMP | 2019-04-25 01          | 2019-13-25 01",
        "INVALID_TIMESTAMP | 2019-04-25 01          | 2019-02-29 01",
        "INVALID_TIMESTAMP | 2019-04-25 01          | 2019-04-25 25",
        "INVALID_TIMESTAMP | 2019-04-25 01:51:12    | yesterday",
        "TIMESTAMP_TOO_OLD | 2019-04-25 01          | 1970-01-01 01",
        "TIMESTAMP_IN_FUTURE | 2019-04-25 01        | 2099-04-25 01",
        "INVALID_COORDINATES | \"57.1\"             | \"91\"",
        "INVALID_COORDINATES | \"57.1\"             | \"north\"",
        "INVALID_COORDINATES | \"-2.1\"             | \"-180.5\"",
        "NO_VALUES         | sensordatavalues       | values",
        "MALFORMED         | \"timestamp\":         | \"timestamp\":\"2019-04-25 01:51:11\",\"timestamp\":",
        "MALFORMED         | \"sensor\":{\"id\":8,  | \"sensor\":{\"id\":8,\"id\":8,",
      })
  void refusesABrokenEntryAndTakesItsNeighbours(RejectionReason reason, String from, String to)
      throws IOException {
    String good = FeedText.entry(7);
    String bad = FeedText.entry(8).replace(from, to);
    parse(FeedText.feed(good, bad, good));
    assertThat(taken.reasons()).containsExactly(reason);
    assertThat(taken.readings()).hasSize(2);
    assertThat(taken.rejections().getFirst().offset()).isEqualTo(good.length() + 2);
    assertThat(taken.rejections().getFirst().excerpt()).startsWith(bad.substring(0, 30));
    assertThat(taken.rejections().getFirst().source()).isEqualTo("test");
  }

  @Test
  void takesEntriesWithoutAPosition() throws IOException {
    String unplaced = FeedText.entry(7).replace("\"57.1\"", "null").replace("\"-2.1\"", "\"\"");
    parse(FeedText.feed(unplaced));
    assertThat(taken.readings().getFirst().location().position()).isEmpty();
  }

  @Test
  void sharesWhatReadingsOfOneSensorHaveInCommon() throws IOException {
    String good = FeedText.entry(7);
    parse(FeedText.feed(good));
    parse(FeedText.feed(good));
    assertThat(taken.readings().get(1).sensor()).isSameAs(taken.readings().get(0).sensor());
    assertThat(taken.readings().get(1).location()).isSameAs(taken.readings().get(0).location());
  }

  private ParsedFeed parse(String text) throws IOException {
    return parser.parse("test", new ByteArrayInputStream(text.getBytes(UTF_8)), taken);
  }
}
