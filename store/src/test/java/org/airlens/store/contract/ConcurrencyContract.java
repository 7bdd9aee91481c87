package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers beside a writer, and beside the end. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ConcurrencyContract extends StoreContract {

  private static final int SENSORS = 100;
  private static final int CYCLES = 25;
  private static final int READERS = 2;

  @Test
  void readersSeeWhatWasAcknowledgedAndNeverAPartOfABatchOfOneInstant() throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    CyclicBarrier together = new CyclicBarrier(READERS + 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(reading(acknowledged, done, together)));
      }
      together.await();
      try {
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
          store().writer().write(cycle(cycle));
          acknowledged.set(cycle);
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(all()).hasSize(CYCLES * SENSORS);
  }

  private Callable<Integer> reading(
      AtomicInteger acknowledged, AtomicBoolean done, CyclicBarrier together) {
    return () -> {
      together.await();
      int rounds = 0;
      while (!done.get()) {
        int promised = acknowledged.get();
        assertThat(store().readings().newest().map(ConcurrencyContract::cycleAt).orElse(0))
            .isGreaterThanOrEqualTo(promised);
        // The first write may come just now: then there is all of it, or nothing yet.
        assertThat(store().readings().latest().size())
            .isIn(promised == 0 ? List.of(0, SENSORS) : List.of(SENSORS));
        List<Reading> found = find(ReadingQuery.of(ReadingFilter.all().between(NOON, Instant.MAX)));
        assertThat(found.size()).isGreaterThanOrEqualTo(promised * SENSORS);
        assertThat(found.size() % SENSORS).isZero();
        assertThat(found).doesNotHaveDuplicates();
        assertThat(points(promised)).isGreaterThanOrEqualTo(promised);
        rounds++;
      }
      return rounds;
    };
  }

  private int points(int promised) {
    List<SensorSeries> series =
        store()
            .series()
            .series(
                new SeriesQuery(
                    ReadingFilter.all()
                        .withMeasure(Measures.P1)
                        .withSensorIds(Set.of((long) SENSORS)),
                    Optional.of(Duration.ofSeconds(1)),
                    Aggregate.MEAN,
                    OptionalLong.empty(),
                    10_000))
            .series();
    return series.isEmpty() && promised == 0 ? 0 : series.getFirst().values().length;
  }

  @Test
  void severalWritersLoseNothing() throws Exception {
    int writers = 4;
    int batches = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> finished = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        long base = 1 + writer * 1000L;
        finished.add(
            threads.submit(() -> {
              together.await();
              for (int i = 0; i < batches; i++) {
                write(dust(base + i, NOON, i, i), dust(5_000, NOON, 7, 7));
              }
              return true;
            }));
      }
      for (Future<Boolean> one : finished) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(all()).hasSize(writers * batches + 1).doesNotHaveDuplicates();
    assertThat(store().readings().latest()).hasSize(writers * batches + 1);
  }

  @Test
  void readersGoOnWhileNewMeasuresCome() throws Exception {
    write(dust(1, NOON, 1, 1));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> reader =
          threads.submit(() -> {
            int rounds = 0;
            do {
              assertThat(all()).isNotEmpty();
              assertThat(
                      store()
                          .series()
                          .distribution(ReadingFilter.all().withMeasure(Measures.P1))
                          .count())
                  .isEqualTo(1);
              rounds++;
            } while (!done.get());
            return rounds;
          });
      try {
        for (int i = 1; i <= 12; i++) {
          Reading reading = dust(1, NOON, 0, 0);
          write(
              new Reading(
                  reading.sensor(),
                  reading.location(),
                  NOON.plusSeconds(i),
                  MeasureValues.of("came_later_" + i, i),
                  OptionalInt.empty()));
        }
      } finally {
        done.set(true);
      }
      assertThat(reader.get()).isPositive();
    }
    assertThat(all()).hasSize(13);
  }

  @Test
  void latestIsWholeWhileOldDaysAreDropped() throws Exception {
    List<Reading> current =
        LongStream.rangeClosed(1, SENSORS).mapToObj(id -> dust(id, NOON, 1, 1)).toList();
    store().writer().write(current);
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> reader =
          threads.submit(() -> {
            while (!done.get()) {
              assertThat(store().readings().latest()).hasSize(SENSORS);
              assertThat(store().readings().newest()).contains(NOON);
            }
            return true;
          });
      try {
        for (int i = 0; i < 5; i++) {
          write(dust(1, NOON.minus(Duration.ofDays(9)), 1, 1));
          assertThat(store().dropBefore(NOON)).isEqualTo(1);
        }
      } finally {
        done.set(true);
      }
      assertThat(reader.get()).isTrue();
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    write(dust(1, NOON, 1, 1));
    Store closed = store();
    closed.close();
    try {
      assertThatThrownBy(() -> write(dust(1, NOON, 2, 2)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(this::all)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(closed::status)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("closed");
      closed.close(); // Twice does no harm.
    } finally {
      reopen();
    }
    assertThat(all()).containsExactly(dust(1, NOON, 1, 1));
  }

  @Test
  void closingWaitsForReadersOrTellsThem() throws Exception {
    store()
        .writer()
        .write(LongStream.rangeClosed(1, 30_000).mapToObj(id -> dust(id, NOON, 1, 1)).toList());
    Store closing = store();
    CyclicBarrier together = new CyclicBarrier(READERS + 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(() -> {
              together.await();
              while (true) {
                try (var found =
                    closing
                        .readings()
                        .find(
                            new ReadingQuery(
                                ReadingFilter.all(),
                                new ReadingSort(Measures.P2, true),
                                Optional.empty(),
                                OptionalLong.empty()))) {
                  assertThat(found.count()).isEqualTo(30_000);
                } catch (StoreException e) {
                  return String.valueOf(e.getMessage());
                }
              }
            }));
      }
      together.await();
      closing.close();
      for (Future<String> reader : readers) {
        assertThat(reader.get()).contains("closed");
      }
    } finally {
      reopen();
    }
    assertThat(store().status().readings()).isEqualTo(30_000);
  }

  private static List<Reading> cycle(int cycle) {
    return LongStream.rangeClosed(1, SENSORS)
        .mapToObj(id -> dust(id, NOON.plusSeconds(cycle), cycle, 1))
        .toList();
  }

  private static int cycleAt(Instant instant) {
    return (int) Duration.between(NOON, instant).toSeconds();
  }
}
