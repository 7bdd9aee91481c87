package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readings with more than the service has room for are kept with what it has. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class MeasureRoomTest {

  private FakePlace place;
  private TimestreamStore store;

  @BeforeEach
  void open() throws IOException {
    place = new FakePlace();
    store = place.openPlainly();
  }

  @AfterEach
  void close() {
    store.close();
    place.close();
  }

  @Test
  void aRecordOfTwoKilobytesIsFull() {
    Reading full = with(1, 0, 250);

    store.writer().write(List.of(full));

    Reading kept = found().getFirst();
    assertThat(kept.values().size()).isBetween(80, 120);
    assertThat(kept.values().name(0)).isEqualTo("a0");
    assertThat(kept.values().get("a1")).hasValue(1);
    assertThat(store.readings().latest()).containsExactly(kept);
  }

  @Test
  void aTableHasRoomForAThousandMeasuresAndKeepsReadingsOfMore() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      readings.add(with(1 + i, 80 * i, 80)); // 1,040 names in all.
    }

    store.writer().write(readings);

    assertThat(found()).hasSize(13);
    long names =
        found().stream()
            .flatMap(reading -> reading.values().toMap().keySet().stream())
            .distinct()
            .count();
    assertThat(names).isEqualTo(1_024 - Columns.ATTRIBUTES.size());
    store.writer().write(List.of(dust(99, NOON, 1, 1)));
    assertThat(store.sensors().sensor(99).orElseThrow().newest().values().size()).isZero();
    try (Store again = place.openPlainly()) {
      assertThat(again.readings().latest()).hasSize(14);
    }
  }

  @Test
  void aMeasureWithoutAnAcceptableNameIsLeftOut() {
    Reading dust = dust(1, NOON, 0, 0);
    Reading odd =
        new Reading(
            dust.sensor(),
            dust.location(),
            NOON,
            MeasureValues.of("not acceptable", 1, "voc", 2),
            dust.aqi());

    store.writer().write(List.of(odd));

    assertThat(found().getFirst().values()).isEqualTo(MeasureValues.of("voc", 2));
  }

  @Test
  void aNameOfAnyLengthDoesNotStopAReading() {
    Reading dust = dust(1, NOON, 1, 1);
    Reading wordy =
        new Reading(
            new Sensor(1, "1", new SensorType(14, "☃".repeat(1_000), "x".repeat(5_000))),
            dust.location(),
            NOON,
            dust.values(),
            dust.aqi());

    store.writer().write(List.of(wordy));

    SensorType kept = found().getFirst().sensor().type();
    assertThat(kept.name()).isEqualTo("☃".repeat(85));
    assertThat(kept.manufacturer()).isEqualTo("x".repeat(256));
  }

  private List<Reading> found() {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.toList();
    }
  }

  private static Reading with(long sensorId, int first, int count) {
    MeasureValues.Builder values = MeasureValues.builder();
    for (int i = first; i < first + count; i++) {
      values.add("a" + i, i);
    }
    Reading dust = dust(sensorId, NOON, 0, 0);
    return new Reading(dust.sensor(), dust.location(), NOON, values.build(), dust.aqi());
  }
}
