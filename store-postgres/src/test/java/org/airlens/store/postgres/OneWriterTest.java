package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;

/** One process writes. */
class OneWriterTest {

  private static final RealPostgres SERVER = RealPostgres.shared();

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);

  @Test
  void aSecondWriterIsToldWhoTheFirstIs() {
    try (Store first = Stores.open(settings(uri))) {
      assertThatThrownBy(() -> Stores.open(settings(uri)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another process writes to postgresql://airlens@127.0.0.1")
          .hasMessageContaining("AirLens writer " + ProcessHandle.current().pid())
          .hasMessageContaining("only one may")
          .message()
          .doesNotContain("s3cret");
      first.writer().write(List.of(dust(1, NOON, 1, 1)));
    }
    try (Store next = Stores.open(settings(uri))) {
      assertThat(next.readings().latest()).hasSize(1);
    }
  }

  @Test
  void anyNumberReadBesideTheWriter() {
    try (Store writer = Stores.open(settings(uri));
        Store one = Stores.openForReading(settings(uri));
        Store other = Stores.openForReading(settings(uri))) {
      writer.writer().write(List.of(dust(1, NOON, 1, 1)));

      assertThat(one.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      assertThat(other.readings().newest()).contains(NOON);
      assertThatThrownBy(() -> other.dropBefore(NOON)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void whoLostTheConnectionTakesTheRightAgain() {
    try (Store store = Stores.open(settings(uri))) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      endSessions("AirLens writer%");

      store.writer().write(List.of(dust(2, NOON, 2, 2)));

      assertThat(store.readings().latest()).hasSize(2);
      assertThat(store.status().problem()).isEmpty();
    }
  }

  @Test
  void whoLostTheRightToAnotherWritesNoMore() {
    try (Store store = Stores.open(settings(uri))) {
      SERVER.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
      endSessions("AirLens writer%");
      assertThatThrownBy(() -> store.writer().write(List.of(dust(1, NOON, 1, 1))))
          .isInstanceOf(StoreException.class);
      SERVER.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
      try (Store other = Stores.open(settings(uri))) {
        assertThatThrownBy(() -> store.writer().write(List.of(dust(1, NOON, 1, 1))))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another process writes");
        assertThat(store.status().problem().orElseThrow()).contains("another process writes");
        other.writer().write(List.of(dust(2, NOON, 2, 2)));
      }
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      assertThat(store.readings().latest()).hasSize(2);
    }
  }

  private void endSessions(String application) {
    assertThat(
            SERVER.query(
                "postgres",
                """
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE datname = '%s' AND application_name LIKE '%s'
                """
                    .formatted(database, application)))
        .isNotEmpty();
  }
}
