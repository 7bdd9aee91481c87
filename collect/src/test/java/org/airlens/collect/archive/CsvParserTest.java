package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvParserTest {

  private static final String DUST =
      "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n";
  private static final String CLIMATE =
      "sensor_id;sensor_type;location;lat;lon;timestamp;temperature;humidity\n";
  private static final String ROW =
      "7789;SDS011;3939;57.130;-2.087;2018-03-24T00:01:07;5.23;;;1.20;;\n";

  @Test
  void takesARowAsTheFeedTakesAnEntry() {
    TakenRows taken = TakenRows.of(DUST + ROW);
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings).hasSize(1);
    Reading reading = taken.readings.getFirst();
    assertThat(reading.sensor().id()).isEqualTo(7789);
    assertThat(reading.sensor().pin()).as("the archive does not tell it").isEmpty();
    assertThat(reading.sensor().type()).isEqualTo(new SensorType(14, "SDS011", "Nova Fitness"));
    assertThat(reading.location())
        .isEqualTo(
            new Location(
                3939,
                Optional.of(new Position(57.13, -2.087)),
                OptionalDouble.empty(),
                "GB",
                false,
                Optional.of(false)));
    assertThat(reading.timestamp()).isEqualTo(Instant.parse("2018-03-24T00:01:07Z"));
    assertThat(reading.values()).isEqualTo(MeasureValues.of("P1", 5.23, "P2", 1.2));
    assertThat(reading.aqi()).as("indexed later").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2018-12-20T00:02:02, 2018-12-20T00:02:02Z",
    "2018-12-20 00:02:02, 2018-12-20T00:02:02Z",
    "2015-10-01T19:41:50.266431+00:00, 2015-10-01T19:41:50Z",
    "2015-10-01T21:41:50+02:00, 2015-10-01T19:41:50Z",
    "2015-10-01T19:41:50Z, 2015-10-01T19:41:50Z"
  })
  void readsOldAndNewTimes(String written, String instant) {
    TakenRows taken = TakenRows.of(CLIMATE + "1;DHT22;2;57;-2;" + written + ";5;80\n");
    assertThat(taken.readings)
        .extracting(Reading::timestamp)
        .containsExactly(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pressure;altitude;pressure_sealevel;temperature;humidity",
        "P1;P2;P0",
        "P1;P4;P2;P0;N10;N4;N25;N1;N05;TS",
        "noise_LAeq;noise_LA_min;noise_LA_max",
        "counts_per_minute;hv_pulses;tube;counts;sample_time_ms",
        "co2_ppm;temperature;humidity",
        "something_new"
      })
  void takesTheColumnsOfEveryMakeByTheirNames(String columns) {
    int count = columns.split(";").length;
    StringBuilder row = new StringBuilder("1;X;2;57;-2;2018-12-20T00:02:02");
    for (int i = 1; i <= count; i++) {
      row.append(';').append(i);
    }
    TakenRows taken =
        TakenRows.of("sensor_id;sensor_type;location;lat;lon;timestamp;" + columns + "\n" + row);
    assertThat(taken.reasons()).isEmpty();
    MeasureValues values = taken.readings.getFirst().values();
    boolean altitude = columns.contains("altitude");
    assertThat(values.size()).isEqualTo(altitude ? count - 1 : count);
    assertThat(values.has("pressure_at_sealevel")).isEqualTo(columns.contains("pressure_sealevel"));
    assertThat(taken.readings.getFirst().location().altitude())
        .isEqualTo(altitude ? OptionalDouble.of(2) : OptionalDouble.empty());
  }

  @Test
  void findsColumnsWhereverTheyStand() {
    TakenRows taken =
        TakenRows.of(
            """
            P2;lon;timestamp;P1;lat;location;sensor_type;sensor_id
            1.5;-2;2018-12-20T00:00:00;9;57;2;SDS011;1
            2.5;-2;2018-12-20T00:01:00;8;57;2;SDS011;3
            """);
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings).extracting(reading -> reading.sensor().id()).containsExactly(1L, 3L);
    assertThat(taken.readings.getLast().values()).isEqualTo(MeasureValues.of("P2", 2.5, "P1", 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nan;80 | humidity | invalid_value",
        "unknown;80 | humidity | invalid_value",
        "5,5;80 | humidity | invalid_value",
        "1e999;80 | humidity | invalid_value",
        "inf;80 | humidity | invalid_value"
      })
  void losesAValueThatIsNoNumberButNotTheReading(String cells, String kept, String reason) {
    TakenRows taken = TakenRows.of(CLIMATE + "1;DHT22;2;57;-2;2018-12-20T00:02:02;" + cells + "\n");
    assertThat(taken.reasons()).containsExactly(reason + "@" + CLIMATE.length());
    assertThat(taken.readings.getFirst().values()).isEqualTo(MeasureValues.of(kept, 80));
  }

  @Test
  void anEmptyCellIsNothingWrong() {
    TakenRows taken = TakenRows.of(CLIMATE + "1;DHT22;2;;;2018-12-20T00:02:02;;80\n");
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings.getFirst().values()).isEqualTo(MeasureValues.of("humidity", 80));
    assertThat(taken.readings.getFirst().location().position()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ";DHT22;2;57;-2;2018-12-20T00:02:02;5;80 | missing_sensor",
        "x;DHT22;2;57;-2;2018-12-20T00:02:02;5;80 | invalid_id",
        "0;DHT22;2;57;-2;2018-12-20T00:02:02;5;80 | invalid_id",
        "1;DHT22;;57;-2;2018-12-20T00:02:02;5;80 | missing_location",
        "1;DHT22;2;157;-2;2018-12-20T00:02:02;5;80 | invalid_coordinates",
        "1;DHT22;2;north;-2;2018-12-20T00:02:02;5;80 | invalid_coordinates",
        "1;DHT22;2;57;-2;;5;80 | missing_timestamp",
        "1;DHT22;2;57;-2;2018-02-30T00:02:02;5;80 | invalid_timestamp",
        "1;DHT22;2;57;-2;yesterday;5;80 | invalid_timestamp",
        "1;DHT22;2;57;-2;1970-01-01T00:00:00;5;80 | timestamp_too_old",
        "1;DHT22;2;57;-2;2099-01-01T00:00:00;5;80 | timestamp_in_future",
        "1;DHT22;2;57;-2;2018-12-20T00:02:02;; | no_values",
        "1;DHT22;2;57;-2;2018-12-20T00:02:02;5 | malformed",
        "1;DHT22;2;57;-2;2018-12-20T00:02:02;5;80;90 | malformed"
      })
  void rejectsARowWithItsReasonAndGoesOn(String row, String reason) {
    String good = "1;DHT22;2;57;-2;2018-12-20T00:05:00;5;80\n";
    TakenRows taken = TakenRows.of(CLIMATE + good + row + "\n" + good.replace("05:00", "07:30"));
    assertThat(taken.reasons()).containsExactly(reason + "@" + (CLIMATE + good).length());
    assertThat(taken.rejections.getFirst().excerpt()).isEqualTo(row.strip());
    assertThat(taken.rejections.getFirst().source()).isEqualTo("a.csv");
    assertThat(taken.readings).hasSize(2);
  }

  @Test
  void theLastLineMayLackItsEndButNoCells() {
    assertThat(TakenRows.of(DUST + ROW + ROW.strip()).readings).hasSize(2);
    TakenRows half = TakenRows.of(DUST + ROW + ROW.substring(0, 50));
    assertThat(half.readings).hasSize(1);
    assertThat(half.reasons()).containsExactly("truncated@" + (DUST + ROW).length());
  }

  @Test
  void endsOfLinesMayBeMixed() {
    String document =
        DUST.replace("\n", "\r\n")
            + ROW
            + ROW.replace("\n", "\r\n")
            + "\n\r\n"
            + ROW.replace("\n", "\r")
            + ROW;
    TakenRows taken = TakenRows.of(document);
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings).hasSize(4);
  }

  @Test
  void joinedFilesHaveTheirHeadersAmidTheRows() {
    TakenRows taken =
        TakenRows.of(
            DUST + ROW + DUST + ROW + CLIMATE + "1;DHT22;2;57;-2;2018-12-20T00:02:02;5;80");
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings).hasSize(3);
    assertThat(taken.readings.getLast().values())
        .isEqualTo(MeasureValues.of("temperature", 5, "humidity", 80));
  }

  @Test
  void aByteOrderMarkAndQuotesAndCommasAreNoObstacle() {
    TakenRows taken =
        TakenRows.of(
            "\uFEFF"
                + """
                "sensor_id",sensor_type,location,lat,lon,timestamp,"P1"
                "7","SDS011", 2 ,57,-2,"2018-12-20T00:02:02","5.5"
                """);
    assertThat(taken.reasons()).isEmpty();
    assertThat(taken.readings.getFirst().values()).isEqualTo(MeasureValues.of("P1", 5.5));
  }

  @Test
  void withoutAHeaderEveryLineIsRejected() {
    TakenRows taken = TakenRows.of(ROW + ROW);
    assertThat(taken.reasons()).containsExactly("malformed@0", "malformed@" + ROW.length());
    assertThat(taken.readings).isEmpty();
  }

  @Test
  void withAnotherHeaderEveryRowSaysWhatItLacks() {
    TakenRows taken = TakenRows.of("sensor_id;when;what\n1;4;5\n2;4;6\n");
    assertThat(taken.rejections)
        .extracting(rejection -> rejection.reason().label())
        .containsExactly("missing_location", "missing_location");
  }

  @Test
  void anotherEncodingCostsTheLinesThatCantBeRead() {
    assertThat(TakenRows.of((DUST + ROW).getBytes(UTF_16LE)).readings).isEmpty();
    assertThat(TakenRows.of((DUST + ROW).getBytes(UTF_16LE)).rejections).isNotEmpty();
    TakenRows latin = TakenRows.of((DUST + ROW.replace("SDS011", "Größe")).getBytes(ISO_8859_1));
    assertThat(latin.readings).hasSize(1);
    assertThat(
            TakenRows.of(DUST + ROW.replace("SDS011", "Größe"))
                .readings
                .getFirst()
                .sensor()
                .type()
                .name())
        .isEqualTo("Größe");
  }

  @Test
  void anEmptyFileIsToldAsOne() {
    assertThat(TakenRows.of("").reasons()).containsExactly("truncated@0");
    assertThat(TakenRows.of("\n\r\n").reasons()).containsExactly("truncated@0");
    assertThat(TakenRows.of(DUST).reasons()).isEmpty();
  }

  @Test
  void aHugeLineIsSkippedAndNotHeld() throws IOException {
    long huge = 200_000_000;
    TakenRows taken = new TakenRows();
    ParsedCsv parsed =
        new CsvParser(TakenRows.CLOCK, id -> "")
            .parse(
                "a.csv",
                "sds011",
                Optional.empty(),
                new SequenceInputStream(
                    Collections.enumeration(
                        List.of(bytes(DUST + ROW), new Repeated('x', huge), bytes("\n" + ROW)))),
                taken);
    assertThat(taken.reasons()).containsExactly("too_large@" + (DUST + ROW).length());
    assertThat(taken.rejections.getFirst().excerpt()).hasSize(1_024);
    assertThat(taken.readings).hasSize(2);
    assertThat(parsed).isEqualTo(new ParsedCsv(huge + (DUST + ROW + "\n" + ROW).length(), 3));
  }

  @Test
  void tellsTheSensorsTypeByTheFilesNameWhereTheRowDoesNot() {
    assertThat(
            TakenRows.of(DUST + ROW.replace("SDS011", "")).readings.getFirst().sensor().type().id())
        .isEqualTo(14);
  }

  @Test
  void aSensorMayMoveWithinAFile() {
    TakenRows taken = TakenRows.of(DUST + ROW + ROW.replace("57.130", "57.2") + ROW);
    assertThat(taken.readings)
        .extracting(reading -> reading.location().position().orElseThrow().latitude())
        .containsExactly(57.13, 57.2, 57.13);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One byte, over and over. */
  private static final class Repeated extends InputStream {

    private final char what;
    private long left;

    Repeated(char what, long count) {
      this.what = what;
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? what : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(buffer, offset, offset + count, (byte) what);
      left -= count;
      return count;
    }
  }
}
