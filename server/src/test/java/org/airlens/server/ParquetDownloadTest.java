package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.model.TestReadings;
import org.airlens.server.format.DuckDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/readings?format=parquet}. */
class ParquetDownloadTest {

  private static final int SENSORS = 25_000;
  private static final int CYCLES = 12;
  private static final String ALL =
      "/api/v1/readings?format=parquet&sort=timestamp&from=2018-12-01&to=2018-12-21";

  /** How many readings the store still gives before it fails. */
  private static final AtomicLong GOOD = new AtomicLong(Long.MAX_VALUE);

  private static final long WATCHED = 999_999;

  private static final FailingStore.Listings LISTINGS = new FailingStore.Listings(WATCHED);

  private static TestNode node;

  @TempDir Path folder;

  private int downloads;

  @BeforeAll
  static void start() {
    node =
        TestNode.setup()
            .readings(Network.hours30())
            .around(store -> new FailingStore(store, ParquetDownloadTest::problem, LISTINGS))
            .start();
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      node.keep(Network.sensors(SENSORS, TestReadings.NOON.plusSeconds(150L * cycle)));
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void itIsAFileOfAllRowsInTheQuestionsOrder() throws Exception {
    HttpResponse<Path> answer = download(ALL, "Accept-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.apache.parquet");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"airlens-readings.parquet\"");
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(duckDb.rows("SELECT count(*) FROM read_parquet(%s)", answer.body()))
          .containsExactly(List.of(720L + (long) SENSORS * CYCLES));
      assertThat(
              duckDb.rows(
                  "SELECT count(*) FROM (SELECT (timestamp, sensor_id) AS this,"
                      + " lag((timestamp, sensor_id)) OVER (ORDER BY file_row_number) AS former"
                      + " FROM read_parquet(%s, file_row_number = true)) WHERE this <= former",
                  answer.body()))
          .containsExactly(List.of(0L));
      assertThat(
              duckDb.rows(
                  "SELECT sensor_id, country, sensor_type_name, aqi, P1, temperature"
                      + " FROM read_parquet(%s) WHERE timestamp = '2018-12-20T12:00:00Z'"
                      + " AND sensor_id = 3",
                  answer.body()))
          .hasSize(1)
          .first()
          .asString()
          .isEqualTo("[3, DE, SDS011, 4, 30.0, null]");
    }
  }

  @Test
  void itTakesFiltersOrderAndALimitOfAnySize() throws Exception {
    try (DuckDb duckDb = new DuckDb()) {
      Path few = download(ALL + "&sensor_id=3&limit=20000").body();
      assertThat(duckDb.rows("SELECT count(*), min(sensor_id) FROM read_parquet(%s)", few))
          .containsExactly(List.of(180L + CYCLES, 3L));
      assertThat(duckDb.description(few))
          .containsEntry("airlens.unit.P2", "ug/m3")
          .containsEntry(
              "airlens.query",
              "{\"sensor_ids\":[\"3\"],\"from\":[\"2018-12-01T00:00:00Z\"],"
                  + "\"to\":[\"2018-12-21T00:00:00Z\"],\"sort\":\"timestamp\",\"limit\":20000}");
      Path none = download(ALL + "&country=ZZ").body();
      assertThat(duckDb.rows("SELECT count(*) FROM read_parquet(%s)", none))
          .containsExactly(List.of(0L));
    }
  }

  @Test
  void noMoreIsReadForAClientThatHasLeft() throws InterruptedException {
    try (RawClient client = new RawClient(node)) {
      client.ask(ALL + "&limit=" + WATCHED).hearUntil("PAR1");
    }
    LISTINGS.closed.acquire();
    assertThat(LISTINGS.taken.get()).isBetween(1L, (long) SENSORS * CYCLES - 1);
  }

  @Test
  void oneThatFailsMidwayIsNoFile() throws IOException, SQLException {
    GOOD.set(200_000); // The first groups are sent by then.
    HttpRequest request = HttpRequest.newBuilder(node.uri(ALL)).build();
    HttpResponse<InputStream> answer = node.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    Path broken = folder.resolve("broken.parquet");
    try (InputStream body = answer.body()) {
      assertThatThrownBy(() -> Files.copy(body, broken, StandardCopyOption.REPLACE_EXISTING))
          .isInstanceOf(IOException.class);
    } finally {
      GOOD.set(Long.MAX_VALUE);
    }
    try (DuckDb duckDb = new DuckDb()) {
      assertThatThrownBy(() -> duckDb.rows("SELECT count(*) FROM read_parquet(%s)", broken))
          .isInstanceOf(SQLException.class);
    }
    assertThat(node.get("/livez").statusCode()).isEqualTo(200);
  }

  private static Optional<String> problem() {
    return GOOD.getAndDecrement() > 0 ? Optional.empty() : Optional.of("the disk broke");
  }

  private HttpResponse<Path> download(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    downloads++;
    return node.send(
        request.build(), BodyHandlers.ofFile(folder.resolve("down" + downloads + ".parquet")));
  }
}
