package org.airlens.app.node;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.PushIngest;
import org.airlens.pipeline.RollUps;
import org.airlens.server.AirLensServer;
import org.airlens.server.IngestStatus;
import org.airlens.server.PushReceiver;
import org.airlens.server.ServerSettings;
import org.airlens.store.ReadingChanges;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that serves, and collects too where it is asked to. Runs until closed. */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final InstantSource clock = InstantSource.system();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** What is open, the last opened first: closed in this order. */
  private final Deque<Runnable> open = new ArrayDeque<>();

  private int port;

  private Node() {}

  /**
   * Collects and serves.
   *
   * @throws NodeException when a source is not there
   * @throws org.airlens.store.StoreException when the store can't be opened
   * @throws org.airlens.server.ServerStartException when the port can't be listened on
   */
  public static Node collectingAndServing(Settings settings) {
    return started(settings, true);
  }

  /** Serves what is in the store; fails as {@link #collectingAndServing}. */
  public static Node serving(Settings settings) {
    return started(settings, false);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("closing: {}", e.getMessage());
      }
    }
  }

  private static Node started(Settings settings, boolean collecting) {
    Node node = new Node();
    try {
      node.start(settings, collecting);
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void start(Settings settings, boolean collecting) {
    watchTheMachine();
    OptionalInt sqlPort = settings.port(Setting.PG_PORT);
    Store store =
        collecting
            ? StoreOpening.open(settings, sqlPort)
            : StoreOpening.openForReading(settings, sqlPort);
    open.push(store::close);
    LatestView view = new LatestView();
    LiveReadings live = new LiveReadings();
    if (!collecting) {
      // Before the newest readings are read, so that what is written meanwhile is not missed.
      store.changes().ifPresent(changes -> follow(changes, view, live));
    }
    view.apply(store.readings().latest());
    if (!collecting) {
      serve(settings, store, view, live, Optional.empty(), Optional.empty());
      return;
    }
    RollUps rollUps = RollUps.start(store, metrics);
    open.push(rollUps::close);
    Ingest ingest = new Ingest(store, view, live, metrics);
    Collecting sources = Collecting.into(ingest, settings, metrics, clock);
    open.push(sources::close);
    PushIngest pushes = PushIngest.start(ingest, metrics);
    open.push(pushes::close);
    Cycles cycles = new Cycles();
    serve(
        settings,
        store,
        view,
        live,
        Optional.of(cycles::status),
        Optional.of(new Pushes(pushes, clock)));
    // Only a node that listens begins to collect.
    CycleLoop loop = sources.loop();
    cycles.begun(loop);
    open.push(() -> stop(loop, sources));
  }

  /** Shows here what another process writes. */
  private void follow(ReadingChanges changes, LatestView view, LiveReadings live) {
    ReadingChanges.Following following = changes.follow(new Followed(view, live));
    open.push(following::close);
  }

  private void serve(
      Settings settings,
      Store store,
      LatestView view,
      LiveReadings live,
      Optional<Supplier<IngestStatus>> ingest,
      Optional<PushReceiver> pushes) {
    ServerSettings where =
        ServerSettings.of(
            settings.text(Setting.HOST),
            settings.port(Setting.PORT).orElse(0),
            Version.text(),
            settings.analyses());
    AirLensServer server = AirLensServer.start(where, store, view, live, ingest, pushes, metrics);
    port = server.port();
    open.push(server::close);
  }

  /** A source that is being read is cut off when the cycle does not end by itself. */
  private static void stop(CycleLoop loop, Collecting sources) {
    loop.close();
    if (loop.isRunning()) {
      sources.close();
      loop.close();
    }
  }

  private void watchTheMachine() {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    open.push(collections::close);
    open.push(metrics::close);
  }
}
