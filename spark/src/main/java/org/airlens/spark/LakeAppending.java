package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.airlens.spark.columns.Identities;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.store.lake.LakePartition;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * Adds small batches to the lake, a version each: a batch's new readings become further partitions
 * of their slots, and small partitions of a slot are merged into larger ones now and then, so that
 * a slot has some dozens of them at most while it grows, and few later. One thread at a time.
 */
final class LakeAppending {

  /** So many partitions of about a size are merged into one. */
  private static final int MERGED_OF_A_SIZE = 8;

  /** So many partitions of a day that is over are merged into one, whatever their sizes. */
  private static final int MERGED_OF_A_DAY = 4;

  private static final Duration PRUNED_EVERY = Duration.ofMinutes(10);
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String ROWS = "rows";

  private final Lake lake;
  private long prunedAt;
  private boolean isPruned;

  LakeAppending(Lake lake) {
    this.lake = lake;
  }

  /**
   * Adds those of a batch that the lake does not have; the first of an identity.
   *
   * @param readings as they were reported, and {@link ParsedRows#ORDINAL}
   * @return how many they were
   */
  long add(Dataset<Row> readings) throws IOException, InterruptedException {
    Row range =
        readings
            .agg(
                min(col(ReadingColumns.TIMESTAMP).cast("long")).as(FIRST),
                max(col(ReadingColumns.TIMESTAMP).cast("long")).as(LAST))
            .head();
    if (range.isNullAt(0)) {
      return 0;
    }
    Lake.Version former = lake.versionToFollow();
    Dataset<Row> fresh = fresh(readings, former, range.getLong(0), range.getLong(1));
    String commit = lake.newCommit();
    long rows = write(former.recipe().applied(fresh), commit);
    List<LakePartition> written = lake.written(commit);
    if (rows == 0) {
      lake.drop(commit);
      return 0;
    }
    merge(lake.replace(former, List.of(), written), written);
    prune();
    return rows;
  }

  private Dataset<Row> fresh(Dataset<Row> readings, Lake.Version former, long first, long last) {
    Dataset<Row> once = Identities.first(readings, ParsedRows.ORDINAL);
    List<LakePartition> there =
        former.partitions().stream()
            .filter(partition -> isBetween(partition.day(), day(first), day(last)))
            .toList();
    if (there.isEmpty()) {
      return once;
    }
    // The time in between lets Parquet's statistics pass over most of a day.
    Column between = col(ReadingColumns.TIMESTAMP).cast("long").between(first, last);
    Dataset<Row> known = lake.read(there).where(between).select(Identities.columns());
    return once.join(
        known, new String[] {ReadingColumns.SENSOR_ID, ReadingColumns.TIMESTAMP}, "left_anti");
  }

  private long write(Dataset<Row> made, String commit) throws InterruptedException {
    Observation after = new Observation();
    Dataset<Row> rows =
        made.withColumns(ReadingColumns.SLOT)
            .observe(after, count(lit(1)).as(ROWS))
            .repartition(1)
            .sortWithinPartitions(ReadingColumns.TIMESTAMP);
    lake.write(rows, commit);
    return Observed.number(after, ROWS);
  }

  /** Merges what has become many in the slots that were added to, or of one day that is over. */
  private void merge(Lake.Version version, List<LakePartition> added)
      throws IOException, InterruptedException {
    Set<String> touched = added.stream().map(LakePartition::slot).collect(Collectors.toSet());
    String newest =
        version.partitions().stream().map(LakePartition::day).max(String::compareTo).orElse("");
    Map<String, List<LakePartition>> slots =
        version.partitions().stream().collect(Collectors.groupingBy(LakePartition::slot));
    Lake.Version current = version;
    boolean isOverMerged = false;
    for (Map.Entry<String, List<LakePartition>> slot : slots.entrySet()) {
      List<LakePartition> several = slot.getValue();
      boolean isOver = several.getFirst().day().compareTo(newest) < 0;
      List<LakePartition> many = List.of();
      if (isOver && !isOverMerged && several.size() >= MERGED_OF_A_DAY) {
        many = several;
        isOverMerged = true;
      } else if (touched.contains(slot.getKey()) && several.size() >= MERGED_OF_A_SIZE) {
        many = ofOneSize(several);
      }
      if (!many.isEmpty()) {
        current = merged(current, many);
      }
    }
  }

  /** So many partitions of a power of four that it pays to merge them; none when it does not. */
  private List<LakePartition> ofOneSize(List<LakePartition> several) throws IOException {
    Map<Integer, List<LakePartition>> sizes = new TreeMap<>();
    for (LakePartition partition : several) {
      int size = (Long.SIZE - Long.numberOfLeadingZeros(lake.bytes(partition))) / 2;
      sizes.computeIfAbsent(size, _ -> new ArrayList<>()).add(partition);
    }
    return sizes.values().stream()
        .filter(like -> like.size() >= MERGED_OF_A_SIZE)
        .findFirst()
        .orElse(List.of());
  }

  private Lake.Version merged(Lake.Version version, List<LakePartition> many)
      throws IOException, InterruptedException {
    String commit = lake.newCommit();
    write(lake.read(many), commit);
    return lake.replace(version, many, lake.written(commit));
  }

  private void prune() throws IOException {
    long now = System.nanoTime();
    if (!isPruned || now - prunedAt > PRUNED_EVERY.toNanos()) {
      lake.prune();
      prunedAt = now;
      isPruned = true;
    }
  }

  private static boolean isBetween(String day, LocalDate first, LocalDate last) {
    LocalDate date = LocalDate.parse(day);
    return !date.isBefore(first) && !date.isAfter(last);
  }

  private static LocalDate day(long second) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }
}
