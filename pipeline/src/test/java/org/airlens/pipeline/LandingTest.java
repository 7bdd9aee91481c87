package org.airlens.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.DeadLetters;
import org.airlens.pipeline.Landing.Landed;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingTest {

  private static final long ROOMY = 1 << 20;

  @TempDir Path data;

  private Path folder;
  private final ScriptedSource source = new ScriptedSource("feed");

  @BeforeEach
  void choose() {
    folder = data.resolve("landing");
  }

  @Test
  void landsDocumentsInTheirOrderAndThenTellsTheSource() throws IOException {
    source.delivers("a", "[1]").delivers("b", "[2]").perCycle(2);
    try (Landing landing = Landing.open(folder, ROOMY)) {
      CycleReport report = cycle(landing);
      assertThat(report.problem()).isEmpty();
      assertThat(report.bytes()).isEqualTo(6);
    }
    assertThat(landed()).containsExactly("1 a [1]", "2 b [2]");
    assertThat(source.told()).containsExactly("acknowledged a", "acknowledged b");
  }

  @Test
  void landsWhatCameOfADocumentThatBreaksOff() throws IOException {
    source.breaksOff("a", "[{", "reset");
    try (Landing landing = Landing.open(folder, ROOMY)) {
      assertThat(cycle(landing).problem()).contains("a breaks off: reset");
    }
    assertThat(landed()).containsExactly("1 a [{");
    assertThat(source.told()).containsExactly("abandoned a");
  }

  @Test
  void numbersGoOnWhereTheyWereAlsoInAnEmptyFolder() throws IOException {
    source.delivers("a", "[1]").delivers("b", "[2]");
    try (Landing landing = Landing.open(folder, ROOMY)) {
      cycle(landing);
      landing.settled(1);
      assertThat(landing.isEmpty()).isTrue();
    }
    assertThat(Landing.newest(folder)).isEqualTo(1);
    try (Landing landing = Landing.open(folder, ROOMY)) {
      cycle(landing);
      assertThat(landing.isEmpty()).isFalse();
    }
    assertThat(landed()).containsExactly("2 b [2]");
  }

  @Test
  void removesOnlyWhatIsSettled() throws IOException {
    source.delivers("a", "[1]").delivers("b", "[2]").delivers("c", "[3]").perCycle(3);
    try (Landing landing = Landing.open(folder, ROOMY)) {
      cycle(landing);
      landing.settled(2);
    }
    assertThat(landed()).containsExactly("3 c [3]");
  }

  @Test
  void asksNobodyWhileItIsFull() throws IOException {
    source.delivers("a", "[1]").delivers("b", "[2]");
    try (Landing landing = Landing.open(folder, 4)) {
      cycle(landing);
      cycle(landing);
      assertThat(source.delivered()).isEqualTo(1);
      landing.settled(1);
      cycle(landing);
      assertThat(source.delivered()).isEqualTo(2);
    }
    assertThat(landed()).containsExactly("2 b [2]");
  }

  @Test
  void belongsToOneProcess() {
    try (Landing first = Landing.open(folder, ROOMY)) {
      assertThat(first.isEmpty()).isTrue();
      assertThatThrownBy(() -> Landing.open(folder, ROOMY))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another process collects into " + folder);
    }
    Landing.open(folder, ROOMY).close();
  }

  @Test
  void dropsWhatACrashHasLeftHalfAndLeavesOtherFilesAlone() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("7.part"), "a\n[");
    Files.writeString(folder.resolve("notes.document"), "mine");
    source.delivers("a\nb", "[1]");
    try (Landing landing = Landing.open(folder, ROOMY)) {
      cycle(landing);
    }
    assertThat(folder.resolve("7.part")).doesNotExist();
    assertThat(landed()).containsExactly("1 a b [1]");
    assertThat(folder.resolve("notes.document")).exists();
  }

  private CycleReport cycle(Landing landing) {
    InstantSource clock = InstantSource.system();
    try (DeadLetters letters = DeadLetters.in(data.resolve("letters"), clock)) {
      return Pipeline.into(landing, List.of(source), letters, new SimpleMeterRegistry(), clock)
          .cycle();
    }
  }

  private List<String> landed() throws IOException {
    List<String> found = new ArrayList<>();
    for (Landed landed : Landing.landed(folder)) {
      Landing.Document document = Landing.read(folder, landed.number());
      try (InputStream body = document.body()) {
        found.add(
            landed.number() + " " + document.name() + " " + new String(body.readAllBytes(), UTF_8));
      }
    }
    return found;
  }
}
