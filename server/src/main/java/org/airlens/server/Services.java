package org.airlens.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/** What the routes answer from. */
record Services(
    ServerSettings settings,
    Store store,
    LatestView view,
    LiveReadings live,
    Optional<Supplier<IngestStatus>> ingest,
    Optional<PushReceiver> push,
    PrometheusMeterRegistry metrics,
    InstantSource clock,
    StoreGate queries,
    StoreGate downloads) {

  private static final int QUERIES_AT_ONCE = 8;
  static final int DOWNLOADS_AT_ONCE = 16;

  static Services of(
      ServerSettings settings,
      Store store,
      LatestView view,
      LiveReadings live,
      Optional<Supplier<IngestStatus>> ingest,
      Optional<PushReceiver> push,
      PrometheusMeterRegistry metrics,
      InstantSource clock) {
    return new Services(
        settings,
        store,
        view,
        live,
        ingest,
        push,
        metrics,
        clock,
        new StoreGate("query", QUERIES_AT_ONCE, metrics),
        new StoreGate("download", DOWNLOADS_AT_ONCE, metrics));
  }

  /** The newest reading's instant: from the view, which is as new as the store here. */
  Optional<Instant> newest() {
    Optional<Instant> shown = view.snapshot().newest();
    return shown.isPresent() ? shown : store.readings().newest();
  }
}
