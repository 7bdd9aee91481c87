package org.airlens.server.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.airlens.model.Reading;
import org.airlens.store.ReadingQuery;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * Readings as a Parquet file, group of rows by group of rows: a group is held until it is whole,
 * then written and forgotten. What names the groups comes last, so a file whose writing was broken
 * off is none.
 */
final class ParquetReadings implements ReadingOutput {

  /**
   * The first group has so many rows, each further one twice as many, up to the most: of a small
   * file, too, a reader can skip some groups and take others to several processors, and of a large
   * one there are not too many, for what tells of each is held until the end.
   */
  private static final int FIRST_GROUP_ROWS = 1 << 16;

  private static final int MOST_GROUP_ROWS = 1 << 20;

  /** A group ends when it holds so much, compressed pages and dictionaries together. */
  private static final long GROUP_BYTES = 8 << 20;

  /** Adding up what a group holds asks every column. */
  private static final int ROWS_BETWEEN_LOOKS = 1_000;

  /**
   * So many bytes of different values are kept aside and written as numbers; a hash map of them
   * takes several times that, in each column.
   */
  private static final int DICTIONARY_BYTES = 256 << 10;

  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withWriterVersion(
              ParquetProperties.WriterVersion.PARQUET_1_0) // What every reader reads.
          .withDictionaryPageSize(DICTIONARY_BYTES)
          .withAllocator(HeapByteBufferAllocator.getInstance())
          .build();

  private final ParquetColumns columns;
  private final ParquetDescription description;
  private final ParquetFileWriter file;
  private final ZstdPages compression = new ZstdPages();

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore group;
  private ParquetColumns.Row row;
  private int rows;
  private int groupRows = FIRST_GROUP_ROWS;

  ParquetReadings(OutputStream out, List<String> measures, ReadingQuery query) {
    columns = ParquetColumns.of(measures);
    description = new ParquetDescription(columns.names(), query);
    try {
      file =
          new ParquetFileWriter(
              new ParquetStream(out),
              columns.schema(),
              ParquetFileWriter.Mode.CREATE,
              GROUP_BYTES,
              0,
              PROPERTIES.getColumnIndexTruncateLength(),
              PROPERTIES.getStatisticsTruncateLength(),
              PROPERTIES.getPageWriteChecksumEnabled());
      file.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages = newPages();
    group = PROPERTIES.newColumnWriteStore(columns.schema(), pages, pages);
    row = columns.in(group);
  }

  @Override
  public void write(Reading reading) {
    row.write(reading);
    group.endRecord();
    rows++;
    if (rows == groupRows
        || (rows % ROWS_BETWEEN_LOOKS == 0 && group.getAllocatedSize() >= GROUP_BYTES)) {
      try {
        endGroup();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      pages = newPages();
      group = PROPERTIES.newColumnWriteStore(columns.schema(), pages, pages);
      row = columns.in(group);
    }
  }

  @Override
  public void finish() {
    try {
      if (rows > 0) {
        endGroup();
      }
      file.end(description.entries());
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing: all is memory, and closing the library's writers would write. */
  @Override
  public void close() {}

  private ColumnChunkPageWriteStore newPages() {
    return ColumnChunkPageWriteStore.builder()
        .withCompressorProvider(_ -> compression)
        .withSchema(columns.schema())
        .withAllocator(PROPERTIES.getAllocator())
        .withColumnIndexTruncateLength(PROPERTIES.getColumnIndexTruncateLength())
        .withPageWriteChecksumEnabled(PROPERTIES.getPageWriteChecksumEnabled())
        .build();
  }

  private void endGroup() throws IOException {
    group.flush();
    file.startBlock(rows);
    pages.flushToFileWriter(file);
    file.endBlock();
    rows = 0;
    groupRows = Math.min(2 * groupRows, MOST_GROUP_ROWS);
  }
}
