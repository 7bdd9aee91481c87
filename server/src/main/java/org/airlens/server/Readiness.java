package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;
import org.jspecify.annotations.Nullable;

/** Whether this node can do its work, and what its store says, asked not too often. */
final class Readiness {

  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Services services;
  private @Nullable StoreStatus known;
  private long knownSince;

  Readiness(Services services) {
    this.services = services;
  }

  /**
   * What the store says of itself, at most two seconds old. That it is empty is never said of a
   * store that has readings by now.
   */
  synchronized StoreStatus storeStatus() {
    StoreStatus status = known;
    boolean wasEmpty =
        status != null
            && status.newest().isEmpty()
            && services.view().snapshot().newest().isPresent();
    if (status == null || wasEmpty || System.nanoTime() - knownSince > STATUS_NANOS) {
      status = services.store().status();
      known = status;
      knownSince = System.nanoTime();
    }
    return status;
  }

  /** Why this node is not ready; empty when it is. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    try {
      storeStatus().problem().ifPresent(problem -> reasons.add("store: " + problem));
    } catch (StoreException e) {
      reasons.add("store: " + e.getMessage());
    }
    if (services.ingest().isPresent()) {
      ingest(services.ingest().get().get(), reasons);
    }
    return reasons;
  }

  private void ingest(IngestStatus status, List<String> reasons) {
    Optional<IngestStatus.CycleStatus> last = status.lastCycle();
    if (last.isEmpty()) {
      reasons.add("collecting: the first cycle has not finished");
      return;
    }
    Instant finished = last.get().startedAt().plus(last.get().duration());
    Duration age = Duration.between(finished, services.clock().instant());
    if (age.compareTo(services.settings().limits().staleAfter()) > 0) {
      reasons.add("collecting: the last cycle finished " + age.toSeconds() + " s ago");
    }
  }
}
