package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.reverse;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Identifiers;
import org.airlens.model.Measures;
import org.airlens.model.ReadingTimes;
import org.airlens.model.RejectionReason;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Entries of the live feed as Spark's JSON reader finds them, and the rules that make readings of
 * them: those of {@link org.airlens.collect.feed.EntryFields}, as expressions. Every field is read
 * as text, because the feed writes numbers both ways.
 */
public final class FeedEntries {

  /** Where the reader puts a document that is no JSON. */
  public static final String BROKEN = "_broken";

  /** Why no reading can be made of an entry, by label; null when one can. */
  public static final String PROBLEM = "problem";

  /** Why single values of an entry were not taken, by label. */
  public static final String VALUE_PROBLEMS = "value_problems";

  /** The entry, shortened, for dead letters; null where it makes a reading. */
  public static final String EXCERPT = "excerpt";

  private static final int EXCERPT_LENGTH = 1_024;
  private static final int MOST_VALUES = 64;

  private static final StructType LOCATION =
      texts("id", "latitude", "longitude", "altitude", "country", "exact_location", "indoor");
  private static final StructType SENSOR =
      texts("id", "pin").add("sensor_type", texts("id", "name", "manufacturer"));

  /** What the JSON reader is told of an entry. */
  public static final StructType SCHEMA =
      new StructType()
          .add("timestamp", DataTypes.StringType)
          .add("location", LOCATION)
          .add("sensor", SENSOR)
          .add("sensordatavalues", DataTypes.createArrayType(texts("value_type", "value")))
          .add(BROKEN, DataTypes.StringType);

  private FeedEntries() {}

  private static StructType texts(String... names) {
    StructType type = new StructType();
    for (String name : names) {
      type = type.add(name, DataTypes.StringType);
    }
    return type;
  }

  /** The entries of documents: of a file, or of all those that a pattern names. */
  public static Dataset<Row> of(SparkSession spark, String documents) {
    return spark
        .read()
        .schema(SCHEMA)
        .option("multiLine", true)
        .option("columnNameOfCorruptRecord", BROKEN)
        .json(documents);
  }

  /**
   * Reads entries.
   *
   * @param entries of {@link #SCHEMA}; other columns are kept
   * @param kept the names of other columns to keep
   * @param clock no reading is from this clock's future
   * @return the columns of unindexed readings, {@link #PROBLEM}, {@link #VALUE_PROBLEMS}, {@link
   *     #EXCERPT} and those to keep
   */
  public static Dataset<Row> read(Dataset<Row> entries, List<String> kept, InstantSource clock) {
    Dataset<Row> fields = entries.select(fields(kept));
    Dataset<Row> measured = fields.withColumn("accepted", accepted());
    Dataset<Row> mapped = measured.withColumn("by_name", byName());
    return mapped.select(readings(kept, clock.instant().getEpochSecond()));
  }

  private static Column[] fields(List<String> kept) {
    List<Column> columns = new ArrayList<>();
    kept.forEach(name -> columns.add(col(name)));
    Column type = col("sensor.sensor_type");
    columns.add(col("sensor").isNotNull().as("has_sensor"));
    columns.add(col("location").isNotNull().as("has_location"));
    columns.add(FieldTexts.wholeNumber(col("sensor.id")).as("sensor_id"));
    columns.add(FieldTexts.wholeNumber(col("location.id")).as("location_id"));
    columns.add(col("timestamp").isNotNull().as("has_time"));
    columns.add(FieldTexts.second(col("timestamp")).as("second"));
    columns.add(FieldTexts.number(col("location.latitude")).as("latitude"));
    columns.add(FieldTexts.number(col("location.longitude")).as("longitude"));
    columns.add(isAbsent(col("location.latitude")).as("no_latitude"));
    columns.add(isAbsent(col("location.longitude")).as("no_longitude"));
    columns.add(FieldTexts.number(col("location.altitude")).as("altitude"));
    columns.add(FieldTexts.country(col("location.country")).as("country"));
    columns.add(
        coalesce(FieldTexts.flag(col("location.exact_location")).equalTo(1), lit(false))
            .as("exact_location"));
    columns.add(FieldTexts.flag(col("location.indoor")).equalTo(1).as("indoor"));
    columns.add(FieldTexts.wholeNumber(type.getField("id")).as("type_number"));
    columns.add(FieldTexts.name(type.getField("name")).as("sensor_type_name"));
    columns.add(FieldTexts.name(type.getField("manufacturer")).as("sensor_type_manufacturer"));
    columns.add(FieldTexts.name(col("sensor.pin")).as("sensor_pin"));
    columns.add(col("sensordatavalues").as("values"));
    columns.add(values().as("named"));
    columns.add(col(BROKEN));
    return columns.toArray(Column[]::new);
  }

  private static Column isAbsent(Column text) {
    return text.isNull().or(text.equalTo(""));
  }

  /** The values with their names, unreadable ones as null. */
  private static Column values() {
    return transform(
        coalesce(
            col("sensordatavalues"), array().cast("array<struct<value_type:string,value:string>>")),
        value ->
            struct(
                FieldTexts.name(value.getField("value_type")).as("name"),
                FieldTexts.number(value.getField("value")).as("value")));
  }

  private static Column accepted() {
    return filter(
        col("named"),
        value -> acceptable(value.getField("name")).and(value.getField("value").isNotNull()));
  }

