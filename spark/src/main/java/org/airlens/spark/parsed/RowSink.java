package org.airlens.spark.parsed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;
import org.airlens.spark.columns.ReadingRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes rows of what parsers hand over, and chunks of them. Not thread-safe. */
public final class RowSink implements EntrySink {

  /** A document's place among all, and in the lower bits the place of a row in it. */
  public static final int ORDINALS_OF_A_DOCUMENT = 32;

  private static final int CHUNK = 1_000;
  private static final int AFTER_READING = ReadingRows.WIDTH;

  private final ReadingRows rows = new ReadingRows(ParsedRows.SCHEMA.length());
  private final Chunks chunks;
  private final int mostExcerpts;
  private List<InternalRow> gathered = new ArrayList<>(CHUNK);
  private long ordinal;
  private long readings;
  private int excerpts;

  /** Takes chunks of rows. */
  @FunctionalInterface
  interface Chunks {
    void put(List<InternalRow> chunk) throws InterruptedException;
  }

  RowSink(Chunks chunks, int mostExcerpts) {
    this.chunks = chunks;
    this.mostExcerpts = mostExcerpts;
  }

  /** Begins a document, which has this place among all. */
  public void begin(long document) {
    ordinal = document << ORDINALS_OF_A_DOCUMENT;
    readings = 0;
  }

  /** How many readings the document has given so far. */
  public long readings() {
    return readings;
  }

  @Override
  public void reading(Reading reading) {
    readings++;
    add(rows.cells(reading));
  }

  @Override
  public void rejected(Rejection rejection) {
    @Nullable Object[] cells = cells(rejection.source());
    cells[AFTER_READING + 2] = UTF8String.fromString(rejection.reason().label());
    cells[AFTER_READING + 3] = rejection.offset();
    if (excerpts++ < mostExcerpts) {
      cells[AFTER_READING + 4] = UTF8String.fromString(rejection.excerpt());
    }
    add(cells);
  }

  /**
   * Ends a document.
   *
   * @param name what people know it by
   * @param read how many rows or readings it has
   * @param bytes how many bytes were read
   * @param failure why it could not be read to its end
   */
  public void end(String name, long read, long bytes, Optional<String> failure) {
    @Nullable Object[] cells = cells(name);
    cells[AFTER_READING + 5] = read;
    cells[AFTER_READING + 6] = bytes;
    failure.ifPresent(text -> cells[AFTER_READING + 7] = UTF8String.fromString(text));
    add(cells);
  }

  private static @Nullable Object[] cells(String source) {
    @Nullable Object[] cells = new @Nullable Object[ParsedRows.SCHEMA.length()];
    cells[AFTER_READING + 1] = UTF8String.fromString(source);
    return cells;
  }

  private void add(@Nullable Object[] cells) {
    cells[AFTER_READING] = ordinal++;
    gathered.add(new GenericInternalRow(cells));
    if (gathered.size() >= CHUNK) {
      try {
        handOver();
      } catch (InterruptedException e) {
        throw new Interrupted(e);
      }
    }
  }

  void handOver() throws InterruptedException {
    if (!gathered.isEmpty()) {
      chunks.put(gathered);
      gathered = new ArrayList<>(CHUNK);
    }
  }

  /** Carries an interruption out of the parser. */
  static final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1;

    Interrupted(InterruptedException cause) {
      super(cause);
    }
  }
}
