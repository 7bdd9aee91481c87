package org.airlens.server.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.contract.OddReadings;
import org.jspecify.annotations.Nullable;

/** Whatever is written as Parquet is what DuckDB reads from it. */
class ParquetPropertiesTest {

  private static final List<String> MEASURES = OddReadings.MEASURES.stream().distinct().toList();

  private static @Nullable DuckDb duckDb;
  private static @Nullable Path folder;

  @BeforeContainer
  static void start() throws SQLException, IOException {
    duckDb = new DuckDb();
    folder = Files.createTempDirectory("airlens-parquet-test");
  }

  @AfterContainer
  static void stop() throws SQLException, IOException {
    if (duckDb != null && folder != null) {
      duckDb.close();
      Files.deleteIfExists(folder.resolve("readings.parquet"));
      Files.delete(folder);
    }
  }

  @Property(tries = 100)
  void oddReadingsComeBackAsTheyWere(@ForAll long seed, @ForAll("counts") int count)
      throws Exception {
    assertThatTheyComeBack(OddReadings.some(count, new Random(seed)));
  }

  @Property(tries = 200)
  void anyValueAndAnyTextComeBackAsTheyWere(@ForAll("wild") List<Reading> readings)
      throws Exception {
    assertThatTheyComeBack(readings);
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.integers().between(0, 200)),
        Tuple.of(1, Arbitraries.integers().between(20_000, 45_000)));
  }

  @Provide
  Arbitrary<List<Reading>> wild() {
    Arbitrary<Double> values =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
            Arbitraries.of(0.0, -0.0, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE));
    // Half a surrogate pair has no UTF-8.
    Arbitrary<String> texts =
        Arbitraries.strings().all().ofMaxLength(20).map(text -> text.replaceAll("\\p{Cs}", ""));
    Arbitrary<Long> ids = Arbitraries.longs().between(1, Identifiers.MAX_ID);
    Arbitrary<Instant> instants =
        Arbitraries.longs()
            .between(0, Instant.parse("9999-12-31T23:59:59Z").getEpochSecond())
            .map(Instant::ofEpochSecond);
    return Combinators.combine(
            ids, texts, texts, texts, ids, values.injectNull(0.2).list().ofSize(3), instants, ids)
        .as((id, pin, name, maker, place, numbers, at, type) -> {
          MeasureValues.Builder measured = MeasureValues.builder();
          for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != null) {
              measured.add(MEASURES.get(i), numbers.get(i));
            }
          }
          Double altitude = numbers.getFirst();
          return new Reading(
              new Sensor(id, pin, new SensorType(type.intValue(), name, maker)),
              new Location(
                  place,
                  Optional.empty(),
                  altitude == null ? OptionalDouble.empty() : OptionalDouble.of(altitude),
                  "",
                  true,
                  Optional.empty()),
              at,
              measured.build(),
              OptionalInt.empty());
        })
        .list()
        .ofMaxSize(30);
  }

  private static void assertThatTheyComeBack(List<Reading> readings) throws Exception {
    if (duckDb == null || folder == null) {
      throw new AssertionError("not begun");
    }
    Path file =
        ParquetReadingsTest.write(
            folder.resolve("readings.parquet"),
            MEASURES,
            ReadingQuery.of(ReadingFilter.all()),
            readings);
    assertThat(duckDb.rows(ParquetReadingsTest.EVERYTHING, file))
        .isEqualTo(readings.stream().map(ParquetPropertiesTest::row).toList());
  }

  private static List<@Nullable Object> row(Reading reading) {
    Location place = reading.location();
    List<@Nullable Object> row = new ArrayList<>();
    row.add(reading.timestamp().getEpochSecond() * 1_000_000);
    row.add(reading.sensor().id());
    row.add(place.id());
    row.add(place.position().isPresent() ? place.position().get().latitude() : null);
    row.add(place.position().isPresent() ? place.position().get().longitude() : null);
    row.add(boxed(place.altitude()));
    row.add(text(place.country()));
    row.add(place.indoor().isPresent() ? place.indoor().get() : null);
    row.add(reading.sensor().type().id());
    row.add(text(reading.sensor().type().name()));
    row.add(text(reading.sensor().type().manufacturer()));
    row.add(text(reading.sensor().pin()));
    row.add(reading.aqi().isPresent() ? reading.aqi().getAsInt() : null);
    for (String measure : MEASURES) {
      row.add(boxed(reading.values().get(measure)));
    }
    return row;
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }
}
