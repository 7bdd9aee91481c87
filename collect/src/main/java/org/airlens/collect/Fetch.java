package org.airlens.collect;

import java.time.Duration;

/** What a source had when asked. */
public sealed interface Fetch {

  /** Nothing new since the last acknowledged content. */
  record Unchanged() implements Fetch {}

  /**
   * The source is not to be asked for a while, as it said ({@code Retry-After}, cache life time) or
   * because it failed too often.
   *
   * @param pause how long to leave it alone
   * @param reason why, in a few words
   */
  record Wait(Duration pause, String reason) implements Fetch {}

  /** The source has given all it has and will never give more. */
  record Finished() implements Fetch {}

  /** Something to read; the caller closes it. */
  record Content(FeedContent feed) implements Fetch {}
}
