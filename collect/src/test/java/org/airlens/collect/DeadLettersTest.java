package org.airlens.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.airlens.model.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2018-12-20T12:00:00Z"));

  @TempDir Path folder;

  @Test
  void keepsARejectionAsALineOfJson() throws IOException {
    try (DeadLetters letters = DeadLetters.in(folder.resolve("dead"), NOON)) {
      letters.keep(
          new Rejection("feed", RejectionReason.INVALID_VALUE, 17, "{\"value\":\"nan\"}\n"));
    }
    assertThat(Files.readAllLines(folder.resolve("dead").resolve(DeadLetters.FILE)))
        .containsExactly(
            "{\"time\":\"2018-12-20T12:00:00Z\",\"source\":\"feed\",\"reason\":\"invalid_value\","
                + "\"offset\":17,\"record\":\"{\\\"value\\\":\\\"nan\\\"}\\n\"}");
  }

  @Test
  void goesOnWhereItStoppedAndStaysBounded() throws IOException {
    for (int run = 0; run < 3; run++) {
      try (DeadLetters letters = new DeadLetters(folder, 1_000, 2, NOON)) {
        for (int i = 0; i < 50; i++) {
          letters.keep(new Rejection("feed", RejectionReason.MALFORMED, i, "x"));
        }
      }
    }
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertThat(names).containsExactly("rejected.jsonl", "rejected.jsonl.1", "rejected.jsonl.2");
    for (String name : names) {
      assertThat(Files.size(folder.resolve(name))).isBetween(1L, 1_000L);
    }
    assertThat(Files.readAllLines(folder.resolve("rejected.jsonl")).getLast())
        .contains("\"offset\":49");
  }

  @Test
  void countsWhatItCanNotKeepAndTriesAgain() throws IOException {
    Path place = folder.resolve("dead");
    Files.writeString(place, "a file stands where the folder should be");
    try (DeadLetters letters = DeadLetters.in(place, NOON)) {
      letters.keep(new Rejection("feed", RejectionReason.MALFORMED, 1, "x"));
      letters.keep(new Rejection("feed", RejectionReason.MALFORMED, 2, "x"));
      assertThat(letters.lost()).isEqualTo(2);
      assertThat(letters.problem()).isPresent();
      Files.delete(place);
      letters.keep(new Rejection("feed", RejectionReason.MALFORMED, 3, "x"));
      assertThat(letters.problem()).isEmpty();
    }
    assertThat(Files.readAllLines(place.resolve(DeadLetters.FILE))).hasSize(1);
  }
}
