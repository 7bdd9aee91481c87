package org.airlens.pipeline.backfill;

import org.airlens.collect.SourceException;

/** What the archive has, in the order of time. */
sealed interface Event permits FileRun, Event.FolderFailed, Event.FolderDone, Event.End {

  /** A folder can't be listed. */
  record FolderFailed(String path, SourceException cause) implements Event {}

  /** A folder has no more files. */
  record FolderDone(long progress) implements Event {}

  /** There are no more folders. */
  record End() implements Event {}
}
