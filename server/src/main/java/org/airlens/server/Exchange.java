package org.airlens.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
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
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.airlens.server.format.Json;
import tools.jackson.core.JsonGenerator;

/** One request and its answer. */
final class Exchange {

  static final String JSON = "application/json";

  private static final int WORTH_GZIP = 1_024;
  private static final int SLICE = 64 * 1024;

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

  /**
   * Tells the tag of what is about to be sent, and sends 304 when the client has that.
   *
   * @param etag weak, for it stands for all encodings
   * @return whether all is sent
   */
  boolean isKnown(String etag) {
    response.header("ETag", etag);
    if (header("If-None-Match").filter(known -> matches(known, etag)).isEmpty()) {
      return false;
    }
    response.header("Vary", "Accept-Encoding");
    response.status(Status.NOT_MODIFIED_304);
    StallWatch.sending(0, response::send);
    return true;
  }

  /**
   * Sends a body that is there in both encodings, or 304 when the client has it.
   *
   * @param etag weak, for it stands for both encodings
   */
  void cached(String contentType, String etag, Segments plain, Segments gzipped) {
    if (isKnown(etag)) {
      return;
    }
    boolean gzip = takesGzip();
    Segments body = gzip ? gzipped : plain;
    begin(200, contentType, gzip);
    response.header("Content-Length", Integer.toString(body.size()));
    if (isHead()) {
      StallWatch.sending(0, response::send);
    } else {
      pieces(body::writeTo);
    }
  }

  /**
   * Sends a body that is there in the coding that the client takes, or 304 when the client has it.
   *
   * @param etag weak, for it stands for all codings
   * @param coding how it is encoded, empty when it is plain
   */
  void encoded(
      String contentType, String etag, Optional<String> coding, Supplier<byte[]> contents) {
    if (isKnown(etag)) {
      return;
    }
    response.header("Vary", "Accept-Encoding");
    response.status(Status.OK_200);
    response.header("Content-Type", contentType);
    coding.ifPresent(name -> response.header("Content-Encoding", name));
    body(contents.get());
  }

  /**
   * Streams a body; flushes go through. A client that only asks for the headers gets these.
   *
   * @param mayGzip whether to gzip it where the client takes that: it costs a quarter of a megabyte
   *     for as long as the stream is open
   */
  void stream(String contentType, boolean mayGzip, BodyWriter writer) {
    boolean gzip = mayGzip && takesGzip();
    begin(200, contentType, gzip);
    if (isHead()) {
      StallWatch.sending(0, response::send);
      return;
    }
    try (OutputStream out = StallWatch.over(response.outputStream());
        OutputStream encoded = gzip ? new GZIPOutputStream(out, 1 << 13, true) : out) {
      writer.write(encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a body that is not known before. */
  @FunctionalInterface
  interface BodyWriter {
    /** Writes all of it; the stream is closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  static Segments gzip(Segments plain) {
    Segments out = new Segments();
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      plain.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 6 + 64);
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private boolean isHead() {
    return request.prologue().method().equals(Method.HEAD);
  }

  private void begin(int status, String contentType, boolean gzip) {
    response.status(Status.create(status));
    response.header("Content-Type", contentType);
    response.header("Vary", "Accept-Encoding");
    if (gzip) {
      response.header("Content-Encoding", "gzip");
    }
  }

  private void encoded(int status, String contentType, byte[] body, boolean gzip) {
    begin(status, contentType, gzip);
    body(body);
  }

  private void body(byte[] body) {
    if (isHead()) {
      response.header("Content-Length", Integer.toString(body.length));
      StallWatch.sending(0, response::send);
    } else if (body.length <= SLICE) {
      StallWatch.sending(body.length, () -> response.send(body));
    } else {
      response.header("Content-Length", Integer.toString(body.length));
      pieces(out -> {
        for (int from = 0; from < body.length; from += SLICE) {
          out.write(body, from, Math.min(SLICE, body.length - from));
        }
      });
    }
  }

  /** Sends a body in pieces: nobody copies all of it, and it shows how fast the client is. */
  private void pieces(BodyWriter body) {
    try (OutputStream out = StallWatch.over(response.outputStream())) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean takesGzip() {
    return takes("gzip");
  }

  /** RFC 9110 section 12.5.3: a coding's own weight counts before that of {@code *}. */
  boolean takes(String wanted) {
    Optional<Boolean> any = Optional.empty();
    for (String coding :
        header("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.split(";", -1);
      String name = parts[0].strip();
      boolean taken = parts.length < 2 || !parts[1].strip().matches("q=0(\\.0{0,3})?");
      if (name.equals(wanted) || name.equals("x-" + wanted)) {
        return taken;
      }
      if (name.equals("*")) {
        any = Optional.of(taken);
      }
    }
    return any.orElse(false);
  }

  private static boolean matches(String known, String etag) {
    for (String one : known.split(",", -1)) {
      if (one.strip().equals("*") || opaque(one.strip()).equals(opaque(etag))) {
        return true;
      }
    }
    return false;
  }

  /** The tag without its weakness: what {@code If-None-Match} compares, RFC 9110 section 13.1.2. */
  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  /** Speed before size: answers are made while someone waits. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 14);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
