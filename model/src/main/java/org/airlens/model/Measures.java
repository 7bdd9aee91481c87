package org.airlens.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.airlens.aqi.ReadingIndex;

/**
 * The measures AirLens knows by name, with Sensor.Community's names. The set of measures is open: a
 * reading may carry others, and they are kept.
 */
public final class Measures {

  /** PM10 mass concentration in µg/m³; on a PPD42NS a particle count. */
  public static final String P1 = "P1";

  /** PM2.5 mass concentration in µg/m³; on a PPD42NS a particle count. */
  public static final String P2 = "P2";

  /** The UK Daily Air Quality Index of the reading itself, 1–10; computed, never reported. */
  public static final String AQI = "aqi";

  /** From where on a dust sensor reports a fault and no concentration, by measure: SDS011. */
  public static final Map<String, Double> SATURATIONS =
      Map.of(P1, ReadingIndex.P1_SATURATION, P2, ReadingIndex.P2_SATURATION);

  /** UCUM has no A-weighted bel, so the weighting stands as an annotation. */
  private static final String DECIBELS_A = "dB[SPL]{A}";

  /** What the name of a measure looks like that AirLens does not know. */
  private static final Pattern ACCEPTABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  /** The names of a reading's other fields, which no measure may have. */
  private static final Set<String> FIELDS =
      Set.of(
          "timestamp",
          "sensor_id",
          "location_id",
          "latitude",
          "longitude",
          "altitude",
          "country",
          "indoor",
          "exact_location",
          "sensor_type_id",
          "sensor_type_name",
          "sensor_type_manufacturer",
          "sensor_pin");

  private static final List<Measure> CATALOGUE =
      List.of(
          new Measure(AQI, "Air quality index", "1", "UK Daily Air Quality Index", 1, 10),
          new Measure(P1, "PM10", "ug/m3", "PM10 mass concentration", 0, 1999),
          new Measure(P2, "PM2.5", "ug/m3", "PM2.5 mass concentration", 0, 999),
          new Measure("P0", "PM1", "ug/m3", "PM1 mass concentration", 0, 1000),
          new Measure("P4", "PM4", "ug/m3", "PM4 mass concentration", 0, 1000),
          new Measure("N05", "Particles up to 0.5 µm", "/cm3", "particle number", 0, 3000),
          new Measure("N1", "Particles up to 1 µm", "/cm3", "particle number", 0, 3000),
          new Measure("N25", "Particles up to 2.5 µm", "/cm3", "particle number", 0, 3000),
          new Measure("N4", "Particles up to 4 µm", "/cm3", "particle number", 0, 3000),
          new Measure("N10", "Particles up to 10 µm", "/cm3", "particle number", 0, 3000),
          new Measure("TS", "Typical particle size", "um", "typical particle size", 0, 10),
          new Measure("durP1", "PM10 low-pulse time", "us", "low-pulse occupancy time", 0, 6e7),
          new Measure("durP2", "PM2.5 low-pulse time", "us", "low-pulse occupancy time", 0, 6e7),
          new Measure("ratioP1", "PM10 low-pulse ratio", "%", "low-pulse occupancy", 0, 100),
          new Measure("ratioP2", "PM2.5 low-pulse ratio", "%", "low-pulse occupancy", 0, 100),
          new Measure("temperature", "Temperature", "Cel", "air temperature", -40, 85),
          new Measure("humidity", "Humidity", "%", "relative humidity", 0, 100),
          new Measure("pressure", "Pressure", "Pa", "station pressure", 30_000, 110_000),
          new Measure(
              "pressure_at_sealevel",
              "Pressure at sea level",
              "Pa",
              "pressure reduced to sea level",
              80_000,
              110_000),
          new Measure("noise_LAeq", "Noise", DECIBELS_A, "equivalent sound level", 20, 140),
          new Measure("noise_LA_min", "Noise, quietest", DECIBELS_A, "lowest sound level", 20, 140),
          new Measure("noise_LA_max", "Noise, loudest", DECIBELS_A, "highest sound level", 20, 140),
          new Measure(
              "counts_per_minute", "Radiation", "/min", "Geiger counts a minute", 0, 1_000_000),
          new Measure("hv_pulses", "High-voltage pulses", "1", "pulses of the tube", 0, 1e9),
          new Measure("counts", "Geiger counts", "1", "counts in the sample", 0, 1e9),
          new Measure("sample_time_ms", "Sample time", "ms", "duration of the sample", 0, 1e9),
          new Measure("co2_ppm", "CO₂", "[ppm]", "carbon dioxide mole fraction", 0, 40_000));

  private static final Map<String, Measure> BY_NAME =
      CATALOGUE.stream().collect(Collectors.toUnmodifiableMap(Measure::name, Function.identity()));

  private static final List<String> REPORTED =
      CATALOGUE.stream().map(Measure::name).filter(name -> !name.equals(AQI)).toList();

  private Measures() {}

  /** All known measures, {@code aqi} first. */
  public static List<Measure> all() {
    return CATALOGUE;
  }

  /** The names of those that sensors report, in the same order: all but {@code aqi}. */
  public static List<String> reported() {
    return REPORTED;
  }

  /** Whether a working sensor can have reported the value; always of a measure that is unknown. */
  static boolean isPlausible(String name, double value) {
    Measure known = BY_NAME.get(name);
    Double saturation = SATURATIONS.get(name);
    return (known == null || known.isPlausible(value))
        && (saturation == null || value < saturation);
  }

  /** The measure of this name, empty when AirLens does not know it. */
  public static Optional<Measure> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * Whether a value type may become a measure: a letter, then up to 63 letters, digits, {@code _},
   * {@code .} or {@code -}, and not {@code aqi}, which AirLens computes, nor the name of another
   * field of a reading, beside which measures stand in tables.
   */
  public static boolean isAcceptableName(String name) {
    return BY_NAME.containsKey(name)
        ? !name.equals(AQI)
        : ACCEPTABLE_NAME.matcher(name).matches()
            && !name.equalsIgnoreCase(AQI)
            && !FIELDS.contains(name);
  }
}
