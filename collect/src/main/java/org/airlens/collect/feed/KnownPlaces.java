package org.airlens.collect.feed;

import com.carrotsearch.hppc.LongObjectHashMap;
import java.util.HashMap;
import java.util.Map;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * Sensors and locations as they were last seen, so that the many readings of one share them.
 * Bounded: begins anew when full. Not thread-safe.
 */
final class KnownPlaces {

  private static final int CAPACITY = 200_000;

  private final LongObjectHashMap<Sensor> sensors = new LongObjectHashMap<>();
  private final LongObjectHashMap<Location> locations = new LongObjectHashMap<>();
  private final Map<SensorType, SensorType> types = new HashMap<>();

  Sensor sensor(long id, String pin, int typeId, String typeName, String manufacturer) {
    Sensor known = sensors.get(id);
    if (known != null
        && known.type().id() == typeId
        && known.pin().equals(pin)
        && known.type().name().equals(typeName)
        && known.type().manufacturer().equals(manufacturer)) {
      return known;
    }
    if (sensors.size() >= CAPACITY) {
      sensors.clear();
    }
    Sensor made = new Sensor(id, pin, type(new SensorType(typeId, typeName, manufacturer)));
    sensors.put(id, made);
    return made;
  }

  Location location(EntryFields fields) {
    Location known = locations.get(fields.locationId);
    if (known != null && same(known, fields)) {
      return known;
    }
    if (locations.size() >= CAPACITY) {
      locations.clear();
    }
    Location made = fields.newLocation();
    locations.put(made.id(), made);
    return made;
  }

  private SensorType type(SensorType type) {
    if (types.size() >= CAPACITY) {
      types.clear();
    }
    SensorType known = types.putIfAbsent(type, type);
    return known == null ? type : known;
  }

  private static boolean same(Location known, EntryFields fields) {
    double latitude = Double.NaN;
    double longitude = Double.NaN;
    if (known.position().isPresent()) {
      Position position = known.position().get();
      latitude = position.latitude();
      longitude = position.longitude();
    }
    return Double.compare(latitude, fields.latitude) == 0
        && Double.compare(longitude, fields.longitude) == 0
        && Double.compare(known.altitude().orElse(Double.NaN), fields.altitude) == 0
        && known.exact() == fields.exact
        && known.country().equals(fields.country)
        && known.indoor().equals(fields.indoor);
  }
}
