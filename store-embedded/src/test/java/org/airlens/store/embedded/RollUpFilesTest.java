package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roll-ups follow from the readings: whatever becomes of their files, the answers are right. */
class RollUpFilesTest {

  private static final List<Reading> READINGS =
      IntStream.range(0, 600)
          .mapToObj(i -> dust(1 + i % 5, NOON.plusSeconds(i * 60L), i % 7, i))
          .toList();

  @TempDir Path folder;

  private String day;

  @BeforeEach
  void rollUp() throws IOException {
    try (EmbeddedStore store = open()) {
      store.writer().write(READINGS);
      RolledUp.all(store);
    }
    day = files().getFirst();
  }

  @Test
  void aFileADay() throws IOException {
    assertThat(day).matches("2018-12-20-[0-9a-f]{8}\\.rollup");
    assertThat(files()).containsExactly(day, "origins");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 20, 50, 80, 95, 100})
  void aGarbledByteIsNoticedWhereItMatters(int percent) throws IOException {
    byte[] whole = Files.readAllBytes(file(day));
    byte[] garbled = whole.clone();
    garbled[Math.min(whole.length - 1, whole.length * percent / 100)] ^= 0x40;
    Files.write(file(day), garbled);

    assertAnswersAreRight();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 35, 36, 37, 400})
  void aFileCutShortIsMadeAnew(int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(file(day));
    Files.write(file(day), Arrays.copyOf(whole, bytes));

    assertAnswersAreRight();
    assertThat(Files.readAllBytes(file(files().getFirst()))).hasSameSizeAs(whole);
  }

  @Test
  void aFileCutShortWhileTheStoreIsOpenIsMadeAnew() throws IOException {
    try (EmbeddedStore store = open()) {
      Files.write(file(day), new byte[0]);
      assertThat(RolledUp.counted(store)).isEqualTo(READINGS.size());
    }
    assertAnswersAreRight();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 16, 17, 100})
  void originsCutShortAreMadeAnew(int bytes) throws IOException {
    Files.write(file("origins"), Arrays.copyOf(Files.readAllBytes(file("origins")), bytes));

    assertAnswersAreRight();
  }

  @Test
  void lostOriginsAreMadeAnew() throws IOException {
    Files.delete(file("origins"));

    assertAnswersAreRight();
  }

  @Test
  void originsBehindOneCutShortAreKept() throws IOException {
    byte[] whole = Files.readAllBytes(file("origins"));
    Files.write(file("origins"), Arrays.copyOf(whole, whole.length + 9));
    try (EmbeddedStore store = open()) {
      store.writer().write(List.of(dust(77, NOON, 1, 1)));
      RolledUp.all(store);
    }
    try (EmbeddedStore store = open()) {
      assertThat(store.rollUp(Duration.ZERO)).isFalse();
      assertThat(RolledUp.counted(store)).isEqualTo(READINGS.size() + 1);
    }
  }

  @Test
  void theFileOfAnEarlierStateIsNotUsed() throws IOException {
    byte[] earlier = Files.readAllBytes(file(day));
    try (EmbeddedStore store = open()) {
      store.writer().write(List.of(dust(6, NOON, 1, 1)));
    }
    assertThat(files()).doesNotContain(day);
    Files.write(file(day), earlier);

    try (EmbeddedStore store = open()) {
      assertThat(RolledUp.counted(store)).isEqualTo(READINGS.size() + 1);
    }
  }

  @Test
  void whatIsNoRollUpIsRemoved() throws IOException {
    Files.writeString(file("unfinished"), "half of it");
    Files.writeString(file("yesterday.rollup"), "no date");
    Files.writeString(file("2018-12-21.rollup"), "a day without readings");

    assertAnswersAreRight();
    assertThat(files()).containsExactly(day, "origins");
  }

  private void assertAnswersAreRight() throws IOException {
    try (EmbeddedStore store = open()) {
      assertThat(RolledUp.counted(store)).isEqualTo(READINGS.size());
      RolledUp.all(store);
      assertThat(RolledUp.counted(store)).isEqualTo(READINGS.size());
    }
    assertThat(files()).hasSize(2).last().isEqualTo("origins");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("rollups"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(String name) {
    return folder.resolve("rollups").resolve(name);
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty());
  }
}
