package org.airlens.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.embedded.EmbeddedStore;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole server on a free port of this machine, on an embedded store of its own, or beside another
 * on the store of that one, where a test is not about the store: opening one takes its time.
 */
final class TestNode implements AutoCloseable {

  static final String VERSION = "0.0.0-test";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Optional<Path> folder;
  private final Store store;
  private final LatestView view = new LatestView();
  private final LiveReadings live = new LiveReadings(1_000);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AirLensServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestNode(Setup setup) {
    if (setup.neighbour.isPresent()) {
      folder = Optional.empty();
      store = setup.neighbour.get().store;
    } else {
      Path own = newFolder();
      folder = Optional.of(own);
      store = EmbeddedStore.open(own.resolve("store"), Durability.PROCESS, OptionalInt.empty());
    }
    keep(setup.readings);
    server =
        AirLensServer.start(
            new ServerSettings("127.0.0.1", 0, VERSION, setup.limits, setup.analyses),
            setup.around.apply(store),
            view,
            live,
            setup.ingest,
            setup.push,
            metrics);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("airlens-server-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node that only serves these readings. */
  static TestNode serving(Reading... readings) {
    return setup().readings(List.of(readings)).start();
  }

  /** A node that only serves, unless told otherwise. */
  static Setup setup() {
    return new Setup();
  }

  /** Stores readings as the pipeline does: durable, then shown, then told. */
  void keep(List<Reading> readings) {
    if (!readings.isEmpty()) {
      if (folder.isPresent()) {
        store.writer().write(readings);
      }
      view.apply(readings);
      live.publish(readings);
    }
  }

  AirLensServer server() {
    return server;
  }

  /** Tells listeners of readings that are not kept. */
  void tell(List<Reading> readings) {
    live.publish(readings);
  }

  Store store() {
    return store;
  }

  PrometheusMeterRegistry metrics() {
    return metrics;
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Answers to {@code GET}; headers are names and values by turns. */
  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /** Answers to a request without a body. */
  HttpResponse<String> send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build(), BodyHandlers.ofString());
  }

  /** The JSON that is answered with 200. */
  JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " → " + response.statusCode() + " " + response.body());
    }
    return parse(response.body());
  }

  static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    if (folder.isEmpty()) {
      return;
    }
    store.close();
    try (Stream<Path> files = Files.walk(folder.get())) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a node shall be. */
  static final class Setup {

    private ServerLimits limits = ServerLimits.DEFAULT;
    private Optional<Supplier<IngestStatus>> ingest = Optional.empty();
    private Optional<PushReceiver> push = Optional.empty();
    private UnaryOperator<Store> around = UnaryOperator.identity();
    private List<Reading> readings = List.of();
    private Optional<TestNode> neighbour = Optional.empty();
    private Path analyses = Path.of("target/no-analyses");

    Setup limits(ServerLimits newLimits) {
      limits = newLimits;
      return this;
    }

    Setup ingest(Supplier<IngestStatus> status) {
      ingest = Optional.of(status);
      return this;
    }

    Setup push(PushReceiver receiver) {
      push = Optional.of(receiver);
      return this;
    }

    /** Puts something around the store that the server sees. */
    Setup around(UnaryOperator<Store> wrapper) {
      around = wrapper;
      return this;
    }

    Setup readings(List<Reading> kept) {
      readings = kept;
      return this;
    }

    /** Serves the tables of this folder. */
    Setup analyses(Path folder) {
      analyses = folder;
      return this;
    }

    /** On the other's store, which this one's readings do not reach. */
    Setup beside(TestNode other) {
      neighbour = Optional.of(other);
      return this;
    }

    TestNode start() {
      return new TestNode(this);
    }
  }
}
