package org.airlens.pipeline;

/** A push can't be kept now; it may be sent again. */
public final class PushUnavailableException extends Exception {

  /** A refusal with its reason. */
  public PushUnavailableException(String message) {
    super(message);
  }
}
