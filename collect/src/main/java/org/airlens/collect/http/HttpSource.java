package org.airlens.collect.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.FeedFailure.Kind;
import org.airlens.collect.http.HttpSettings.Pace;

/**
 * A live feed over HTTP. It is asked no more often than it is regenerated, and only for what was
 * not acknowledged yet; a fetch that fails in passing asks a few times more; a server that fails
 * for long is asked ever less often. Bodies stream. One thread fetches; any thread may close, which
 * aborts what is under way.
 */
public final class HttpSource implements Source {

  private final String name;
  private final Pace pace;
  private final InstantSource clock;
  private final FeedClient client;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Retries retries;
  private final Outage outage;
  private final NextRequest next = new NextRequest();
  private Validators acknowledged = Validators.NONE;

  /**
   * A source that asks a server.
   *
   * @param url an {@code http:} or {@code https:} address; user and password in it are sent to its
   *     server only, and shown nowhere
   * @throws IllegalArgumentException when the address is none of these
   */
  public HttpSource(URI url, HttpSettings settings, InstantSource clock) {
    this(url, settings, clock, Requests.platformTls());
  }

  /** A source that trusts other certificates than the platform's. */
  HttpSource(URI url, HttpSettings settings, InstantSource clock, SSLContext tls) {
    this.clock = clock;
    pace = settings.pace();
    FeedAddress address = FeedAddress.of(url);
    name = SafeUrl.of(address.url());
    client = new FeedClient(address, settings, clock, tls);
    retries = new Retries(settings.retrying(), closed);
    outage = new Outage(settings.retrying(), clock);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Fetch fetch() throws SourceException {
    Optional<Fetch> instead = next.instead(clock.instant());
    if (instead.isPresent()) {
      return instead.get();
    }
    if (!outage.permits()) {
      return new Fetch.Wait(outage.pause(), outage.reason());
    }
    try {
      return taken(retries.ask(() -> client.ask(acknowledged)));
    } catch (FeedFailure e) {
      outage.failed(e);
      if (e.kind() == Kind.REFUSED) {
        next.leaveAlone(clock.instant(), pace.refused(), e.problem());
      }
      throw new SourceException("can't read %s: %s".formatted(name, e.problem()), e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    client.close();
  }

  private Fetch taken(Answer answer) {
    Instant now = clock.instant();
    return switch (answer) {
      case Answer.Feed feed -> {
        next.leaveAlone(now, pace.shortest(), "asked a moment ago");
        yield new Fetch.Content(new LiveFeed(name, feed.json(), outcome(feed.headers(), now)));
      }
      case Answer.NotModified(HttpHeaders headers) -> {
        outage.answered();
        leaveAloneWhileFresh(headers, now);
        yield new Fetch.Unchanged();
      }
      case Answer.LeaveAlone(Duration asked, FeedFailure refusal) -> {
        outage.failed(refusal);
        Duration pause = shorter(longer(asked, pace.shortest()), pace.longestRetryAfter());
        next.leaveAlone(now, pause, refusal.problem());
        yield new Fetch.Wait(pause, refusal.problem());
      }
    };
  }

  private LiveFeed.Outcome outcome(HttpHeaders headers, Instant answered) {
    return new LiveFeed.Outcome() {
      @Override
      public void acknowledged() {
        acknowledged = Validators.of(headers);
        outage.answered();
        leaveAloneWhileFresh(headers, answered);
      }

      @Override
      public void brokeOff(FeedFailure failure) {
        outage.failed(failure);
      }
    };
  }

  private void leaveAloneWhileFresh(HttpHeaders headers, Instant answered) {
    Duration life = HttpTimes.cacheLife(headers, answered).orElse(Duration.ZERO);
    Duration pause = longer(shorter(life, pace.longestCache()), pace.shortest());
    next.isFresh(answered, pause);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
