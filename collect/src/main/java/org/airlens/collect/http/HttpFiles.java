package org.airlens.collect.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.airlens.collect.BoundedInputStream;
import org.airlens.collect.GunzipInputStream;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.FeedFailure.Kind;

/**
 * Many files of one server, over a bounded number of connections. Small files arrive whole or are
 * asked for again; large ones stream. Thread-safe: any number of threads ask, and wait for a free
 * connection; any thread closes, which aborts what is under way.
 */
public final class HttpFiles implements AutoCloseable {

  /** So long a server may fail before it is given up. */
  public static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int SMALL = 4 << 20;
  private static final long LARGEST_PAGE = 64 << 20;
  private static final int MOST_PAUSES = 10;
  private static final Requests.Wanted ANYTHING = new Requests.Wanted("*/*", "--archive");

  private final URI root;
  private final String name;
  private final HttpSettings settings;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Retries retries;
  private final Courtesy courtesy;
  private final List<Requests> connections = new ArrayList<>();
  private final BlockingQueue<Requests> idle;

  /**
   * Files below an address.
   *
   * @param url the root's {@code http:} or {@code https:} address
   * @param most how many connections there are at once
   * @param patience so long a server may fail before it is given up
   * @throws IllegalArgumentException when the address is none of these
   */
  public HttpFiles(
      URI url, HttpSettings settings, int most, Duration patience, InstantSource clock) {
    FeedAddress address = FeedAddress.of(url);
    String path = address.url().getRawPath();
    root = path.endsWith("/") ? address.url() : address.url().resolve(path + "/");
    name = SafeUrl.of(root);
    this.settings = settings;
    retries = new Retries(settings.retrying(), closed);
    courtesy = new Courtesy(name, settings.retrying(), patience, clock, closed);
    for (int i = 0; i < most; i++) {
      connections.add(new Requests(address, ANYTHING, settings, clock, Requests.platformTls()));
    }
    idle = new ArrayBlockingQueue<>(most, false, connections);
  }

  /** The root's address without secrets. */
  public String name() {
    return name;
  }

  /** The path of a folder below the root, as it is asked for. */
  public String absolute(String path) {
    return root.getRawPath() + path;
  }

  /**
   * A page's text.
   *
   * @param path below the root
   * @throws SourceException when it can't be had; a {@link ServerUnavailableException} when nothing
   *     can
   */
  public String page(String path) throws SourceException {
    try (InputStream bytes = bytes(path);
        InputStream plain = new BoundedInputStream(GunzipInputStream.ifGzip(bytes), LARGEST_PAGE)) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failure(path, ConnectionFailures.describe(e), e);
    }
  }

  /**
   * A file, if it is another version than the one known.
   *
   * @param path below the root
   * @throws SourceException when it can't be had; a {@link ServerUnavailableException} when nothing
   *     can
   */
  public HttpFile get(String path, Validators known) throws SourceException {
    Requests connection = connection(path);
    boolean handedOver = false;
    try {
      Fetched fetched = ask(connection, root.resolve(path), known);
      if (!(fetched instanceof Fetched.Streaming streaming)) {
        return fetched instanceof Fetched.Whole whole
            ? new HttpFile.Document(
                new ByteArrayInputStream(whole.bytes()), whole.bytes().length, whole.version())
            : new HttpFile.NotModified();
      }
      handedOver = true;
      return new HttpFile.Document(
          new Lent(streaming.bytes(), connection), streaming.size(), streaming.version());
    } catch (FeedFailure e) {
      throw e.kind() == Kind.REFUSED || closed.getCount() == 0
          ? new ServerUnavailableException(
              "can't read %s: %s".formatted(name + path, e.problem()), e)
          : failure(path, e.problem(), e);
    } finally {
      if (!handedOver) {
        idle.add(connection);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    connections.forEach(Requests::close);
  }

  private InputStream bytes(String path) throws SourceException {
    return switch (get(path, Validators.NONE)) {
      case HttpFile.Document document -> document.bytes();
      case HttpFile.NotModified _ -> throw new IllegalStateException("no version was named");
    };
  }

  private Fetched ask(Requests connection, URI url, Validators known) throws FeedFailure {
    for (int pauses = 0; ; pauses++) {
      courtesy.awaitTurn();
      try {
        Fetched fetched = retries.ask(() -> fetch(connection, url, known));
        if (!(fetched instanceof Fetched.Nothing nothing)) {
          courtesy.answered();
          return fetched;
        }
        courtesy.leaveAlone(nothing.pause(), nothing.refusal().problem());
        if (pauses == MOST_PAUSES) {
          throw new FeedFailure(Kind.REFUSED, nothing.refusal().problem());
        }
      } catch (FeedFailure e) {
        if (e.kind() != Kind.PASSING) {
          courtesy.answered();
          throw e;
        }
        courtesy.failed(e);
        if (!courtesy.isFailing()) {
          throw e;
        }
      }
    }
  }

  private Fetched fetch(Requests connection, URI url, Validators known) throws FeedFailure {
    return switch (connection.get(url, known)) {
      case Requests.Reply.Document(InputStream body, HttpHeaders headers) ->
          arriving(connection, body, headers);
      case Requests.Reply.NotModified _ -> new Fetched.Same();
      case Requests.Reply.LeaveAlone(Duration asked, FeedFailure refusal) -> {
        Duration longest = settings.pace().longestRetryAfter();
        yield new Fetched.Nothing(asked.compareTo(longest) > 0 ? longest : asked, refusal);
      }
    };
  }

  private Fetched arriving(Requests connection, InputStream body, HttpHeaders headers)
      throws FeedFailure {
    Validators version = Validators.of(headers);
    try {
      FeedStart.checkEncoding(headers);
      byte[] beginning = body.readNBytes(SMALL);
      if (beginning.length < SMALL) {
        body.close();
        return new Fetched.Whole(beginning, version);
      }
      OptionalLong size = headers.firstValueAsLong("Content-Length");
      return new Fetched.Streaming(
          new BoundedInputStream(
              new SequenceInputStream(new ByteArrayInputStream(beginning), body),
              settings.maxTransferBytes()),
          size.orElse(-1),
          version);
    } catch (IOException e) {
      throw connection.unlessClosed(
          new FeedFailure(Kind.PASSING, "it breaks off: " + ConnectionFailures.describe(e), e));
    }
  }

  private Requests connection(String path) throws SourceException {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(path, "interrupted", e);
    }
  }

  private SourceException failure(String path, String problem, Exception cause) {
    return new SourceException("can't read %s: %s".formatted(name + path, problem), cause);
  }

  /** What came of asking. */
  private sealed interface Fetched {

    @SuppressWarnings("ArrayRecordComponent") // Passed on and never compared.
    record Whole(byte[] bytes, Validators version) implements Fetched {}

    record Streaming(InputStream bytes, long size, Validators version) implements Fetched {}

    record Same() implements Fetched {}

    record Nothing(Duration pause, FeedFailure refusal) implements Fetched {}
  }

  /** A body that occupies its connection until it is closed. */
  private final class Lent extends FilterInputStream {

    private final Requests connection;
    private final AtomicBoolean returned = new AtomicBoolean();

    Lent(InputStream body, Requests connection) {
      super(body);
      this.connection = connection;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        if (!returned.getAndSet(true)) {
          idle.add(connection);
        }
      }
    }
  }
}
