package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.airlens.model.Measures;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.Stores;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The tables come into being, and only those of this version are used. */
class SchemaTest {

  private static final RealPostgres SERVER = RealPostgres.shared();

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);

  @Test
  void makesItsTablesOnceAndFindsThemAgain() {
    for (int i = 0; i < 2; i++) {
      try (Store store = Stores.open(settings(uri))) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
        assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      }
    }
    assertThat(SERVER.query(database, "SELECT version FROM airlens.schema_history WHERE success"))
        .contains("1", "2")
        .doesNotHaveDuplicates();
  }

  @Test
  void tablesOfAnOlderAirLensAreBroughtUpToDateWithWhatIsInThemAndWhoMayReadIt() {
    Flyway.configure()
        .dataSource(SERVER.jdbcUrl(database), RealPostgres.USER, RealPostgres.PASSWORD)
        .schemas("airlens")
        .table("schema_history")
        .locations("classpath:org/airlens/store/postgres/migrations")
        .placeholderReplacement(false)
        .target("1")
        .load()
        .migrate();
    SERVER.execute(
        database,
        """
        SET search_path TO airlens;
        INSERT INTO origins (fingerprint, sensor_id, location_id, sensor_type_id, sensor_pin,
            sensor_type_name, sensor_type_manufacturer, country, exact_location)
          VALUES (gen_random_uuid(), 1, 2, 14, '1', 'SDS011', 'Nova Fitness', 'GB', false);
        SELECT ensure_day('2018-12-20');
        INSERT INTO readings (sensor_id, ts, write_number, origin_id, "P1")
          VALUES (1, '2018-12-20T12:00:00Z', 1, 1, 5);
        UPDATE days SET readings = 1;
        INSERT INTO sensors VALUES (1, '2018-12-20T12:00:00Z', '2018-12-20T12:00:00Z', 1);
        CREATE ROLE "Old reader" LOGIN PASSWORD 'look';
        GRANT USAGE ON SCHEMA airlens TO "Old reader";
        GRANT SELECT ON ALL TABLES IN SCHEMA airlens TO "Old reader";
        """);
    String reader = SERVER.uri("Old%20reader", "look", database);
    assertThatThrownBy(() -> Stores.openForReading(settings(reader)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("of an older AirLens (version 1)");

    try (Store store = Stores.open(settings(uri))) {
      assertThat(store.rollUp(Duration.ofHours(1))).isFalse();
      assertThat(store.rollUp(Duration.ZERO)).isTrue();
    }

    try (Store store = Stores.openForReading(settings(reader))) {
      Distribution rolledUp =
          store.series().distribution(ReadingFilter.all().withMeasure(Measures.P1));
      assertThat(rolledUp.values()).containsExactly(5);
      assertThat(rolledUp.sensors()).isEqualTo(1);
    }
    SERVER.execute(database, "DROP OWNED BY \"Old reader\"; DROP ROLE \"Old reader\"");
  }

  @Test
  void storesInSeveralSchemasOfADatabaseAreApart() {
    try (Store one = Stores.open(settings(uri));
        Store other = Stores.open(settings(uri + "?currentSchema=Second \"one\""))) {
      one.writer().write(List.of(dust(1, NOON, 1, 1)));
      other.writer().write(List.of(dust(2, NOON, 2, 2)));

      assertThat(one.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      assertThat(other.readings().latest()).containsExactly(dust(2, NOON, 2, 2));
    }
  }

  @Test
  void severalMayMakeTheTablesAtOnce() throws Exception {
    int processes = 4;
    CyclicBarrier together = new CyclicBarrier(processes);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        all.add(
            threads.submit(() -> {
              together.await();
              try (Connections connections = Connections.to(PostgresAddress.parse(uri))) {
                Schema.migrate(connections);
                Schema.check(connections);
                return true;
              }
            }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void whoOnlyReadsMakesNoTables() {
    assertThatThrownBy(() -> Stores.openForReading(settings(uri)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("holds no AirLens tables yet; start airlens up or airlens collect");
    assertThat(SERVER.query(database, "SELECT 1 FROM pg_namespace WHERE nspname = 'airlens'"))
        .isEmpty();
  }

  @Test
  void leavesTablesOfANewerAirLensAlone() {
    Stores.open(settings(uri)).close();
    SERVER.execute(
        database,
        """
        INSERT INTO airlens.schema_history
        SELECT 1000, '999', 'from the future', type, 'V999__future.sql', 1, installed_by, now(), 1,
          true
        FROM airlens.schema_history WHERE version = '1'
        """);

    assertThatThrownBy(() -> Stores.open(settings(uri)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer AirLens (version 999)");
    assertThatThrownBy(() -> Stores.openForReading(settings(uri)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer AirLens (version 999)");
  }

  @Test
  void whoOnlyReadsNeedsNoMoreThanTheRightToRead() {
    try (Store store = Stores.open(settings(uri))) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
    }
    SERVER.execute(
        database,
        """
        CREATE ROLE onlooker LOGIN PASSWORD 'look';
        GRANT USAGE ON SCHEMA airlens TO onlooker;
        GRANT SELECT ON ALL TABLES IN SCHEMA airlens TO onlooker;
        """);
    String onlooker = SERVER.uri("onlooker", "look", database);
    try (Store store = Stores.openForReading(settings(onlooker))) {
      assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      assertThat(store.status().bytes()).isPositive();
      assertThatThrownBy(store::writer)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("was opened to read only");
    }
    assertThatThrownBy(() -> Stores.open(settings(onlooker)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the user 'onlooker' does not own the tables");
    SERVER.execute(database, "DROP OWNED BY onlooker; DROP ROLE onlooker");
  }
}
