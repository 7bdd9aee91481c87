package org.airlens.app.config;

/**
 * A setting is wrong; the message names it, its value, where it came from and what would mend it.
 */
public final class SettingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A failure with its message. */
  public SettingException(String message) {
    super(message);
  }
}
