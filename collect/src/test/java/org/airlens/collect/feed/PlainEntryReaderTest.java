package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut and the general reader make the same of everything. */
class PlainEntryReaderTest {

  private static final int NOTHING_IS_PLAIN = 0;
  private static final String SNAPSHOT = FeedText.capture("feed-snapshot-2017-01-16.json");

  private static final String SHORT =
      String.join(",", FeedText.entriesOf2017().subList(0, 30)).transform(all -> "[" + all + "]");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "7",
          "-8",
          "1.5",
          "-0.25",
          "012",
          "1.",
          "-",
          ".5",
          "1e5",
          "1E400",
          "99999999999999999999",
          "2019",
          "\"\"",
          "\" \"",
          "\"7\"",
          "\"1.5\"",
          "\"-\"",
          "\"nan\"",
          "\"GB\"",
          "\"gb\"",
          "\"G1\"",
          "\"91\"",
          "\"2019-04-25 01:51:12\"",
          "\"2019-04-25T01:51:12Z\"",
          "\"1970-01-01 00:00:00\"",
          "\"P1\"",
          "\"aqi\"",
          "\"a\\u0062\"",
          "\"\\\"\"",
          "\"é\"",
          "\"\u007f\"",
          "\"\u0001\"",
          "\"" + "x".repeat(63) + "\"",
          "\"" + "x".repeat(64) + "\"",
          "\"" + "x".repeat(65) + "\"",
          "1" + "0".repeat(62),
          "1" + "0".repeat(63),
          "1" + "0".repeat(64),
          "nul",
          "nullx",
          "tru",
          "\"open",
          "{}",
          "[]",
          "[1]",
          "{\"id\":1}",
          "");

  private static final List<String> OTHER_KEYS =
      List.of("sampling_rate", "unknown", "", "id ", "ID", "timestam", "i\\u0064", "größe");

  @ParameterizedTest
  @ValueSource(ints = {70, 1_000, 8_000, 16_384, 1_000_000})
  void readsARealFeedAlikeHoweverItArrives(int piece) throws IOException {
    assertAlike(SNAPSHOT.getBytes(UTF_8), piece);
    assertAlike(FeedText.compact(SNAPSHOT).getBytes(UTF_8), piece);
  }

  @Test
  void takesEveryEntryOfARealFeed() throws IOException {
    TakenEntries taken = new TakenEntries();
    parse(SNAPSHOT.getBytes(UTF_8), 10_000, PlainEntryReader.MOST_MEMBERS, taken);
    assertThat(taken.readings()).hasSizeGreaterThan(1_000);
    PlainEntryReader reader =
        new PlainEntryReader(
            new EntryFields(new KnownPlaces()),
            new Names(),
            new PlainEntryReader.Known(),
            PlainEntryReader.MOST_MEMBERS);
    for (String entry : FeedText.entriesOf2017()) {
      byte[] bytes = entry.getBytes(UTF_8);
      assertThat(reader.next(bytes, 0, bytes.length, false))
          .isEqualTo(PlainEntryReader.Found.ENTRY);
      assertThat(reader.end()).isEqualTo(bytes.length);
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void readsDamagedFeedsAlike(
      @ForAll("damages") @Size(max = 3) List<Damage> damages,
      @ForAll boolean indented,
      @ForAll @IntRange(min = 1, max = 20_000) int piece)
      throws IOException {
    byte[] document = (indented ? SHORT : FeedText.compact(SHORT)).getBytes(UTF_8);
    for (Damage damage : damages) {
      document = damage.applyTo(document);
    }
    assertAlike(document, piece);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void readsStrangeEntriesAlike(@ForAll("entries") @Size(max = 20) List<String> entries)
      throws IOException {
    String document = entries.stream().collect(Collectors.joining(",", "[", "]"));
    assertAlike(document.getBytes(UTF_8), 1_000);
  }

  @Test
  void readsAlikeAcrossTheSeamsOfTheTape() throws IOException {
    String odd = FeedText.entry(8).replace("SDS011", "SDS\\u0030\\u0031\\u0031");
    String entries =
        IntStream.range(1, 6_000)
            .mapToObj(i -> i % 97 == 0 ? odd : FeedText.entry(i))
            .collect(Collectors.joining(", "));
    assertAlike(("[" + entries + "]").getBytes(UTF_8), 9_999);
  }

  @Test
  void readsAlikeWhereNoEntryIsPlain() throws IOException {
    String entries =
        IntStream.range(1, 2_000)
            .mapToObj(i -> FeedText.entry(i).replace("SDS011", "Größe"))
            .collect(Collectors.joining(","));
    assertAlike(("[" + entries + "]").getBytes(UTF_8), 9_999);
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    return Damage.any().list();
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> value =
        Combinators.combine(
                member("id", scalar("1")),
                member("value", scalar("\"4.5\"")),
                member("value_type", scalar("\"P2\"")))
            .as((id, number, type) -> "{" + id + "," + number + "," + type + "}");
    Arbitrary<String> values =
        usually(value, SCALARS).list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
    Arbitrary<String> type =
        object(
            List.of(
                member("id", scalar("14")),
                member("name", scalar("\"SDS011\"")),
                member("manufacturer", scalar("\"Nova Fitness\""))));
    Arbitrary<String> sensor =
        object(
            List.of(
                member("id", scalar("7")),
                member("pin", scalar("\"1\"")),
                member("sensor_type", usually(type, SCALARS))));
    Arbitrary<String> location =
        object(
            List.of(
                member("id", scalar("9")),
                member("latitude", scalar("\"57.1\"")),
                member("longitude", scalar("\"-2.1\"")),
                member("altitude", scalar("\"38.7\"")),
                member("country", scalar("\"GB\"")),
                member("exact_location", scalar("0")),
                member("indoor", scalar("0"))));
    return object(
            List.of(
                member("id", scalar("5")),
                member("timestamp", scalar("\"2019-04-25 01:51:12\"")),
                member("location", usually(location, SCALARS)),
                member("sensor", usually(sensor, SCALARS)),
                member("sensordatavalues", usually(values, SCALARS))))
        .list()
        .ofMinSize(1);
  }

  private static Arbitrary<String> scalar(String usual) {
    return usually(Arbitraries.just(usual), SCALARS);
  }

  /** Seldom something else: else no entry would be taken. */
  private static Arbitrary<String> usually(Arbitrary<String> usual, List<String> others) {
    return Arbitraries.frequencyOf(Tuple.of(60, usual), Tuple.of(1, Arbitraries.of(others)));
  }

  private static Arbitrary<String> member(String key, Arbitrary<String> value) {
    Arbitrary<String> anyKey =
        Arbitraries.frequencyOf(
            Tuple.of(100, Arbitraries.just(key)),
            Tuple.of(1, Arbitraries.of(Keys.NAMES)),
            Tuple.of(1, Arbitraries.of(OTHER_KEYS)));
    Arbitrary<String> colon =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.just(":")),
            Tuple.of(5, Arbitraries.of(" : ", ":\t\r\n", ": ")),
            Tuple.of(1, Arbitraries.of("", "::", "=", ",")));
    return Combinators.combine(anyKey, colon, value)
        .as((name, between, text) -> "\"" + name + "\"" + between + text);
  }

  private static Arbitrary<String> object(List<Arbitrary<String>> members) {
    return Combinators.combine(members)
        .as(list -> list)
        .flatMap(list ->
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(list)), Tuple.of(1, Arbitraries.shuffle(list))))
        .map(list -> "{" + String.join(",", list) + "}");
  }

  private static void assertAlike(byte[] document, int piece) throws IOException {
    TakenEntries shortCut = new TakenEntries();
    TakenEntries general = new TakenEntries();
    ParsedFeed first = parse(document, piece, PlainEntryReader.MOST_MEMBERS, shortCut);
    ParsedFeed second = parse(document, piece, NOTHING_IS_PLAIN, general);
    assertThat(shortCut.rejections()).isEqualTo(general.rejections());
    assertThat(shortCut.readings()).isEqualTo(general.readings());
    assertThat(first).isEqualTo(second);
  }

  private static ParsedFeed parse(
      byte[] document, int piece, int mostPlainMembers, TakenEntries taken) throws IOException {
    return new FeedParser(InstantSource.fixed(FeedText.NOW), mostPlainMembers)
        .parse("test", Damage.inPieces(document, piece), taken);
  }
}
