package org.airlens.store.live;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.live.LiveReadings.Event;
import org.airlens.store.live.LiveReadings.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads publish while readers leave and resume as often as they can. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveReadingsConcurrencyTest {

  private static final int PUBLISHERS = 2;
  private static final int READERS = 3;
  private static final int BATCHES = 20_000;
  private static final int BATCH = 2;
  private static final int TOTAL = PUBLISHERS * BATCHES * BATCH;

  /** How far publishers run ahead of the slowest reader: a little, so that stays are short. */
  private static final int LEAD = 16;

  private final LiveReadings live = new LiveReadings(TOTAL);
  private final long start = live.lastId();
  private final List<Semaphore> room =
      Stream.generate(() -> new Semaphore(LEAD)).limit(READERS).toList();
  private final CyclicBarrier together = new CyclicBarrier(PUBLISHERS + READERS);

  @Test
  void whoResumesHearsEachReadingOnceInOrder() throws Exception {
    List<Future<List<Event>>> readers = new ArrayList<>();
    // Threads of the platform, which take turns even where there are few processors.
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Semaphore readersRoom : room) {
        readers.add(threads.submit(resuming(readersRoom)));
      }
      List<Future<Boolean>> publishers = new ArrayList<>();
      for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
        publishers.add(threads.submit(publishing(publisher)));
      }
      for (Future<Boolean> publisher : publishers) {
        assertThat(publisher.get()).isTrue();
      }
      List<Event> published = live.since(start).orElseThrow();
      assertThat(published).hasSize(TOTAL);
      for (Future<List<Event>> reader : readers) {
        assertThat(reader.get().equals(published)).as("hears what was published").isTrue();
      }
    }
  }

  private Callable<Boolean> publishing(long sensor) {
    List<Reading> readings =
        IntStream.range(0, 1000)
            .mapToObj(second -> dust(sensor, NOON.plusSeconds(second), 1, 1))
            .toList();
    return () -> {
      together.await();
      for (int batch = 0; batch < BATCHES; batch++) {
        for (Semaphore readersRoom : room) {
          readersRoom.acquire(BATCH);
        }
        int from = batch * BATCH % readings.size();
        live.publish(readings.subList(from, from + BATCH));
      }
      return true;
    };
  }

  private Callable<List<Event>> resuming(Semaphore readersRoom) {
    return () -> {
      together.await();
      try {
        return leaveAndResume(readersRoom);
      } finally {
        readersRoom.release(TOTAL); // Should this reader have failed, publishers need not wait.
      }
    };
  }

  /** Leaves as soon as it heard something beyond the replay, so that each stay has a seam. */
  private List<Event> leaveAndResume(Semaphore readersRoom) throws InterruptedException {
    List<Event> heard = new ArrayList<>(TOTAL);
    long last = start;
    while (last < start + TOTAL) {
      BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
      try (Subscription subscription = live.subscribe(OptionalLong.of(last), putInto(queue))) {
        assertThat(subscription.resumed()).isTrue();
        long seam = live.lastId();
        while (last <= seam && last < start + TOTAL) {
          Event event = queue.poll(30, TimeUnit.SECONDS);
          assertThat(event).as("what follows %d", last).isNotNull();
          assertThat(event.id()).as("neither gap nor duplicate").isEqualTo(last + 1);
          heard.add(event);
          last = event.id();
          readersRoom.release();
        }
      }
    }
    return heard;
  }

  private static LiveReadings.Listener putInto(BlockingQueue<Event> queue) {
    return (firstId, readings) -> {
      for (Reading reading : readings) {
        queue.add(new Event(firstId++, reading));
      }
    };
  }
}
