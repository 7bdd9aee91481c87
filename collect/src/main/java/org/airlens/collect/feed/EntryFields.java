package org.airlens.collect.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.ReadingTimes;
import org.airlens.model.RejectionReason;
import org.airlens.model.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one entry, or of one row of the archive, as they are read, and the rules that make
 * a reading of them: the same rules whatever the text around the fields is. Not thread-safe.
 */
public final class EntryFields {

  /** An id, or a time, that the entry does not have. */
  public static final long ABSENT = Long.MIN_VALUE + 1;

  private static final int MAX_VALUES = 64;
  private static final Optional<Boolean> INDOOR = Optional.of(true);
  private static final Optional<Boolean> OUTDOOR = Optional.of(false);

  private final KnownPlaces places;
  private final MeasureValues.Builder values = MeasureValues.builder();
  private final List<RejectionReason> valueProblems = new ArrayList<>();

  private boolean hasSensor;
  private boolean hasLocation;
  long sensorId;
  long locationId;
  long epochSecond;
  double latitude;
  double longitude;
  private boolean coordinatesUnreadable;
  double altitude;
  String country = "";
  boolean exact;
  Optional<Boolean> indoor = Optional.empty();
  String pin = "";
  int typeId;
  String typeName = "";
  String manufacturer = "";
  private @Nullable RejectionReason problem;

  /** The sensor and the place, where they are known already. */
  private @Nullable Sensor knownSensor;

  private @Nullable Location knownLocation;

  /** Fields whose readings share what these places know. */
  public EntryFields(KnownPlaces places) {
    this.places = places;
  }

  /** Begins another entry. */
  public void clear() {
    hasSensor = false;
    hasLocation = false;
    sensorId = ABSENT;
    locationId = ABSENT;
    epochSecond = ABSENT;
    latitude = Double.NaN;
    longitude = Double.NaN;
    coordinatesUnreadable = false;
    altitude = Double.NaN;
    country = "";
    exact = false;
    indoor = Optional.empty();
    pin = "";
    typeId = 0;
    typeName = "";
    manufacturer = "";
    problem = null;
    knownSensor = null;
    knownLocation = null;
    values.clear();
    valueProblems.clear();
  }

  /** Begins another entry of the same sensor at the same place. */
  public void clearValues() {
    epochSecond = ABSENT;
    values.clear();
    valueProblems.clear();
  }

  /** Notes that the entry has a sensor. */
  public void sensorSeen() {
    hasSensor = true;
  }

  /** Notes that the entry has a place. */
  public void locationSeen() {
    hasLocation = true;
  }

  /** The sensor's id, {@link #ABSENT}, or anything else that is none. */
  public void sensorId(long id) {
    sensorId = id;
  }

  /** The place's id, {@link #ABSENT}, or anything else that is none. */
  public void locationId(long id) {
    locationId = id;
  }

  /** The sensor, instead of its single fields: one that a reading had. */
  void sensor(Sensor sensor, long id) {
    sensorId = id;
    knownSensor = sensor;
  }

  /** The place, instead of its single fields: one that a reading had. */
  void location(Location location, long id) {
    locationId = id;
    knownLocation = location;
  }

  /** Seconds since 1970, {@link #ABSENT} or {@link FeedTime#INVALID}. */
  public void time(long second) {
    epochSecond = second;
  }

  /** Degrees north; NaN when the entry has none, or none that can be read. */
  public void latitude(double degrees, boolean absent) {
    latitude = coordinate(degrees, absent);
  }

  /** Degrees east; NaN when the entry has none, or none that can be read. */
  public void longitude(double degrees, boolean absent) {
    longitude = coordinate(degrees, absent);
  }

  /** Where the sensor stands: 1 is indoors; NaN when the entry does not tell. */
  public void indoor(double flag) {
    if (!Double.isNaN(flag)) {
      indoor = flag == 1 ? INDOOR : OUTDOOR;
    }
  }

  /** Metres above sea level; anything but a finite number is none. */
  public void altitude(double metres) {
    altitude = Double.isFinite(metres) ? metres : Double.NaN;
  }

