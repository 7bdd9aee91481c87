package org.airlens.store.lake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.airlens.store.ReadingFilter;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lake's current version. Whoever asks looks whether there is a new one; while that is being
 * looked at, others go on with the former. One that can't be read is told and left alone for a
 * while. Thread-safe.
 */
final class Lake implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lake.class);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  /** A version's files may be gone before they are looked at, when writers are that fast. */
  private static final int ATTEMPTS = 3;

  /** Of more sensors or locations it is not looked up which partitions hold them. */
  private static final int FEW = 1_000;

  private final LakeAddress address;
  private final LakeFolder folder;
  private final Database database;
  private final Loading loading;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Snapshot current;
  private volatile Optional<Failure> failure = Optional.empty();

  private record Failure(OptionalInt version, String message, long nanos) {}

  private Lake(LakeAddress address, LakeFolder folder, Database database) {
    this.address = address;
    this.folder = folder;
    this.database = database;
    loading = new Loading(database);
    current = load(folder.newest(), Optional.empty());
  }

  /**
   * Opens a lake and reads which sensors it has.
   *
   * @param index the folder where that is kept for the next time; empty for nowhere
   * @throws StoreException when it is missing or damaged
   */
  static Lake open(LakeAddress address, Optional<Path> index) {
    LakeFolder folder = new LakeFolder(address);
    folder.newest();
    Database database = Database.open(address, folder.data(), index);
    try {
      return new Lake(address, folder, database);
    } catch (StoreException e) {
      database.close();
      if (database.index().isEmpty()) {
        throw e;
      }
      LakeIndex.delete(database.index().get()); // It may be this that can't be read.
      return open(address, Optional.empty());
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  LakeAddress address() {
    return address;
  }

  Database database() {
    return database;
  }

  /** The version that counts; the former one while that can't be read, or another reads it. */
  Snapshot current() {
    return looked(turn.tryLock());
  }

  /** The version that counts, for which the caller waits. */
  Snapshot refreshed() {
    turn.lock();
    return looked(true);
  }

  private Snapshot looked(boolean isMyTurn) {
    try {
      database.checkOpen();
      if (isMyTurn) {
        look();
      }
      return current;
    } finally {
      if (isMyTurn) {
        turn.unlock();
      }
    }
  }

  private void look() {
    OptionalInt newest = OptionalInt.empty();
    try {
      int number = folder.newest();
      newest = OptionalInt.of(number);
      if (number == current.number()) {
        failure = Optional.empty();
      } else if (failure.filter(former -> isFresh(former, number)).isEmpty()) {
        current = load(number, Optional.of(current));
        failure = Optional.empty();
      }
    } catch (StoreException e) {
      database.checkOpen();
      String message = String.valueOf(e.getMessage());
      if (failure.filter(former -> former.message.equals(message)).isEmpty()) {
        LOG.warn("{}; version {} still serves", message, current.number());
      }
      failure = Optional.of(new Failure(newest, message, System.nanoTime()));
    }
  }

  private static boolean isFresh(Failure former, int version) {
    return former.version.equals(OptionalInt.of(version))
        && System.nanoTime() - former.nanos < TRY_AGAIN.toNanos();
  }

  private Snapshot load(int newest, Optional<Snapshot> former) {
    int number = newest;
    for (int attempt = 1; ; attempt++) {
      try {
        return loading.load(number, folder.parts(number), former);
      } catch (StoreException e) {
        int now = folder.newest();
        if (now == number || attempt == ATTEMPTS) {
          throw e;
        }
        number = now;
      }
    }
  }

  /** Why the version that counts can't be read; empty when all is well. */
  Optional<String> problem() {
    return failure.map(Failure::message);
  }

  /** Answers a question; once more when the lake has changed and lost files meanwhile. */
  <T> T answer(Function<Snapshot, T> question) {
    Snapshot asked = current();
    try {
      return question.apply(asked);
    } catch (StoreException e) {
      Snapshot now = current();
      if (now.number() == asked.number()) {
        throw e;
      }
      return question.apply(now);
    }
  }

  /** The scan of a filter's readings; empty when none can pass. */
  Optional<Scan> scan(Snapshot snapshot, ReadingFilter filter) {
    return Scan.of(parts(snapshot, filter), filter);
  }

  /** The partitions that may hold readings of a filter. */
  List<Snapshot.Part> parts(Snapshot snapshot, ReadingFilter filter) {
    List<Snapshot.Part> parts = snapshot.parts(filter);
    return narrowed(
        narrowed(parts, "sensor_id", filter.sensorIds()), "location_id", filter.locationIds());
  }

  private List<Snapshot.Part> narrowed(List<Snapshot.Part> parts, String column, Set<Long> ids) {
    if (ids.isEmpty() || ids.size() > FEW) {
      return parts;
    }
    Set<Integer> holding =
        database
            .list(
                "look up partitions",
                "SELECT DISTINCT part FROM kept.seen WHERE " + Sql.isNumberOf(column, ids),
                row -> row.getInt(1))
            .stream()
            .collect(Collectors.toSet());
    return parts.stream().filter(part -> holding.contains(part.id())).toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
