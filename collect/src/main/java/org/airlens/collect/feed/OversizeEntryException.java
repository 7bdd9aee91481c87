package org.airlens.collect.feed;

/** An entry has more tokens than any honest one. */
final class OversizeEntryException extends RuntimeException {

  OversizeEntryException() {
    super("too many tokens in one entry", null, false, false);
  }
}
