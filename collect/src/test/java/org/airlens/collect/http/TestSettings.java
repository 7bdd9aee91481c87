package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.HttpSettings.Pace;
import org.airlens.collect.http.HttpSettings.Retrying;
import org.airlens.collect.http.HttpSettings.Timeouts;

/** The defaults, but with pauses of milliseconds where a test really waits for them. */
final class TestSettings {

  static final String USER_AGENT = "AirLens-test/1.0 (+mailto:test@example.org)";
  static final long MAX_BYTES = 1 << 20;

  /** Never runs out on a busy machine. */
  static final Duration AMPLE = Duration.ofSeconds(30);

  private static final Duration SOON = Duration.ofMillis(1);

  private TestSettings() {}

  static HttpSettings usual() {
    return with(new Timeouts(AMPLE, AMPLE, AMPLE, AMPLE), 3);
  }

  static HttpSettings withoutRetries() {
    return with(new Timeouts(AMPLE, AMPLE, AMPLE, AMPLE), 1);
  }

  static HttpSettings with(Timeouts timeouts, int attempts) {
    Retrying usual = Retrying.DEFAULT;
    return new HttpSettings(
        USER_AGENT,
        MAX_BYTES,
        MAX_BYTES,
        timeouts,
        Pace.DEFAULT,
        new Retrying(
            attempts, SOON, AMPLE, usual.failures(), usual.firstProbe(), usual.slowestProbe()));
  }

  /** Reads what the source has, and acknowledges it. */
  static String read(Source source) throws SourceException, IOException {
    try (FeedContent feed = content(source)) {
      String text = new String(feed.body().readAllBytes(), UTF_8);
      feed.acknowledge();
      return text;
    }
  }

  static FeedContent content(Source source) throws SourceException {
    return switch (source.fetch()) {
      case Fetch.Content(FeedContent feed) -> feed;
      case Fetch other -> throw new AssertionError("no content but " + other);
    };
  }
}
