package org.airlens.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;

class SyntheticNetworkTest {

  private static final Instant AT = Instant.parse("2026-01-01T08:00:00Z");
  private static final int SENSORS = 500;

  @Test
  void theSameCyclesComeAgain() {
    SyntheticNetwork one = new SyntheticNetwork(SENSORS);
    SyntheticNetwork other = new SyntheticNetwork(SENSORS);
    assertThat(one.cycle(AT)).isEqualTo(other.cycle(AT));
    assertThat(one.cycle(AT.plusSeconds(150))).isEqualTo(other.cycle(AT.plusSeconds(150)));
  }

  @Test
  void aCycleHasOneReadingOfEverySensorWithinTwoMinutes() {
    List<Reading> cycle = new SyntheticNetwork(SENSORS).cycle(AT);
    assertThat(cycle)
        .hasSize(SENSORS)
        .allSatisfy(reading -> assertThat(reading.timestamp()).isBetween(AT, AT.plusSeconds(119)));
    assertThat(cycle).extracting(reading -> reading.sensor().id()).doesNotHaveDuplicates();
  }

  @Test
  void tellsTheCountryOfASensor() {
    SyntheticNetwork network = new SyntheticNetwork(SENSORS);
    assertThat(network.cycle(AT))
        .allSatisfy(reading ->
            assertThat(network.country(reading.sensor().id()))
                .isEqualTo(reading.location().country()));
  }

  @Test
  void itsFeedDocumentHoldsTheSameReadings() throws Exception {
    List<Reading> cycle = new SyntheticNetwork(SENSORS).cycle(AT);
    List<Reading> parsed = Parsed.readings(FeedDocument.of(cycle));
    assertThat(parsed).hasSize(SENSORS);
    for (int i = 0; i < SENSORS; i++) {
      // The parser computes no index; all else is the same.
      assertThat(parsed.get(i).withAqi(cycle.get(i).aqi())).isEqualTo(cycle.get(i));
    }
  }

  /** Keeps readings, and fails on anything rejected. */
  record Parsed(List<Reading> readings) implements EntrySink {

    static List<Reading> readings(byte[] json) throws Exception {
      Parsed sink = new Parsed(new ArrayList<>());
      new FeedParser(() -> Instant.parse("2026-11-01T00:00:00Z"))
          .parse("test", new ByteArrayInputStream(json), sink);
      return sink.readings();
    }

    @Override
    public void reading(Reading reading) {
      readings.add(reading);
    }

    @Override
    public void rejected(Rejection rejection) {
      throw new AssertionError("rejected: " + rejection);
    }
  }
}
