package org.airlens.collect;

import java.time.Duration;

/** What a source had when asked. */
public sealed interface Fetch {

  /** Nothing new since the last acknowledged content. */
  record Unchanged() implements Fetch {}

  /**
   * The last acknowledged content is still the newest there can be: nobody is asked.
   *
   * @param left how long it holds
   */
  record Fresh(Duration left) implements Fetch {}

  /**
   * The source is not to be asked for a while, because it refused ({@code Retry-After}) or failed
   * too often.
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
