package org.airlens.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.airlens.collect.http.FeedFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Makes single requests to a server, following redirects, and judges the status. One thread asks;
 * any thread closes.
 */
final class Requests implements AutoCloseable {

  /** How long closing waits for the client's threads: they end at once, or hang in a look-up. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final FeedAddress address;
  private final Wanted wanted;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final AtomicReference<@Nullable ArrivingBody> underWay = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Requests to a server.
   *
   * @param address where its user and password come from
   */
  Requests(
      FeedAddress address,
      Wanted wanted,
      HttpSettings settings,
      InstantSource clock,
      SSLContext tls) {
    this.address = address;
    this.wanted = wanted;
    this.settings = settings;
    this.clock = clock;
    http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeouts().connect())
            .followRedirects(HttpClient.Redirect.NEVER) // Done here, so as never to leave TLS.
            .sslContext(tls)
            .executor(threads)
            .build();
  }

  /** The certificates that this platform trusts. */
  static SSLContext platformTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS: " + e.getMessage(), e);
    }
  }

  /**
   * Asks once.
   *
   * @param known the version that need not be sent again
   */
  Reply get(URI url, Validators known) throws FeedFailure {
    URI target = url;
    for (int hop = 0; hop <= Redirects.MOST; hop++) {
      HttpResponse<ArrivingBody> response = send(target, known);
      int status = response.statusCode();
      if (status == 200) {
        return new Reply.Document(response.body(), response.headers());
      }
      response.body().close();
      if (!Redirects.isRedirect(status)) {
        return withoutDocument(status, response.headers(), known);
      }
      target = Redirects.target(target, response, wanted.flag());
    }
    throw Redirects.tooMany(target, wanted.flag());
  }

  /** A failure that came while a document was read; another one when this was closed meanwhile. */
  FeedFailure unlessClosed(FeedFailure failure) {
    return closed ? FeedFailure.closed() : failure;
  }

  /** Aborts the request and the transfer under way. */
  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
    ArrivingBody body = underWay.get();
    if (body != null) {
      body.abort();
    }
    threads.shutdownNow();
    try {
      http.awaitTermination(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<ArrivingBody> send(URI target, Validators known) throws FeedFailure {
    try {
      HttpResponse<ArrivingBody> response =
          http.send(request(target, known), head -> new ArrivingBody(settings.timeouts()));
      underWay.set(response.body());
      if (closed) {
        response.body().abort();
        throw FeedFailure.closed();
      }
      return response;
    } catch (IOException e) {
      throw unlessClosed(
          ConnectionFailures.of(e, SafeUrl.hostAndPort(target), settings.timeouts()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedFailure(Kind.LASTING, "interrupted", e);
    }
  }

  private HttpRequest request(URI target, Validators known) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            // The upgrade from HTTP/1.1 without TLS is deprecated (RFC 9113), and irritates
            // servers.
            .version(
                FeedAddress.isEncrypted(target)
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .timeout(settings.timeouts().response())
            .header("User-Agent", settings.userAgent())
            .header("Accept", wanted.accept())
            .header("Accept-Encoding", "gzip");
    address.authorizationFor(target).ifPresent(it -> request.header("Authorization", it));
    known.addTo(request);
    return request.build();
  }

  private Reply withoutDocument(int status, HttpHeaders headers, Validators known)
      throws FeedFailure {
    if (status == 304 && !known.isEmpty()) {
      return new Reply.NotModified(headers);
    }
    FeedFailure refusal = Refusals.of(status, wanted.flag());
    Optional<Duration> pause =
        status >= 400 ? HttpTimes.retryAfter(headers, clock.instant()) : Optional.empty();
    if (pause.isEmpty()) {
      throw refusal;
    }
    return new Reply.LeaveAlone(pause.get(), refusal);
  }

  /**
   * What is asked for.
   *
   * @param accept the header that says so
   * @param flag the flag that names the address, for those who must mend it
   */
  record Wanted(String accept, String flag) {}

  /** What the server answered. */
  sealed interface Reply {

    /**
     * A document, of whatever kind.
     *
     * @param body as it arrives; closing it ends the transfer
     */
    record Document(InputStream body, HttpHeaders headers) implements Reply {}

    /** The version that is known is still the newest. */
    record NotModified(HttpHeaders headers) implements Reply {}

    /**
     * It is not to be asked for a while, as it said.
     *
     * @param refusal what it answered
     */
    record LeaveAlone(Duration pause, FeedFailure refusal) implements Reply {}
  }
}
