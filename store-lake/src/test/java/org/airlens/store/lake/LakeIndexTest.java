package org.airlens.store.lake;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was seen of a lake is known at the next start, and never trusted too far. */
class LakeIndexTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Reading OLD = dust(1, NOON, 1, 1);
  private static final Reading NEW = dust(1, NOON.plus(DAY), 2, 2);
  private static final Reading NEXT = dust(2, NOON.plus(DAY.multipliedBy(2)), 3, 3);

  @TempDir Path folder;

  private LakeWriter writer;

  @BeforeEach
  void write() {
    writer = new LakeWriter(lake());
    writer.write(List.of(OLD, NEW));
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void looksAtAPartitionOnce() throws IOException {
    try (LakeStore store = open()) {
      assertThat(find(store, ReadingFilter.all())).containsExactlyInAnyOrder(OLD, NEW);
    }
    overwrite(OLD);
    try (LakeStore store = open()) {
      assertThat(store.status().readings()).isEqualTo(2);
      assertThat(store.status().oldest()).contains(NOON);
      assertThat(find(store, since(NEW))).containsExactly(NEW);
    }
  }

  @Test
  void seesWhatChangedMeanwhile() {
    open().close();
    writer.write(List.of(NEXT));
    writer.dropBefore(NEW.timestamp());
    try (LakeStore store = open()) {
      assertThat(find(store, ReadingFilter.all())).containsExactlyInAnyOrder(NEW, NEXT);
      assertThat(store.status().readings()).isEqualTo(2);
      assertThat(find(store, ReadingFilter.all().withSensorIds(Set.of(2L)))).containsExactly(NEXT);
      writer.write(List.of(OLD));
      assertThat(find(store, ReadingFilter.all())).hasSize(3);
    }
    try (LakeStore store = open()) {
      assertThat(find(store, ReadingFilter.all())).containsExactlyInAnyOrder(OLD, NEW, NEXT);
    }
  }

  @Test
  void isMadeAnewWhenItCannotBeRead() throws IOException {
    open().close();
    Path index = index();
    Files.write(index, new byte[(int) Files.size(index)]);
    for (int start = 0; start < 2; start++) {
      try (LakeStore store = open()) {
        assertThat(find(store, ReadingFilter.all())).containsExactlyInAnyOrder(OLD, NEW);
      }
    }
    assertThat(Files.size(index)).isPositive();
  }

  @Test
  void isLeftToTheStoreThatHasIt() {
    try (LakeStore one = open();
        LakeStore other = open()) {
      assertThat(find(other, ReadingFilter.all())).isEqualTo(find(one, ReadingFilter.all()));
    }
  }

  @Test
  void isNotNeeded() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    try (LakeStore store = LakeStore.open("lake:" + lake(), Optional.of(file))) {
      assertThat(store.status().readings()).isEqualTo(2);
    }
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private LakeStore open() {
    return LakeStore.open("lake:" + lake(), Optional.of(folder.resolve("data")));
  }

  private Path index() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      return files.filter(file -> file.toString().endsWith(".duckdb")).findFirst().orElseThrow();
    }
  }

  /** Zeros in the place of a partition's files. */
  private void overwrite(Reading reading) throws IOException {
    try (Stream<Path> files = Files.walk(lake())) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains(LakeWriter.slot(reading)))
              .toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
      }
    }
  }

  private static ReadingFilter since(Reading reading) {
    return ReadingFilter.all()
        .between(reading.timestamp(), reading.timestamp().plus(Duration.ofHours(1)));
  }

  private static List<Reading> find(LakeStore store, ReadingFilter filter) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(filter))) {
      return found.toList();
    }
  }
}
