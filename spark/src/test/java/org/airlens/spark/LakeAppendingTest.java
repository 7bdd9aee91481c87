package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.airlens.model.Measures;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.store.lake.LakePartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeAppendingTest {

  private static final long DAY = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
  private static final long NEXT_DAY = DAY + 86_400;

  @TempDir Path folder;

  private final SparkSession spark = TestSpark.session();

  @Test
  void mergesSmallPartitionsWhileADayGrowsAndAllOfThemWhenItIsOver() throws Exception {
    Lake lake = new Lake(spark, folder.resolve("lake").toString());
    LakeAppending appending = new LakeAppending(lake);
    for (int i = 0; i < 7; i++) {
      assertThat(appending.add(TestLake.readings(DAY + i, 1))).isEqualTo(1);
    }
    assertThat(partitions(lake)).hasSize(7);
    appending.add(TestLake.readings(DAY + 7, 1));
    assertThat(partitions(lake)).hasSize(1);
    for (int i = 8; i < 11; i++) {
      appending.add(TestLake.readings(DAY + i, 1));
    }
    assertThat(partitions(lake)).hasSize(4);
    appending.add(TestLake.readings(NEXT_DAY, 1));
    assertThat(partitions(lake)).extracting(LakePartition::day).hasSize(2).doesNotHaveDuplicates();
    assertThat(seconds(lake)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void addsOnlyWhatIsNewAndTheFirstOfAnIdentity() throws Exception {
    Lake lake = new Lake(spark, folder.resolve("lake").toString());
    LakeAppending appending = new LakeAppending(lake);
    Dataset<Row> two = TestLake.readings(DAY, 2);
    Dataset<Row> later = TestLake.readings(DAY, 3).withColumn(Measures.P1, lit(99.0));
    Dataset<Row> both =
        two.unionByName(later.withColumn(ParsedRows.ORDINAL, col(ParsedRows.ORDINAL).plus(10)));
    assertThat(appending.add(both)).isEqualTo(3);
    int version = lake.version().number();
    assertThat(appending.add(both)).isZero();
    assertThat(lake.version().number()).isEqualTo(version);
    assertThat(lake.read(partitions(lake)).where(col(Measures.P1).equalTo(5.0)).count())
        .isEqualTo(2);
    assertThat(appending.add(TestLake.readings(DAY, 0))).isZero();
  }

  private static List<LakePartition> partitions(Lake lake) throws IOException {
    return lake.version().partitions();
  }

  private static List<Long> seconds(Lake lake) throws IOException {
    return lake
        .read(partitions(lake))
        .select(col(ReadingColumns.TIMESTAMP).cast("long"))
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }
}
