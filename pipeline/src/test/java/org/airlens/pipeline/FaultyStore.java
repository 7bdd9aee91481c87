package org.airlens.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

/** A real store in front of which a test stands: it decides what becomes of a write. */
public final class FaultyStore implements Store {

  /** What it says when it fails. */
  public static final String FAULT = "out of order for a test";

  /** What happens when a batch is to be written. */
  @FunctionalInterface
  public interface Writing {
    /** Does it. */
    void write(ReadingWriter real, List<Reading> batch);
  }

  /** Writes as the real store does. */
  public static final Writing SOUND = ReadingWriter::write;

  /** Keeps nothing. */
  public static final Writing REFUSING =
      (real, batch) -> {
        throw new StoreException(FAULT);
      };

  /** Keeps half of the batch, and then says that it failed. */
  public static final Writing HALF =
      (real, batch) -> {
        real.write(batch.subList(0, batch.size() / 2));
        throw new StoreException(FAULT);
      };

  /** Keeps all of the batch, and says that it failed. */
  public static final Writing KEEPING_BUT_FAILING =
      (real, batch) -> {
        real.write(batch);
        throw new StoreException(FAULT);
      };

  private final Store real;
  private volatile Writing writing = SOUND;
  private volatile boolean mute;
  private volatile int identityQueries;
  private volatile Optional<Instant> droppedBefore = Optional.empty();
  private volatile boolean keepsAll;
  private volatile BooleanSupplier rollUp = () -> false;

  /** Stands before a store. */
  public FaultyStore(Store real) {
    this.real = real;
  }

  /** What becomes of writes from now on. */
  public void on(Writing next) {
    writing = next;
  }

  /** From now on it does not say which readings it has. */
  void muteIdentities(boolean isMute) {
    mute = isMute;
  }

  /** From now on it can't drop anything. */
  void refuseDropping(boolean refuses) {
    keepsAll = refuses;
  }

  /** What becomes of a roll-up. */
  void rollsUp(BooleanSupplier next) {
    rollUp = next;
  }

  /** How often it was asked which readings it has. */
  int identityQueries() {
    return identityQueries;
  }

  /** The last cutoff of {@link #dropBefore}. */
  Optional<Instant> droppedBefore() {
    return droppedBefore;
  }

  @Override
  public ReadingWriter writer() {
    return batch -> writing.write(real.writer(), batch);
  }

  @Override
  public ReadingReader readings() {
    ReadingReader reader = real.readings();
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
        return reader.find(query);
      }

      @Override
      public List<String> measures() {
        return reader.measures();
      }

      @Override
      @SuppressWarnings("NonAtomicVolatileUpdate") // Ingest asks from one thread at a time.
      public void identities(Instant from, Instant to, IdentityVisitor visitor) {
        identityQueries++;
        if (mute) {
          throw new StoreException(FAULT);
        }
        reader.identities(from, to, visitor);
      }
    };
  }

  @Override
  public SeriesReader series() {
    return real.series();
  }

  @Override
  public SensorDirectory sensors() {
    return real.sensors();
  }

  @Override
  public StoreStatus status() {
    return real.status();
  }

  @Override
  public boolean rollUp(Duration quiet) {
    return rollUp.getAsBoolean();
  }

  @Override
  public int dropBefore(Instant cutoff) {
    if (keepsAll) {
      throw new StoreException(FAULT);
    }
    droppedBefore = Optional.of(cutoff);
    return real.dropBefore(cutoff);
  }

  @Override
  public void close() {
    real.close();
  }
}
