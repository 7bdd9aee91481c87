package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.airlens.model.Measures;
import org.airlens.store.ReadingFilter;
import org.airlens.store.Store;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;

/**
 * A database that has TimescaleDB. The extension is nowhere to be installed from here, so this runs
 * on a stand-in with the functions that AirLens calls and their documented parameters: it shows
 * that they are called, and found, and that nothing else assumes partitions.
 */
class HypertableTest {

  private static final String CONTROL =
      """
      default_version = '0'
      comment = 'stand-in'
      """;

  @Test
  void keepsDaysAsChunks() throws Exception {
    try (RealPostgres server = RealPostgres.start()) {
      Path extensions = server.extensions();
      assumeTrue(Files.isDirectory(extensions), "an installed server is left as it is");
      Files.writeString(extensions.resolve("timescaledb.control"), CONTROL);
      Files.writeString(
          extensions.resolve("timescaledb--0.sql"),
          """
          CREATE FUNCTION create_hypertable(relation regclass, time_column_name name,
              chunk_time_interval interval, create_default_indexes boolean) RETURNS void
            LANGUAGE sql AS 'SELECT';
          CREATE FUNCTION drop_chunks(relation regclass, older_than timestamptz,
              newer_than timestamptz) RETURNS SETOF text LANGUAGE plpgsql AS $$
            BEGIN
              EXECUTE format('DELETE FROM %s WHERE ts >= $1 AND ts < $2', relation)
                USING newer_than, older_than;
            END $$;
          CREATE FUNCTION hypertable_size(hypertable regclass) RETURNS bigint
            LANGUAGE sql AS 'SELECT 4096::bigint';
          """);
      String uri = server.newDatabase();
      String database = RealPostgres.database(uri);
      server.execute(database, "CREATE EXTENSION timescaledb");
      try (Store store = Stores.open(settings(uri))) {
        store
            .writer()
            .write(List.of(dust(1, NOON, 1, 1), dust(1, NOON.minus(Duration.ofDays(3)), 2, 2)));
        store.writer().write(List.of(dust(1, NOON, 3, 3)));

        assertThat(
                server.query(database, "SELECT relkind FROM pg_class WHERE relname = 'readings'"))
            .containsExactly("r");
        assertThat(store.status().readings()).isEqualTo(2);
        assertThat(store.status().bytes()).isGreaterThan(4096);
        assertThat(store.rollUp(Duration.ZERO)).isTrue();
        assertThat(store.rollUp(Duration.ZERO)).isTrue();
        server.execute(database, "UPDATE airlens.value_counts SET counts = ARRAY[10]");
        assertThat(
                store.series().distribution(ReadingFilter.all().withMeasure(Measures.P1)).counts())
            .containsExactly(10, 10);
        assertThat(store.dropBefore(NOON)).isEqualTo(1);
        assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 3, 3));
        assertThat(store.status().readings()).isEqualTo(1);
        assertThat(store.sensors().sensor(1).orElseThrow().firstSeen()).isEqualTo(NOON);
      }
    }
  }
}
