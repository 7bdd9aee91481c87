package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.airlens.model.Area;
import org.airlens.model.Polygon;
import org.airlens.model.Reading;
import org.airlens.server.format.GeoJsonReadings;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.live.LatestSnapshot;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to {@code latest}, made once for each change of the view and given to everybody who asks
 * the same. When the view changes, the answers that were asked for lately are made anew at once,
 * beside the requests. Where there are many sensors an answer goes on to be given meanwhile, so
 * that nobody waits, but never for longer than a second after the view has changed. Bounded by size
 * and number; the ones longest not asked for go first.
 */
final class LatestBodies implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LatestBodies.class);

  private static final long MOST_STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Up to so many sensors an answer is made in a few milliseconds, which a client can wait. */
  private static final int FEW_SENSORS = 2_000;

  private static final long MAX_BYTES = 48L << 20;
  private static final int MAX_ENTRIES = 2_000;

  /** An answer that nobody asked for so long is not made anew until somebody does. */
  private static final long ASKED_LATELY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 400;
  private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");

  private final LatestView view;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /** Tells this run's versions from those of other runs and nodes. */
  private final String run = Long.toString(System.nanoTime() ^ System.currentTimeMillis(), 36);

  /** In the order of the last question; guarded by itself. */
  private final Map<Question, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private final Semaphore changes = new Semaphore(0);
  private final LiveReadings.Subscription subscription;
  private final Thread renewal;

  /** Answers from a view, of whose changes {@code live} tells. */
  LatestBodies(LatestView view, LiveReadings live, InstantSource clock) {
    this(view, live, clock, System::nanoTime);
  }

  LatestBodies(LatestView view, LiveReadings live, InstantSource clock, LongSupplier nanoTime) {
    this.view = view;
    this.clock = clock;
    this.nanoTime = nanoTime;
    subscription = live.subscribe((firstId, readings) -> changed());
    // Not virtual: it computes for as long as it takes, and requests share those threads.
    renewal = Thread.ofPlatform().daemon().name("latest").start(this::renew);
  }

  /**
   * The answer to a question.
   *
   * @param maxAge how old its readings may be now, at most
   */
  Body body(ReadingFilter filter, Optional<Duration> maxAge) {
    Question question = new Question(filter, maxAge);
    long now = nanoTime.getAsLong();
    Entry entry = entry(question, now);
    Body known = entry.body;
    LatestSnapshot shown = view.snapshot();
    if (known != null && isFresh(known, shown, question, now)) {
      return known;
    }
    if (known != null
        && shown.size() > FEW_SENSORS
        && now - entry.staleSince(known) < MOST_STALE_NANOS) {
      changes.release();
      return known;
    }
    Body made = renewed(question, entry);
    makeRoom();
    return made;
  }

  /** How many answers are kept. */
  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  @Override
  public void close() {
    subscription.close();
    renewal.interrupt();
  }

  private static boolean isFresh(Body body, LatestSnapshot shown, Question question, long now) {
    // Readings leave an answer with a maximal age when time goes by, though the view stays.
    return body.version() == shown.version()
        && (question.maxAge().isEmpty() || now - body.madeNanos() < MOST_STALE_NANOS);
  }

  /** A fresh answer, made once for all who wait for it. */
  private Body renewed(Question question, Entry entry) {
    synchronized (entry.making) {
      Body known = entry.body;
      if (known != null && isFresh(known, view.snapshot(), question, nanoTime.getAsLong())) {
        return known;
      }
      Body made = make(question);
      entry.install(made);
      return made;
    }
  }

  private void changed() {
    long now = nanoTime.getAsLong();
    synchronized (entries) {
      entries.values().forEach(entry -> entry.markStale(now));
    }
    changes.release();
  }

  private void renew() {
    try {
      while (true) {
        changes.acquire();
        changes.drainPermits();
        long begin = System.nanoTime();
        try {
          renewAskedLately();
        } catch (RuntimeException e) {
          LOG.error("latest answers are not made in advance", e);
        }
        long spentMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        // However often stations push, most of the processor is for requests.
        Thread.sleep(Math.clamp(8 * spentMillis, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  private void renewAskedLately() {
    List<Map.Entry<Question, Entry>> all;
    synchronized (entries) {
      all = new ArrayList<>(entries.entrySet());
    }
    for (Map.Entry<Question, Entry> one : all.reversed()) {
      Entry entry = one.getValue();
      long now = nanoTime.getAsLong();
      if (now - entry.askedNanos > ASKED_LATELY_NANOS) {
        return;
      }
      if (entry.body != null) {
        renewed(one.getKey(), entry);
      }
    }
  }

  private Entry entry(Question question, long now) {
    synchronized (entries) {
      Entry entry = entries.computeIfAbsent(question, k -> new Entry(question));
      entry.askedNanos = now;
      return entry;
    }
  }

  private void makeRoom() {
    synchronized (entries) {
      long bytes = 0;
      for (Entry entry : entries.values()) {
        bytes += entry.bytes();
      }
      Iterator<Entry> oldest = entries.values().iterator();
      while ((bytes > MAX_BYTES || entries.size() > MAX_ENTRIES) && entries.size() > 1) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }

  private Body make(Question question) {
    long now = nanoTime.getAsLong();
    LatestSnapshot snapshot = view.snapshot();
    ReadingFilter filter = question.filter();
    String etag = run + "-" + Long.toString(snapshot.version(), 36);
    if (question.maxAge().isPresent()) {
      filter = filter.between(clock.instant().minus(question.maxAge().get()), FAR_FUTURE);
      etag += "-" + Long.toString(now, 36);
    }
    Segments plain = write(snapshot, filter);
    return new Body(snapshot.version(), now, "W/\"" + etag + "\"", plain, Exchange.gzip(plain));
  }

  private static Segments write(LatestSnapshot snapshot, ReadingFilter filter) {
    Segments out = new Segments();
    try (out;
        GeoJsonReadings features = new GeoJsonReadings(out)) {
      Consumer<Reading> matching =
          reading -> {
            if (filter.matches(reading)) {
              features.write(reading);
            }
          };
      if (filter.bbox().isPresent()) {
        snapshot.within(filter.bbox().get(), matching);
      } else if (area(filter).isPresent()) {
        snapshot.within(area(filter).get().bounds(), matching);
      } else if (filter.countries().size() == 1) {
        snapshot.inCountry(filter.countries().iterator().next(), matching);
      } else if (filter.sensorIds().isEmpty()) {
        snapshot.all().forEach(matching);
      } else {
        filter.sensorIds().stream().sorted().forEach(id -> snapshot.get(id).ifPresent(matching));
      }
      features.finish();
    }
    return out;
  }

  private static Optional<Area> area(ReadingFilter filter) {
    return filter.conditions().stream()
        .filter(Condition.Within.class::isInstance)
        .map(within -> ((Condition.Within) within).area())
        .findFirst();
  }

  /** What somebody asked. */
  private record Question(ReadingFilter filter, Optional<Duration> maxAge) {
    long bytes() {
      int elements =
          filter.sensorIds().size()
              + filter.locationIds().size()
              + filter.countries().size()
              + filter.sensorTypes().size();
      long positions =
          area(filter)
              .map(area -> area instanceof Polygon polygon ? (long) polygon.edges().size() : 1L)
              .orElse(0L);
      return 1_024 + 96L * (elements + positions);
    }
  }

  /**
   * One answer.
   *
   * @param version the view's
   * @param madeNanos when its making began
   * @param etag its entity tag
   */
  record Body(long version, long madeNanos, String etag, Segments plain, Segments gzipped) {}

  private static final class Entry {

    /** Held while a body is made. */
    private final Object making = new Object();

    private final long overheadBytes;
    private volatile long askedNanos;
    private volatile @Nullable Body body;

    /** Guarded by this, as is {@link #staleNanos}; never held for long, for the publisher waits. */
    private boolean stale;

    private long staleNanos;

    Entry(Question question) {
      overheadBytes = question.bytes();
    }

    /** Notes that the view has changed after the body was made. */
    synchronized void markStale(long now) {
      if (!stale) {
        stale = true;
        staleNanos = now;
      }
    }

    /** Since when a body that is not fresh has not been; as old as itself where nobody told. */
    synchronized long staleSince(Body known) {
      return stale ? staleNanos : known.madeNanos();
    }

    /** Keeps a body unless there is a newer one. The view may have changed since its making. */
    synchronized void install(Body made) {
      Body known = body;
      if (known == null || known.madeNanos() <= made.madeNanos()) {
        body = made;
        stale = false;
      }
    }

    long bytes() {
      Body made = body;
      return overheadBytes + (made == null ? 0 : made.plain().size() + made.gzipped().size());
    }
  }
}
