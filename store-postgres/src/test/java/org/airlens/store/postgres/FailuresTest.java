package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong says what, where and what would mend it. */
class FailuresTest {

  private static final RealPostgres SERVER = RealPostgres.shared();

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> open("postgresql://u:geheim@127.0.0.1:%d/air".formatted(port)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("postgresql://u@127.0.0.1:" + port + "/air does not answer")
        .hasMessageContaining("check that PostgreSQL runs there")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void noSuchHost() {
    assertThatThrownBy(() -> open("postgresql://no-such-host.invalid/air"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unknown host no-such-host.invalid");
  }

  @Test
  void aWrongPassword() {
    assertThatThrownBy(() -> open(SERVER.uri("airlens", "geheim", database)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refuses the user 'airlens'")
        .hasMessageContaining("check user and password in --store")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void aMissingDatabase() {
    assertThatThrownBy(() -> open(SERVER.uri("nowhere")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no database 'nowhere' at 127.0.0.1:" + SERVER.port())
        .hasMessageContaining("createdb");
  }

  @Test
  void aFullDiskLosesNothingThatWasAcknowledged() {
    try (Store store = Stores.open(settings(uri))) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      // The server's own words for a full disk, from where a row is stored.
      SERVER.execute(
          database,
          """
          CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
          END $$;
          CREATE TRIGGER full_disk BEFORE INSERT ON airlens.readings_20181220
            FOR EACH ROW EXECUTE FUNCTION full_disk();
          """);

      assertThatThrownBy(() -> store.writer().write(List.of(dust(2, NOON, 2, 2))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the disk of postgresql://")
          .hasMessageContaining("is full")
          .hasMessageContaining("--retain");
      assertThat(store.status().problem().orElseThrow()).contains("is full");
      assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 1, 1));

      SERVER.execute(database, "DROP TRIGGER full_disk ON airlens.readings_20181220");
      store.writer().write(List.of(dust(2, NOON, 2, 2)));
      assertThat(store.status().problem()).isEmpty();
      assertThat(store.readings().latest()).hasSize(2);
    }
  }

  @Test
  void aQueryThatTakesTooLongIsStopped() throws Exception {
    try (Store store = Stores.open(settings(uri + "?statementTimeout=1"));
        Connection other = SERVER.connect(database)) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      lockReadings(other);

      assertThatThrownBy(() -> store.readings().latest())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("stopped it after 1 s")
          .hasMessageContaining("?statementTimeout=");
    }
  }

  @Test
  void anAbandonedQueryEndsOnTheServer() throws Exception {
    try (Store store = Stores.open(settings(uri));
        Connection other = SERVER.connect(database)) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      lockReadings(other);
      AtomicReference<Throwable> told = new AtomicReference<>();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  store.readings().latest();
                } catch (StoreException e) {
                  told.set(e);
                }
              });
      Awaiting.until("a query that waits", () -> !waitingQueries().isEmpty());

      asking.interrupt();

      asking.join();
      assertThat(told.get()).isInstanceOf(StoreException.class);
      Awaiting.until("the end of the query", () -> waitingQueries().isEmpty());
    }
  }

  @Test
  void aListingThatIsLeftGivesItsConnectionBack() {
    try (Store store = Stores.open(settings(uri + "?connections=1"))) {
      store
          .writer()
          .write(LongStream.rangeClosed(1, 20_000).mapToObj(id -> dust(id, NOON, 1, 1)).toList());
      for (String key : List.of("timestamp", "P1", "sensor_id")) {
        for (int i = 0; i < 3; i++) {
          try (Stream<Reading> found =
              store
                  .readings()
                  .find(
                      new ReadingQuery(
                          ReadingFilter.all(),
                          new ReadingSort(key, true),
                          Optional.empty(),
                          OptionalLong.empty()))) {
            assertThat(found.iterator().next()).isNotNull();
          }
        }
      }
      assertThat(store.readings().latest()).hasSize(20_000);
    }
  }

  @Test
  void aTextMayHoldWhatPostgresqlCannot() {
    Reading odd = dust(1, NOON, 1, 1);
    Reading withNul =
        new Reading(
            new Sensor(1, "1\0", odd.sensor().type()),
            odd.location(),
            NOON,
            odd.values(),
            odd.aqi());
    try (Store store = Stores.open(settings(uri))) {
      store.writer().write(List.of(withNul));

      assertThat(store.readings().latest().getFirst().sensor().pin()).isEqualTo("1\uFFFD");
    }
  }

  private static void open(String uri) {
    Stores.open(settings(uri)).close();
  }

  private static void lockReadings(Connection other) throws Exception {
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("LOCK TABLE airlens.readings IN ACCESS EXCLUSIVE MODE");
    }
  }

  private List<String> waitingQueries() {
    return SERVER.query(
        database,
        """
        SELECT query FROM pg_stat_activity
        WHERE datname = '%s' AND application_name = 'AirLens reader' AND wait_event_type = 'Lock'
        """
            .formatted(database));
  }
}
