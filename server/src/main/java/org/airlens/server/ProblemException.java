package org.airlens.server;

import java.util.Optional;

/** An answer that is an error, as RFC 9457 has it. */
final class ProblemException extends RuntimeException {

  private final int status;
  private final Optional<String> parameter;
  private final boolean last;

  private ProblemException(int status, String detail, Optional<String> parameter, boolean last) {
    super(detail, null, false, false);
    this.status = status;
    this.parameter = parameter;
    this.last = last;
  }

  /** 400: the client's parameter is wrong. */
  static ProblemException parameter(String name, String detail) {
    return new ProblemException(400, detail, Optional.of(name), false);
  }

  /** 404: there is no such thing. */
  static ProblemException notFound(String detail) {
    return new ProblemException(404, detail, Optional.empty(), false);
  }

  /** Another status. */
  static ProblemException of(int status, String detail) {
    return new ProblemException(status, detail, Optional.empty(), false);
  }

  /** 400: the body came broken, and what follows on the connection can't be understood. */
  static ProblemException brokenBody() {
    return new ProblemException(
        400, "the body could not be read to its end", Optional.empty(), true);
  }

  int status() {
    return status;
  }

  /** The parameter at fault. */
  Optional<String> parameter() {
    return parameter;
  }

  /** Whether the connection must be closed after this. */
  boolean isLast() {
    return last;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
