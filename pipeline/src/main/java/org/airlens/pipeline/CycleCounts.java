package org.airlens.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.airlens.model.RejectionReason;
import org.jspecify.annotations.Nullable;

/** What a cycle counts; one per source and cycle, used by one thread. */
final class CycleCounts {

  long bytes;
  long seen;
  long stored;
  long duplicate;
  long newestSecond = Long.MIN_VALUE;
  @Nullable String problem;
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);

  void rejected(RejectionReason reason) {
    rejected.merge(reason, 1L, Long::sum);
  }

  void taken(Ingest.Taken taken) {
    stored += taken.stored();
    duplicate += taken.duplicate();
  }

  void failed(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  void add(CycleCounts other) {
    bytes += other.bytes;
    seen += other.seen;
    stored += other.stored;
    duplicate += other.duplicate;
    newestSecond = Math.max(newestSecond, other.newestSecond);
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    if (other.problem != null) {
      failed(other.problem);
    }
  }

  Map<RejectionReason, Long> rejected() {
    return rejected;
  }

  Map<String, Long> rejectedByLabel() {
    Map<String, Long> labelled = new TreeMap<>();
    rejected.forEach((reason, count) -> labelled.put(reason.label(), count));
    return labelled;
  }
}
