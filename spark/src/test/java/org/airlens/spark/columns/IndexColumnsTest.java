package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.Band;
import org.airlens.aqi.Pollutant;
import org.airlens.aqi.ReadingIndex;
import org.airlens.spark.TestSpark;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both engines give the same answer, row by row. */
class IndexColumnsTest {

  private static final StructType CONCENTRATIONS =
      new StructType()
          .add("p1", DataTypes.DoubleType)
          .add("p2", DataTypes.DoubleType)
          .add("type_id", DataTypes.IntegerType)
          .add("type_name", DataTypes.StringType);

  private static final List<Double> ODD =
      List.of(
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          -0.0,
          0.0,
          -0.4,
          0.49999999999999994,
          0x1p49,
          0x1p53,
          0x1p63,
          1e300,
          ReadingIndex.P1_SATURATION,
          ReadingIndex.P2_SATURATION,
          1999.9,
          999.9);

  @Test
  void everyStandardAgreesAroundEachOfItsBounds() {
    agrees(aroundBounds());
  }

  @Property(tries = 5)
  void everyStandardAgreesOnAnyConcentration(
      @ForAll("concentrations") List<Double> concentrations) {
    agrees(new ArrayList<>(concentrations));
  }

  @Property(tries = 5)
  void theReadingsOwnIndexAgrees(@ForAll("readings") List<Row> readings) {
    Column index =
        IndexColumns.reading(
            col("p1"), col("p2"), IndexColumns.countsParticles(col("type_id"), col("type_name")));
    List<Row> found =
        TestSpark.session()
            .createDataFrame(readings, CONCENTRATIONS)
            .repartition(1)
            .select(col("p1"), col("p2"), col("type_id"), col("type_name"), index.as("aqi"))
            .collectAsList();
    assertThat(found).hasSameSizeAs(readings);
    for (Row row : found) {
      boolean counts = row.getInt(2) == 1 || row.getString(3).equalsIgnoreCase("PPD42NS");
      int expected = ReadingIndex.of(orNaN(row, 0), orNaN(row, 1), counts);
      int aqi = row.isNullAt(4) ? ReadingIndex.NONE : row.getInt(4);
      assertThat(aqi).as("%s", row).isEqualTo(expected);
    }
  }

  private static void agrees(List<@Nullable Double> concentrations) {
    List<Row> rows =
        concentrations.stream().map(value -> RowFactory.create(value, null, 0, "")).toList();
    Dataset<Row> data = TestSpark.session().createDataFrame(rows, CONCENTRATIONS).repartition(1);
    for (AqiStandard standard : AqiStandards.all()) {
      List<Column> columns = new ArrayList<>(List.of(col("p1")));
      standard
          .pollutants()
          .forEach(pollutant -> columns.add(IndexColumns.index(standard, pollutant, col("p1"))));
      List<Row> found = data.select(columns.toArray(Column[]::new)).collectAsList();
      assertThat(found).hasSameSizeAs(concentrations);
      for (Row row : found) {
        for (int i = 0; i < standard.pollutants().size(); i++) {
          Pollutant pollutant = standard.pollutants().get(i);
          double index = row.isNullAt(i + 1) ? AqiStandard.NO_INDEX : row.getDouble(i + 1);
          assertThat(index)
              .as("%s of %s %s", standard, row.get(0), pollutant)
              .isEqualTo(standard.indexOf(pollutant, orNaN(row, 0)));
        }
      }
    }
  }

  private static double orNaN(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  private static List<@Nullable Double> aroundBounds() {
    List<@Nullable Double> around = new ArrayList<>(ODD);
    around.add(null);
    for (AqiStandard standard : AqiStandards.all()) {
      for (Pollutant pollutant : standard.pollutants()) {
        for (Band band : standard.bands(pollutant)) {
          for (double bound : new double[] {band.lower(), band.upper()}) {
            for (double aside : new double[] {-0.5, -0.05, 0, 0.05, 0.5, 0.1, 1}) {
              around.add(bound + aside);
              around.add(Math.nextUp(bound + aside));
              around.add(Math.nextDown(bound + aside));
            }
          }
        }
      }
    }
    return around;
  }

  @Provide
  Arbitrary<List<Double>> concentrations() {
    return concentration().list().ofSize(500);
  }

  @Provide
  Arbitrary<List<Row>> readings() {
    Arbitrary<Integer> types = Arbitraries.of(0, 1, 14);
    Arbitrary<String> names = Arbitraries.of("SDS011", "", "PPD42NS", "ppd42ns");
    return net.jqwik.api.Combinators.combine(
            concentration().injectNull(0.1), concentration().injectNull(0.1), types, names)
        .as((p1, p2, type, name) -> RowFactory.create(p1, p2, type, name))
        .list()
        .ofSize(500);
  }

  private static Arbitrary<Double> concentration() {
    return Arbitraries.oneOf(
        Arbitraries.of(aroundBounds().stream().filter(value -> value != null).toList()),
        Arbitraries.doubles().between(0, 2100).ofScale(2),
        Arbitraries.doubles());
  }
}
