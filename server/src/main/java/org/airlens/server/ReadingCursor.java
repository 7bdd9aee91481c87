package org.airlens.server;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.zip.CRC32;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingSort;

/**
 * Where a listing of readings goes on, as text that clients hand back unread: the place of the last
 * reading, the window, which must not move between pages, and a checksum of what was asked.
 */
record ReadingCursor(PageKey after, Filters.Window window, long question) {

  /** A checksum of everything that a cursor belongs to, the same on every node. */
  static long question(ReadingSort sort, Query query) {
    CRC32 crc = new CRC32();
    String filters = query.without("sort", "from", "to", "limit", "cursor", "format");
    crc.update((sort + "|" + filters).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  String text() {
    String plain =
        String.join(
            "|",
            after.value().isPresent() ? Double.toString(after.value().getAsDouble()) : "",
            Long.toString(after.timestamp().getEpochSecond()),
            Long.toString(after.sensorId()),
            window.from().toString(),
            window.to().toString(),
            Long.toString(question));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor.
   *
   * @throws ProblemException when it is none
   */
  static ReadingCursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split("\\|", -1);
      if (parts.length == 6) {
        OptionalDouble value =
            parts[0].isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(parts[0]));
        PageKey after =
            new PageKey(
                value, Instant.ofEpochSecond(Long.parseLong(parts[1])), Long.parseLong(parts[2]));
        Filters.Window window =
            new Filters.Window(Instant.parse(parts[3]), Instant.parse(parts[4]));
        return new ReadingCursor(after, window, Long.parseLong(parts[5]));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Told below.
    }
    throw Query.wrong("cursor", "it is none that this server gave");
  }
}
