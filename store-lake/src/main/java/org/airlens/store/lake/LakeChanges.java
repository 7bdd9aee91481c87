package org.airlens.store.lake;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges;
import org.airlens.store.StoreException;
import org.airlens.store.lake.Snapshot.Known;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a new version each second, and tells its newest readings: what else a version brings is
 * too much to be told one by one.
 */
final class LakeChanges implements ReadingChanges, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LakeChanges.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Lake lake;
  private final Set<Following> followers = ConcurrentHashMap.newKeySet();

  LakeChanges(Lake lake) {
    this.lake = lake;
  }

  @Override
  public Following follow(Listener listener) {
    CountDownLatch closed = new CountDownLatch(1);
    int told = lake.current().number();
    // A thread of the system's: reading a new version is all computing.
    Thread.ofPlatform().daemon().name("lake").start(() -> watch(listener, told, closed));
    Following following = closed::countDown;
    followers.add(following);
    return () -> {
      followers.remove(following);
      following.close();
    };
  }

  private void watch(Listener listener, int begun, CountDownLatch closed) {
    int told = begun;
    try {
      while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        Snapshot now = lake.refreshed();
        if (now.number() != told) {
          told = now.number();
          tell(listener, now.sensors().values().stream().map(LakeChanges::newest).toList());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      LOG.debug("nobody follows a closed lake", e);
    }
  }

  private static Reading newest(Known known) {
    return known.summary().newest();
  }

  /** A listener's failure is its own. */
  private static void tell(Listener listener, List<Reading> latest) {
    try {
      listener.missed(latest);
    } catch (RuntimeException e) {
      LOG.warn("who listens to new versions failed, and goes on", e);
    }
  }

  @Override
  public void close() {
    followers.forEach(Following::close);
  }
}
