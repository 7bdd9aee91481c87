package org.airlens.collect.http;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** What the server had. */
sealed interface Answer {

  /**
   * A document that begins as a feed does.
   *
   * @param json its text, decompressed and bounded; closing it ends the transfer
   */
  record Feed(InputStream json, HttpHeaders headers) implements Answer {}

  /** The version that was acknowledged is still the newest. */
  record NotModified(HttpHeaders headers) implements Answer {}

  /**
   * It is not to be asked for a while, as it said.
   *
   * @param refusal what it answered
   */
  record LeaveAlone(Duration pause, FeedFailure refusal) implements Answer {}
}
