package org.airlens.store;

/** The store could not do what was asked; the message says what, where and what would mend it. */
public class StoreException extends RuntimeException {

  /** A failure with its message. */
  public StoreException(String message) {
    super(message);
  }

  /** A failure with its message and cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
