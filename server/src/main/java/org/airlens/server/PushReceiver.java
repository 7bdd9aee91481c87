package org.airlens.server;

import java.util.Map;

/** Takes what a station pushes. */
@FunctionalInterface
public interface PushReceiver {

  /**
   * Takes one push; when it returns {@link Outcome.Stored} the readings are durable.
   *
   * @param headers the request's headers, names in lower case
   * @param body the request's body, already bounded
   */
  Outcome receive(Map<String, String> headers, byte[] body);

  /** What became of a push. */
  sealed interface Outcome {

    /**
     * Durable.
     *
     * @param readings how many readings it held
     */
    record Stored(int readings) implements Outcome {}

    /**
     * The station's mistake.
     *
     * @param parameter the header or the member of the body at fault
     * @param detail what is wrong with it
     */
    record Refused(String parameter, String detail) implements Outcome {}

    /**
     * Not now: the same push may be sent again.
     *
     * @param detail why
     */
    record Unavailable(String detail) implements Outcome {}
  }
}
