package org.airlens.server;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.airlens.model.Reading;
import org.airlens.server.format.GeoJsonReadings;
import org.airlens.store.ReadingFilter;
import org.airlens.store.live.LatestSnapshot;
import org.airlens.store.live.LatestView;
import org.jspecify.annotations.Nullable;

/**
 * Answers to {@code latest}, made once for each change of the view. Where there are many sensors an
 * answer goes on to be given while its successor is made beside it, so that nobody waits; it is
 * never older than {@value #STALE_SECONDS} s. Bounded by size, the least asked for go first.
 */
final class LatestBodies {

  private static final long STALE_SECONDS = 15;
  private static final int FEW_SENSORS = 2_000;
  private static final long MAX_BYTES = 48L << 20;

  private final LatestView view;

  /** Tells this run's versions from those of other runs and nodes. */
  private final String run = Long.toString(System.nanoTime() ^ System.currentTimeMillis(), 36);

  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  LatestBodies(LatestView view) {
    this.view = view;
  }

  /**
   * The answer to a filter.
   *
   * @param key tells filters apart
   */
  Body body(String key, ReadingFilter filter) {
    Entry entry = entry(key);
    LatestSnapshot now = view.snapshot();
    Body known = entry.body;
    if (known != null && known.version() == now.version()) {
      return known;
    }
    boolean mayBeStale =
        known != null
            && now.size() > FEW_SENSORS
            && System.nanoTime() - known.madeNanos() < TimeUnit.SECONDS.toNanos(STALE_SECONDS);
    if (known != null && mayBeStale) {
      if (entry.beginRenewal()) {
        Thread.ofVirtual().name("latest").start(() -> entry.renew(() -> make(now, filter)));
      }
      return known;
    }
    synchronized (entry) {
      Body made = entry.body;
      if (made == null || made.version() < now.version()) {
        made = make(now, filter);
        entry.body = made;
      }
      makeRoom();
      return made;
    }
  }

  /** An answer that is good for one moment only. */
  byte[] uncached(ReadingFilter filter) {
    return write(view.snapshot(), filter);
  }

  private Entry entry(String key) {
    synchronized (entries) {
      return entries.computeIfAbsent(key, k -> new Entry());
    }
  }

  private void makeRoom() {
    synchronized (entries) {
      long bytes = 0;
      for (Entry entry : entries.values()) {
        bytes += entry.bytes();
      }
      Iterator<Entry> oldest = entries.values().iterator();
      while (bytes > MAX_BYTES && entries.size() > 1 && oldest.hasNext()) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }

  private Body make(LatestSnapshot snapshot, ReadingFilter filter) {
    byte[] plain = write(snapshot, filter);
    return new Body(
        snapshot.version(),
        System.nanoTime(),
        "\"%s-%s\"".formatted(run, Long.toString(snapshot.version(), 36)),
        plain,
        Exchange.gzip(plain));
  }

  private static byte[] write(LatestSnapshot snapshot, ReadingFilter filter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    try (GeoJsonReadings features = new GeoJsonReadings(out)) {
      Consumer<Reading> matching =
          reading -> {
            if (filter.matches(reading)) {
              features.write(reading);
            }
          };
      if (filter.bbox().isPresent()) {
        snapshot.within(filter.bbox().get(), matching);
      } else if (filter.countries().size() == 1) {
        snapshot.inCountry(filter.countries().iterator().next(), matching);
      } else if (filter.sensorIds().isEmpty()) {
        snapshot.all().forEach(matching);
      } else {
        filter.sensorIds().stream().sorted().forEach(id -> snapshot.get(id).ifPresent(matching));
      }
    }
    return out.toByteArray();
  }

  /**
   * One answer.
   *
   * @param version the view's
   * @param madeNanos {@link System#nanoTime()} of its making
   * @param etag its entity tag
   */
  @SuppressWarnings("ArrayRecordComponent") // Sent as it is, never compared.
  record Body(long version, long madeNanos, String etag, byte[] plain, byte[] gzipped) {}

  private static final class Entry {

    private volatile @Nullable Body body;
    private boolean renewing;

    synchronized boolean beginRenewal() {
      boolean begun = !renewing;
      renewing = true;
      return begun;
    }

    void renew(Supplier<Body> maker) {
      try {
        body = maker.get();
      } finally {
        synchronized (this) {
          renewing = false;
        }
      }
    }

    long bytes() {
      Body made = body;
      return made == null ? 0 : (long) made.plain().length + made.gzipped().length;
    }
  }
}
