package org.airlens.server.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.model.TestReadings;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;

/** Writes many rows: for a process of its own with a small heap. */
final class ParquetProgram {

  static final int SENSORS = 25_000;

  private ParquetProgram() {}

  /** Takes the file, how many rows, and how many measures besides the first ten. */
  public static void main(String[] arguments) throws IOException {
    long rows = Long.parseLong(arguments[1]);
    List<String> measures = measures(Integer.parseInt(arguments[2]));
    SplittableRandom random = new SplittableRandom(7);
    try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 16);
        ReadingOutput document =
            ReadingFormat.PARQUET.begin(out, measures, ReadingQuery.of(ReadingFilter.all()))) {
      for (long row = 0; row < rows; row++) {
        document.write(reading(row, measures, random));
      }
      document.finish();
    }
  }

  private static List<String> measures(int more) {
    List<String> measures = new ArrayList<>(List.of("P1", "P2", "temperature", "humidity"));
    IntStream.range(0, more).mapToObj(i -> "unknown_" + i).forEach(measures::add);
    return measures;
  }

  /** One after the other in time, each with a value of its own for some of the measures. */
  private static Reading reading(long row, List<String> measures, SplittableRandom random) {
    long sensor = 1 + row % SENSORS;
    MeasureValues.Builder values = MeasureValues.builder();
    int first = random.nextInt(measures.size());
    for (int i = first; i < Math.min(first + 30, measures.size()); i++) {
      values.add(measures.get(i), random.nextDouble());
    }
    return new Reading(
        new Sensor(sensor, "1", new SensorType(14, "SDS011", "Nova Fitness")),
        new Location(
            sensor / 2 + 1,
            Optional.of(new Position(sensor % 90, sensor % 180)),
            OptionalDouble.of((double) (sensor % 900)),
            "GB",
            false,
            Optional.of(false)),
        TestReadings.NOON.plusSeconds(row / 200),
        values.build(),
        OptionalInt.of(1 + (int) (row % 10)));
  }
}
