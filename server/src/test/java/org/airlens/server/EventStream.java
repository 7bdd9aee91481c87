package org.airlens.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client of {@code /api/v1/stream}, as the standard of Server-Sent Events has it. */
final class EventStream implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Opens a stream and waits until it has begun: what is kept from now on is told. */
  static EventStream open(TestNode node, String query, String... headers) {
    EventStream stream = ask(node, query, headers);
    if (stream.response.statusCode() != 200) {
      throw new AssertionError("answered " + stream.response.statusCode());
    }
    if (!stream.line().equals("retry: 3000") || !stream.line().isEmpty()) {
      throw new AssertionError("a stream begins with its retry time");
    }
    return stream;
  }

  /** Asks for a stream. */
  static EventStream ask(TestNode node, String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.uri("/api/v1/stream" + query))
            .header("Accept", "text/event-stream")
            .header("Accept-Encoding", "gzip");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new EventStream(node.send(request.build(), BodyHandlers.ofInputStream()));
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** The next event, comments left out; empty when the stream has ended. */
  Optional<Event> next() {
    String id = "";
    String type = "";
    String data = "";
    while (true) {
      Optional<String> line = maybeLine();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      if (line.get().isEmpty() && !type.isEmpty()) {
        return Optional.of(new Event(id, type, data));
      }
      if (line.get().startsWith("id: ")) {
        id = line.get().substring(4);
      } else if (line.get().startsWith("event: ")) {
        type = line.get().substring(7);
      } else if (line.get().startsWith("data: ")) {
        data = line.get().substring(6);
      }
    }
  }

  /** The next line as it is. */
  String line() {
    return maybeLine().orElseThrow(() -> new AssertionError("the stream has ended"));
  }

  private Optional<String> maybeLine() {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event. */
  record Event(String id, String type, String data) {}
}
