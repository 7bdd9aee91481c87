package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.airlens.model.Measures;
import org.airlens.store.ReadingFilter;
import org.airlens.store.Store;
import org.airlens.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A roll-up and a write of the same day, one in the midst of the other. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class RollUpsBesideWritesTest {

  private static final RealPostgres SERVER = RealPostgres.shared();
  private static final ReadingFilter PM10 = ReadingFilter.all().withMeasure(Measures.P1);

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);
  private Store store;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    store = Stores.open(settings(uri));
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void close() {
    threads.close();
    store.close();
  }

  @Test
  void aWriteDuringARollUpDoesNotWaitForItAndMakesItVain() throws Exception {
    Future<Boolean> rollUp;
    try (Connection other = SERVER.connect(database)) {
      rollUp = rollUpThatWaitsFor(other);

      store.writer().write(List.of(dust(3, NOON, 3, 0)));

      assertThat(rollUp).isNotDone();
    }
    assertThat(rollUp.get()).isFalse();
    assertThat(values()).containsExactly(1, 2, 3);
    assertThat(store.rollUp(Duration.ZERO)).isTrue();
    assertThat(values()).containsExactly(1, 2, 3);
  }

  @Test
  void aRollUpWaitsForTheWriteUnderWayAndHoldsWhatItWrote() throws Exception {
    store.writer().write(List.of(dust(1, NOON, 1, 0)));
    // Halts a write after its readings were inserted, without a lock for which it would not wait.
    SERVER.execute(
        database,
        """
        CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          WHILE EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711) LOOP
            PERFORM pg_sleep(0.01);
          END LOOP;
          RETURN NULL;
        END $$;
        CREATE TRIGGER halt AFTER INSERT ON airlens.writes EXECUTE FUNCTION halt();
        """);
    Future<?> write;
    Future<Boolean> rollUp;
    try (Connection other = SERVER.connect(database);
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(4711)");
      write = threads.submit(() -> store.writer().write(List.of(dust(2, NOON, 2, 0))));
      Awaiting.until("the write halts", () -> isIn("wait_event = 'PgSleep'"));
      rollUp = threads.submit(() -> store.rollUp(Duration.ZERO));
      Awaiting.until("the roll-up waits", () -> isIn("wait_event_type = 'Lock'"));
    }
    write.get();

    assertThat(rollUp.get()).isTrue();
    assertThat(values()).containsExactly(1, 2);
    assertThat(SERVER.query(database, "SELECT sum(count) FROM airlens.daily WHERE measure = 'P1'"))
        .containsExactly("2");
  }

  @Test
  void closeEndsARollUp() throws Exception {
    try (Connection other = SERVER.connect(database)) {
      Future<Boolean> rollUp = rollUpThatWaitsFor(other);

      store.close();

      assertThat(rollUp.get()).isFalse();
    }
    store = Stores.open(settings(uri));
    assertThat(values()).containsExactly(1, 2);
    assertThat(store.rollUp(Duration.ZERO)).isTrue();
  }

  @Test
  void retentionDoesNotWaitForARollUp() throws Exception {
    try (Connection other = SERVER.connect(database)) {
      Future<Boolean> rollUp = rollUpThatWaitsFor(other);
      Future<Integer> dropped =
          threads.submit(() -> store.dropBefore(NOON.minus(Duration.ofDays(3))));

      assertThat(dropped.get()).isEqualTo(1);
      assertThat(rollUp.get()).isFalse();
    }
    assertThat(store.rollUp(Duration.ZERO)).isTrue();
    assertThat(values()).containsExactly(1, 2);
  }

  /**
   * A roll-up, under way until the other connection ends, of a day with the values 1 and 2, which
   * was rolled up without the second.
   */
  private Future<Boolean> rollUpThatWaitsFor(Connection other) throws Exception {
    store.writer().write(List.of(dust(9, NOON.minus(Duration.ofDays(40)), 9, 0)));
    store.writer().write(List.of(dust(1, NOON, 1, 0)));
    assertThat(store.rollUp(Duration.ZERO)).isTrue();
    store.writer().write(List.of(dust(2, NOON, 2, 0)));
    lock(other, "airlens.value_counts_201812");
    Future<Boolean> rollUp = threads.submit(() -> store.rollUp(Duration.ZERO));
    Awaiting.until("the roll-up is under way", () -> isIn("wait_event_type = 'Lock'"));
    return rollUp;
  }

  private static void lock(Connection connection, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
    }
  }

  private boolean isIn(String state) {
    return !SERVER
        .query(
            database,
            "SELECT 1 FROM pg_stat_activity WHERE datname = '%s' AND %s".formatted(database, state))
        .isEmpty();
  }

  private double[] values() {
    return store.series().distribution(PM10.between(NOON, NOON.plus(Duration.ofDays(1)))).values();
  }
}
