package org.airlens.server;

/** The server could not start; the message says why and what would mend it. */
public final class ServerStartException extends RuntimeException {

  /** A failure with its message. */
  public ServerStartException(String message) {
    super(message);
  }

  /** A failure with its message and cause. */
  public ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
