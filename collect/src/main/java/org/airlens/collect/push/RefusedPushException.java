package org.airlens.collect.push;

/** A station sent what can't be taken. */
public final class RefusedPushException extends Exception {

  private final String parameter;

  /**
   * A refusal.
   *
   * @param parameter the header or the member of the body at fault
   * @param detail what is wrong with it
   */
  public RefusedPushException(String parameter, String detail) {
    super(detail);
    this.parameter = parameter;
  }

  /** The header or the member of the body at fault. */
  public String parameter() {
    return parameter;
  }
}
