package org.airlens.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Source;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Pipeline;
import org.airlens.pipeline.SourceState;

/** Sources, pipeline and dead letters, put together. The caller closes the store after this. */
public final class Collecting implements AutoCloseable {

  private final Settings settings;
  private final Ingest ingest;
  private final List<Source> sources;
  private final DeadLetters deadLetters;
  private final Pipeline pipeline;
  private final InstantSource clock;

  /**
   * Opens the sources.
   *
   * @throws NodeException when a source is not there
   */
  public Collecting(Settings settings, Ingest ingest, MeterRegistry metrics, InstantSource clock) {
    this.settings = settings;
    this.ingest = ingest;
    this.clock = clock;
    sources = Sources.open(settings, clock);
    deadLetters = DeadLetters.in(settings.path(Setting.DATA_DIR).resolve("dead-letters"), clock);
    pipeline = new Pipeline(sources, ingest, deadLetters, metrics, clock);
  }

  /** Runs one cycle to its end. */
  public CycleReport once() {
    return pipeline.cycle();
  }

  /** Begins to cycle; the caller closes the loop before this. */
  public CycleLoop loop() {
    return CycleLoop.start(
        pipeline,
        ingest,
        settings.duration(Setting.INTERVAL).orElseThrow(),
        settings.duration(Setting.RETAIN),
        clock);
  }

  /** Whether no source will ever give more. */
  public boolean isFinished() {
    return pipeline.sources().stream()
        .allMatch(source -> source.health() == SourceState.Health.FINISHED);
  }

  @Override
  public void close() {
    sources.forEach(Source::close);
    deadLetters.close();
  }
}
