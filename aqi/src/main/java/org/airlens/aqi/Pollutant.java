package org.airlens.aqi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A pollutant that an index is defined on. Concentrations are µg/m³ everywhere. */
public enum Pollutant {
  /** Particles of up to 2.5 µm; Sensor.Community's {@code P2}. */
  PM25("pm25", "PM2.5"),
  /** Particles of up to 10 µm; Sensor.Community's {@code P1}. */
  PM10("pm10", "PM10"),
  /** Ozone. */
  O3("o3", "O₃"),
  /** Nitrogen dioxide. */
  NO2("no2", "NO₂"),
  /** Sulphur dioxide. */
  SO2("so2", "SO₂");

  private static final List<Pollutant> ALL = List.of(values());

  private final String id;
  private final String label;

  Pollutant(String id, String label) {
    this.id = id;
    this.label = label;
  }

  /** The name a person types: {@code pm25}. */
  public String id() {
    return id;
  }

  /** The name a person reads: {@code PM2.5}. */
  public String label() {
    return label;
  }

  /** All pollutants, particles first. */
  public static List<Pollutant> all() {
    return ALL;
  }

  /** The pollutant with this id in whatever case; empty when there is none. */
  public static Optional<Pollutant> find(String id) {
    return Arrays.stream(values()).filter(p -> p.id.equalsIgnoreCase(id)).findFirst();
  }
}
