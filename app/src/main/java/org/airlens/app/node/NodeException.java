package org.airlens.app.node;

/** The process can't do its work; the message says why and what would mend it. */
public final class NodeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public NodeException(String message) {
    super(message);
  }
}
