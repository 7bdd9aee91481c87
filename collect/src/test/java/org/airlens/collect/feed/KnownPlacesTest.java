package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPlacesTest {

  private static final String PLACED =
      FeedText.entry(7)
          .replace(
              "\"country\":\"GB\"",
              "\"country\":\"GB\",\"altitude\":\"5\",\"exact_location\":0,\"indoor\":0");

  private final FeedParser parser = new FeedParser(InstantSource.fixed(FeedText.NOW));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"pin\":\"1\"          | \"pin\":\"7\"",
        "\"id\":14              | \"id\":15",
        "SDS011                 | SDS021",
        "\"name\":              | \"manufacturer\":\"Nova\",\"name\":",
        "\"id\":9               | \"id\":10",
        "\"57.1\"               | \"57.2\"",
        "\"57.1\"               | \"\"",
        "\"-2.1\"               | \"2.1\"",
        "\"altitude\":\"5\"     | \"altitude\":\"6\"",
        "\"altitude\":\"5\"     | \"altitude\":null",
        "GB                     | GA",
        "GB                     | AB",
        "\"country\":\"GB\"     | \"country\":\"\"",
        "\"exact_location\":0   | \"exact_location\":1",
        "\"indoor\":0           | \"indoor\":1",
        "\"indoor\":0           | \"indoor\":null",
      })
  void noticesEveryChangeOfASensor(String from, String to) throws IOException {
    String changed = PLACED.replace(from, to);
    assertThat(changed).isNotEqualTo(PLACED);
    List<Reading> readings = parse(PLACED, changed, changed, PLACED);
    Reading afresh = parse(new FeedParser(InstantSource.fixed(FeedText.NOW)), changed).getFirst();
    assertThat(readings.get(1)).isEqualTo(afresh).isNotEqualTo(readings.get(0));
    assertThat(readings.get(3)).isEqualTo(readings.get(0));
    assertThat(readings.get(2).sensor()).isSameAs(readings.get(1).sensor());
    assertThat(readings.get(2).location()).isSameAs(readings.get(1).location());
  }

  @Test
  void sharesWhatReadingsOfOneSensorHaveInCommonAcrossDocuments() throws IOException {
    String[] entries =
        IntStream.rangeClosed(1, 5_000)
            .mapToObj(sensor -> FeedText.entry(sensor * 1_048_576L))
            .toArray(String[]::new);
    List<Reading> first = parse(entries);
    List<Reading> second = parse(entries);
    assertThat(first).hasSize(5_000).isEqualTo(second);
    for (int i = 0; i < first.size(); i++) {
      assertThat(first.get(i).sensor().id()).isEqualTo((i + 1) * 1_048_576L);
      assertThat(second.get(i).sensor()).isSameAs(first.get(i).sensor());
      assertThat(second.get(i).location()).isSameAs(first.get(i).location());
    }
  }

  @Test
  void beginsAnewWhenThereAreTooManySensors() throws IOException {
    long sensors = 0;
    for (int document = 0; document < 25; document++) {
      int base = document * 10_000;
      String[] entries =
          IntStream.rangeClosed(1, 10_000)
              .mapToObj(sensor -> FeedText.entry(base + sensor))
              .toArray(String[]::new);
      List<Reading> readings = parse(entries);
      assertThat(readings.getLast().sensor().id()).isEqualTo(base + 10_000);
      sensors += readings.size();
    }
    assertThat(sensors).isEqualTo(250_000);
  }

  private List<Reading> parse(String... entries) throws IOException {
    return parse(parser, entries);
  }

  private static List<Reading> parse(FeedParser parser, String... entries) throws IOException {
    TakenEntries taken = new TakenEntries();
    byte[] document = FeedText.feed(entries).getBytes(UTF_8);
    parser.parse("test", new ByteArrayInputStream(document), taken);
    assertThat(taken.rejections()).isEmpty();
    return taken.readings();
  }
}
