package org.airlens.store.live;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.airlens.model.Reading;
import org.airlens.store.live.Subscriber.Batch;

/**
 * Numbers each newly stored reading, hands it to whoever listens, and holds the recent ones for
 * those who come back and want to go on where they stopped. Thread-safe.
 *
 * <p>Ids are consecutive while the process runs. They begin at the start's milliseconds since 1970
 * times 1,024, which stays below 2<sup>53</sup>, so exact in JavaScript, until the year 2248, and
 * above every id of an earlier run, as long as that run stored fewer than 1,024 readings a
 * millisecond over its life and the clock was not set back. Hence an id from an earlier run, or
 * from another node that started at another time, is recognised as not from here, and its bearer
 * learns that it missed readings.
 */
public final class LiveReadings {

  /** How many recent readings are held unless told otherwise. */
  public static final int DEFAULT_CAPACITY = 100_000;

  private static final long IDS_A_MILLISECOND = 1L << 10;

  /** Held while listeners are called, so that they get one batch after the other. */
  private final Object publishing = new Object();

  /** Guards itself, and that joining and publishing are either before or after each other. */
  private final RecentReadings recent;

  private final CopyOnWriteArrayList<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /** Holds up to {@link #DEFAULT_CAPACITY} recent readings. */
  public LiveReadings() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * Holds recent readings.
   *
   * @param capacity how many at most
   * @throws IllegalArgumentException when the capacity is not positive
   */
  public LiveReadings(int capacity) {
    this(capacity, Clock.systemUTC());
  }

  LiveReadings(int capacity, Clock clock) {
    if (capacity <= 0) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    this.recent = new RecentReadings(capacity, clock.millis() * IDS_A_MILLISECOND);
  }

  /**
   * Tells the listeners of readings that are durable now, and returns when each has been called. A
   * listener's failure is logged and hurts nobody else.
   */
  public void publish(List<Reading> readings) {
    List<Reading> unchanging = List.copyOf(readings);
    synchronized (publishing) {
      Batch batch;
      List<Subscriber> listening;
      synchronized (recent) {
        batch = new Batch(recent.add(unchanging), unchanging);
        listening = List.copyOf(subscribers);
      }
      for (Subscriber subscriber : listening) {
        subscriber.take(batch);
      }
    }
  }

  /** Adds a listener for what is published from now on, until the subscription is closed. */
  public Subscription subscribe(Listener listener) {
    return subscribe(OptionalLong.empty(), listener);
  }

  /**
   * Adds a listener until the subscription is closed. With {@code afterId} it first gets every
   * reading after that one, during this call, and then what is published: no reading is left out
   * and none comes twice. When those readings are not all held any more, it gets only what is
   * published from now on, and the subscription says that some were {@linkplain
   * Subscription#missed() missed}.
   *
   * @param afterId the last id the listener knows; empty to begin now
   */
  public Subscription subscribe(OptionalLong afterId, Listener listener) {
    Subscriber subscriber = new Subscriber(listener);
    long from;
    Optional<List<Reading>> replayed;
    synchronized (recent) {
      replayed = afterId.isPresent() ? recent.since(afterId.getAsLong()) : Optional.empty();
      from = replayed.isPresent() ? afterId.getAsLong() : recent.lastId();
      subscribers.add(subscriber);
    }
    boolean resumed = replayed.isPresent();
    subscriber.replay(new Batch(from + 1, replayed.orElse(List.of())));
    return new Joined(subscriber, from, resumed, afterId.isPresent() && !resumed);
  }

  /**
   * The readings after this one, oldest first. O(result).
   *
   * @return empty when they are not all held any more or the id is none of this process: whoever
   *     asks must fetch the state anew
   */
  public Optional<List<Event>> since(long id) {
    Optional<List<Reading>> readings;
    synchronized (recent) {
      readings = recent.since(id);
    }
    return readings.map(found -> numbered(id + 1, found));
  }

  /** The id of the newest reading; before the first one, the number that its id will follow. */
  public long lastId() {
    synchronized (recent) {
      return recent.lastId();
    }
  }

  private static List<Event> numbered(long firstId, List<Reading> readings) {
    List<Event> events = new ArrayList<>(readings.size());
    for (Reading reading : readings) {
      events.add(new Event(firstId + events.size(), reading));
    }
    return List.copyOf(events);
  }

  /**
   * A reading and its number.
   *
   * @param id higher than that of every reading stored before it; at most 2<sup>53</sup> − 1
   * @param reading what was stored
   */
  public record Event(long id, Reading reading) {}

  /** Learns of new readings; must not block, for the publisher waits. Called by one at a time. */
  @FunctionalInterface
  public interface Listener {
    /**
     * These readings are durable now.
     *
     * @param firstId the id of the first one; each further one's is higher by one
     * @param readings at least one, unmodifiable
     */
    void stored(long firstId, List<Reading> readings);
  }

  /** Ends the listening when closed; a call under way still ends. */
  public interface Subscription extends AutoCloseable {

    /** The listener gets, or has got, every reading with an id above this one. */
    long afterId();

    /** Whether an id was given and the listener got every reading since. */
    boolean resumed();

    /** Whether an id was given and readings since are lost to the listener: fetch them anew. */
    boolean missed();

    @Override
    void close();
  }

  private final class Joined implements Subscription {

    private final Subscriber subscriber;
    private final long afterId;
    private final boolean resumed;
    private final boolean missed;

    Joined(Subscriber subscriber, long afterId, boolean resumed, boolean missed) {
      this.subscriber = subscriber;
      this.afterId = afterId;
      this.resumed = resumed;
      this.missed = missed;
    }

    @Override
    public long afterId() {
      return afterId;
    }

    @Override
    public boolean resumed() {
      return resumed;
    }

    @Override
    public boolean missed() {
      return missed;
    }

    @Override
    public void close() {
      subscriber.close();
      subscribers.remove(subscriber);
    }
  }
}
