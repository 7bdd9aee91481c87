package org.airlens.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
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

/**
 * Takes what stations push, many at a time: pushes that arrive while a batch is being written
 * become the next batch, so that the cost of making one durable is shared.
 */
public final class PushIngest implements AutoCloseable {

  private static final int WAITING_PUSHES = 10_000;
  private static final int BATCH_PUSHES = 2_000;
  private static final long PATIENCE_SECONDS = 20;
  private static final long LOOK_AROUND_MILLIS = 200;

  private final Ingest ingest;
  private final BlockingQueue<Push> queue = new ArrayBlockingQueue<>(WAITING_PUSHES);
  private final Thread thread;
  private final Counter stored;
  private volatile boolean closed;

  private PushIngest(Ingest ingest, MeterRegistry metrics) {
    this.ingest = ingest;
    stored =
        Counter.builder("airlens.pushed.readings")
            .description("Readings that stations pushed")
            .register(metrics);
    thread = Thread.ofPlatform().name("push").unstarted(this::run);
  }

  /** Starts taking pushes. */
  public static PushIngest start(Ingest ingest, MeterRegistry metrics) {
    PushIngest pushes = new PushIngest(ingest, metrics);
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
    try {
      push.done().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PushUnavailableException("interrupted");
    } catch (TimeoutException e) {
      throw new PushUnavailableException("the store is too slow");
    } catch (ExecutionException e) {
      Throwable refusal = e.getCause() == null ? e : e.getCause();
      throw new PushUnavailableException(String.valueOf(refusal.getMessage()));
    }
  }

  /** Finishes the batch under way and refuses what waits. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Push> batch = new ArrayList<>();
    while (!closed) {
      Push first;
      try {
        first = queue.poll(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        break;
      }
      if (first != null) {
        batch.add(first);
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
      Set<Reading> refused = new HashSet<>(ingest.takeArrivals(readings));
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
    } catch (RuntimeException e) {
      batch.forEach(push -> push.refuse("unexpected: " + e));
    }
  }

  private record Push(List<Reading> readings, CompletableFuture<Boolean> done) {
    void refuse(String reason) {
      done.completeExceptionally(new PushUnavailableException(reason));
    }
  }
}
