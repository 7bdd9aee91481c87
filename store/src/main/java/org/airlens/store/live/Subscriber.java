package org.airlens.store.live;

import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands readings to one listener, one call at a time, in order: first what it asked to be replayed,
 * then what is published. What is published during the replay waits here, so that the publisher
 * need not.
 */
final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private final LiveReadings.Listener listener;
  private volatile boolean closed;

  /** Guarded by this, as is {@link #waiting}. */
  private boolean replaying = true;

  private List<Batch> waiting = new ArrayList<>();

  Subscriber(LiveReadings.Listener listener) {
    this.listener = listener;
  }

  /** Hands over what was replayed, then what came meanwhile; from then on {@link #take} does. */
  void replay(Batch replayed) {
    List<Batch> batches = List.of(replayed);
    while (!batches.isEmpty()) {
      batches.forEach(this::hand);
      batches = takeWaiting();
    }
  }

  /** Hands over what is published. Only one thread at a time may call this. */
  void take(Batch published) {
    synchronized (this) {
      if (replaying) {
        waiting.add(published);
        return;
      }
    }
    hand(published);
  }

  /** Hands over nothing more; a call under way still ends. */
  void close() {
    closed = true;
  }

  private synchronized List<Batch> takeWaiting() {
    List<Batch> taken = waiting;
    waiting = new ArrayList<>();
    replaying = !taken.isEmpty();
    return taken;
  }

  private void hand(Batch batch) {
    if (closed || batch.readings().isEmpty()) {
      return;
    }
    try {
      listener.stored(batch.firstId(), batch.readings());
    } catch (RuntimeException | Error e) {
      // An Error, too: it is this listener's, and neither the others nor the store's cycle may
      // suffer for it.
      LOG.warn("A listener failed on {} new readings and goes on", batch.readings().size(), e);
    }
  }

  /** Readings with consecutive ids from {@code firstId}. */
  record Batch(long firstId, List<Reading> readings) {}
}
