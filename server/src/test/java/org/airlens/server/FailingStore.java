package org.airlens.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/** A real store whose status and listings fail while there is a problem, also midway. */
final class FailingStore implements Store {

  private final Store store;
  private final Supplier<Optional<String>> problem;
  private final Listings listings;

  FailingStore(Store store, Supplier<Optional<String>> problem) {
    this(store, problem, new Listings(-1));
  }

  FailingStore(Store store, Supplier<Optional<String>> problem, Listings listings) {
    this.store = store;
    this.problem = problem;
    this.listings = listings;
  }

  /** What became of listings of one limit, by which a test knows its own. */
  static final class Listings {
    private final long limit;

    /** How many readings were taken out. */
    final AtomicLong taken = new AtomicLong();

    /** A permit for each that was closed. */
    final Semaphore closed = new Semaphore(0);

    Listings(long limit) {
      this.limit = limit;
    }
  }

  @Override
  public ReadingWriter writer() {
    return store.writer();
  }

  @Override
  public ReadingReader readings() {
    ReadingReader reader = store.readings();
    return new ReadingReader() {
      @Override
      public List<Reading> latest() {
        return reader.latest();
      }

      @Override
      public Optional<Instant> newest() {
        return reader.newest();
      }

      @Override
      public Stream<Reading> find(ReadingQuery query) {
        check();
        Stream<Reading> found = reader.find(query).peek(_ -> check());
        return query.limit().orElse(0) == listings.limit
            ? found.peek(_ -> listings.taken.incrementAndGet()).onClose(listings.closed::release)
            : found;
      }

      @Override
      public List<String> measures() {
        return reader.measures();
      }

      @Override
      public void identities(Instant from, Instant to, IdentityVisitor visitor) {
        reader.identities(from, to, visitor);
      }
    };
  }

  @Override
  public SeriesReader series() {
    return store.series();
  }

  @Override
  public SensorDirectory sensors() {
    return store.sensors();
  }

  @Override
  public StoreStatus status() {
    check();
    return store.status();
  }

  @Override
  public int dropBefore(Instant cutoff) {
    return store.dropBefore(cutoff);
  }

  @Override
  public void close() {
    store.close();
  }

  private void check() {
    Optional<String> told = problem.get();
    if (told.isPresent()) {
      throw new StoreException(told.get());
    }
  }
}
