package org.airlens.server.format;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that readings are written in. */
public enum ReadingFormat {
  /** {@code {"readings":[…]}}. */
  JSON("application/json"),
  /** RFC 4180 with a header; measures that a reading does not have are empty cells. */
  CSV("text/csv; charset=utf-8"),
  /** RFC 7946: a FeatureCollection with a Feature a reading. */
  GEOJSON("application/geo+json");

  private final String contentType;

  ReadingFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The media type. */
  public String contentType() {
    return contentType;
  }

  /** The name in parameters, and the end of files' names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a name. */
  public static Optional<ReadingFormat> find(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /**
   * Begins a document.
   *
   * @param measures the columns of CSV, in this order; JSON and GeoJSON write what each reading has
   */
  public ReadingOutput begin(OutputStream out, List<String> measures) {
    return switch (this) {
      case JSON -> new JsonReadings(out);
      case CSV -> new CsvReadings(out, measures);
      case GEOJSON -> new GeoJsonReadings(out);
    };
  }
}
