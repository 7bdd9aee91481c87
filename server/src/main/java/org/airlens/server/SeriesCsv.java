package org.airlens.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.airlens.server.format.ReadingFormat;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;

/** Series as CSV, a line a point: {@code timestamp,sensor_id,location_id,MEASURE}. */
final class SeriesCsv {

  private static final String LINE_END = "\r\n"; // RFC 4180.

  private SeriesCsv() {}

  /** Streams all series, one page of them in memory at a time. */
  static void stream(Exchange exchange, Services services, SeriesQuery asked) {
    SeriesPage first = page(services, asked); // What fails at once fails before the answer begins.
    exchange.stream(
        ReadingFormat.CSV.contentType(),
        true,
        out -> {
          try {
            Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            lines.write("timestamp,sensor_id,location_id," + measure(asked) + LINE_END);
            SeriesPage page = first;
            write(lines, page);
            while (page.nextAfterSensor().isPresent()) {
              page = page(services, behind(asked, page.nextAfterSensor()));
              write(lines, page);
            }
            lines.flush();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void write(Writer lines, SeriesPage page) throws IOException {
    for (SensorSeries series : page.series()) {
      String place = "," + series.sensorId() + "," + series.locationId() + ",";
      for (int i = 0; i < series.values().length; i++) {
        lines.write(Instant.ofEpochSecond(series.epochSeconds()[i]).toString());
        lines.write(place);
        lines.write(Double.toString(series.values()[i]));
        lines.write(LINE_END);
      }
    }
  }

  private static SeriesPage page(Services services, SeriesQuery asked) {
    return services.queries().query(() -> services.store().series().series(asked));
  }

  private static SeriesQuery behind(SeriesQuery asked, OptionalLong sensor) {
    return new SeriesQuery(
        asked.filter(), asked.interval(), asked.aggregate(), sensor, asked.maxPoints());
  }

  /** A measure's name needs no quotes in CSV. */
  private static String measure(SeriesQuery asked) {
    return asked.filter().measure().orElseThrow();
  }
}
