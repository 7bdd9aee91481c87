package org.airlens.server;

import java.util.ArrayList;
import java.util.List;

/**
 * One route: what the router serves and what OpenAPI tells, from one place.
 *
 * @param method HTTP method
 * @param path with {@code {name}} for path parameters
 * @param summary one line for people
 * @param parameters all that it knows; others are refused
 * @param answers what it may say beside an error
 * @param handler answers
 */
record Route(
    String method,
    String path,
    String summary,
    List<Parameter> parameters,
    List<Answer> answers,
    Handler handler) {

  static Route get(
      String path, String summary, List<Parameter> parameters, Content content, Handler handler) {
    return new Route(
        "GET", path, summary, parameters, List.of(Answer.of(200, summary, content)), handler);
  }

  /** This route, which may also answer so. */
  Route or(Answer answer) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(answer);
    return new Route(method, path, summary, parameters, List.copyOf(all), handler);
  }

  /**
   * What a route may say.
   *
   * @param status HTTP status
   * @param description when it says so
   * @param contents the forms it comes in, none when there is no body
   */
  record Answer(int status, String description, List<Content> contents) {
    static Answer of(int status, String description, Content... contents) {
      return new Answer(status, description, List.of(contents));
    }
  }

  /**
   * A form of an answer.
   *
   * @param type the media type
   * @param schema the name of its schema, as schemas.json has it
   */
  record Content(String type, String schema) {

    /** JSON of a schema. */
    static Content json(String schema) {
      return new Content(Exchange.JSON, schema);
    }

    /** Text, which no schema tells more about. */
    static Content text(String type) {
      return new Content(type, "Text");
    }
  }

  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    /** Sends the answer, or throws {@link ProblemException}. */
    void answer(Exchange exchange);
  }
}
