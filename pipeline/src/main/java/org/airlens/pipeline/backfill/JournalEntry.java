package org.airlens.pipeline.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.airlens.collect.http.Validators;

/**
 * A file whose readings are durable in the store.
 *
 * @param path the file, below the archive's root
 * @param checksum of its bytes as they are stored
 * @param size how many these are
 * @param selection {@link #EVERYTHING}, or which part of it was wanted
 * @param version what the server names it by
 */
record JournalEntry(String path, String checksum, long size, String selection, Validators version) {

  /** All readings of the file were wanted, so that no other selection would find more. */
  static final String EVERYTHING = "*";

  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{8}) (([0-9a-f]{32}) (\\d{1,18}) (\\S+) (\\S*) (\\S*) (\\S+))");

  /** Whether it says that a file is done for a selection. */
  boolean covers(Selection wanted) {
    return selection.equals(EVERYTHING) || selection.equals(wanted.text());
  }

  /** The entry as a line, without its end. */
  String line() {
    String content =
        "%s %d %s %s %s %s"
            .formatted(
                checksum,
                size,
                encoded(selection),
                version.etag().map(JournalEntry::encoded).orElse(""),
                version.lastModified().map(JournalEntry::encoded).orElse(""),
                encoded(path));
    return check(content) + " " + content;
  }

  /** The entry that a line holds; empty when it is torn or damaged. */
  static Optional<JournalEntry> of(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches() || !check(matcher.group(2)).equals(matcher.group(1))) {
      return Optional.empty();
    }
    return Optional.of(
        new JournalEntry(
            decoded(matcher.group(8)),
            matcher.group(3),
            Long.parseLong(matcher.group(4)),
            decoded(matcher.group(5)),
            new Validators(some(matcher.group(6)), some(matcher.group(7)))));
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(decoded(text));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static String check(String content) {
    CRC32C crc = new CRC32C();
    crc.update(content.getBytes(UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
