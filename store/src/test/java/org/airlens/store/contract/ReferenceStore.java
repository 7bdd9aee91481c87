package org.airlens.store.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/**
 * The storage SPI word for word, in memory and without any cleverness: the model other stores are
 * held against, and a store for the tests of other modules. Thread-safe.
 */
public final class ReferenceStore implements Store, ReadingWriter, ReadingReader, SensorDirectory {

  private static final Comparator<Identity> BY_TIME =
      Comparator.comparing(Identity::timestamp).thenComparingLong(Identity::sensorId);

  private final TreeMap<Identity, Reading> readings = new TreeMap<>(BY_TIME);
  private final SequencedSet<String> measures = new LinkedHashSet<>();
  private final SeriesReader series = new ReferenceSeries(this);
  private boolean closed;

  /** An empty store. */
  public ReferenceStore() {
    for (Measure measure : Measures.all()) {
      if (!measure.name().equals(Measures.AQI)) {
        measures.add(measure.name());
      }
    }
  }

  /** What another one kept, as if it had been closed and opened again. */
  public ReferenceStore(ReferenceStore former) {
    synchronized (former) {
      readings.putAll(former.readings);
      measures.addAll(former.measures);
    }
  }

  @Override
  public ReadingWriter writer() {
    return this;
  }

  @Override
  public ReadingReader readings() {
    return this;
  }

  @Override
  public SeriesReader series() {
    return series;
  }

  @Override
  public SensorDirectory sensors() {
    return this;
  }

  @Override
  public synchronized void write(List<Reading> batch) {
    checkOpen();
    for (Reading reading : batch) {
      readings.put(new Identity(reading.timestamp(), reading.sensor().id()), reading);
      for (int i = 0; i < reading.values().size(); i++) {
        measures.add(reading.values().name(i));
      }
    }
  }

  @Override
  public synchronized List<Reading> latest() {
    checkOpen();
    return newestOfEach().values().stream().map(SensorSummary::newest).toList();
  }

  @Override
  public synchronized Optional<Instant> newest() {
    checkOpen();
    return readings.isEmpty() ? Optional.empty() : Optional.of(readings.lastKey().timestamp());
  }

  @Override
  public Stream<Reading> find(ReadingQuery query) {
    PageOrder order = new PageOrder(query.sort());
    Stream<Reading> found =
        matching(query.filter())
            .filter(reading ->
                query.after().isEmpty()
                    || order.compare(PageKey.of(reading, query.sort()), query.after().get()) > 0)
            .sorted(Comparator.comparing(reading -> PageKey.of(reading, query.sort()), order));
    return query.limit().isPresent() ? found.limit(query.limit().getAsLong()) : found;
  }

  @Override
  public synchronized List<String> measures() {
    checkOpen();
    return List.copyOf(measures);
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    matching(ReadingFilter.all().between(from, to))
        .forEach(
            reading -> visitor.visit(reading.sensor().id(), reading.timestamp().getEpochSecond()));
  }

  @Override
  public synchronized List<SensorSummary> sensors(
      ReadingFilter filter, OptionalLong after, int limit) {
    checkOpen();
    ReadingFilter timeless = filter.ofSensors();
    return newestOfEach().values().stream()
        .filter(known -> after.isEmpty() || known.newest().sensor().id() > after.getAsLong())
        .filter(known -> timeless.matches(known.newest()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<SensorSummary> sensor(long id) {
    checkOpen();
    return Optional.ofNullable(newestOfEach().get(id));
  }

  @Override
  public synchronized List<SensorSummary> atLocation(long locationId) {
    checkOpen();
    return newestOfEach().values().stream()
        .filter(known -> known.newest().location().id() == locationId)
        .toList();
  }

  @Override
  public synchronized StoreStatus status() {
    checkOpen();
    return new StoreStatus(
        "reference",
        "in memory",
        readings.size(),
        0,
        readings.isEmpty() ? Optional.empty() : Optional.of(readings.firstKey().timestamp()),
        newest(),
        Optional.empty());
  }

  @Override
  public synchronized int dropBefore(Instant cutoff) {
    checkOpen();
    Instant day = cutoff.truncatedTo(ChronoUnit.DAYS);
    var dropped = readings.headMap(new Identity(day, Long.MIN_VALUE));
    int days =
        (int)
            dropped.keySet().stream()
                .map(identity -> identity.timestamp().truncatedTo(ChronoUnit.DAYS))
                .distinct()
                .count();
    dropped.clear();
    return days;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** The readings that pass, oldest first. */
  synchronized Stream<Reading> matching(ReadingFilter filter) {
    checkOpen();
    return readings.values().stream().filter(filter::matches).toList().stream();
  }

  private SortedMap<Long, SensorSummary> newestOfEach() {
    SortedMap<Long, SensorSummary> known = new TreeMap<>();
    for (Reading reading : readings.values()) {
      known.merge(
          reading.sensor().id(),
          new SensorSummary(reading, reading.timestamp()),
          (old, next) -> new SensorSummary(next.newest(), old.firstSeen()));
    }
    return known;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
  }

  private record Identity(Instant timestamp, long sensorId) {}
}
