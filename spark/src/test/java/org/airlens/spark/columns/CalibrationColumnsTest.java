package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.airlens.model.Calibration;
import org.airlens.model.Measures;
import org.airlens.model.SensorType;
import org.airlens.spark.TestSpark;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A calibrated value is the same to both engines, to the last bit. */
class CalibrationColumnsTest {

  private static final StructType COLUMNS =
      new StructType()
          .add("sensor_type_id", DataTypes.IntegerType)
          .add("sensor_type_name", DataTypes.StringType)
          .add(Measures.P2, DataTypes.DoubleType)
          .add("there", DataTypes.DoubleType);

  @Property(tries = 8)
  void agree(@ForAll("calibrations") Calibration calibration, @ForAll("rows") List<Row> rows) {
    List<Row> found =
        TestSpark.session()
            .createDataFrame(rows, COLUMNS)
            .withColumn(
                "made", CalibrationColumns.calibrated(calibration, Measures.P2, col("there")))
            .collectAsList();
    assertThat(found).hasSameSizeAs(rows);
    for (Row row : found) {
      SensorType type = new SensorType(row.getInt(0), row.getString(1), "");
      OptionalDouble expected =
          row.isNullAt(2)
              ? OptionalDouble.empty()
              : calibration.apply(type, Measures.P2, row.getDouble(2), number(row, 3));
      assertThat(number(row, 4)).as("%s by %s", row, calibration).isEqualTo(expected);
    }
  }

  private static OptionalDouble number(Row row, int column) {
    return row.isNullAt(column) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
  }

  @Provide
  Arbitrary<Calibration> calibrations() {
    Arbitrary<String> makes = Arbitraries.of("", "SDS011:", "PPD42NS:", "sps30:");
    Arbitrary<String> lines =
        Arbitraries.of("x", "0.9x+1.5", "-0.3x", "1.1x-3", "x/growth(0.4)", "0.9x/growth(0.1)-0.7");
    return Combinators.combine(makes, lines)
        .as((make, line) -> make + "P2=" + line)
        .list()
        .ofMaxSize(3)
        .uniqueElements(rule -> rule.substring(0, rule.indexOf('=')))
        .map(Calibration::of);
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<@Nullable Double> values =
        Arbitraries.oneOf(
                Arbitraries.doubles().between(-1, 1_100).ofScale(2),
                Arbitraries.of(0.0, -0.0, 998.99, 999.0, 999.9, 1e300))
            .injectNull(0.1);
    Arbitrary<@Nullable Double> humidities =
        Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 100).ofScale(1),
                Arbitraries.of(0.0, 94.99, 95.0, 100.0))
            .injectNull(0.2);
    return Combinators.combine(
            Arbitraries.of(0, 1, 14),
            Arbitraries.of("SDS011", "sds011", "SPS30", "PPD42NS", "", "BME280"),
            values,
            humidities)
        .as((id, name, value, humidity) -> RowFactory.create(id, name, value, humidity))
        .list()
        .ofSize(300);
  }
}
