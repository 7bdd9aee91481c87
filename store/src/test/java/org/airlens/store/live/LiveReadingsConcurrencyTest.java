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
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.airlens.model.Reading;
import org.airlens.store.live.LiveReadings.Event;
import org.airlens.store.live.LiveReadings.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads publish while readers come, go and resume. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveReadingsConcurrencyTest {

  private static final int PUBLISHERS = 2;
  private static final int READERS = 4;
  private static final int BATCHES = 1_500;
  private static final int BATCH = 4;
  private static final int TOTAL = PUBLISHERS * BATCHES * BATCH;

  /** How many readings one stay lasts at least. */
  private static final int STAY = 50;

  private final LiveReadings live = new LiveReadings(TOTAL);
  private final long start = live.lastId();
  private final CyclicBarrier together = new CyclicBarrier(PUBLISHERS + READERS);

  @Test
  void whoResumesHearsEachReadingOnceInOrder() throws Exception {
    List<Future<List<Event>>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(threads.submit(this::readAll));
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
        assertThat(reader.get()).isEqualTo(published);
      }
    }
    assertThat(live.since(start).orElseThrow())
        .extracting(Event::id)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(start + 1, start + TOTAL).boxed().toList());
  }

  private Callable<Boolean> publishing(int publisher) {
    return () -> {
      together.await();
      for (int batch = 0; batch < BATCHES; batch++) {
        long firstSensor = (long) publisher * TOTAL + (long) batch * BATCH;
        live.publish(
            LongStream.range(firstSensor, firstSensor + BATCH)
                .mapToObj(id -> dust(id, NOON, 1, 1))
                .toList());
      }
      return true;
    };
  }

  /** Stays for a while, leaves, and resumes after the last reading heard, until it has all. */
  private List<Event> readAll() throws Exception {
    together.await();
    List<Event> heard = new ArrayList<>();
    long last = start;
    while (heard.size() < TOTAL) {
      BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
      try (Subscription subscription =
          live.subscribe(
              OptionalLong.of(last), (firstId, readings) -> put(queue, firstId, readings))) {
        assertThat(subscription.resumed()).isTrue();
        for (int i = 0; i < STAY && heard.size() < TOTAL; i++) {
          Event event = queue.poll(20, TimeUnit.SECONDS);
          assertThat(event).as("the reading after %d", last).isNotNull();
          heard.add(event);
          last = event.id();
        }
      }
    }
    return heard;
  }

  private static void put(BlockingQueue<Event> queue, long firstId, List<Reading> readings) {
    for (int i = 0; i < readings.size(); i++) {
      queue.add(new Event(firstId + i, readings.get(i)));
    }
  }
}
