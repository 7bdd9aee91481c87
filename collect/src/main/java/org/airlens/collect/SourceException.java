package org.airlens.collect;

/** A source can't be read now; the message names it, says what is wrong and what would mend it. */
public class SourceException extends Exception {

  /** A failure with its message. */
  public SourceException(String message) {
    super(message);
  }

  /** A failure with its message and cause. */
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
