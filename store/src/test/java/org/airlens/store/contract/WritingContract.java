package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.SDS011;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.ReadingTimes;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.store.ReadingFilter;
import org.junit.jupiter.api.Test;

/** What {@link org.airlens.store.ReadingWriter} promises. */
public abstract class WritingContract extends StoreContract {

  @Test
  void whatIsWrittenIsThereWhenWriteReturns() {
    Reading reading = dust(1, NOON, 20.5, 10.25).withAqi(OptionalInt.of(2));

    write(reading);

    assertThat(all()).containsExactly(reading);
    assertThat(store().readings().latest()).containsExactly(reading);
    assertThat(store().readings().newest()).contains(NOON);
    assertThat(store().sensors().sensor(1)).isPresent();
  }

  @Test
  void anEmptyBatchIsNothing() {
    write();

    assertThat(all()).isEmpty();
    assertThat(store().readings().newest()).isEmpty();
  }

  @Test
  void writingTwiceChangesNothing() {
    Reading reading = dust(1, NOON, 20, 10);

    write(reading, dust(2, NOON, 30, 20));
    List<Reading> once = all();
    write(reading, dust(2, NOON, 30, 20));
    write(reading);

    assertThat(all()).isEqualTo(once);
    assertThat(store().status().readings()).isEqualTo(2);
  }

  @Test
  void theLaterWriteOfAnIdentityReplacesTheFormer() {
    write(dust(1, NOON, 20, 10), dust(2, NOON, 1, 1));
    Reading corrected = climate(1, NOON, 4.5, 80);

    write(corrected);

    assertThat(find(ReadingFilter.all().withSensorIds(Set.of(1L)))).containsExactly(corrected);
    assertThat(store().readings().latest()).contains(corrected).hasSize(2);
  }

  @Test
  void anIdentityReplacedInThePastLeavesTheNewestAlone() {
    Reading newest = dust(1, NOON.plusSeconds(60), 5, 5);
    write(dust(1, NOON, 20, 10), newest);

    write(dust(1, NOON, 21, 11));

    assertThat(all()).containsExactly(dust(1, NOON, 21, 11), newest);
    assertThat(store().readings().latest()).containsExactly(newest);
  }

  @Test
  void theLastOfAnIdentityInABatchStays() {
    write(dust(1, NOON, 1, 1), dust(2, NOON, 5, 5), dust(1, NOON, 2, 2), dust(1, NOON, 3, 3));

    assertThat(all()).containsExactly(dust(1, NOON, 3, 3), dust(2, NOON, 5, 5));
    assertThat(store().readings().latest())
        .containsExactlyInAnyOrder(dust(1, NOON, 3, 3), dust(2, NOON, 5, 5));
  }

  @Test
  void theLastOfAnIdentityStaysAlsoInABatchThatIsOutOfOrder() {
    write(
        dust(1, NOON.plusSeconds(20), 1, 1),
        dust(1, NOON, 2, 2),
        dust(1, NOON.plusSeconds(20), 3, 3),
        dust(1, NOON.plusSeconds(10), 4, 4),
        dust(1, NOON, 5, 5));

    assertThat(all())
        .containsExactly(
            dust(1, NOON, 5, 5),
            dust(1, NOON.plusSeconds(10), 4, 4),
            dust(1, NOON.plusSeconds(20), 3, 3));
    assertThat(store().readings().latest()).containsExactly(dust(1, NOON.plusSeconds(20), 3, 3));
  }

  @Test
  void theOrderOfBatchesOfDifferentIdentitiesDoesNotMatter() {
    ReferenceStore expected = new ReferenceStore();
    List<Reading> readings = new ArrayList<>();
    OddReadings.some(300, new SplittableRandom(7)).stream()
        .filter(reading ->
            readings.stream()
                .noneMatch(other ->
                    other.timestamp().equals(reading.timestamp())
                        && other.sensor().id() == reading.sensor().id()))
        .forEach(readings::add);
    expected.write(readings);

    Collections.shuffle(readings, new Random(7));
    for (int from = 0; from < readings.size(); from += 40) {
      store().writer().write(readings.subList(from, Math.min(from + 40, readings.size())));
    }

    assertThat(all()).isEqualTo(all(expected));
    assertThat(store().readings().latest()).containsExactlyInAnyOrderElementsOf(expected.latest());
  }

  @Test
  void lateDataFindsItsPlace() {
    Reading today = dust(1, NOON, 3, 3);
    Reading yesterday = dust(1, NOON.minusSeconds(86_400), 2, 2);
    Reading longAgo = dust(1, ReadingTimes.EARLIEST, 1, 1);

    write(today);
    write(yesterday);
    write(longAgo);

    assertThat(all()).containsExactly(longAgo, yesterday, today);
    assertThat(store().readings().latest()).containsExactly(today);
    assertThat(store().readings().newest()).contains(NOON);
    assertThat(store().sensors().sensor(1).orElseThrow().firstSeen())
        .isEqualTo(ReadingTimes.EARLIEST);
  }

