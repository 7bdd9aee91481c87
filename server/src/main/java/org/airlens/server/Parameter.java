package org.airlens.server;

import java.util.List;

/**
 * A parameter that a route knows: what the request is held against, and what OpenAPI tells.
 *
 * @param name as in the query or the path
 * @param place {@code query}, {@code path} or {@code header}
 * @param type JSON Schema's type
 * @param description for people
 * @param values all it may be, or empty when it is open
 * @param required whether it must be there
 */
record Parameter(
    String name,
    String place,
    String type,
    String description,
    List<String> values,
    boolean required) {

  /** Takes every parameter and reads none: for a page whose script reads its own address. */
  static final Parameter ANYTHING = query("*", "string", "Anything");

  static final Parameter MEASURE =
      query("measure", "string", "A measure's name, aqi included: only readings that have it");
  static final Parameter REQUIRED_MEASURE =
      new Parameter(
          "measure", "query", "string", "A measure's name, aqi included", List.of(), true);
  static final Parameter SENSOR_ID =
      query("sensor_id", "string", "Sensors' ids, separated by commas");
  static final Parameter LOCATION_ID =
      query("location_id", "string", "Locations' ids, separated by commas");
  static final Parameter COUNTRY =
      query("country", "string", "ISO 3166-1 alpha-2 codes, separated by commas");
  static final Parameter SENSOR_TYPE =
      query("sensor_type", "string", "Sensor types' names, separated by commas: SDS011,BME280");
  static final Parameter BBOX =
      query(
          "bbox",
          "string",
          "W,S,E,N in degrees, edges included; W greater than E crosses the antimeridian");
  static final Parameter CIRCLE =
      query("circle", "string", "LON,LAT,METRES: only within this distance of the point");
  static final Parameter POLYGON =
      query(
          "polygon",
          "string",
          "Only inside a GeoJSON Polygon or MultiPolygon, or a Feature that has one; 1000 positions"
              + " at most");
  static final Parameter RANGE =
      query(
          "range",
          "string",
          "QUANTITY:MIN..MAX, separated by commas, ends included: P2:10..50,aqi:7..,altitude:..300;"
              + " one of several: aqi:..3|7... Quantities are measures, altitude, latitude and longitude");
  static final Parameter INDOOR =
      choice("indoor", "Only sensors that are said to stand indoors, or outdoors", "true", "false");
  static final Parameter SENSOR_PIN =
      query("sensor_pin", "string", "Pins on the station, separated by commas");
  static final Parameter SENSOR_TYPE_ID =
      query("sensor_type_id", "string", "Sensor types' numbers, separated by commas: 14 is SDS011");
  static final Parameter MANUFACTURER =
      query("sensor_type_manufacturer", "string", "Makers' names, compared exactly, by commas");
  static final Parameter QUALITY =
      choice(
          "quality",
          "plausible: only readings that a working sensor can have sent, every value in its measure's"
              + " valid range; any unless given",
          "any",
          "plausible");
  static final Parameter FROM =
      query(
          "from",
          "string",
          "Inclusive: 2026-11-23T10:00:00Z, a date, or relative to now, -24h. Without it the window"
              + " is 24 hours");
  static final Parameter TO =
      query("to", "string", "Exclusive, as from. Without it the window ends at the newest reading");
  static final Parameter CURSOR =
      query("cursor", "string", "Where the previous page said that it goes on");

  static final List<Parameter> FILTERS =
      List.of(
          SENSOR_ID,
          LOCATION_ID,
          COUNTRY,
          SENSOR_TYPE,
          BBOX,
          CIRCLE,
          POLYGON,
          RANGE,
          INDOOR,
          SENSOR_PIN,
          SENSOR_TYPE_ID,
          MANUFACTURER,
          QUALITY);

  static Parameter query(String name, String type, String description) {
    return new Parameter(name, "query", type, description, List.of(), false);
  }

  static Parameter choice(String name, String description, String... values) {
    return new Parameter(name, "query", "string", description, List.of(values), false);
  }

  static Parameter path(String name, String description) {
    return new Parameter(name, "path", "integer", description, List.of(), true);
  }

  static Parameter header(String name, String description, boolean required) {
    return new Parameter(name, "header", "string", description, List.of(), required);
  }
}
