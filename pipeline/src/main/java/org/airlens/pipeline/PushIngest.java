package org.airlens.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.airlens.model.Reading;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what stations push, many at a time: pushes that arrive while a batch is being written
 * become the next batch, so that the cost of making one durable is shared.
 */
public final class PushIngest implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PushIngest.class);

  private static final int WAITING_PUSHES = 10_000;
  private static final int BATCH_PUSHES = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ingest ingest;
  private final BlockingQueue<Push> queue;
  private final Duration patience;
  private final Thread thread;
  private final Counter stored;
  private volatile boolean closed;

  private PushIngest(Ingest ingest, MeterRegistry metrics, int waitingPushes, Duration patience) {
    this.ingest = ingest;
    this.patience = patience;
    queue = new ArrayBlockingQueue<>(waitingPushes);
    stored =
        Counter.builder("airlens.pushed.readings")
            .description("Readings that stations pushed")
            .register(metrics);
    thread = Thread.ofPlatform().name("push").unstarted(this::run);
  }

  /** Starts taking pushes. */
  public static PushIngest start(Ingest ingest, MeterRegistry metrics) {
    return start(ingest, metrics, WAITING_PUSHES, PATIENCE);
  }

  /**
   * Starts taking pushes.
   *
   * @param waitingPushes so many wait for their batch at most; further ones are refused
   * @param patience so long a push waits until it is durable; then it is refused
   */
  static PushIngest start(
      Ingest ingest, MeterRegistry metrics, int waitingPushes, Duration patience) {
    PushIngest pushes = new PushIngest(ingest, metrics, waitingPushes, patience);
    pushes.thread.start();
    return pushes;
  }

  /**
   * Takes the readings of one push; when this returns they are durable.
   *
   * @throws PushUnavailableException when they can't be kept now; they may be sent again
   */
  public void take(List<Reading> readings) throws PushUnavailableException {
    Push push = new Push(readings, new CompletableFuture<>());
    if (closed || !queue.offer(push)) {
      throw new PushUnavailableException(
          closed ? "shutting down" : "too many stations push at once");
    }
    if (closed && queue.remove(push)) {
      // It came after the last batch, and nobody else would look at it.
      throw new PushUnavailableException("shutting down");
    }
    try {
      push.done().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      queue.remove(push);
      Thread.currentThread().interrupt();
      throw new PushUnavailableException("interrupted");
    } catch (TimeoutException e) {
      queue.remove(push); // The station hears that it is refused, so it should not be kept later.
      throw new PushUnavailableException("the store is too slow");
    } catch (ExecutionException e) {
      Throwable refusal = e.getCause() == null ? e : e.getCause();
      throw new PushUnavailableException(String.valueOf(refusal.getMessage()));
    }
  }

  /** How many pushes wait for the batch under way to end. */
  int waiting() {
    return queue.size();
  }

  /** Finishes the batch under way and refuses what waits. */
  @Override
  public void close() {
    closed = true;
    queue.offer(new Push(List.of(), new CompletableFuture<>())); // Wakes the thread if it waits.
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Push> batch = new ArrayList<>();
    while (!closed) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        closed = true;
      }
      if (!closed) {
        queue.drainTo(batch, BATCH_PUSHES - 1);
        write(batch);
        batch.clear();
      }
    }
    queue.drainTo(batch);
    batch.forEach(push -> push.refuse("shutting down"));
  }

  private void write(List<Push> batch) {
    List<Reading> readings = batch.stream().flatMap(push -> push.readings().stream()).toList();
    try {
      // By identity: of two equal readings one may be kept and the other find no second left.
      Set<Reading> refused = Collections.newSetFromMap(new IdentityHashMap<>());
      refused.addAll(ingest.takeArrivals(readings));
      stored.increment(readings.size() - (double) refused.size());
      for (Push push : batch) {
        if (push.readings().stream().anyMatch(refused::contains)) {
          push.refuse("the station pushes more often than once a second");
        } else {
          push.done().complete(true);
        }
      }
    } catch (StoreException e) {
      batch.forEach(push -> push.refuse("the store can't keep readings: " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      // An Error, too: the thread that ends here would leave every further push waiting.
      LOG.error("a batch of {} pushes", batch.size(), e);
      batch.forEach(push -> push.refuse("unexpected: " + e));
    }
  }

  private record Push(List<Reading> readings, CompletableFuture<Boolean> done) {
    void refuse(String reason) {
      done.completeExceptionally(new PushUnavailableException(reason));
    }
  }
}
