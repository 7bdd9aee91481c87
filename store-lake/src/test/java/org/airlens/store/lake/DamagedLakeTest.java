package org.airlens.store.lake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.StoreException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no lake, or is one no more, is told in a line. */
class DamagedLakeTest {

  @TempDir Path folder;

  @Test
  void aFolderMustBeThereAndHoldALake() throws IOException {
    assertThatThrownBy(() -> LakeStore.open("lake:" + folder.resolve("nowhere"), Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessage("there is no folder %s; check --store", folder.resolve("nowhere"));
    Files.createDirectories(folder.resolve(LakeLayout.VERSIONS));
    Files.writeString(folder.resolve(LakeLayout.VERSIONS).resolve("1.txt"), "");
    opening()
        .hasMessage(
            "%s holds no lake, for it has no versions/00000001.txt;"
                + " airlens backfill --engine spark makes one",
            folder);
  }

  @Test
  void aLakeOfNothingIsAnEmptyStore() {
    try (LakeWriter _ = new LakeWriter(folder);
        LakeStore store = LakeStore.open("lake:" + folder, Optional.empty())) {
      assertThat(store.readings().latest()).isEmpty();
      assertThat(store.status().readings()).isZero();
      assertThat(store.status().problem()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "commit=1/../../../etc/sensor_type=sds011",
        "commit=../day=2018-12-20/sensor_type=..",
        "/etc/passwd",
        "commit=1/day=2018-99-99/sensor_type=sds011",
        "commit=1/day=2018-12-20/sensor_type=a\u0000b",
        "commit=1/day=2018-12-20/sensor_type=sds011/part.parquet"
      })
  void aListNamesPartitionsOnly(String line) throws IOException {
    list(line + "\n");
    opening().hasMessageMatching("(?s).*00000002.txt .*").hasMessageNotContaining("\n");
  }

  @Test
  void aListIsText() throws IOException {
    Path list = list("");
    Files.writeString(list, "commit=\u00ff\u00fe", ISO_8859_1);
    opening().hasMessageStartingWith("can't read " + list);
  }

  @Test
  void aFolderThatIsNamedMustBeThereAndHoldFiles() throws IOException {
    String path = "commit=1/day=2018-12-20/sensor_type=sds011";
    list(path + "\n");
    opening().hasMessageContaining(path + ", which is missing");
    Files.createDirectories(folder.resolve(LakeLayout.DATA).resolve(path));
    opening().hasMessageContaining(path).hasMessageContaining("holds no Parquet file");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
  void aFileThatWasCutShortIsNamed(double share) throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
    opening().hasMessageContaining("can't read the lake").hasMessageContaining("part-0.zstd");
  }

  @Test
  void aFileOfNoiseIsNamed() throws IOException {
    Files.writeString(written(), "no Parquet");
    opening().hasMessageContaining("part-0.zstd.parquet");
  }

  @Test
  void damageAmidAFileIsTold() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 40, bytes.length / 2, (byte) 0x5A);
    Files.write(file, bytes);
    assertThatThrownBy(
            () -> {
              try (LakeStore store = LakeStore.open("lake:" + folder, Optional.empty());
                  var found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
                found.forEach(_ -> {});
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("lake:" + folder)
        .hasMessageNotContaining("\n");
  }

  @Test
  void filesOfOtherTablesAreNoLake() throws IOException {
    Set<String> columns = new TreeSet<>(Columns.all().keySet());
    columns.remove("country");
    try (LakeWriter writer = new LakeWriter(folder, columns)) {
      writer.write(List.of(dust(1, NOON, 1, 1)));
    }
    opening()
        .hasMessageContaining(
            "is no file of a lake: its column country is missing and not VARCHAR");
  }

  @Test
  void writingIsRefused() {
    try (LakeWriter _ = new LakeWriter(folder);
        LakeStore store = LakeStore.open("lake:" + folder, Optional.empty())) {
      String refusal =
          "lake:%s can only be read, with airlens serve or airlens export;".formatted(folder);
      assertThatThrownBy(store::writer)
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(refusal);
      assertThatThrownBy(() -> store.dropBefore(NOON))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(refusal);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> opening() {
    return assertThatThrownBy(() -> LakeStore.open("lake:" + folder, Optional.empty()).close())
        .isInstanceOf(StoreException.class);
  }

  private Path list(String text) throws IOException {
    Path versions = Files.createDirectories(folder.resolve(LakeLayout.VERSIONS));
    return Files.writeString(versions.resolve(LakeLayout.list(2)), text);
  }

  /** A lake's only file. */
  private Path written() throws IOException {
    try (LakeWriter writer = new LakeWriter(folder)) {
      writer.write(
          LongStream.rangeClosed(1, 500).mapToObj(id -> dust(id, NOON, 1.0 / id, 1)).toList());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
