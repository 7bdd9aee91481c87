package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;

/** What a document gave. */
final class TakenRows implements EntrySink {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  final List<Reading> readings = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();

  static TakenRows of(String text) {
    return of(text.getBytes(UTF_8));
  }

  static TakenRows of(byte[] document) {
    TakenRows taken = new TakenRows();
    try {
      new CsvParser(CLOCK, id -> id == 3939 ? "GB" : "")
          .parse("a.csv", "sds011", Optional.of(false), new ByteArrayInputStream(document), taken);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return taken;
  }

  /** The reasons of what was not taken, with the offset of each: {@code malformed@120}. */
  List<String> reasons() {
    return rejections.stream()
        .map(rejection -> rejection.reason().label() + "@" + rejection.offset())
        .toList();
  }

  @Override
  public void reading(Reading reading) {
    readings.add(reading);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }
}
