package org.airlens.collect.http;

/** The feed could not be had this time; the message says what is wrong and what would mend it. */
final class FeedFailure extends Exception {

  /** What is right to do after a failure. */
  enum Kind {
    /** May be over in a moment: ask again within the same fetch. */
    PASSING,
    /** Asking again at once would fail again. */
    LASTING,
    /** The server refuses this client: leave it alone for a while. */
    REFUSED
  }

  private final Kind kind;

  FeedFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FeedFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static FeedFailure closed() {
    return new FeedFailure(Kind.LASTING, "AirLens is stopping");
  }

  Kind kind() {
    return kind;
  }

  /** What {@link #getMessage} says, never null. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
