package org.airlens.spark.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveReader;
import org.airlens.collect.archive.MeasuredInputStream;
import org.airlens.collect.archive.ParsedCsv;
import org.airlens.model.Reading;
import org.airlens.spark.columns.ReadingRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some files: readings, rejections and, after each file's last, what it was. A thread
 * of its own reads ahead, a few thousand rows, so that a month's zip needs no more memory than a
 * day.
 */
public final class ArchiveRows implements PartitionReader<InternalRow> {

  /** The place of a row in the archive: what came first stays, of the same identity. */
  public static final String ORDINAL = "ordinal";

  /** The document of a rejection or of a failure, otherwise null. */
  public static final String SOURCE = "source";

  /** The reason's label of a rejection, otherwise null. */
  public static final String REASON = "reason";

  /** Where in its document the rejected record begins. */
  public static final String OFFSET = "record_offset";

  /** The rejected record's text, shortened; null when there were many before. */
  public static final String EXCERPT = "excerpt";

  /** After a file's last row: how many rows it has. */
  public static final String FILE_ROWS = "file_rows";

  /** After a file's last row: how many bytes were read. */
  public static final String FILE_BYTES = "file_bytes";

  /** After a file's last row: why it could not be read to its end, if it could not. */
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

  /** The driver holds them all: enough to see why. */
  private static final int EXCERPTS_OF_A_PART = 20;

  private static final int CHUNK = 1_000;
  private static final int CHUNKS_AHEAD = 4;
  private static final int ORDINALS_OF_A_FILE = 32;
  private static final List<InternalRow> END = List.of();

  private final FilePart part;
  private final ReadingRows rows = new ReadingRows(SCHEMA.length());
  private final BlockingQueue<List<InternalRow>> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread ahead;
  private Iterator<InternalRow> chunk = END.iterator();
  private InternalRow row = new GenericInternalRow(0);
  private boolean ended;
  private volatile @Nullable Throwable broken;

  ArchiveRows(FilePart part) {
    this.part = part;
    ahead = Thread.ofPlatform().daemon().name("archive-files").start(this::readAll);
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
        throw new IOException("interrupted while reading the archive", e);
      }
    }
    if (!chunk.hasNext()) {
      if (broken != null) {
        throw new IOException("reading the archive's files", broken);
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
    Gathering gathering = new Gathering();
    ArchiveReader reader = new ArchiveReader(InstantSource.system(), _ -> "");
    try {
      for (int i = 0; i < part.files().size(); i++) {
        gathering.begin((part.first() + i) << ORDINALS_OF_A_FILE);
        read(reader, part.files().get(i).file(), gathering);
      }
      gathering.handOver();
      chunks.put(END);
    } catch (InterruptedException | Interrupted e) {
      Thread.currentThread().interrupt(); // Nobody wants the rest.
    } catch (RuntimeException | Error e) {
      broken = e; // The task waits for rows and must fail.
      chunks.clear();
      chunks.offer(END);
    }
  }

  private void read(ArchiveReader reader, ArchiveFile file, Gathering gathering) {
    long bytes = 0;
    try (InputStream stored = Files.newInputStream(Path.of(part.root(), file.path()));
        MeasuredInputStream measured = new MeasuredInputStream(stored)) {
      Optional<String> failure = Optional.empty();
      long read = 0;
      try {
        ParsedCsv parsed = reader.read(file, measured, gathering);
        read = parsed.rows();
        measured.checksum(); // To the end, as the file is counted.
      } catch (IOException e) {
        failure = Optional.of("%s can't be read: %s".formatted(file.path(), e.getMessage()));
      }
      bytes = measured.count();
      gathering.file(file, read, bytes, failure);
    } catch (IOException e) {
      gathering.file(file, 0, bytes, Optional.of("%s can't be read: %s".formatted(file.path(), e)));
    }
  }

  /** Collects rows into chunks. */
  private final class Gathering implements EntrySink {

    private static final int FIRST_OF_ROW = ReadingRows.WIDTH;

    private List<InternalRow> gathered = new ArrayList<>(CHUNK);
    private long ordinal;
    private int excerpts;

    void begin(long first) {
      ordinal = first;
    }

    @Override
    public void reading(Reading reading) {
      @Nullable Object[] cells = rows.cells(reading);
      cells[FIRST_OF_ROW] = ordinal++;
      add(cells);
    }

    @Override
    public void rejected(Rejection rejection) {
      @Nullable Object[] cells = new @Nullable Object[SCHEMA.length()];
      cells[FIRST_OF_ROW + 1] = UTF8String.fromString(rejection.source());
      cells[FIRST_OF_ROW + 2] = UTF8String.fromString(rejection.reason().label());
      cells[FIRST_OF_ROW + 3] = rejection.offset();
      if (excerpts++ < EXCERPTS_OF_A_PART) {
        cells[FIRST_OF_ROW + 4] = UTF8String.fromString(rejection.excerpt());
      }
      add(cells);
    }

    void file(ArchiveFile file, long read, long bytes, Optional<String> failure) {
      @Nullable Object[] cells = new @Nullable Object[SCHEMA.length()];
      cells[FIRST_OF_ROW + 1] = UTF8String.fromString(file.path());
      cells[FIRST_OF_ROW + 5] = read;
      cells[FIRST_OF_ROW + 6] = bytes;
      failure.ifPresent(text -> cells[FIRST_OF_ROW + 7] = UTF8String.fromString(text));
      add(cells);
    }

    private void add(@Nullable Object[] cells) {
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
  }

  /** Carries an interruption out of the parser. */
  private static final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1;

    Interrupted(InterruptedException cause) {
      super(cause);
    }
  }
}
