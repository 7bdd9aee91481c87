package org.airlens.collect.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.airlens.collect.http.FeedFailure.Kind;
import org.jspecify.annotations.Nullable;

/** Makes one request for the feed and judges the answer. One thread asks; any thread closes. */
final class FeedClient implements AutoCloseable {

  /** How long closing waits for the client's threads: they end at once, or hang in a look-up. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final FeedAddress address;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final AtomicReference<@Nullable ArrivingBody> underWay = new AtomicReference<>();
  private volatile boolean closed;

  FeedClient(FeedAddress address, HttpSettings settings, InstantSource clock, SSLContext tls) {
    this.address = address;
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

  /**
   * Asks once, following redirects.
   *
   * @param known the version that need not be sent again
   */
  Answer ask(Validators known) throws FeedFailure {
    URI target = address.url();
    for (int hop = 0; hop <= Redirects.MOST; hop++) {
      HttpResponse<ArrivingBody> response = send(target, known);
      int status = response.statusCode();
      if (status == 200) {
        return feed(response);
      }
      response.body().close();
      if (!Redirects.isRedirect(status)) {
        return withoutFeed(status, response.headers(), known);
      }
      target = Redirects.target(target, response);
    }
    throw Redirects.tooMany(target);
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
      throw failure(e, target);
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
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip");
    address.authorizationFor(target).ifPresent(it -> request.header("Authorization", it));
    known.addTo(request);
    return request.build();
  }

  private Answer feed(HttpResponse<ArrivingBody> response) throws FeedFailure {
    ArrivingBody body = response.body();
    try {
      return new Answer.Feed(
          FeedStart.json(body, response.headers(), settings), response.headers());
    } catch (FeedFailure e) {
      body.close();
      throw closed ? FeedFailure.closed() : e;
    } catch (IOException e) {
      body.close();
      throw closed
          ? FeedFailure.closed()
          : new FeedFailure(
              Kind.PASSING, "it breaks off at its beginning: " + ConnectionFailures.describe(e), e);
    }
  }

  private Answer withoutFeed(int status, HttpHeaders headers, Validators known) throws FeedFailure {
    if (status == 304 && !known.isEmpty()) {
      return new Answer.NotModified(headers);
    }
    FeedFailure refusal = Refusals.of(status);
    Optional<Duration> pause =
        status >= 400 ? HttpTimes.retryAfter(headers, clock.instant()) : Optional.empty();
    if (pause.isEmpty()) {
      throw refusal;
    }
    return new Answer.LeaveAlone(pause.get(), refusal);
  }

  private FeedFailure failure(IOException failure, URI target) {
    return closed
        ? FeedFailure.closed()
        : ConnectionFailures.of(failure, SafeUrl.hostAndPort(target), settings.timeouts());
  }
}
