package org.airlens.pipeline.backfill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.model.Reading;

/** Readings that are written together, and the files that are complete with them. */
record Batch(List<Reading> readings, Map<ArchiveFile, JournalEntry> complete) {

  static Batch empty() {
    return new Batch(new ArrayList<>(), new LinkedHashMap<>());
  }

  boolean isEmpty() {
    return readings.isEmpty() && complete.isEmpty();
  }
}
