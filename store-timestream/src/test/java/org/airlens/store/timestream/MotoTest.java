package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.store.Store;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * The write path against moto's server, which others wrote: it takes the requests as AWS's SDKs
 * form them, keeps the records, and can't query. Skipped where {@code moto_server} is neither on
 * the path nor named by the environment variable {@code MOTO_SERVER}.
 */
class MotoTest {

  private static final int READINGS = 1_250;

  @Test
  void takesWhatTheStoreWrites() throws Exception {
    Optional<Path> program = program();
    assumeTrue(
        program.isPresent(),
        "no moto_server: pip install 'moto[server]', then set MOTO_SERVER to its path");
    int port = freePort();
    Process moto =
        new ProcessBuilder(
                program.get().toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + port);
      await(uri, moto);
      TimestreamAddress address =
          TimestreamAddress.parse(
              "timestream://eu-central-1/airlens/readings?create=true&magnetic=3650d&endpoint="
                  + uri);

      try (Store store =
          TimestreamStore.open(
              address, Service.connect(address, FakePlace.CREDENTIALS), Clock.systemUTC())) {
        store
            .writer()
            .write(
                LongStream.rangeClosed(1, READINGS).mapToObj(id -> dust(id, NOON, 1, 1)).toList());
        assertThat(store.readings().latest()).hasSize(READINGS);
        assertThat(store.status().problem()).isEmpty();
      }

      try (TimestreamWriteClient client =
          TimestreamWriteClient.builder()
              .endpointOverride(uri)
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(FakePlace.CREDENTIALS)
              .build()) {
        var table =
            client.describeTable(one -> one.databaseName("airlens").tableName("readings")).table();
        assertThat(table.retentionProperties().magneticStoreRetentionPeriodInDays())
            .isEqualTo(3_650);
        assertThat(table.magneticStoreWriteProperties().enableMagneticStoreWrites()).isTrue();
        assertThat(table.schema().compositePartitionKey().getFirst().name()).isEqualTo("sensor_id");
      }
      String kept = get(uri.resolve("/moto-api/data.json"));
      // Each record carries its sensor among its own dimensions.
      assertThat(kept.split("sensor_id", -1).length - 1).isGreaterThanOrEqualTo(READINGS);
      assertThat(kept).contains("MeasureValues", "reported");
    } finally {
      moto.destroy();
      moto.waitFor();
    }
  }

  private static Optional<Path> program() {
    String named = System.getenv("MOTO_SERVER");
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "moto_server"));
    return Stream.concat(named == null ? Stream.empty() : Stream.of(Path.of(named)), onPath)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Until it answers, or has ended. */
  private static void await(URI uri, Process moto) throws Exception {
    while (moto.isAlive()) {
      try {
        get(uri.resolve("/moto-api/data.json"));
        return;
      } catch (ConnectException e) {
        moto.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException("moto_server ended with " + moto.exitValue());
  }

  private static String get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
