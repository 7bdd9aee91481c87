package org.airlens.store.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;

/** The newest reading of every sensor at one moment; immutable. */
public final class LatestSnapshot {

  static final LatestSnapshot EMPTY = new LatestSnapshot(0, List.of());

  private final long version;
  private final List<Reading> readings;

  private LatestSnapshot(long version, List<Reading> readings) {
    this.version = version;
    this.readings = readings;
  }

  /** Grows with every change of the view. */
  public long version() {
    return version;
  }

  /** How many sensors there are. */
  public int size() {
    return readings.size();
  }

  /** Every sensor's newest reading, in ascending order of sensor id. */
  public List<Reading> all() {
    return readings;
  }

  /** The instant of the newest reading of all. */
  public Optional<Instant> newest() {
    return readings.stream().map(Reading::timestamp).max(Instant::compareTo);
  }

  /** Visits the readings with a position in the box. */
  public void within(BoundingBox box, Consumer<Reading> visitor) {
    for (Reading reading : readings) {
      if (reading.location().position().filter(box::contains).isPresent()) {
        visitor.accept(reading);
      }
    }
  }

  LatestSnapshot with(List<Reading> newer) {
    Map<Long, Reading> bySensor = new LinkedHashMap<>();
    for (Reading reading : readings) {
      bySensor.put(reading.sensor().id(), reading);
    }
    for (Reading reading : newer) {
      bySensor.merge(
          reading.sensor().id(),
          reading,
          (old, next) -> next.timestamp().isBefore(old.timestamp()) ? old : next);
    }
    List<Reading> sorted = new ArrayList<>(bySensor.values());
    sorted.sort((a, b) -> Long.compare(a.sensor().id(), b.sensor().id()));
    return new LatestSnapshot(version + 1, List.copyOf(sorted));
  }
}
