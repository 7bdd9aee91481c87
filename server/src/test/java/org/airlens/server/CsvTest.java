package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.Test;

/** {@code /api/v1/readings?format=csv}: RFC 4180, and safe to open in a spreadsheet. */
class CsvTest {

  private static final String COLUMNS =
      "timestamp,sensor_id,location_id,latitude,longitude,altitude,country,indoor,sensor_type_id,"
          + "sensor_type_name,sensor_type_manufacturer,sensor_pin,aqi";

  @Test
  void theTableHasItsColumnsThenTheCataloguesMeasuresThenOthers() {
    try (TestNode node =
        TestNode.serving(
            TestReadings.dust(1, TestReadings.NOON, 30, 39.25).withAqi(OptionalInt.of(4)),
            reading(2, new SensorType(0, "home-made", ""), MeasureValues.of("ozone_ppb", 31)))) {
      HttpResponse<String> answer = node.get("/api/v1/readings?format=csv&sort=sensor_id");
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"airlens-readings.csv\"");
      String[] lines = answer.body().split("\r\n", -1);
      assertThat(lines).hasSize(4);
      assertThat(lines[0]).startsWith(COLUMNS + ",P1,P2,P0,").endsWith(",co2_ppm,ozone_ppb");
      assertThat(lines[1])
          .startsWith(
              "2018-12-20T12:00:00Z,1,1001,57.149,-2.094,20.5,GB,false,14,SDS011,Nova Fitness,1,4,"
                  + "30,39.25,,");
      assertThat(lines[2]).startsWith("2018-12-20T12:00:00Z,2,7,,,,,,0,home-made,,,,");
      assertThat(lines[2]).endsWith(",31");
      assertThat(lines[3]).isEmpty();
      int cells = lines[0].split(",", -1).length;
      assertThat(lines[1].split(",", -1)).hasSize(cells);
      assertThat(lines[2].split(",", -1)).hasSize(cells);
    }
  }

  @Test
  void cellsAreQuotedWhereTheyMustBeAndNoSpreadsheetTakesThemForFormulas() {
    List<String> names =
        List.of(
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-2",
            "@SUM(A1)",
            "a,b",
            "say \"hi\"",
            "plain",
            "＝1+1");
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      readings.add(reading(i + 1L, new SensorType(0, names.get(i), ""), MeasureValues.of("P1", 1)));
    }
    try (TestNode node = TestNode.setup().readings(readings).start()) {
      List<String> typeCells =
          node.get("/api/v1/readings?format=csv&sort=sensor_id&measure=P1")
              .body()
              .lines()
              .skip(1)
              .map(line -> line.substring(line.indexOf(",,0,") + 4, line.indexOf(",,,,1,")))
              .toList();
      assertThat(typeCells)
          .containsExactly(
              "\"'=HYPERLINK(\"\"http://x\"\")\"",
              "'+1",
              "'-2",
              "'@SUM(A1)",
              "\"a,b\"",
              "\"say \"\"hi\"\"\"",
              "plain",
              "'＝1+1");
    }
  }

  @Test
  void csvTakesFiltersOrderAndALimitOfAnySize() {
    try (TestNode node = TestNode.setup().readings(Network.hours30()).start()) {
      List<String> lines =
          node.get(
                  "/api/v1/readings?format=csv&sensor_id=3&sort=timestamp&limit=20000&from=2018-12-01")
              .body()
              .lines()
              .toList();
      assertThat(lines).hasSize(181);
      assertThat(lines.get(1)).startsWith("2018-12-19T06:10:00Z,3,");
      assertThat(lines.getLast()).startsWith("2018-12-20T12:00:00Z,3,");
      assertThat(node.get("/api/v1/readings?format=csv&limit=5").body().lines()).hasSize(6);
      assertThat(node.get("/api/v1/readings?format=csv").body().lines()).hasSize(1 + 144 * 4);
    }
  }

  private static Reading reading(long sensorId, SensorType type, MeasureValues values) {
    return new Reading(
        new Sensor(sensorId, "", type),
        new Location(7, Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty()),
        TestReadings.NOON,
        values,
        OptionalInt.empty());
  }
}
