package org.airlens.spark.parsed;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.airlens.spark.columns.ReadingRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some documents: readings, rejections and, after each document's last, what it was. A
 * thread of its own reads ahead, a few thousand rows, so that a month's zip needs no more memory
 * than a day.
 */
public final class ParsedRows implements PartitionReader<InternalRow> {

  /** The place of a row among all: what came first stays, of the same identity. */
  public static final String ORDINAL = "ordinal";

  /** The document of a rejection or of an end, otherwise null. */
  public static final String SOURCE = "source";

  /** The reason's label of a rejection, otherwise null. */
  public static final String REASON = "reason";

  /** Where in its document the rejected record begins. */
  public static final String OFFSET = "record_offset";

  /** The rejected record's text, shortened; null when there were many before. */
  public static final String EXCERPT = "excerpt";

  /** After a document's last row: how many rows or readings it has. */
  public static final String FILE_ROWS = "file_rows";

  /** After a document's last row: how many bytes were read. */
  public static final String FILE_BYTES = "file_bytes";

  /** After a document's last row: why it could not be read to its end, if it could not. */
  public static final String FAILURE = "failure";

  /** Unindexed readings and all of these. */
  public static final StructType SCHEMA =
      ReadingRows.SCHEMA
          .add(ORDINAL, DataTypes.LongType)
          .add(SOURCE, DataTypes.StringType)
          .add(REASON, DataTypes.StringType)
          .add(OFFSET, DataTypes.LongType)
          .add(EXCERPT, DataTypes.StringType)
          .add(FILE_ROWS, DataTypes.LongType)
          .add(FILE_BYTES, DataTypes.LongType)
          .add(FAILURE, DataTypes.StringType);

  private static final int CHUNKS_AHEAD = 4;
  private static final List<InternalRow> END = List.of();

  private final Documents documents;
  private final RowSink sink;
  private final BlockingQueue<List<InternalRow>> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread ahead;
  private Iterator<InternalRow> chunk = END.iterator();
  private InternalRow row = new GenericInternalRow(0);
  private boolean ended;
  private volatile @Nullable Throwable broken;

  /** What one task reads. */
  @FunctionalInterface
  public interface Documents {
    /** Reads all of it; a document that can't be read is told to the sink. */
    void readInto(RowSink sink);
  }

  /**
   * Begins to read.
   *
   * @param excerpts so many rejected records' texts are kept
   */
  public ParsedRows(Documents documents, int excerpts) {
    this.documents = documents;
    sink = new RowSink(chunks::put, excerpts);
    ahead = Thread.ofPlatform().daemon().name("documents").start(this::readAll);
  }

  @Override
  public boolean next() throws IOException {
    while (!chunk.hasNext() && !ended) {
      try {
        List<InternalRow> next = chunks.take();
        ended = next.isEmpty();
        chunk = next.iterator();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while reading documents", e);
      }
    }
    if (!chunk.hasNext()) {
      if (broken != null) {
        throw new IOException("reading documents", broken);
      }
      return false;
    }
    row = chunk.next();
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    ahead.interrupt();
  }

  private void readAll() {
    try {
      documents.readInto(sink);
      sink.handOver();
      chunks.put(END);
    } catch (InterruptedException | RowSink.Interrupted e) {
      Thread.currentThread().interrupt(); // Nobody wants the rest.
    } catch (RuntimeException | Error e) {
      broken = e; // The task waits for rows and must fail.
      chunks.clear();
      chunks.offer(END);
    }
  }
}
