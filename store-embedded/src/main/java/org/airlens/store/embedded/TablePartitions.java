package org.airlens.store.embedded;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.vm.api.MemoryCR;
import java.time.Duration;
import org.airlens.model.Identifiers;
import org.airlens.store.StoreException;

/**
 * The rows of a table, before anything is written to it: each column of each day has its rows,
 * times ascend within their day and sensors have ids. QuestDB relies on that without looking; a
 * writer would fill up a column file that was cut.
 */
final class TablePartitions {

  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1000;

  private final TableReader reader;

  private TablePartitions(TableReader reader) {
    this.reader = reader;
  }

  /**
   * Checks all days, one after the other.
   *
   * @throws StoreException when a day is damaged
   */
  static void check(CairoEngine engine, TableToken table) {
    try (TableReader reader = engine.getReader(table)) {
      TablePartitions partitions = new TablePartitions(reader);
      for (int partition = 0; partition < reader.getPartitionCount(); partition++) {
        partitions.check(partition);
      }
    }
  }

  private void check(int partition) {
    // Opening maps the files of all columns, which WholeFiles does not allow beyond their end.
    long rows = reader.openPartition(partition);
    long day = reader.getPartitionTimestampByIndex(partition);
    MemoryCR times = column(partition, "ts");
    MemoryCR sensors = column(partition, "sensor_id");
    long before = day;
    for (long row = 0; row < rows; row++) {
      long time = times.getLong(row * Long.BYTES);
      long sensor = sensors.getLong(row * Long.BYTES);
      if (time < before || !Identifiers.isValid(sensor)) {
        throw damaged(day, row);
      }
      before = time;
    }
    if (before >= Math.floorDiv(day, DAY_MICROS) * DAY_MICROS + DAY_MICROS) {
      throw damaged(day, rows - 1);
    }
    reader.closePartitionByIndex(partition);
  }

  private MemoryCR column(int partition, String name) {
    return reader.getColumn(
        TableReader.getPrimaryColumnIndex(
            reader.getColumnBase(partition), reader.getMetadata().getColumnIndex(name)));
  }

  private static StoreException damaged(long day, long row) {
    return new StoreException(
        "the store's readings of %s are damaged at row %d; %s"
            .formatted(RowReading.instant(day), row, StoreFile.REMEDY));
  }
}
