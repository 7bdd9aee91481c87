package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.airlens.collect.feed.Decimals;
import org.airlens.collect.feed.FeedTime;
import org.airlens.model.Position;
import org.airlens.model.Reading;

/** Beside a reader that splits whole lines into strings. */
class CsvParserPropertiesTest {

  private static final String HEADER = "sensor_id;sensor_type;location;lat;lon;timestamp;P1;P2";

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of("1", "2", "57.13", "-2.087", "SDS011", "12.30", "0.1")),
        Tuple.of(3, Arbitraries.of("2018-03-24T00:01:07", "2018-03-24T00:01:08.5+00:00")),
        Tuple.of(2, Arbitraries.just("")),
        Tuple.of(1, Arbitraries.of("nan", "unknown", "1e400", "-", "99999999999999999999", "ü")));
  }

  @Provide
  Arbitrary<String> rows() {
    Arbitrary<String> honest =
        Combinators.combine(
                Arbitraries.integers().between(1, 3),
                Arbitraries.of("57.13", "57.2", ""),
                Arbitraries.integers().between(0, 59),
                Arbitraries.doubles().between(-10, 3000).ofScale(2),
                Arbitraries.of("1.5", "", "nan"))
            .as((id, lat, second, p1, p2) ->
                "%d;SDS011;9;%s;-2;2018-03-24T00:01:%02d;%s;%s".formatted(id, lat, second, p1, p2));
    Arbitrary<String> wild =
        cells().list().ofMinSize(1).ofMaxSize(10).map(cells -> String.join(";", cells));
    return Arbitraries.frequencyOf(
        Tuple.of(6, honest), Tuple.of(3, wild), Tuple.of(1, Arbitraries.of(HEADER, "", ";;;;;;;")));
  }

  @Provide
  Arbitrary<List<String>> documents() {
    return rows().list().ofMaxSize(40);
  }

  @Property(tries = 500)
  void takesWhatAReaderOfStringsTakes(
      @ForAll("documents") List<String> rows,
      @ForAll @IntRange(min = 0, max = 2) int ending,
      @ForAll @IntRange(min = 1, max = 300) int pieces)
      throws IOException {
    String end = List.of("\n", "\r\n", "\r").get(ending);
    String document = HEADER + end + String.join(end, rows) + end;
    TakenRows taken = new TakenRows();
    new CsvParser(TakenRows.CLOCK, id -> "")
        .parse(
            "a.csv",
            "sds011",
            Optional.empty(),
            new Dripping(document.getBytes(ISO_8859_1), pieces),
            taken);
    List<String> expected = new ArrayList<>();
    int rejected = 0;
    for (String row : rows) {
      if (!row.isEmpty() && !row.equals(HEADER)) {
        Optional<String> reading = reference(row);
        reading.ifPresent(expected::add);
        rejected += reading.isEmpty() ? 1 : 0;
      }
    }
    assertThat(taken.readings).extracting(CsvParserPropertiesTest::text).isEqualTo(expected);
    assertThat(taken.rejections.stream().filter(each -> each.reason().costsTheReading()))
        .hasSize(rejected);
    assertThat(taken.rejections)
        .allSatisfy(each ->
            assertThat(document.substring((int) each.offset()))
                .as("the offset is the line's")
                .startsWith(
                    each.excerpt().codePoints().allMatch(c -> c < 128) ? each.excerpt() : ""));
  }

  /** The reading of a row, as text; empty when there is none. */
  private static Optional<String> reference(String row) {
    String[] cells = row.split(";", -1);
    boolean extra = cells.length > 9 || (cells.length == 9 && !cells[8].isEmpty());
    if (cells.length < 8 || extra) {
      return Optional.empty();
    }
    long sensor = id(cells[0]);
    long location = id(cells[2]);
    long time = FeedTime.parse(cells[5]);
    Optional<String> place = place(cells[3], cells[4]);
    String p1 = value(cells[6]);
    String p2 = value(cells[7]);
    boolean valid =
        sensor > 0 && location > 0 && time > 0 && place.isPresent() && !(p1 + p2).isEmpty();
    return valid
        ? Optional.of(
            "%d %d %d %s P1=%s P2=%s".formatted(sensor, location, time, place.get(), p1, p2))
        : Optional.empty();
  }

  private static String text(Reading reading) {
    return "%d %d %d %s P1=%s P2=%s"
        .formatted(
            reading.sensor().id(),
            reading.location().id(),
            reading.timestamp().getEpochSecond(),
            reading.location().position().map(Position::toString).orElse("nowhere"),
            reading.values().has("P1") ? reading.values().get("P1").getAsDouble() : "",
            reading.values().has("P2") ? reading.values().get("P2").getAsDouble() : "");
  }

  private static long id(String cell) {
    return cell.matches("\\d{1,15}") ? Long.parseLong(cell) : -1;
  }

  /** A place, or that there is none; empty when what is written is none. */
  private static Optional<String> place(String latitude, String longitude) {
    double lat = latitude.isEmpty() ? Double.NaN : Decimals.parse(latitude);
    double lon = longitude.isEmpty() ? Double.NaN : Decimals.parse(longitude);
    boolean unreadable =
        (!latitude.isEmpty() && !Double.isFinite(lat))
            || (!longitude.isEmpty() && !Double.isFinite(lon));
    if (Double.isNaN(lat) || Double.isNaN(lon)) {
      return unreadable ? Optional.empty() : Optional.of("nowhere");
    }
    return !unreadable && Position.isValid(lat, lon)
        ? Optional.of(new Position(lat, lon).toString())
        : Optional.empty();
  }

  private static String value(String cell) {
    double value = Decimals.parse(cell);
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  /** Gives a few bytes at a time. */
  private static final class Dripping extends InputStream {

    private final ByteArrayInputStream in;
    private final int most;

    Dripping(byte[] bytes, int most) {
      in = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, Math.min(most, length));
    }
  }
}
