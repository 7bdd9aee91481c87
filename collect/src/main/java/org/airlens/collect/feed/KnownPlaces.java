package org.airlens.collect.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.airlens.model.Location;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.jspecify.annotations.Nullable;

/**
 * Each sensor and its place as they were last seen, so that its many readings share them. A hash
 * table whose slot holds what must be compared in one stretch of memory: with tens of thousands of
 * sensors, fetching it from many places would take longer than reading the entry. Bounded: begins
 * anew when full. Not thread-safe.
 */
public final class KnownPlaces {

  private static final int CAPACITY = 200_000;
  private static final int FIRST_SLOTS = 1 << 10;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** What a slot's words are. */
  private static final int SENSOR_ID = 0;

  private static final int LOCATION_ID = 1;
  private static final int LATITUDE = 2;
  private static final int LONGITUDE = 3;
  private static final int ALTITUDE = 4;
  private static final int DETAILS = 5;
  private static final int WORDS = 8;

  private final Map<SensorType, SensorType> types = new HashMap<>();
  private int slots;
  private int size;
  private long[] words = new long[0];
  private @Nullable Sensor[] sensors = new Sensor[0];
  private @Nullable Location[] locations = new Location[0];

  /** Places of which none is known yet. */
  public KnownPlaces() {
    begin(FIRST_SLOTS);
  }

  /** The slot of an entry's sensor, for {@link #sensor} and {@link #location}. */
  int slot(EntryFields fields) {
    int slot = find(fields.sensorId);
    if (words[slot * WORDS + SENSOR_ID] != 0) {
      return slot;
    }
    if (size >= CAPACITY) {
      begin(FIRST_SLOTS);
    } else if (size * 2 >= slots) {
      grow();
    }
    size++;
    int free = find(fields.sensorId);
    words[free * WORDS + SENSOR_ID] = fields.sensorId;
    return free;
  }

  /** The sensor of an entry. */
  Sensor sensor(int slot, EntryFields fields) {
    Sensor known = sensors[slot];
    if (known != null
        && known.type().id() == fields.typeId
        && known.pin().equals(fields.pin)
        && known.type().name().equals(fields.typeName)
        && known.type().manufacturer().equals(fields.manufacturer)) {
      return known;
    }
    SensorType type = new SensorType(fields.typeId, fields.typeName, fields.manufacturer);
    Sensor made = new Sensor(fields.sensorId, fields.pin, shared(type));
    sensors[slot] = made;
    return made;
  }

  /** The place of an entry's sensor. */
  Location location(int slot, EntryFields fields) {
    int first = slot * WORDS;
    long details = details(fields);
    Location known = locations[slot];
    if (known != null
        && words[first + LOCATION_ID] == fields.locationId
        && words[first + LATITUDE] == Double.doubleToLongBits(fields.latitude)
        && words[first + LONGITUDE] == Double.doubleToLongBits(fields.longitude)
        && words[first + ALTITUDE] == Double.doubleToLongBits(fields.altitude)
        && words[first + DETAILS] == details) {
      return known;
    }
    words[first + LOCATION_ID] = fields.locationId;
    words[first + LATITUDE] = Double.doubleToLongBits(fields.latitude);
    words[first + LONGITUDE] = Double.doubleToLongBits(fields.longitude);
    words[first + ALTITUDE] = Double.doubleToLongBits(fields.altitude);
    words[first + DETAILS] = details;
    Location made = fields.newLocation();
    locations[slot] = made;
    return made;
  }

  /** The country's two letters, or none, and the flags. */
  private static long details(EntryFields fields) {
    String country = fields.country;
    long letters = country.isEmpty() ? 0 : country.charAt(0) << Character.SIZE | country.charAt(1);
    Optional<Boolean> indoor = fields.indoor;
    int inside = indoor.isEmpty() ? 0 : indoor.get() ? 1 : 2;
    return letters << 3 | inside << 1 | (fields.exact ? 1 : 0);
  }

  private int find(long sensorId) {
    int slot = (int) ((sensorId * GOLDEN_RATIO) >>> Long.numberOfLeadingZeros(slots - 1));
    while (words[slot * WORDS + SENSOR_ID] != sensorId && words[slot * WORDS + SENSOR_ID] != 0) {
      slot = slot + 1 & slots - 1;
    }
    return slot;
  }

  private void begin(int newSlots) {
    slots = newSlots;
    size = 0;
    words = new long[newSlots * WORDS];
    sensors = new Sensor[newSlots];
    locations = new Location[newSlots];
  }

  private void grow() {
    long[] oldWords = words;
    @Nullable Sensor[] oldSensors = sensors;
    @Nullable Location[] oldLocations = locations;
    int oldSize = size;
    begin(slots * 2);
    size = oldSize;
    for (int old = 0; old < oldSensors.length; old++) {
      long sensorId = oldWords[old * WORDS + SENSOR_ID];
      if (sensorId != 0) {
        int slot = find(sensorId);
        System.arraycopy(oldWords, old * WORDS, words, slot * WORDS, WORDS);
        sensors[slot] = oldSensors[old];
        locations[slot] = oldLocations[old];
      }
    }
  }

  private SensorType shared(SensorType type) {
    if (types.size() >= CAPACITY) {
      types.clear();
    }
    SensorType known = types.putIfAbsent(type, type);
    return known == null ? type : known;
  }
}
