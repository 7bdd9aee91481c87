package org.airlens.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.spark.columns.ReadingColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/** The columns of a lake as Iceberg has them, and what a table of them is set to. */
final class IcebergSchema {

  private static final Map<DataType, Type> TYPES =
      Map.of(
          DataTypes.LongType, Types.LongType.get(),
          DataTypes.IntegerType, Types.IntegerType.get(),
          DataTypes.DoubleType, Types.DoubleType.get(),
          DataTypes.BooleanType, Types.BooleanType.get(),
          DataTypes.StringType, Types.StringType.get(),
          DataTypes.DateType, Types.DateType.get(),
          DataTypes.TimestampType, Types.TimestampType.withZone());

  /** All columns but the commit's, which only says where a file lies. */
  static final Schema COLUMNS = columns();

  /** The folders of the day and the make. */
  static final PartitionSpec PARTITIONS =
      PartitionSpec.builderFor(COLUMNS)
          .identity(ReadingColumns.DAY)
          .identity(ReadingColumns.SENSOR_TYPE)
          .build();

  /** Of these the manifests tell the bounds, so that readers can pass over files. */
  private static final List<String> BOUNDED =
      List.of(
          ReadingColumns.SENSOR_ID,
          ReadingColumns.TIMESTAMP,
          "location_id",
          "latitude",
          "longitude");

  private IcebergSchema() {}

  /** What a new table is set to. */
  static Map<String, String> properties() {
    Map<String, String> properties =
        BOUNDED.stream()
            .collect(
                Collectors.toMap(
                    name -> TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + name, _ -> "full"));
    properties.put(TableProperties.DEFAULT_WRITE_METRICS_MODE, "none");
    properties.put(TableProperties.FORMAT_VERSION, "2");
    // The lake deletes its files itself, and no other tool may.
    properties.put(TableProperties.GC_ENABLED, "false");
    properties.put(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");
    properties.put(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "10");
    return properties;
  }

  private static Schema columns() {
    AtomicInteger ids = new AtomicInteger();
    List<Types.NestedField> columns = new ArrayList<>();
    Stream.of(Lake.SCHEMA.fields())
        .filter(field -> !field.name().equals(Lake.COMMIT_COLUMN))
        .forEach(field -> columns.add(column(field, ids)));
    return new Schema(columns);
  }

  private static Types.NestedField column(StructField field, AtomicInteger ids) {
    Type type =
        field.dataType() instanceof MapType map
            ? Types.MapType.ofRequired(
                ids.incrementAndGet(),
                ids.incrementAndGet(),
                type(map.keyType()),
                type(map.valueType()))
            : type(field.dataType());
    return Types.NestedField.optional(ids.incrementAndGet(), field.name(), type);
  }

  private static Type type(DataType spark) {
    Type type = TYPES.get(spark);
    if (type == null) {
      throw new IllegalStateException("no type of Iceberg's for " + spark);
    }
    return type;
  }
}
