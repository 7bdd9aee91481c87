package org.airlens.pipeline.backfill;

import java.util.EnumMap;
import java.util.Map;
import org.airlens.model.RejectionReason;

/** What was counted while files were read. Not thread-safe. */
final class FileCounts {

  long bytes;
  long rows;
  long outside;
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);

  void rejected(RejectionReason reason) {
    rejected.merge(reason, 1L, Long::sum);
  }

  void add(FileCounts other) {
    bytes += other.bytes;
    rows += other.rows;
    outside += other.outside;
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
  }

  Map<RejectionReason, Long> rejected() {
    return rejected;
  }
}
