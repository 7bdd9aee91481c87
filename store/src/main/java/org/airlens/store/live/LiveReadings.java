package org.airlens.store.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.airlens.model.Reading;

/** Hands each newly stored reading to whoever listens. Thread-safe. */
public final class LiveReadings {

  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Tells the listeners of readings that are durable now. */
  public void publish(List<Reading> readings) {
    for (Listener listener : listeners) {
      listener.stored(readings);
    }
  }

  /** Adds a listener until the subscription is closed. */
  public Subscription subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Learns of new readings; must not block. */
  @FunctionalInterface
  public interface Listener {
    /** These readings are durable now. */
    void stored(List<Reading> readings);
  }

  /** Ends the listening when closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
