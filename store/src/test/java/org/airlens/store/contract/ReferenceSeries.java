package org.airlens.store.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;

/** Aggregates as the SPI says, one reading after the other. */
final class ReferenceSeries implements SeriesReader {

  private final ReferenceStore store;

  ReferenceSeries(ReferenceStore store) {
    this.store = store;
  }

  @Override
  public SeriesPage series(SeriesQuery query) {
    String measure = query.filter().measure().orElseThrow();
    TreeMap<Long, List<Reading>> bySensor =
        store
            .matching(query.filter())
            .collect(
                Collectors.groupingBy(
                    reading -> reading.sensor().id(), TreeMap::new, Collectors.toList()));
    List<SensorSeries> series = new ArrayList<>();
    long points = 0;
    for (Map.Entry<Long, List<Reading>> entry : bySensor.entrySet()) {
      if (query.afterSensor().isPresent() && entry.getKey() <= query.afterSensor().getAsLong()) {
        continue;
      }
      if (!series.isEmpty() && points >= query.maxPoints()) {
        return new SeriesPage(series, OptionalLong.of(series.getLast().sensorId()));
      }
      SensorSeries one = one(entry.getValue(), measure, query);
      points += one.values().length;
      series.add(one);
    }
    return new SeriesPage(series, OptionalLong.empty());
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    String measure = filter.measure().orElseThrow();
    List<Reading> readings = store.matching(filter).toList();
    // Adding 0 makes 0 of -0: they are the same value.
    TreeMap<Double, Long> counts =
        readings.stream()
            .collect(
                Collectors.groupingBy(
                    reading -> value(reading, measure) + 0.0, TreeMap::new, Collectors.counting()));
    return new Distribution(
        counts.keySet().stream().mapToDouble(value -> value).toArray(),
        counts.values().stream().mapToLong(count -> count).toArray(),
        readings.stream().map(reading -> reading.sensor().id()).distinct().count());
  }

  private static SensorSeries one(List<Reading> readings, String measure, SeriesQuery query) {
    long width = query.interval().isPresent() ? query.interval().get().toSeconds() : 1;
    TreeMap<Long, List<Double>> buckets = new TreeMap<>();
    for (Reading reading : readings) {
      long start = Math.floorDiv(reading.timestamp().getEpochSecond(), width) * width;
      buckets.computeIfAbsent(start, _ -> new ArrayList<>()).add(value(reading, measure));
    }
    Aggregate aggregate = query.interval().isPresent() ? query.aggregate() : Aggregate.LAST;
    return new SensorSeries(
        readings.getLast().sensor().id(),
        readings.getLast().location().id(),
        buckets.keySet().stream().mapToLong(start -> start).toArray(),
        buckets.values().stream().mapToDouble(values -> one(values, aggregate)).toArray());
  }

  private static double one(List<Double> values, Aggregate aggregate) {
    var stream = values.stream().mapToDouble(value -> value);
    return switch (aggregate) {
      case MEAN -> stream.average().orElseThrow();
      case MIN -> stream.min().orElseThrow();
      case MAX -> stream.max().orElseThrow();
      case SUM -> stream.sum();
      case COUNT -> values.size();
      case FIRST -> values.getFirst();
      case LAST -> values.getLast();
      case P95 -> p95(values);
    };
  }

  private static double p95(List<Double> values) {
    List<Double> ascending = values.stream().sorted().toList();
    double rank = 0.95 * (values.size() - 1);
    double below = ascending.get((int) Math.floor(rank));
    double above = ascending.get((int) Math.ceil(rank));
    return below + (above - below) * (rank - Math.floor(rank));
  }

  private static double value(Reading reading, String measure) {
    return reading.value(measure).orElseThrow();
  }
}
