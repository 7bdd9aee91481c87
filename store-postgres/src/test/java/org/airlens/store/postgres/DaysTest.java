package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.airlens.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each day has a partition. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class DaysTest {

  private static final RealPostgres SERVER = RealPostgres.shared();

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);
  private Store store;

  @BeforeEach
  void open() {
    SERVER.execute(
        "postgres", "ALTER DATABASE %s SET timezone = 'Asia/Kolkata'".formatted(database));
    store = Stores.open(settings(uri));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aDayGoesFromMidnightToMidnightUtcWhateverTheServersTimeZone() {
    Instant midnight = Instant.parse("2018-12-21T00:00:00Z");
    write(dust(1, midnight.minusSeconds(1), 1, 1), dust(1, midnight, 2, 2));

    assertThat(partitions()).containsExactly("readings_20181220", "readings_20181221");
    assertThat(SERVER.query(database, "SELECT readings FROM airlens.days ORDER BY day"))
        .containsExactly("1", "1");
    store.dropBefore(midnight);
    assertThat(partitions()).containsExactly("readings_20181221");
  }

  @Test
  void tomorrowHasRoomBeforeItBegins() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    write(dust(1, now, 1, 1));

    assertThat(partitions()).hasSizeGreaterThanOrEqualTo(2); // More when it is midnight right now.
    assertThat(store.status().readings()).isEqualTo(1);
  }

  @Test
  void manySessionsMayMakeTheSameDaysAtOnce() throws Exception {
    int sessions = 8;
    CyclicBarrier together = new CyclicBarrier(sessions);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        all.add(
            threads.submit(() -> {
              together.await();
              try (Connection connection = SERVER.connect(database);
                  Statement statement = connection.createStatement()) {
                statement.execute("SET search_path TO airlens");
                for (int day = 1; day <= 5; day++) {
                  statement.execute("SELECT ensure_day('2020-02-0%d')".formatted(day));
                }
                return true;
              }
            }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(partitions()).hasSize(5);
  }

  @Test
  void aDayThatSomebodyDroppedByHandIsMadeAnew() {
    write(dust(1, NOON, 1, 1));
    SERVER.execute(database, "DROP TABLE airlens.readings_20181220; DELETE FROM airlens.days");

    write(dust(2, NOON, 2, 2));

    assertThat(partitions()).containsExactly("readings_20181220");
    assertThat(find(ReadingFilter.all())).containsExactly(dust(2, NOON, 2, 2));
  }

  @Test
  void daysCanBeAddedWhileSomebodyReads() throws Exception {
    write(dust(1, NOON, 1, 1));
    try (Connection reader = SERVER.connect(database);
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM airlens.readings"); // Holds its lock on the table.

      write(dust(1, NOON.plus(Duration.ofDays(1)), 2, 2));

      assertThat(find(ReadingFilter.all())).hasSize(2);
    }
  }

  @Test
  void aQueryOfADayTouchesThatDayOnly() {
    for (int day = 0; day < 5; day++) {
      write(dust(1, NOON.plus(Duration.ofDays(day)), 1, 1));
    }
    ReadingFilter filter =
        ReadingFilter.all()
            .withMeasure(Measures.P1)
            .between(NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1)).plusSeconds(60));

    assertThat(plan(filter)).contains("readings_20181221").doesNotContain("readings_20181222");
  }

  @Test
  void aSensorsSeriesIsReadFromTheIndexAlone() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      for (int sensor = 1; sensor <= 50; sensor++) {
        readings.add(dust(sensor, NOON.plusSeconds(i * 60L), i, i));
      }
    }
    store.writer().write(readings);
    SERVER.execute(database, "VACUUM ANALYZE airlens.readings");

    assertThat(
            plan(
                ReadingFilter.all()
                    .withMeasure(Measures.P1)
                    .withSensorIds(Set.of(7L))
                    .between(NOON, NOON.plusSeconds(86_400))))
        .contains("Index Only Scan");
  }

  private String plan(ReadingFilter filter) {
    try (Connections connections = Connections.to(PostgresAddress.parse(uri))) {
      Sql query = Conditions.of(filter).orElseThrow().select("r.ts, r.\"P1\"", "");
      return String.join(
          "\n",
          connections.list(
              "explain",
              new Sql("EXPLAIN " + query.text(), query.parameters()),
              row -> row.getString(1)));
    }
  }

  private List<String> partitions() {
    return SERVER.query(
        database,
        """
        SELECT relname FROM pg_class
        WHERE relname LIKE 'readings\\_2%' AND relkind = 'r' ORDER BY relname
        """);
  }

  private List<Reading> find(ReadingFilter filter) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(filter))) {
      return found.toList();
    }
  }

  private void write(Reading... readings) {
    store.writer().write(List.of(readings));
  }
}
