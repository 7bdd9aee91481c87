"""Says what pandas and pyarrow read in a Parquet file."""

import sys

import pandas
import pyarrow.parquet

readings = pandas.read_parquet(sys.argv[1])
print(len(readings), "rows,", readings.sensor_id.nunique(), "sensors")
print("from", readings.timestamp.min(), "to", readings.timestamp.max())
print("in order:", readings.timestamp.is_monotonic_increasing)
print("timestamp:", readings.timestamp.dt.tz, "aqi:", int(readings.aqi.max()), "P1:", readings.P1.dtype)
told = pyarrow.parquet.read_schema(sys.argv[1]).metadata
print("unit of P2:", told[b"airlens.unit.P2"].decode())
