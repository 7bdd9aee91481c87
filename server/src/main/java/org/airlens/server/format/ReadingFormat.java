package org.airlens.server.format;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.airlens.store.ReadingQuery;

/** The formats that readings are written in. */
public enum ReadingFormat {
  /** {@code {"readings":[…]}}. */
  JSON("application/json"),
  /** RFC 4180 with a header; measures that a reading does not have are empty cells. */
  CSV("text/csv; charset=utf-8"),
  /** A column of its own type for everything; measures that a reading does not have are null. */
  PARQUET("application/vnd.apache.parquet"),
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

  /** Whether it is a file of any number of rows, and has no pages. */
  public boolean isFile() {
    return this == CSV || this == PARQUET;
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
   * @param measures the columns of CSV and Parquet, in this order; JSON and GeoJSON write what each
   *     reading has
   * @param query what was asked for, which Parquet tells
   */
  public ReadingOutput begin(OutputStream out, List<String> measures, ReadingQuery query) {
    return switch (this) {
      case JSON -> new JsonReadings(out);
      case CSV -> new CsvReadings(out, measures);
      case PARQUET -> new ParquetReadings(out, measures, query);
      case GEOJSON -> new GeoJsonReadings(out);
    };
  }
}
