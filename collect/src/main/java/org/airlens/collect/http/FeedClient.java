package org.airlens.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.airlens.collect.http.FeedFailure.Kind;

/** Asks for the feed and looks at its beginning. One thread asks; any thread closes. */
final class FeedClient implements AutoCloseable {

  private static final Requests.Wanted JSON = new Requests.Wanted("application/json", "--source");

  private final FeedAddress address;
  private final HttpSettings settings;
  private final Requests requests;

  FeedClient(FeedAddress address, HttpSettings settings, InstantSource clock, SSLContext tls) {
    this.address = address;
    this.settings = settings;
    requests = new Requests(address, JSON, settings, clock, tls);
  }

  /**
   * Asks once, following redirects.
   *
   * @param known the version that need not be sent again
   */
  Answer ask(Validators known) throws FeedFailure {
    return switch (requests.get(address.url(), known)) {
      case Requests.Reply.Document(InputStream body, HttpHeaders headers) -> feed(body, headers);
      case Requests.Reply.NotModified(HttpHeaders headers) -> new Answer.NotModified(headers);
      case Requests.Reply.LeaveAlone(var pause, FeedFailure refusal) ->
          new Answer.LeaveAlone(pause, refusal);
    };
  }

  /** Aborts the request and the transfer under way. */
  @Override
  public void close() {
    requests.close();
  }

  private Answer feed(InputStream body, HttpHeaders headers) throws FeedFailure {
    try {
      return new Answer.Feed(FeedStart.json(body, headers, settings), headers);
    } catch (FeedFailure e) {
      throw given(body, e);
    } catch (IOException e) {
      throw given(
          body,
          new FeedFailure(
              Kind.PASSING,
              "it breaks off at its beginning: " + ConnectionFailures.describe(e),
              e));
    }
  }

  private FeedFailure given(InputStream body, FeedFailure failure) {
    try {
      body.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return requests.unlessClosed(failure);
  }
}
