package org.airlens.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A feed snapshot that can be had again at a later time: the same bytes but for the timestamps, so
 * that every reading is new.
 */
final class Snapshot {

  private static final byte[] KEY = "\"timestamp\"".getBytes(StandardCharsets.US_ASCII);
  private static final int TIME_LENGTH = "2026-01-01 00:00:00".length();

  private final String name;
  private final byte[] json;

  /** Where each time begins. */
  private final int[] times;

  private Snapshot(String name, byte[] json) {
    this.name = name;
    this.json = json;
    this.times = findTimes(json);
    if (times.length == 0) {
      throw new IllegalArgumentException(
          name + " holds no timestamp: it is no feed snapshot; build one with archive-to-feed");
    }
  }

  /** One reading of every sensor of the synthetic network. */
  static Snapshot synthetic(int sensors, Instant at) {
    return new Snapshot("synthetic", FeedDocument.of(new SyntheticNetwork(sensors).cycle(at)));
  }

  /** A snapshot that holds this JSON. */
  static Snapshot of(String name, byte[] json) {
    return new Snapshot(name, json);
  }

  /** A captured snapshot: JSON, or gzip of it. */
  static Snapshot read(Path file) throws IOException {
    try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      try (InputStream plain = gzip ? new GZIPInputStream(raw) : raw) {
        plain.transferTo(json);
      }
      return new Snapshot(String.valueOf(file.getFileName()), json.toByteArray());
    }
  }

  /** What it is called in the results. */
  String name() {
    return name;
  }

  /** How many entries it has. */
  int entries() {
    return times.length;
  }

  /** From its oldest reading to its newest. */
  Duration span() {
    LocalDateTime oldest = LocalDateTime.MAX;
    LocalDateTime newest = LocalDateTime.MIN;
    for (int at : times) {
      LocalDateTime time = time(at);
      oldest = time.isBefore(oldest) ? time : oldest;
      newest = time.isAfter(newest) ? time : newest;
    }
    return Duration.between(oldest, newest);
  }

  /** Its JSON. */
  byte[] json() {
    return json.clone();
  }

  /** Its JSON when every entry were so much later. */
  byte[] later(Duration by) {
    byte[] moved = json.clone();
    for (int at : times) {
      LocalDateTime time = time(at).plus(by);
      write(moved, at, 4, time.getYear());
      write(moved, at + 5, 2, time.getMonthValue());
      write(moved, at + 8, 2, time.getDayOfMonth());
      write(moved, at + 11, 2, time.getHour());
      write(moved, at + 14, 2, time.getMinute());
      write(moved, at + 17, 2, time.getSecond());
    }
    return moved;
  }

  private LocalDateTime time(int at) {
    return LocalDateTime.of(
        digits(at, 4),
        digits(at + 5, 2),
        digits(at + 8, 2),
        digits(at + 11, 2),
        digits(at + 14, 2),
        digits(at + 17, 2));
  }

  private int digits(int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      number = number * 10 + (json[i] - '0');
    }
    return number;
  }

  private static void write(byte[] text, int at, int count, int number) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int[] findTimes(byte[] json) {
    int[] found = new int[1_024];
    int count = 0;
    for (int i = 0; i + KEY.length <= json.length; i++) {
      if (json[i] != '"' || !Arrays.equals(json, i, i + KEY.length, KEY, 0, KEY.length)) {
        continue;
      }
      int at = i + KEY.length;
      while (at < json.length && (json[at] == ':' || json[at] == ' ' || json[at] == '"')) {
        at++;
      }
      if (isTime(json, at)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = at;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean isTime(byte[] json, int at) {
    if (at + TIME_LENGTH > json.length) {
      return false;
    }
    String text = new String(json, at, TIME_LENGTH, StandardCharsets.US_ASCII);
    return text.matches("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d");
  }
}
