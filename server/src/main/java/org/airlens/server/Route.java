package org.airlens.server;

import java.util.List;

/**
 * One route: what the router serves and what OpenAPI tells, from one place.
 *
 * @param method HTTP method
 * @param path with {@code {name}} for path parameters
 * @param summary one line for people
 * @param parameters all that it knows; others are refused
 * @param status of success
 * @param contentTypes what success may hold
 * @param handler answers
 */
record Route(
    String method,
    String path,
    String summary,
    List<Parameter> parameters,
    int status,
    List<String> contentTypes,
    Handler handler) {

  static Route get(
      String path,
      String summary,
      List<Parameter> parameters,
      String contentType,
      Handler handler) {
    return new Route("GET", path, summary, parameters, 200, List.of(contentType), handler);
  }

  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    /** Sends the answer, or throws {@link ProblemException}. */
    void answer(Exchange exchange);
  }
}
