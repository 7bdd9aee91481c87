package org.airlens.spark.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.airlens.pipeline.Landing;
import org.airlens.pipeline.Landing.Landed;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/** The documents in the order in which they landed, some in each batch. */
final class LandedStream implements MicroBatchStream, SupportsTriggerAvailableNow {

  /** What a batch takes at most, unless one document alone is larger. */
  private static final long BATCH_BYTES = 64 << 20;

  private static final int BATCH_DOCUMENTS = 1_000;

  private final Path folder;
  private final int parts;
  private long last = Long.MAX_VALUE;

  LandedStream(Path folder, int parts) {
    this.folder = folder;
    this.parts = parts;
  }

  @Override
  public Offset initialOffset() {
    List<Landed> landed = landed();
    return new LandedOffset(landed.isEmpty() ? newest() : landed.getFirst().number() - 1);
  }

  @Override
  public Offset latestOffset() {
    return reportLatestOffset();
  }

  @Override
  public Offset reportLatestOffset() {
    return new LandedOffset(newest());
  }

  /** Only what has landed until now. */
  @Override
  public void prepareForTriggerAvailableNow() {
    last = newest();
  }

  @Override
  public Offset latestOffset(Offset startOffset, ReadLimit limit) {
    long start = ((LandedOffset) startOffset).number();
    long newest = newest();
    if (newest < start) {
      throw new IllegalStateException(
          "it is at document %d, and %s has seen %d only".formatted(start, folder, newest));
    }
    long most = Math.min(Math.min(newest, last), start + BATCH_DOCUMENTS);
    long bytes = 0;
    for (Landed document : landed()) {
      if (document.number() > start && document.number() <= most) {
        bytes += document.bytes();
        if (bytes >= BATCH_BYTES) {
          return new LandedOffset(document.number());
        }
      }
    }
    return new LandedOffset(Math.max(start, most));
  }

  /** Neighbours together, so that each core has about as much. */
  @Override
  public InputPartition[] planInputPartitions(Offset startOffset, Offset endOffset) {
    long start = ((LandedOffset) startOffset).number();
    long end = ((LandedOffset) endOffset).number();
    List<Landed> landed =
        landed().stream()
            .filter(document -> document.number() > start && document.number() <= end)
            .toList();
    long partBytes = landed.stream().mapToLong(Landed::bytes).sum() / parts + 1;
    List<InputPartition> planned = new ArrayList<>();
    long first = start + 1;
    long bytes = 0;
    for (Landed document : landed) {
      bytes += document.bytes();
      if (bytes >= partBytes) {
        planned.add(new LandedPart(folder.toString(), first, document.number()));
        first = document.number() + 1;
        bytes = 0;
      }
    }
    if (first <= end) {
      planned.add(new LandedPart(folder.toString(), first, end));
    }
    return planned.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return part -> new ParsedRows((LandedPart) part, Integer.MAX_VALUE);
  }

  @Override
  public Offset deserializeOffset(String json) {
    return LandedOffset.of(json);
  }

  /** The one who started the stream removes what is settled, also when no further batch comes. */
  @Override
  public void commit(Offset end) {}

  @Override
  public void stop() {
    // Nothing is held between two batches.
  }

  private List<Landed> landed() {
    try {
      return Landing.landed(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long newest() {
    try {
      return Landing.newest(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
