"""One cycle of a feed snapshot as one writes it first in PySpark: Python UDFs, explode, cache, groupBy, collect_list.

naive_pyspark.py FEED WARM_UP ROUNDS MASTER   prints "seconds S readings N indexed M" for the first round, which is cold,
and, after so many seconds of others, for each that counts.
"""
import sys
import time

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import IntegerType

PM25 = [11, 23, 35, 41, 47, 53, 58, 64, 70]
PM10 = [16, 33, 50, 58, 66, 75, 83, 91, 100]


def index(bounds, saturation, value):
    try:
        concentration = float(value)
    except (TypeError, ValueError):
        return None
    if not 0 <= concentration < saturation:
        return None
    whole = int(concentration + 0.5)
    return next((i + 1 for i, upper in enumerate(bounds) if whole <= upper), 10)


pm25_index = F.udf(lambda value: index(PM25, 999, value), IntegerType())
pm10_index = F.udf(lambda value: index(PM10, 1999, value), IntegerType())


def cycle(spark, feed):
    entries = spark.read.option("multiLine", True).json(feed)
    values = entries.select("timestamp", "location", "sensor", F.explode("sensordatavalues").alias("value")).cache()
    indexed = values.withColumn(
        "aqi",
        F.when(F.col("value.value_type") == "P2", pm25_index(F.col("value.value")))
        .when(F.col("value.value_type") == "P1", pm10_index(F.col("value.value"))))
    readings = indexed.groupBy("sensor.id", "timestamp").agg(
        F.first("location").alias("location"),
        F.first("sensor").alias("sensor"),
        F.collect_list(F.struct("value.value_type", "value.value")).alias("values"),
        F.max("aqi").alias("aqi"))
    rows = readings.collect()
    values.unpersist()
    return len(rows), sum(1 for row in rows if row["aqi"] is not None)


def measure(spark, feed):
    begin = time.perf_counter()
    readings, with_index = cycle(spark, feed)
    print(f"seconds {time.perf_counter() - begin:.4f} readings {readings} indexed {with_index}", flush=True)


def main():
    feed, warm_up, rounds, master = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    spark = (SparkSession.builder.master(master).appName("naive")
             .config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
             .config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "8").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    measure(spark, feed)
    warm_at = time.perf_counter() + warm_up
    while time.perf_counter() < warm_at:
        cycle(spark, feed)
    for _ in range(rounds):
        measure(spark, feed)
    spark.stop()


main()