  /** {@link Measures#isAcceptableName}. */
  private static Column acceptable(Column name) {
    Column other =
        name.rlike("\\A(?:" + Measures.ACCEPTABLE_NAME.pattern() + ")\\z")
            .and(not(org.apache.spark.sql.functions.lower(name).equalTo(Measures.AQI)))
            .and(not(name.isin(Measures.FIELDS.toArray())));
    return name.isin(ReadingColumns.MEASURES.toArray()).or(other);
  }

  /** Of a name the first stays: the session's policy lets the last win. */
  private static Column byName() {
    return map_from_entries(reverse(col("accepted")));
  }

  private static Column[] readings(List<String> kept, long now) {
    List<Column> columns = new ArrayList<>();
    kept.forEach(name -> columns.add(col(name)));
    Column positioned = col("latitude").isNotNull().and(col("longitude").isNotNull());
    columns.add(col("sensor_id"));
    columns.add(timestamp_seconds(col("second")).as("timestamp"));
    columns.add(col("location_id"));
    columns.add(when(positioned, col("latitude")).as("latitude"));
    columns.add(when(positioned, col("longitude")).as("longitude"));
    columns.add(col("altitude"));
    columns.add(col("country"));
    columns.add(col("exact_location"));
    columns.add(col("indoor"));
    Column type = col("type_number");
    columns.add(
        when(type.gt(0).and(type.leq(Integer.MAX_VALUE)), type.cast("int"))
            .otherwise(lit(0))
            .as("sensor_type_id"));
    columns.add(col("sensor_type_name"));
    columns.add(col("sensor_type_manufacturer"));
    columns.add(col("sensor_pin"));
    for (String measure : ReadingColumns.MEASURES) {
      columns.add(col("by_name").getItem(measure).as(measure));
    }
    columns.add(
        map_filter(
                col("by_name"), (name, value) -> not(name.isin(ReadingColumns.MEASURES.toArray())))
            .as(ReadingColumns.OTHERS));
    Column problem = problem(positioned, now);
    columns.add(problem.as(PROBLEM));
    columns.add(valueProblems().as(VALUE_PROBLEMS));
    columns.add(excerpt(problem).as(EXCERPT));
    return columns.toArray(Column[]::new);
  }

  private static Column problem(Column positioned, long now) {
    long earliest = ReadingTimes.EARLIEST.getEpochSecond();
    long latest = now + ReadingTimes.CLOCK_TOLERANCE.toSeconds();
    Column unreadable =
        not(col("no_latitude"))
            .and(col("latitude").isNull())
            .or(not(col("no_longitude")).and(col("longitude").isNull()));
    Column nowhere =
        positioned.and(
            not(col("latitude").between(-90, 90).and(col("longitude").between(-180, 180))));
    return when(col(BROKEN).isNotNull(), label(RejectionReason.MALFORMED))
        .when(
            not(col("has_sensor")).or(col("sensor_id").isNull()),
            label(RejectionReason.MISSING_SENSOR))
        .when(
            not(col("has_location")).or(col("location_id").isNull()),
            label(RejectionReason.MISSING_LOCATION))
        .when(
            not(isId(col("sensor_id")).and(isId(col("location_id")))),
            label(RejectionReason.INVALID_ID))
        .when(not(col("has_time")), label(RejectionReason.MISSING_TIMESTAMP))
        .when(col("second").isNull(), label(RejectionReason.INVALID_TIMESTAMP))
        .when(col("second").lt(earliest), label(RejectionReason.TIMESTAMP_TOO_OLD))
        .when(col("second").gt(latest), label(RejectionReason.TIMESTAMP_IN_FUTURE))
        .when(unreadable.or(nowhere), label(RejectionReason.INVALID_COORDINATES))
        .when(size(col("accepted")).equalTo(0), label(RejectionReason.NO_VALUES));
  }

  private static Column isId(Column id) {
    return id.between(1L, Identifiers.MAX_ID);
  }

  private static Column valueProblems() {
    Column named = col("named");
    Column badNames = size(filter(named, value -> not(acceptable(value.getField("name")))));
    Column badValues = size(named).minus(size(col("accepted"))).minus(badNames);
    Column repeated = size(col("accepted")).minus(size(col("by_name")));
    Column none = array().cast("array<string>");
    Column all =
        concat(
            array_repeat(label(RejectionReason.INVALID_VALUE_TYPE), badNames),
            array_repeat(label(RejectionReason.INVALID_VALUE), badValues),
            array_repeat(label(RejectionReason.REPEATED_VALUE_TYPE), repeated),
            when(size(named).gt(MOST_VALUES), array(label(RejectionReason.TOO_MANY_MEASURES)))
                .otherwise(none));
    Column anything = size(named).gt(size(col("by_name")));
    return when(anything, all).otherwise(none);
  }

  private static Column excerpt(Column problem) {
    Column text =
        coalesce(
            col(BROKEN),
            to_json(struct(col("sensor_id"), col("location_id"), col("second"), col("values"))));
    Column shortened =
        when(length(text).gt(EXCERPT_LENGTH), text.substr(1, EXCERPT_LENGTH)).otherwise(text);
    return when(problem.isNotNull().or(size(valueProblems()).gt(0)), shortened);
  }

  private static Column label(RejectionReason reason) {
    return lit(reason.label());
  }
}
