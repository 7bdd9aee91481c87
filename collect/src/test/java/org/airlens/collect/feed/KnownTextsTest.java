package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTextsTest {

  private final KnownTexts<String> known = new KnownTexts<>();

  @Test
  void findsATextAgainWhereverItStands() {
    keep(7, "{\"id\":7}", "seven");
    keep(8, "{\"id\":8,\"a\":1}", "eight");
    assertThat(found(8, "{\"id\":8,\"a\":1}")).contains("eight");
    assertThat(found(7, "{\"id\":7},")).contains("seven");
    assertThat(found(7, "{\"id\":7}")).contains("seven");
    assertThat(found(9, "{\"id\":7}")).isEmpty();
  }

  @Test
  void findsNothingWhereTheTextIsAnotherOrEndsTooEarly() {
    keep(7, "{\"id\":7,\"a\":1}", "one");
    assertThat(found(7, "{\"id\":7,\"a\":2}")).isEmpty();
    assertThat(found(7, "{\"id\":7,\"a\":1")).isEmpty();
    keep(7, "{\"id\":7,\"a\":2}", "two");
    assertThat(found(7, "{\"id\":7,\"a\":2}")).contains("two");
  }

  @Test
  void holdsNoMoreThanItMay() {
    String text = "x".repeat(512);
    for (int id = 0; id < 70_000; id++) {
      keep(id, text, "made of " + id);
    }
    assertThat(found(0, text)).isEmpty();
    assertThat(found(69_999, text)).contains("made of 69999");
    keep(70_000, text + "x", "too long");
    assertThat(found(70_000, text + "x")).isEmpty();
  }

  private void keep(long id, String text, String made) {
    byte[] bytes = ("  " + text + "  ").getBytes(UTF_8);
    known.keep(id, bytes, 2, bytes.length - 2, 1, made);
  }

  private Optional<String> found(long id, String text) {
    byte[] bytes = ("," + text).getBytes(UTF_8);
    int place = known.find(id, bytes, 1, bytes.length);
    return place == KnownTexts.UNKNOWN ? Optional.empty() : Optional.of(known.made(place));
  }
}
