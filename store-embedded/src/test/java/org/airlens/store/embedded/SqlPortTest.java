package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL tools come with PostgreSQL's own driver, look at everything and change nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlPortTest {

  private static final List<Reading> READINGS =
      List.of(dust(1, NOON, 20.5, 10.25), dust(2, NOON.plusSeconds(1), 30, 15));

  private EmbeddedStore store;
  private Path work;

  @BeforeAll
  void open(@TempDir Path folder) {
    work = folder;
    store = EmbeddedStore.open(work.resolve("store"), Durability.PROCESS, OptionalInt.of(0));
    store.writer().write(READINGS);
  }

  @AfterAll
  void close() {
    store.close();
  }

  @Test
  void readsRows() throws SQLException {
    try (Connection connection = connect("airlens");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT ts, sensor_id, country, \"P1\" FROM readings ORDER BY sensor_id")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            rows.getString(1)
                + " "
                + rows.getLong(2)
                + " "
                + rows.getString(3)
                + " "
                + rows.getDouble(4));
      }
      assertThat(found)
          .containsExactly(
              "2018-12-20 12:00:00.000000 1 GB 20.5", "2018-12-20 12:00:01.000000 2 GB 30.0");
    }
  }

  @Test
  void seesWhatIsWrittenMeanwhile() throws SQLException {
    try (Connection connection = connect("airlens");
        Statement statement = connection.createStatement()) {
      assertThat(count(statement)).isEqualTo(2);
      store.writer().write(List.of(dust(3, NOON.minusSeconds(5), 1, 1)));
      assertThat(count(statement)).isEqualTo(3);
    } finally {
      store.dropBefore(NOON.plusSeconds(86_400 * 2));
      store.writer().write(READINGS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO readings(ts, sensor_id) VALUES ('2020-01-01T00:00:00Z', 7)",
        "INSERT INTO readings SELECT * FROM readings",
        "UPDATE readings SET aqi = 3",
        "DELETE FROM readings",
        "TRUNCATE TABLE readings",
        "DROP TABLE readings",
        "DROP ALL TABLES",
        "RENAME TABLE readings TO mine",
        "CREATE TABLE mine (a INT)",
        "CREATE TABLE mine AS (SELECT * FROM readings)",
        "CREATE TABLE mine (LIKE readings)",
        "CREATE VIEW mine AS (SELECT * FROM readings)",
        "CREATE MATERIALIZED VIEW mine AS (SELECT ts, count() FROM readings SAMPLE BY 1h) PARTITION BY DAY",
        "ALTER TABLE readings ADD COLUMN mine INT",
        "ALTER TABLE readings DROP COLUMN aqi",
        "ALTER TABLE readings RENAME COLUMN aqi TO mine",
        "ALTER TABLE readings ALTER COLUMN aqi TYPE LONG",
        "ALTER TABLE readings DROP PARTITION WHERE ts < '2030-01-01'",
        "ALTER TABLE readings DETACH PARTITION LIST '2018-12-20'",
        "ALTER TABLE readings CONVERT PARTITION TO PARQUET LIST '2018-12-20'",
        "ALTER TABLE readings DEDUP DISABLE",
        "ALTER TABLE readings SET TYPE BYPASS WAL",
        "ALTER TABLE readings SET TTL 1h",
        "ALTER TABLE readings SUSPEND WAL",
        "ALTER TABLE readings RESUME WAL",
        "VACUUM TABLE readings",
        "REINDEX TABLE readings LOCK EXCLUSIVE",
        "COPY readings TO '/tmp/airlens-copy' WITH FORMAT PARQUET",
        "COPY readings FROM '/etc/passwd'",
        "BACKUP TABLE readings",
        "BACKUP DATABASE",
        "CHECKPOINT CREATE",
        "CHECKPOINT RELEASE",
        "SNAPSHOT PREPARE",
        "SNAPSHOT COMPLETE",
        "SELECT * FROM read_parquet('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM files('/etc')",
        "SELECT * FROM import_files()",
        "SELECT dump_thread_stacks()",
        "SELECT simulate_crash('0')",
        "SELECT flush_query_cache()"
      })
  void changesNothingAndSeesNothingElse(String sql) throws Exception {
    List<Path> files = files();
    try (Connection connection = connect("airlens");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
    }

    assertThat(StoreProgram.readings(store)).containsExactlyElementsOf(READINGS);
    assertThat(store.status().problem()).isEmpty();
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(() -> connect("quest")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() ->
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/qdb".formatted(port()), "admin", "quest"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    // The port is free on an address that is not 127.0.0.1.
    try (ServerSocket other =
        new ServerSocket(port(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path folder = work.resolve("second");
      assertThatThrownBy(() ->
              EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.of(taken.getLocalPort())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the SQL port %d can't be opened".formatted(taken.getLocalPort()));
      // Nothing was left open.
      EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty()).close();
    }
  }

  @Test
  void closingTheStoreClosesConnections() throws Exception {
    EmbeddedStore closing =
        EmbeddedStore.open(work.resolve("third"), Durability.PROCESS, OptionalInt.of(0));
    try (Connection connection = connect("airlens", closing.sqlPort().orElseThrow());
        Statement statement = connection.createStatement()) {
      assertThat(count(statement)).isZero();

      closing.close();

      assertThatThrownBy(() -> count(statement)).isInstanceOf(SQLException.class);
    }
  }

  private int port() {
    return store.sqlPort().orElseThrow();
  }

  private Connection connect(String password) throws SQLException {
    return connect(password, port());
  }

  private static Connection connect(String password, int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/airlens".formatted(port), "airlens", password);
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count() FROM readings")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private List<Path> files() throws Exception {
    try (var files = Files.walk(work)) {
      return files.filter(file -> !file.toString().contains("/wal")).sorted().toList();
    }
  }
}
