package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedParserTest {

  private static final Instant NOW = Instant.parse("2019-04-25T02:00:00Z");
  private static final Path DATA = Path.of("src/test/resources/feeds");

  private final FeedParser parser = new FeedParser(InstantSource.fixed(NOW));
  private final List<Reading> readings = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  private final EntrySink sink =
      new EntrySink() {
        @Override
        public void reading(Reading reading) {
          readings.add(reading);
        }

        @Override
        public void rejected(Rejection rejection) {
          rejections.add(rejection);
        }
      };

  @Test
  void readsTheFeedOf2019() throws IOException {
    ParsedFeed parsed = parse(Files.readString(DATA.resolve("feed-excerpt-2019-04-25.json")));
    assertThat(parsed.entries()).isEqualTo(5);
    assertThat(rejections).isEmpty();
    Reading first = readings.getFirst();
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
    ParsedFeed parsed = parse(Files.readString(DATA.resolve("feed-snapshot-2017-01-16.json")));
    assertThat(parsed.entries()).isEqualTo(1218);
    assertThat(readings).hasSizeGreaterThan(1000);
    assertThat(readings.stream().map(r -> r.sensor().id()).distinct()).hasSizeGreaterThan(200);
    assertThat(readings).allSatisfy(r -> assertThat(r.location().country()).isEmpty());
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
    Reading only = readings.getFirst();
    assertThat(only.sensor().id()).isEqualTo(12);
    assertThat(only.sensor().pin()).isEqualTo("7");
    assertThat(only.location().indoor()).isEqualTo(Optional.of(true));
    assertThat(only.location().altitude()).isEmpty();
    assertThat(only.values()).isEqualTo(MeasureValues.of("pressure_at_sealevel", 98765.43));
    assertThat(rejections).isEmpty();
  }

  @Test
  void keepsUnknownMeasures() throws IOException {
    parse(feed(entry(7, values("\"radon\"", "\"41\""))));
    assertThat(readings.getFirst().values()).isEqualTo(MeasureValues.of("radon", 41));
  }

  @Test
  void keepsNegativeValuesAsTheyAre() throws IOException {
    parse(feed(entry(7, values("\"P1\"", "\"-3.5\""))));
    assertThat(readings.getFirst().values()).isEqualTo(MeasureValues.of("P1", -3.5));
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
    parse(feed(entry(7, both)));
    boolean isTrue = value.equals("true");
    assertThat(readings.getFirst().values().has("P1")).isEqualTo(isTrue);
    assertThat(readings.getFirst().values().get("P2")).hasValue(4.5);
    assertThat(reasons())
        .containsExactlyElementsOf(isTrue ? List.of() : List.of(RejectionReason.INVALID_VALUE));
  }

  @Test
  void keepsTheFirstOfARepeatedValueType() throws IOException {
    parse(
        feed(
            entry(
                7,
                """
                [{"value_type":"P1","value":"1"},{"value_type":"P1","value":"2"}]\
                """)));
    assertThat(readings.getFirst().values()).isEqualTo(MeasureValues.of("P1", 1));
    assertThat(reasons()).containsExactly(RejectionReason.REPEATED_VALUE_TYPE);
  }

  @Test
  void refusesValueTypesThatCanBeNoMeasure() throws IOException {
    parse(
        feed(
            entry(
                7,
                """
                [{"value_type":"aqi","value":"1"},{"value_type":"<script>","value":"2"},
                 {"value":"3"},{"value_type":"P1","value":"4"}, 5]\
                """)));
    assertThat(readings.getFirst().values()).isEqualTo(MeasureValues.of("P1", 4));
    assertThat(reasons()).hasSize(4).containsOnly(RejectionReason.INVALID_VALUE_TYPE);
  }

  @Test
  void boundsTheMeasuresOfOneEntry() throws IOException {
    String many =
        IntStream.range(0, 500)
            .mapToObj("{\"value_type\":\"m%d\",\"value\":1}"::formatted)
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    parse(feed(entry(7, "[" + many + "]")));
    assertThat(readings.getFirst().values().size()).isEqualTo(64);
    assertThat(reasons()).containsExactly(RejectionReason.TOO_MANY_MEASURES);
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
    String good = entry(7, values("\"P1\"", "\"1\""));
    String bad = entry(8, values("\"P1\"", "\"1\"")).replace(from, to);
    parse(feed(good, bad, good));
    assertThat(reasons()).containsExactly(reason);
    assertThat(readings).hasSize(2);
    assertThat(rejections.getFirst().offset()).isEqualTo(good.length() + 2);
    assertThat(rejections.getFirst().excerpt()).startsWith(bad.substring(0, 30));
    assertThat(rejections.getFirst().source()).isEqualTo("test");
  }

  @Test
  void takesEntriesWithoutAPosition() throws IOException {
    String unplaced =
        entry(7, values("\"P1\"", "\"1\"")).replace("\"57.1\"", "null").replace("\"-2.1\"", "\"\"");
    parse(feed(unplaced));
    assertThat(readings.getFirst().location().position()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"text\"", "null", "[1,[2,{\"a\":3}]]", "true"})
  void refusesWhatIsNoObject(String element) throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    parse(feed(good, element, good));
    assertThat(reasons()).containsExactly(RejectionReason.NOT_AN_OBJECT);
    assertThat(rejections.getFirst().excerpt()).isEqualTo(element);
    assertThat(readings).hasSize(2);
  }

  @Test
  void takesWhatCameBeforeTheEndOfATruncatedDocument() throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    String whole = feed(good, good, good);
    int[] taken = new int[4];
    for (int length = 1; length < whole.length(); length++) {
      readings.clear();
      rejections.clear();
      parse(whole.substring(0, length));
      assertThat(reasons()).as("cut at %d", length).containsExactly(RejectionReason.TRUNCATED);
      taken[readings.size()]++;
    }
    assertThat(taken).doesNotContain(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "{\"error\":1}",
        "null",
        "\u0000\u0001"
      })
  void refusesADocumentThatIsNoArray(String text) throws IOException {
    parse(text);
    assertThat(readings).isEmpty();
    assertThat(reasons()).containsExactly(RejectionReason.MALFORMED);
    assertThat(rejections.getFirst().excerpt()).isEqualTo(text);
  }

  @Test
  void takesAnEmptyArrayAndAByteOrderMark() throws IOException {
    parse("\uFEFF [ ] \n");
    assertThat(readings).isEmpty();
    assertThat(rejections).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sensor\":{\"id\":8,}",
        "{\"sensor\":{\"id\":08}}",
        "{\"sensor\" {\"id\":8}}",
        "{'sensor':1}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":tru}",
        "oops",
        "{\"a\":[1,2}",
        "{\"a\":{\"b\":{\"c\":1}}",
        "{\"a\":\"unclosed}",
      })
  void goesOnAfterBrokenJson(String broken) throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    String other = entry(9, values("\"P1\"", "\"1\""));
    parse(feed(good, broken, good, other, other));
    assertThat(reasons()).contains(RejectionReason.MALFORMED);
    assertThat(readings).hasSizeGreaterThanOrEqualTo(3);
    assertThat(readings.getFirst().sensor().id()).isEqualTo(7);
    assertThat(readings.getLast().sensor().id()).isEqualTo(9);
    assertThat(rejections.getFirst().offset()).isEqualTo(good.length() + 2);
  }

  @Test
  void goesOnAfterTwoArraysWereJoined() throws IOException {
    String good = feed(entry(7, values("\"P1\"", "\"1\"")));
    parse(good + good);
    assertThat(readings).hasSize(2);
  }

  @Test
  void refusesDeepNestingAndGoesOn() throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    parse(feed(good, "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", good));
    assertThat(reasons()).containsExactly(RejectionReason.TOO_LARGE);
    assertThat(readings).hasSize(2);
  }

  @Test
  void refusesAnEntryWithoutEndAndGoesOn() throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    String endless = "{\"a\":[" + "1,".repeat(200_000) + "1]}";
    parse(feed(good, endless, good, good));
    assertThat(reasons()).containsExactly(RejectionReason.TOO_LARGE);
    assertThat(readings.size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void refusesAValueLongerThanAnyHonestOneAndGoesOn() throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    String longValue = entry(8, values("\"P1\"", "\"" + "9".repeat(1_000_000) + "\""));
    parse(feed(good, longValue, good, good));
    assertThat(reasons()).contains(RejectionReason.TOO_LARGE);
    assertThat(readings.size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void givesUpADocumentThatIsBrokenEverywhere() throws IOException {
    parse("[" + "{\"a\":x},".repeat(20_000) + "{}]");
    assertThat(rejections).hasSizeBetween(10_000, 10_010);
  }

  @Test
  void holdsNoMoreOfALongDocumentThanOfAShortOne() throws IOException {
    byte[] good = (entry(7, values("\"P1\"", "\"1\"")) + ",").getBytes(UTF_8);
    int copies = 400_000;
    long[] count = new long[1];
    EntrySink counting =
        new EntrySink() {
          @Override
          public void reading(Reading reading) {
            count[0]++;
          }

          @Override
          public void rejected(Rejection rejection) {}
        };
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                Stream.concat(
                        Stream.of(new ByteArrayInputStream("[".getBytes(UTF_8))),
                        IntStream.range(0, copies).mapToObj(i -> new ByteArrayInputStream(good)))
                    .toList()));
    ParsedFeed parsed = parser.parse("test", endless, counting);
    assertThat(count[0]).isEqualTo(copies);
    assertThat(parsed.bytes()).isEqualTo(1L + (long) copies * good.length);
  }

  @Test
  void handsOverWhatCameBeforeTheSourceFailed() {
    byte[] text = ("[" + entry(7, values("\"P1\"", "\"1\"")) + ",").getBytes(UTF_8);
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(text),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("larger than 1 GiB");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> parser.parse("test", failing, sink))
        .isInstanceOf(IOException.class)
        .hasMessage("larger than 1 GiB");
    assertThat(readings).hasSize(1);
  }

  @Test
  void sharesWhatReadingsOfOneSensorHaveInCommon() throws IOException {
    String good = entry(7, values("\"P1\"", "\"1\""));
    parse(feed(good));
    parse(feed(good));
    assertThat(readings.get(1).sensor()).isSameAs(readings.get(0).sensor());
    assertThat(readings.get(1).location()).isSameAs(readings.get(0).location());
  }

  private ParsedFeed parse(String text) throws IOException {
    return parser.parse("test", new ByteArrayInputStream(text.getBytes(UTF_8)), sink);
  }

  private List<RejectionReason> reasons() {
    return rejections.stream().map(Rejection::reason).toList();
  }

  private static String feed(String... entries) {
    return "[" + String.join(",", entries) + "]";
  }

  private static String values(String type, String value) {
    return "[{\"id\":1,\"value_type\":%s,\"value\":%s}]".formatted(type, value);
  }

  private static String entry(long sensor, String values) {
    return ("{\"id\":1,\"timestamp\":\"2019-04-25 01:51:12\",\"location\":{\"id\":9,"
            + "\"latitude\":\"57.1\",\"longitude\":\"-2.1\",\"country\":\"GB\"},"
            + "\"sensor\":{\"id\":%d,\"pin\":\"1\",\"sensor_type\":{\"id\":14,\"name\":\"SDS011\"}},"
            + "\"sensordatavalues\":%s}")
        .formatted(sensor, values);
  }
}
