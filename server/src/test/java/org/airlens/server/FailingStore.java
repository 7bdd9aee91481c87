package org.airlens.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** A real store whose status and listings fail while there is a problem, listings midway. */
final class FailingStore implements Store {

  /** A listing that has begun fails after so many readings. */
  static final int READINGS_BEFORE = 2_000;

  private final Store store;
  private final Supplier<Optional<String>> problem;

  FailingStore(Store store, Supplier<Optional<String>> problem) {
    this.store = store;
    this.problem = problem;
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
        long[] seen = {0};
        return reader
            .find(query)
            .peek(_ -> {
              if (++seen[0] > READINGS_BEFORE) {
                check();
              }
            });
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