  /** The country's code; anything but two letters is none. */
  public void country(String code) {
    boolean letters =
        code.length() == 2
            && Character.isLetter(code.charAt(0))
            && Character.isLetter(code.charAt(1));
    country = letters ? code.toUpperCase(Locale.ROOT) : "";
  }

  /** The make: its number or 0, its name, its maker. */
  public void type(long id, String name, String maker) {
    typeId(id);
    typeName = name;
    manufacturer = maker;
  }

  void typeId(long id) {
    typeId = id > 0 && id <= Integer.MAX_VALUE ? (int) id : 0;
  }

  /** The degrees; notes it when the entry has some that can't be read. */
  private double coordinate(double degrees, boolean absent) {
    coordinatesUnreadable |= !absent && !Double.isFinite(degrees);
    return degrees;
  }

  /** Notes why the entry as a whole can't be taken; the first reason stays. */
  void refuse(RejectionReason reason) {
    if (problem == null) {
      problem = reason;
    }
  }

  /** Takes one value; NaN and infinite ones are noted as not taken. */
  public void value(String type, double value) {
    if (values.size() == MAX_VALUES) {
      if (!valueProblems.contains(RejectionReason.TOO_MANY_MEASURES)) {
        valueProblems.add(RejectionReason.TOO_MANY_MEASURES);
      }
    } else if (!Measures.isAcceptableName(type)) {
      problemWithValue(RejectionReason.INVALID_VALUE_TYPE);
    } else if (!Double.isFinite(value)) {
      problemWithValue(RejectionReason.INVALID_VALUE);
    } else if (values.has(type)) {
      problemWithValue(RejectionReason.REPEATED_VALUE_TYPE);
    } else {
      values.add(type, value);
    }
  }

  private void problemWithValue(RejectionReason reason) {
    if (valueProblems.size() <= MAX_VALUES) {
      valueProblems.add(reason);
    }
  }

  /** Why single values were not taken. */
  public List<RejectionReason> valueProblems() {
    return valueProblems;
  }

  /** Why no reading can be made of this, or null when one can. */
  public @Nullable RejectionReason problem(long nowEpochSecond) {
    if (problem != null) {
      return problem;
    }
    if (!hasSensor || sensorId == ABSENT) {
      return RejectionReason.MISSING_SENSOR;
    }
    if (!hasLocation || locationId == ABSENT) {
      return RejectionReason.MISSING_LOCATION;
    }
    if (!Identifiers.isValid(sensorId) || !Identifiers.isValid(locationId)) {
      return RejectionReason.INVALID_ID;
    }
    if (epochSecond == ABSENT) {
      return RejectionReason.MISSING_TIMESTAMP;
    }
    if (epochSecond == FeedTime.INVALID) {
      return RejectionReason.INVALID_TIMESTAMP;
    }
    RejectionReason time = ReadingTimes.problem(epochSecond, nowEpochSecond);
    if (time != null) {
      return time;
    }
    boolean positioned = !Double.isNaN(latitude) && !Double.isNaN(longitude);
    if (coordinatesUnreadable || (positioned && !Position.isValid(latitude, longitude))) {
      return RejectionReason.INVALID_COORDINATES;
    }
    return values.size() == 0 ? RejectionReason.NO_VALUES : null;
  }

  /** The reading; only when there is no {@link #problem}. */
  public Reading reading() {
    Sensor sensor = knownSensor;
    Location location = knownLocation;
    if (sensor == null || location == null) {
      int slot = places.slot(this);
      sensor = sensor == null ? places.sensor(slot, this) : sensor;
      location = location == null ? places.location(slot, this) : location;
    }
    return new Reading(
        sensor, location, Instant.ofEpochSecond(epochSecond), values.build(), OptionalInt.empty());
  }

  /** The place, made anew. */
  Location newLocation() {
    boolean positioned = !Double.isNaN(latitude) && !Double.isNaN(longitude);
    return new Location(
        locationId,
        positioned ? Optional.of(new Position(latitude, longitude)) : Optional.empty(),
        Double.isFinite(altitude) ? OptionalDouble.of(altitude) : OptionalDouble.empty(),
        country,
        exact,
        indoor);
  }
}
