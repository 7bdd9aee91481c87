package org.airlens.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Dimension;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValue;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValueType;
import software.amazon.awssdk.services.timestreamwrite.model.Record;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecordsException;
import software.amazon.awssdk.services.timestreamwrite.model.TimeUnit;
import software.amazon.awssdk.services.timestreamwrite.model.ValidationException;

/** The fake is as strict as the service: the other tests rest on it. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class FakeTimestreamTest {

  private FakeTimestream fake;
  private TimestreamWriteClient client;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeTimestream(FakePlace.NOW);
    fake.table("airlens", "readings", Duration.ofHours(24), Duration.ofDays(30), true);
    client =
        TimestreamWriteClient.builder()
            .endpointOverride(fake.uri())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(FakePlace.CREDENTIALS)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    fake.close();
  }

  @Test
  void takesAHundredRecordsAndNoMore() {
    write(IntStream.range(0, 100).mapToObj(i -> record(i, 1)).toList());

    refused(() -> write(IntStream.range(0, 101).mapToObj(i -> record(i, 1)).toList()));
    refused(() -> write(List.of()));
    assertThat(fake.table("airlens", "readings").size()).isEqualTo(100);
  }

  @Test
  void refusesEmptyValuesWrongNamesAndDimensionsTwice() {
    refused(() -> write(List.of(changed(one -> one.dimensions(dimension("country", ""))))));
    refused(() -> write(List.of(changed(one -> one.dimensions(dimension("time", "1"))))));
    refused(() -> write(List.of(changed(one -> one.dimensions(dimension("ts_x", "1"))))));
    refused(() -> write(List.of(changed(one -> one.dimensions(dimension("x".repeat(61), "1"))))));
    refused(() -> write(List.of(changed(one -> one.measureValues(List.of())))));
    refused(() -> write(List.of(changed(one -> one.measureValues(value("P1", "NaN"))))));
    refused(() ->
        write(
            List.of(
                changed(
                    one -> one.dimensions(Collections.nCopies(2, dimension("sensor_id", "1")))))));
    refused(() ->
        write(
            List.of(
                changed(one ->
                    one.measureValues(
                        IntStream.range(0, 257).mapToObj(i -> value("v" + i, "1")).toList())))));
  }

  @Test
  void rejectsRecordsThatAreLateEarlyOrLarge() {
    assertThat(rejected(changed(one -> one.time(seconds(-31L * 86_400 - 86_400)))))
        .contains("time range");
    assertThat(rejected(changed(one -> one.time(seconds(16 * 60))))).contains("time range");
    assertThat(rejected(changed(one -> one.dimensions(dimension("country", "x".repeat(10))))))
        .contains("partition key");
    assertThat(
            rejected(
                changed(one ->
                    one.dimensions(
                        dimension("sensor_id", "1"), dimension("x", "x".repeat(2_030))))))
        .contains("2 KB");
  }

  @Test
  void keepsTheHighestVersionAndTellsIt() {
    write(List.of(record(1, 5)));
    write(List.of(record(1, 5))); // The same again is no conflict.

    assertThatThrownBy(() ->
            write(
                List.of(
                    record(2, 1), changed(one -> one.version(4L).measureValues(value("P1", "9"))))))
        .isInstanceOfSatisfying(
            RejectedRecordsException.class,
            e -> {
              assertThat(e.rejectedRecords()).hasSize(1);
              assertThat(e.rejectedRecords().getFirst().recordIndex()).isEqualTo(1);
              assertThat(e.rejectedRecords().getFirst().existingVersion()).isEqualTo(5);
            });
    assertThat(fake.table("airlens", "readings").size()).isEqualTo(2);
  }

  @Test
  void refusesAQueryWithoutATimeAndATokenThatIsNotItsOwn() {
    try (TimestreamQueryClient query =
        TimestreamQueryClient.builder()
            .endpointOverride(fake.uri())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(FakePlace.CREDENTIALS)
            .build()) {
      assertThatThrownBy(
              () -> query.query(one -> one.queryString("SELECT 1 FROM \"airlens\".\"readings\"")))
          .hasMessageContaining("whole table");
      assertThatThrownBy(() ->
              query.query(
                  one -> one.queryString("DESCRIBE \"airlens\".\"readings\"").nextToken("stale")))
          .hasMessageContaining("NextToken");
    }
  }

  private String rejected(Record record) {
    try {
      write(List.of(record));
    } catch (RejectedRecordsException e) {
      return e.rejectedRecords().getFirst().reason();
    }
    return "taken";
  }

  private static void refused(Runnable write) {
    assertThatThrownBy(write::run).isInstanceOf(ValidationException.class);
  }

  private void write(List<Record> records) {
    client.writeRecords(
        request -> request.databaseName("airlens").tableName("readings").records(records));
  }

  private static Record changed(Consumer<Record.Builder> change) {
    Record.Builder builder = record(1, 1).toBuilder();
    change.accept(builder);
    return builder.build();
  }

  private static Record record(long sensor, long version) {
    return Record.builder()
        .dimensions(dimension("sensor_id", Long.toString(sensor)))
        .measureName("air_quality")
        .measureValueType(MeasureValueType.MULTI)
        .measureValues(value("P1", "1.5"))
        .time(seconds(0))
        .timeUnit(TimeUnit.SECONDS)
        .version(version)
        .build();
  }

  private static String seconds(long afterNow) {
    return Long.toString(FakePlace.NOW.getEpochSecond() + afterNow);
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static MeasureValue value(String name, String value) {
    return MeasureValue.builder().name(name).type(MeasureValueType.DOUBLE).value(value).build();
  }
}
