package org.airlens.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.airlens.collect.BoundedInputStream;
import org.airlens.collect.GunzipInputStream;
import org.airlens.collect.http.FeedFailure.Kind;

/** Turns a body into JSON, and looks at its beginning before it is taken for a feed. */
final class FeedStart {

  /** Spaces before the feed's bracket: more than so many are left to the parser. */
  private static final int LOOKS_AHEAD = 256;

  private static final int BYTE_ORDER_MARK = 3;

  private static final int SHOWN = 60;

  /** Whether it is gzip is seen by its bytes: a {@code .json.gz} comes without an encoding. */
  private static final Set<String> READABLE = Set.of("", "identity", "gzip", "x-gzip");

  private FeedStart() {}

  /**
   * The JSON of a body, which closes the body when it is closed.
   *
   * @throws FeedFailure when the body is no feed
   * @throws IOException when the body breaks off before that is known
   */
  static InputStream json(InputStream body, HttpHeaders headers, HttpSettings settings)
      throws FeedFailure, IOException {
    checkEncoding(headers);
    InputStream transfer = new BoundedInputStream(body, settings.maxTransferBytes());
    InputStream plain =
        new BoundedInputStream(GunzipInputStream.ifGzip(transfer), settings.maxBytes());
    byte[] ahead = new byte[LOOKS_AHEAD];
    int length = 0;
    String beginning = "";
    while (length < LOOKS_AHEAD && (beginning.isEmpty() || length < BYTE_ORDER_MARK)) {
      int count = plain.read(ahead, length, LOOKS_AHEAD - length);
      if (count < 0) {
        break;
      }
      length += count;
      beginning = beginning(ahead, length);
    }
    if (length == 0) {
      throw new FeedFailure(
          Kind.PASSING, "it answered 200 with an empty document; it will be asked again");
    }
    if (!beginning.isEmpty() && !beginning.startsWith("[")) {
      throw noFeed(beginning, headers);
    }
    PushbackInputStream json = new PushbackInputStream(plain, length);
    json.unread(ahead, 0, length);
    return json;
  }

  /** Fails when the body is packed in a way that was not asked for. */
  static void checkEncoding(HttpHeaders headers) throws FeedFailure {
    String encoding = headers.firstValue("Content-Encoding").orElse("").strip();
    if (!READABLE.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw new FeedFailure(
          Kind.LASTING,
          "it answered with Content-Encoding %s, though gzip was asked for"
              .formatted(shortened(encoding)));
    }
  }

  /** What was read so far, without a byte order mark and leading spaces. */
  private static String beginning(byte[] ahead, int length) {
    String text = new String(ahead, 0, length, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
  }

  private static FeedFailure noFeed(String beginning, HttpHeaders headers) {
    String type = headers.firstValue("Content-Type").orElse("without a Content-Type");
    if (beginning.startsWith("<")) {
      return new FeedFailure(
          Kind.LASTING,
          "it answered 200 with an HTML page (%s) where the feed should be: %s; check the address of --source, or log in to the network"
              .formatted(shortened(type), shortened(beginning)));
    }
    return new FeedFailure(
        Kind.LASTING,
        "it answered 200 with something (%s) that is no JSON array of readings: %s; check the address of --source"
            .formatted(shortened(type), shortened(beginning)));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
