package org.airlens.pipeline.engine;

/** An engine can't do what it was asked to; the message says why, for people. */
public final class EngineException extends Exception {

  private static final long serialVersionUID = 1;

  /** An exception with a message for people. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An exception with a message for people. */
  public EngineException(String message) {
    super(message);
  }
}
