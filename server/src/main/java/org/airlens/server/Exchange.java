package org.airlens.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.airlens.server.format.Json;
import tools.jackson.core.JsonGenerator;

/** One request and its answer. */
final class Exchange {

  static final String JSON = "application/json";

  private static final int WORTH_GZIP = 1_024;

  private final ServerRequest request;
  private final ServerResponse response;
  private final Query query;

  Exchange(ServerRequest request, ServerResponse response, Query query) {
    this.request = request;
    this.response = response;
    this.query = query;
  }

  ServerRequest request() {
    return request;
  }

  ServerResponse response() {
    return response;
  }

  Query query() {
    return query;
  }

  /** The value of a path parameter that is an id. */
  long pathId(String name) {
    return Query.id(name, request.path().pathParameters().get(name));
  }

  /** The value of a header. */
  Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** Sends JSON. */
  void json(int status, Consumer<JsonGenerator> writer) {
    bytes(status, JSON, jsonBytes(writer));
  }

  /** JSON as bytes. */
  static byte[] jsonBytes(Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    try (JsonGenerator json = Json.generator(out)) {
      writer.accept(json);
    }
    return out.toByteArray();
  }

  /** Sends a body, gzipped where the client takes it and it pays. */
  void bytes(int status, String contentType, byte[] plain) {
    boolean gzip = plain.length >= WORTH_GZIP && takesGzip();
    encoded(status, contentType, gzip ? gzip(plain) : plain, gzip);
  }

  /** Sends a body that is there in both encodings, or 304 when the client has it. */
  void cached(String contentType, String etag, byte[] plain, byte[] gzipped) {
    response.header("ETag", etag);
    if (header("If-None-Match").filter(known -> matches(known, etag)).isPresent()) {
      response.header("Vary", "Accept-Encoding");
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    boolean gzip = takesGzip();
    encoded(200, contentType, gzip ? gzipped : plain, gzip);
  }

  /** A stream of the answer's body, gzipped where the client takes it; flushes go through. */
  OutputStream stream(String contentType) {
    response.header("Content-Type", contentType);
    response.header("Vary", "Accept-Encoding");
    if (!takesGzip()) {
      return response.outputStream();
    }
    response.header("Content-Encoding", "gzip");
    try {
      return new GZIPOutputStream(response.outputStream(), 1 << 13, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 6 + 64);
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void encoded(int status, String contentType, byte[] body, boolean gzip) {
    response.status(Status.create(status));
    response.header("Content-Type", contentType);
    response.header("Vary", "Accept-Encoding");
    if (gzip) {
      response.header("Content-Encoding", "gzip");
    }
    if (request.prologue().method().text().equals("HEAD")) {
      response.header("Content-Length", Integer.toString(body.length));
      response.send();
    } else {
      response.send(body);
    }
  }

  private boolean takesGzip() {
    String accepted = header("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT);
    for (String coding : accepted.split(",", -1)) {
      String[] parts = coding.strip().split(";", -1);
      if (parts[0].strip().equals("gzip")) {
        return parts.length < 2 || !parts[1].strip().matches("q=0(\\.0{1,3})?");
      }
    }
    return false;
  }

  private static boolean matches(String known, String etag) {
    for (String one : known.split(",", -1)) {
      if (one.strip().equals("*") || one.strip().equals(etag)) {
        return true;
      }
    }
    return false;
  }

  /** Speed before size: answers are made while someone waits. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 14);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
