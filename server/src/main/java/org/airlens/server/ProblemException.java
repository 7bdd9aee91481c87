package org.airlens.server;

import java.util.Optional;

/** An answer that is an error, as RFC 9457 has it. */
final class ProblemException extends RuntimeException {

  private final int status;
  private final String title;
  private final Optional<String> parameter;

  private ProblemException(int status, String title, String detail, Optional<String> parameter) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.parameter = parameter;
  }

  /** 400: the client's parameter is wrong. */
  static ProblemException parameter(String name, String detail) {
    return new ProblemException(400, "Invalid parameter", detail, Optional.of(name));
  }

  /** 404: there is no such thing. */
  static ProblemException notFound(String detail) {
    return new ProblemException(404, "Not found", detail, Optional.empty());
  }

  /** Another status. */
  static ProblemException of(int status, String title, String detail) {
    return new ProblemException(status, title, detail, Optional.empty());
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The parameter at fault. */
  Optional<String> parameter() {
    return parameter;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
