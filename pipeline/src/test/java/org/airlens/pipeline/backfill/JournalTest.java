package org.airlens.pipeline.backfill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.Days;
import org.airlens.collect.http.Validators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final ArchiveFile FIRST = file("2018-02-27", 1);
  private static final ArchiveFile SECOND = file("2018-02-28", 2);
  private static final ArchiveFile THIRD = file("2018-03-01", 3);

  @TempDir Path data;

  @Test
  void knowsWhatWasNotedByAFormerProcess() throws IOException {
    Journal before = open();
    assertThat(before.isEmpty()).isTrue();
    assertThat(before.find(FIRST)).isEmpty();
    before.append(noted(FIRST, THIRD));
    assertThat(before.find(FIRST)).contains(entry(FIRST));
    before.append(noted(SECOND));
    Journal after = open();
    assertThat(after.isEmpty()).isFalse();
    assertThat(after.find(FIRST)).contains(entry(FIRST));
    assertThat(after.find(SECOND)).contains(entry(SECOND));
    assertThat(after.find(THIRD)).contains(entry(THIRD));
    assertThat(after.find(file("2018-02-27", 9))).isEmpty();
  }

  @Test
  void theLastEntryOfAFileCounts() throws IOException {
    open().append(noted(FIRST));
    JournalEntry newer = new JournalEntry(FIRST.path(), "f".repeat(32), 9, "*", Validators.NONE);
    open().append(Map.of(FIRST, newer));
    assertThat(open().find(FIRST)).contains(newer);
  }

  @Test
  void whereverTheFileIsTornTheLinesBeforeCountAndNewOnesToo() throws IOException {
    open().append(noted(FIRST, SECOND));
    Path file = month("2018-02");
    byte[] whole = Files.readAllBytes(file);
    int firstLine = new String(whole, US_ASCII).indexOf('\n') + 1;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Journal torn = open();
      boolean hasFirst = length >= firstLine - 1;
      assertThat(torn.find(FIRST)).as("of %d bytes", length).isEqualTo(some(hasFirst, FIRST));
      boolean hasSecond = length >= whole.length - 1;
      assertThat(torn.find(SECOND)).as("of %d bytes", length).isEqualTo(some(hasSecond, SECOND));
      torn.append(noted(file("2018-02-02", 7)));
      Journal next = open();
      assertThat(next.find(file("2018-02-02", 7))).as("after %d bytes", length).isPresent();
      assertThat(next.find(FIRST)).isEqualTo(some(hasFirst, FIRST));
    }
  }

  @Test
  void aDamagedLineIsNotBelieved() throws IOException {
    open().append(noted(FIRST, SECOND));
    Path file = month("2018-02");
    byte[] whole = Files.readAllBytes(file);
    int firstLine = new String(whole, US_ASCII).indexOf('\n');
    for (int at = 0; at < firstLine; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x01;
      Files.write(file, damaged);
      assertThat(open().find(FIRST)).as("damaged at %d", at).isEmpty();
      assertThat(open().find(SECOND)).as("damaged at %d", at).isPresent();
    }
    Files.write(file, new byte[5_000], StandardOpenOption.APPEND);
    assertThat(open().find(SECOND)).as("zeros after a power loss").isPresent();
  }

  @Test
  void eachArchiveAndEachStoreHasItsOwn() throws IOException {
    open().append(noted(FIRST));
    assertThat(Journal.open(data, "other archive", "embedded:").find(FIRST)).isEmpty();
    assertThat(Journal.open(data, "archive", "embedded:elsewhere").find(FIRST)).isEmpty();
  }

  @Test
  void forgetsAll() throws IOException {
    Journal journal = open();
    journal.append(noted(FIRST, THIRD));
    journal.clear();
    assertThat(journal.find(FIRST)).isEmpty();
    assertThat(open().isEmpty()).isTrue();
  }

  @Test
  void moreMonthsThanItHoldsAreReadAgain() throws IOException {
    Journal journal = open();
    for (int month = 1; month <= 12; month++) {
      journal.append(noted(file("2018-%02d-01".formatted(month), month)));
    }
    for (int month = 1; month <= 12; month++) {
      assertThat(journal.find(file("2018-%02d-01".formatted(month), month))).isPresent();
    }
  }

  @Test
  void anEntrySurvivesAsALine() {
    JournalEntry entry =
        new JournalEntry(
            "2018/a b\tc+ü\n.csv",
            "0123456789abcdef".repeat(2),
            Long.MAX_VALUE / 10,
            new Selection(
                    new Days(LocalDate.EPOCH, LocalDate.MAX),
                    Set.of(),
                    Set.of("GB", "DE"),
                    Optional.empty())
                .text(),
            new Validators(Optional.of("W/\"x y\""), Optional.of("Tue, 01 Jan 2019 00:00:00 GMT")));
    assertThat(entry.line()).doesNotContain("\n");
    assertThat(JournalEntry.of(entry.line())).contains(entry);
  }

  private Journal open() throws IOException {
    return Journal.open(data, "archive", "embedded:");
  }

  private Path month(String month) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(file -> file.endsWith(month + ".journal")).findFirst().orElseThrow();
    }
  }

  private static Map<ArchiveFile, JournalEntry> noted(ArchiveFile... files) {
    Map<ArchiveFile, JournalEntry> entries = new LinkedHashMap<>();
    List.of(files).forEach(file -> entries.put(file, entry(file)));
    return entries;
  }

  private static Optional<JournalEntry> some(boolean is, ArchiveFile file) {
    return is ? Optional.of(entry(file)) : Optional.empty();
  }

  private static JournalEntry entry(ArchiveFile file) {
    return new JournalEntry(
        file.path(), "a0".repeat(16), 1234, JournalEntry.EVERYTHING, Validators.NONE);
  }

  private static ArchiveFile file(String day, int sensor) {
    return new ArchiveFile(
        "%s/%s_sds011_sensor_%d.csv".formatted(day, day, sensor),
        LocalDate.parse(day),
        LocalDate.parse(day),
        "sds011",
        Optional.of(false));
  }
}
