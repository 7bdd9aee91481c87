package org.airlens.collect.http;

import org.airlens.collect.SourceException;

/** A server can't be asked for anything more now; the message names it and says why. */
public final class ServerUnavailableException extends SourceException {

  private static final long serialVersionUID = 1;

  /** A failure with its message and cause. */
  public ServerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
