package org.airlens.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.collect.DeadLetters;
import org.airlens.model.RejectionReason;

/** What the cycles tell to {@code /metrics}. */
final class CycleMetrics {

  private final Timer cycles;
  private final Counter bytes;
  private final Counter stored;
  private final Counter duplicate;
  private final Counter unsaved;
  private final Counter rejectedReadings;
  private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
  private final AtomicLong newestSecond = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong lastCycleSecond = new AtomicLong(Long.MIN_VALUE);

  CycleMetrics(
      MeterRegistry metrics, List<SourceRun> sources, DeadLetters letters, InstantSource clock) {
    cycles =
        Timer.builder("airlens.cycle")
            .description("One cycle over all sources")
            .publishPercentileHistogram()
            .register(metrics);
    bytes =
        Counter.builder("airlens.feed.bytes")
            .baseUnit("bytes")
            .description("Decompressed bytes read from the sources")
            .register(metrics);
    stored = outcome(metrics, "stored");
    duplicate = outcome(metrics, "duplicate");
    unsaved = outcome(metrics, "unsaved");
    rejectedReadings = outcome(metrics, "rejected");
    for (RejectionReason reason : RejectionReason.values()) {
      rejected.put(
          reason,
          Counter.builder("airlens.rejections")
              .description("Records and values not taken, by reason")
              .tag("reason", reason.label())
              .register(metrics));
    }
    Gauge.builder("airlens.feed.lag", () -> age(newestSecond, clock))
        .baseUnit("seconds")
        .description("Age of the newest reading that the sources delivered")
        .register(metrics);
    Gauge.builder("airlens.cycle.age", () -> age(lastCycleSecond, clock))
        .baseUnit("seconds")
        .description("Time since the last finished cycle")
        .register(metrics);
    Gauge.builder("airlens.dead.letters.lost", letters, DeadLetters::lost)
        .description("Rejections that could not be kept in the dead-letter file")
        .register(metrics);
    for (SourceRun source : sources) {
      Gauge.builder("airlens.source.up", source, run -> run.state().health().isUp() ? 1 : 0)
          .description("0 when the last attempt to read the source failed or was refused")
          .tag("source", source.state().name())
          .register(metrics);
    }
  }

  void finished(CycleReport report, CycleCounts counts) {
    cycles.record(report.duration());
    bytes.increment((double) counts.bytes);
    stored.increment((double) counts.stored);
    duplicate.increment((double) counts.duplicate);
    unsaved.increment((double) report.unsaved());
    counts.rejected().forEach(this::rejected);
    newestSecond.accumulateAndGet(counts.newestSecond, Math::max);
    lastCycleSecond.set(report.startedAt().plus(report.duration()).getEpochSecond());
  }

  private void rejected(RejectionReason reason, long count) {
    Objects.requireNonNull(rejected.get(reason)).increment((double) count);
    if (reason.costsTheReading()) {
      rejectedReadings.increment((double) count);
    }
  }

  private static Counter outcome(MeterRegistry metrics, String outcome) {
    return Counter.builder("airlens.readings")
        .description("Readings by what became of them")
        .tag("outcome", outcome)
        .register(metrics);
  }

  private static double age(AtomicLong second, InstantSource clock) {
    long then = second.get();
    return then == Long.MIN_VALUE ? Double.NaN : (double) (clock.instant().getEpochSecond() - then);
  }
}