  @Test
  void keepsEveryFieldAndEveryAbsence() {
    Reading full =
        new Reading(
            new Sensor(
                Identifiers.MAX_ID, "17", new SensorType(14, "O'Neil \"8\" \\ ☃", "𝄞 & Söhne")),
            new Location(
                Identifiers.MAX_ID,
                Optional.of(new Position(-89.999_999_9, 179.999_999_9)),
                OptionalDouble.of(-12.75),
                "FJ",
                true,
                Optional.of(true)),
            NOON,
            MeasureValues.builder()
                .add(Measures.P1, 1.7976931348623157e308)
                .add(Measures.P2, -0.1)
                .add("temperature", 4.9e-324)
                .build(),
            OptionalInt.of(10));
    Reading bare =
        new Reading(
            new Sensor(1, "", new SensorType(0, "", "")),
            new Location(1, Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty()),
            NOON,
            MeasureValues.none(),
            OptionalInt.empty());
    Reading outdoors =
        new Reading(
            new Sensor(2, "1", SDS011),
            new Location(
                2, Optional.empty(), OptionalDouble.of(0), "GB", false, Optional.of(false)),
            NOON,
            MeasureValues.of(Measures.P1, 0),
            OptionalInt.of(1));

    write(full, bare, outdoors);

    assertThat(all()).containsExactly(bare, outdoors, full);
    assertThat(store().readings().latest()).containsExactlyInAnyOrder(bare, outdoors, full);
    reopen();
    assertThat(all()).containsExactly(bare, outdoors, full);
    assertThat(store().readings().latest()).containsExactlyInAnyOrder(bare, outdoors, full);
  }

  @Test
  void measuresOfAnyAcceptableNameAreKeptApart() {
    MeasureValues.Builder values = MeasureValues.builder();
    for (int i = 0; i < OddReadings.MEASURES.size(); i++) {
      values.add(OddReadings.MEASURES.get(i), i + 0.5);
    }
    Reading dust = dust(1, NOON, 0, 0);
    Reading odd =
        new Reading(dust.sensor(), dust.location(), NOON, values.build(), OptionalInt.empty());

    write(odd);

    assertThat(all()).containsExactly(odd);
    assertThat(reopen().readings().latest()).containsExactly(odd);
    for (String measure : OddReadings.MEASURES) {
      assertThat(find(ReadingFilter.all().withMeasure(measure))).as(measure).containsExactly(odd);
      assertThat(store().series().distribution(ReadingFilter.all().withMeasure(measure)).values())
          .as(measure)
          .containsExactly(odd.value(measure).orElseThrow());
    }
  }

  @Test
  void anUnknownMeasureIsKeptFromItsFirstReadingOn() {
    write(dust(1, NOON, 1, 1));
    Reading unknown =
        new Reading(
            dust(2, NOON, 0, 0).sensor(),
            dust(2, NOON, 0, 0).location(),
            NOON,
            MeasureValues.of("never_seen_before", 1.25, Measures.P1, 2),
            OptionalInt.empty());

    write(unknown);

    assertThat(find(ReadingFilter.all().withMeasure("never_seen_before"))).containsExactly(unknown);
    assertThat(all()).containsExactly(dust(1, NOON, 1, 1), unknown);
    assertThat(store().readings().measures()).endsWith("never_seen_before");
    assertThat(reopen().readings().measures()).endsWith("never_seen_before");
  }

  @Test
  void aBatchMayHoldManyDaysAtOnce() {
    List<Reading> history =
        IntStream.range(0, 100)
            .mapToObj(i -> dust(1 + i % 3, NOON.minusSeconds(3600L * 7 * i), i, i))
            .toList();

    store().writer().write(history);

    assertThat(all()).isEqualTo(history.reversed());
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    ReferenceStore expected = new ReferenceStore();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5; i++) {
      List<Reading> batch = OddReadings.some(100, random);
      store().writer().write(batch);
      expected.write(batch);
    }

    reopen();

    assertThat(all()).isEqualTo(all(expected));
    assertThat(store().readings().latest()).containsExactlyInAnyOrderElementsOf(expected.latest());
    assertThat(store().readings().newest()).isEqualTo(expected.newest());
    assertThat(store().sensors().sensors(ReadingFilter.all(), OptionalLong.empty(), 100))
        .isEqualTo(expected.sensors(ReadingFilter.all(), OptionalLong.empty(), 100));
  }

  @Test
  void statusCountsWhatThereIs() {
    write(dust(1, NOON, 1, 1), dust(2, NOON.plusSeconds(5), 1, 1));

    var status = store().status();

    assertThat(status.readings()).isEqualTo(2);
    assertThat(status.oldest()).contains(NOON);
    assertThat(status.newest()).contains(NOON.plusSeconds(5));
    assertThat(status.problem()).isEmpty();
    assertThat(status.kind()).isNotEmpty();
    assertThat(status.description()).isNotEmpty();
  }

  @Test
  void instantsKeepTheirSecond() {
    Instant last = Instant.parse("2018-12-31T23:59:59Z");

    write(dust(1, last, 1, 1), dust(1, last.plusSeconds(1), 2, 2));

    assertThat(all()).containsExactly(dust(1, last, 1, 1), dust(1, last.plusSeconds(1), 2, 2));
  }
}
