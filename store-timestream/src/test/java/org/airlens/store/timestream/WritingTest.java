package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes over the wire, and what comes of the service's refusals. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class WritingTest {

  private FakePlace place;
  private FakeTimestream fake;
  private TimestreamStore store;

  @BeforeEach
  void open() throws IOException {
    place = new FakePlace();
    fake = place.fake();
    store = place.openPlainly();
  }

  @AfterEach
  void close() {
    store.close();
    place.close();
  }

  @Test
  void aRequestHasAtMostAHundredRecordsAndSaysOnceWhatTheyShare() {
    store
        .writer()
        .write(LongStream.rangeClosed(1, 250).mapToObj(id -> dust(id, NOON, 1, 1)).toList());

    assertThat(fake.writes())
        .extracting(request -> request.path("Records").size())
        .containsExactlyInAnyOrder(100, 100, 50);
    for (JsonNode request : fake.writes()) {
      JsonNode common = request.path("CommonAttributes");
      assertThat(common.path("MeasureName").asString()).isEqualTo("air_quality");
      assertThat(common.path("MeasureValueType").asString()).isEqualTo("MULTI");
      assertThat(common.path("TimeUnit").asString()).isEqualTo("SECONDS");
      assertThat(common.path("Version").asLong()).isPositive();
      assertThat(names(common.path("Dimensions")))
          .containsExactly(
              "country",
              "latitude",
              "longitude",
              "altitude",
              "sensor_pin",
              "sensor_type_id",
              "sensor_type_name",
              "sensor_type_manufacturer");
      JsonNode record = request.path("Records").path(0);
      assertThat(names(record.path("Dimensions"))).containsExactly("location_id", "sensor_id");
      assertThat(names(record.path("MeasureValues")))
          .containsExactly("P1", "P2", "indoor", "exact_location", "written", "reported");
      assertThat(record.path("Time").asString()).isEqualTo(Long.toString(NOON.getEpochSecond()));
    }
  }

  @Test
  void noMoreRequestsAreUnderWayThanTheAddressAllows() throws IOException {
    try (FakePlace narrow = new FakePlace("create=true&writers=2");
        Store two = narrow.openPlainly()) {
      two.writer()
          .write(LongStream.rangeClosed(1, 2_000).mapToObj(id -> dust(id, NOON, 1, 1)).toList());

      assertThat(narrow.fake().count("WriteRecords")).isEqualTo(20);
      assertThat(narrow.fake().mostBeingWritten()).isBetween(1, 2);
      assertThat(narrow.table().size()).isEqualTo(2_000);
    }
  }

  @Test
  void aThrottledOrBrokenRequestIsSentAgain() {
    fake.failNext("WriteRecords", ServiceError.throttled(), 3);
    fake.failNext("WriteRecords", new ServiceError(500, "InternalServerException", "oops"), 2);

    store.writer().write(List.of(dust(1, NOON, 1, 1)));

    assertThat(fake.count("WriteRecords")).isEqualTo(6);
    assertThat(found()).containsExactly(dust(1, NOON, 1, 1));
  }

  @Test
  void eightTimesAndNotForEver() {
    fake.failNext("WriteRecords", ServiceError.throttled(), 8);

    assertThatThrownBy(() -> store.writer().write(List.of(dust(1, NOON, 1, 1))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ThrottlingException")
        .hasMessageContaining("lower the option writers");
    assertThat(fake.count("WriteRecords")).isEqualTo(8);
    assertThat(store.status().problem()).isPresent();

    store.writer().write(List.of(dust(1, NOON, 1, 1)));

    assertThat(store.status().problem()).isEmpty();
  }

  @Test
  void aReadingThatIsThereInALaterVersionIsWritten() {
    Reading later = dust(1, NOON, 2, 2);
    fake.at(FakePlace.NOW.plusSeconds(60));
    try (Store other = place.openPlainly()) {
      other.writer().write(List.of(later));
    }
    fake.at(FakePlace.NOW);

    store.writer().write(List.of(dust(1, NOON, 1, 1), dust(2, NOON, 1, 1)));

    assertThat(found()).containsExactly(later, dust(2, NOON, 1, 1));
  }

  @Test
  void ofTwoWritesInOneMicrosecondTheSecondStays() {
    try (Store other = place.openPlainly()) {
      other.writer().write(List.of(dust(1, NOON, 1, 1), dust(2, NOON, 1, 1)));
    }

    store.writer().write(List.of(dust(1, NOON, 2, 2), dust(3, NOON, 3, 3)));

    assertThat(found())
        .containsExactly(dust(1, NOON, 2, 2), dust(2, NOON, 1, 1), dust(3, NOON, 3, 3));
  }

  @Test
  void aReadingThatReplacesAnotherKeepsNoneOfItsValues() {
    Reading former = dust(1, NOON, 1, 2).withAqi(OptionalInt.of(3));
    Reading replacing =
        new Reading(
            former.sensor(),
            former.location(),
            NOON,
            MeasureValues.of(Measures.P1, 5),
            OptionalInt.empty());
    store.writer().write(List.of(former));

    store.writer().write(List.of(replacing));

    assertThat(place.table().size()).isEqualTo(1);
    assertThat(found()).containsExactly(replacing);
    assertThat(store.series().distribution(ReadingFilter.all().withMeasure(Measures.P2)).count())
        .isZero();
    assertThat(store.series().distribution(ReadingFilter.all().withMeasure(Measures.AQI)).count())
        .isZero();
  }

  @Test
  void aClockThatWasSetBackMakesNoWriteOlder() {
    Reading moved = at(dust(1, NOON, 2, 2), 10, 10, "DE"); // Another series, so no conflict there.
    store.writer().write(List.of(dust(1, NOON, 1, 1)));
    fake.at(FakePlace.NOW.minusSeconds(3_600));

    try (Store other = place.openPlainly()) {
      other.writer().write(List.of(moved));
      assertThat(found(other)).containsExactly(moved);
    }

    assertThat(place.table().size()).isEqualTo(2);
    assertThat(found()).containsExactly(moved);
  }

  @Test
  void theSameReadingFromTwoNodesIsOne() {
    try (Store other = place.openPlainly()) {
      other.writer().write(List.of(dust(1, NOON, 1, 1)));
    }

    store.writer().write(List.of(dust(1, NOON, 1, 1)));

    assertThat(place.table().size()).isEqualTo(1);
    assertThat(found()).containsExactly(dust(1, NOON, 1, 1));
  }

  @Test
  void readingsOlderThanTheTableKeepsAreReportedAndTheOthersKept() throws IOException {
    try (FakePlace narrow = new FakePlace("create=true&memory=1h&magnetic=20d");
        Store small = narrow.openPlainly()) {
      assertThatThrownBy(() ->
              small
                  .writer()
                  .write(List.of(dust(1, NOON, 1, 1), dust(1, NOON.minusSeconds(864_000), 1, 1))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("not all of 2 readings")
          .hasMessageContaining("1 out of the table's time")
          .hasMessageContaining("lengthen the retention of the magnetic store, now 20 d");

      assertThat(found(small)).containsExactly(dust(1, NOON, 1, 1));
    }
  }

  @Test
  void aTableThatRefusesLateReadingsSaysWhatWouldMendIt() throws IOException {
    try (FakePlace strict = new FakePlace("create=false")) {
      strict.fake().table("airlens", "readings", Duration.ofHours(6), Duration.ofDays(365), false);
      try (Store late = strict.openPlainly()) {
        assertThatThrownBy(() -> late.writer().write(List.of(dust(1, NOON, 1, 1))))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("enable the table's magnetic store writes");
        assertThat(late.status().description()).contains("late readings refused");
        late.writer().write(List.of(dust(1, FakePlace.NOW, 1, 1)));
        assertThat(late.readings().newest()).contains(FakePlace.NOW);
      }
    }
  }

  @Test
  void otherRefusalsTellTheServicesReason() {
    fake.failNext(
        "WriteRecords",
        ServiceError.rejected(
            List.of(
                new ServiceError.Rejected(0, "Measure P1 is of type BIGINT.", null),
                new ServiceError.Rejected(1, "The record exceeds the maximum size.", null))),
        1);

    assertThatThrownBy(
            () -> store.writer().write(List.of(dust(1, NOON, 1, 1), dust(2, NOON, 1, 1))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1 beyond a limit (The record exceeds the maximum size.)")
        .hasMessageContaining("1 for another reason (Measure P1 is of type BIGINT.)");
  }

  @Test
  void aRefusedUserLearnsWhereThePolicyStands() {
    fake.failNext(
        "WriteRecords",
        new ServiceError(400, "AccessDeniedException", "User is not authorized"),
        1);

    assertThatThrownBy(() -> store.writer().write(List.of(dust(1, NOON, 1, 1))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("docs/timestream.md");
  }

  @Test
  void whatWasSignedIsNotRepeated() {
    fake.failNext(
        "WriteRecords",
        new ServiceError(
            403, "InvalidSignatureException", "The Canonical String x-amz-security-token:HUSH"),
        1);

    assertThatThrownBy(() -> store.writer().write(List.of(dust(1, NOON, 1, 1))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("check the secret key and the clock")
        .hasMessageNotContaining("HUSH")
        .hasNoCause();
  }

  private List<Reading> found() {
    return found(store);
  }

  private static List<Reading> found(Store store) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.toList();
    }
  }

  private static List<String> names(JsonNode named) {
    return named.valueStream().map(one -> one.path("Name").asString()).toList();
  }
}
