package org.airlens.server;

/** The server could not start; the message says why and what would mend it. */
public final class ServerStartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public ServerStartException(String message) {
    super(message);
  }
}
