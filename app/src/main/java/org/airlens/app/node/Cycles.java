package org.airlens.app.node;

import java.util.List;
import java.util.Optional;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.SourceState;
import org.airlens.server.IngestStatus;

/** Tells the server how collecting goes. Thread-safe. */
final class Cycles {

  private volatile Optional<CycleLoop> loop = Optional.empty();

  void begun(CycleLoop begun) {
    loop = Optional.of(begun);
  }

  IngestStatus status() {
    return loop.map(running ->
            new IngestStatus(
                running.sources().stream().map(Cycles::source).toList(),
                running.lastCycle().map(Cycles::cycle),
                running.cycles()))
        .orElseGet(() -> new IngestStatus(List.of(), Optional.empty(), 0));
  }

  private static IngestStatus.SourceStatus source(SourceState source) {
    return new IngestStatus.SourceStatus(
        source.name(), source.health().label(), source.lastSuccess(), source.problem());
  }

  private static IngestStatus.CycleStatus cycle(CycleReport report) {
    return new IngestStatus.CycleStatus(
        report.startedAt(),
        report.duration(),
        report.bytes(),
        report.seen(),
        report.stored(),
        report.duplicate(),
        report.rejected(),
        report.problem());
  }
}
