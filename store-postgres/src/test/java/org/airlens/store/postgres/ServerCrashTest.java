package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges.Following;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;

/** The server goes away at any moment and comes back. */
class ServerCrashTest {

  @Test
  void nothingAcknowledgedIsLostAndFollowersMissNothing() throws Exception {
    try (RealPostgres server = RealPostgres.start()) {
      String uri = server.newDatabase();
      Told told = new Told();
      Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
      try (Store writer = Stores.open(settings(uri));
          Store reader = Stores.openForReading(settings(uri));
          Following _ = reader.changes().orElseThrow().follow(told);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        AtomicBoolean done = new AtomicBoolean();
        Future<Long> writing = threads.submit(() -> writeUntil(done, writer, acknowledged));
        for (int crash = 0; crash < 3; crash++) {
          int before = acknowledged.size();
          Awaiting.until("some writes", () -> acknowledged.size() > before + 20);
          server.crash();
          Awaiting.until("the follower's trouble", () -> problem(reader).contains("follow"));
          server.startAgain();
        }
        done.set(true);
        assertThat(writing.get()).as("writes that failed").isPositive();
        assertThat(ids(reader.readings().latest())).containsAll(acknowledged);
        Awaiting.until(
            "all that was acknowledged", () -> ids(told.readings()).containsAll(acknowledged));
        assertThat(told.readings()).doesNotHaveDuplicates();
        assertThat(told.instead()).isEmpty();
        Awaiting.until("no trouble", () -> reader.status().problem().isEmpty());
      }
    }
  }

  @Test
  void whoAsksMeanwhileIsToldAndGetsAnswersAgainAfterwards() {
    try (RealPostgres server = RealPostgres.start()) {
      String uri = server.newDatabase();
      try (Store store = Stores.open(settings(uri))) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
        server.crash();
        assertThatThrownBy(() -> store.readings().latest())
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("postgresql://airlens@127.0.0.1");
        server.startAgain();
        assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      }
    }
  }

  private static long writeUntil(AtomicBoolean done, Store writer, Set<Long> acknowledged) {
    long failed = 0;
    for (long id = 1; !done.get(); id++) {
      try {
        writer.writer().write(List.of(dust(id, NOON.plusSeconds(id), 1, 1)));
        acknowledged.add(id);
      } catch (StoreException e) {
        failed++;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    return failed;
  }

  /** What the follower says of itself; the status needs the server, so while that is away, that. */
  private static String problem(Store reader) {
    return ((PostgresStore) reader).followersProblem().orElse("");
  }

  private static Set<Long> ids(List<Reading> readings) {
    return readings.stream().map(reading -> reading.sensor().id()).collect(Collectors.toSet());
  }
}
