package org.airlens.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Source;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Landing;
import org.airlens.pipeline.Pipeline;
import org.airlens.pipeline.SourceState;

/** Sources, pipeline and dead letters, put together. The caller closes the store after this. */
public final class Collecting implements AutoCloseable {

  private final Settings settings;
  private final ToIntFunction<Instant> forget;
  private final List<Source> sources;
  private final DeadLetters deadLetters;
  private final Pipeline pipeline;
  private final InstantSource clock;

  private Collecting(
      Settings settings, ToIntFunction<Instant> forget, InstantSource clock, Assembly assembly) {
    this.settings = settings;
    this.forget = forget;
    this.clock = clock;
    sources = Sources.open(settings, clock);
    deadLetters = DeadLetters.in(settings.path(Setting.DATA_DIR).resolve("dead-letters"), clock);
    pipeline = assembly.pipeline(sources, deadLetters);
  }

  /**
   * Opens the sources of a pipeline into a store.
   *
   * @throws NodeException when a source is not there
   */
  public static Collecting into(
      Ingest ingest, Settings settings, MeterRegistry metrics, InstantSource clock) {
    return new Collecting(
        settings,
        ingest::dropBefore,
        clock,
        (sources, letters) -> new Pipeline(sources, ingest, letters, metrics, clock));
  }

  /**
   * Opens the sources of a landing zone, which an engine works off.
   *
   * @param ingest into the store that forgets what is old; empty when the engine needs none
   * @throws NodeException when a source is not there
   */
  public static Collecting into(
      Landing landing,
      Optional<Ingest> ingest,
      Settings settings,
      MeterRegistry metrics,
      InstantSource clock) {
    return new Collecting(
        settings,
        cutoff -> ingest.map(into -> into.dropBefore(cutoff)).orElse(0),
        clock,
        (sources, letters) -> Pipeline.into(landing, sources, letters, metrics, clock));
  }

  /** Makes a pipeline of what is open. */
  private interface Assembly {
    Pipeline pipeline(List<Source> sources, DeadLetters letters);
  }

  /** What keeps the rejected; closed with this. */
  public DeadLetters letters() {
    return deadLetters;
  }

  /** Runs one cycle to its end. */
  public CycleReport once() {
    return pipeline.cycle();
  }

  /** Begins to cycle; the caller closes the loop before this. */
  public CycleLoop loop() {
    return CycleLoop.start(
        pipeline,
        forget,
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
