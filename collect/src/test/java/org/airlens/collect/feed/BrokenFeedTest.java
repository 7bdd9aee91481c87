package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rest of a broken document still gets in. */
class BrokenFeedTest {

  private final FeedParser parser = new FeedParser(InstantSource.fixed(FeedText.NOW));
  private final TakenEntries taken = new TakenEntries();

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"text\"", "null", "[1,[2,{\"a\":3}]]", "true"})
  void refusesWhatIsNoObject(String element) throws IOException {
    String good = FeedText.entry(7);
    parse(FeedText.feed(good, element, good));
    assertThat(taken.reasons()).containsExactly(RejectionReason.NOT_AN_OBJECT);
    assertThat(taken.rejections().getFirst().excerpt()).isEqualTo(element);
    assertThat(taken.readings()).hasSize(2);
  }

  @Test
  void takesWhatCameBeforeTheEndOfATruncatedDocument() throws IOException {
    String good = FeedText.entry(7);
    String whole = FeedText.feed(good, good, good);
    int[] counts = new int[4];
    for (int length = 1; length < whole.length(); length++) {
      taken.clear();
      parse(whole.substring(0, length));
      assertThat(taken.reasons())
          .as("cut at %d", length)
          .containsExactly(RejectionReason.TRUNCATED);
      counts[taken.readings().size()]++;
    }
    assertThat(counts).doesNotContain(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "{\"error\":1}",
        "null",
        "\u0000\u0001"
      })
  void refusesADocumentThatIsNoArray(String text) throws IOException {
    parse(text);
    assertThat(taken.readings()).isEmpty();
    assertThat(taken.reasons()).containsExactly(RejectionReason.MALFORMED);
    assertThat(taken.rejections().getFirst().excerpt()).isEqualTo(text);
  }

  @Test
  void takesAnEmptyArrayAndAByteOrderMark() throws IOException {
    parse("\uFEFF [ ] \n");
    assertThat(taken.readings()).isEmpty();
    assertThat(taken.rejections()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sensor\":{\"id\":8,}",
        "{\"sensor\":{\"id\":08}}",
        "{\"sensor\" {\"id\":8}}",
        "{'sensor':1}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":tru}",
        "oops",
        "{\"a\":[1,2}",
        "{\"a\":{\"b\":{\"c\":1}}",
        "{\"a\":\"unclosed}",
      })
  void goesOnAfterBrokenJson(String broken) throws IOException {
    String good = FeedText.entry(7);
    String other = FeedText.entry(9);
    parse(FeedText.feed(good, broken, good, other, other));
    assertThat(taken.reasons()).contains(RejectionReason.MALFORMED);
    assertThat(taken.readings()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(taken.readings().getFirst().sensor().id()).isEqualTo(7);
    assertThat(taken.readings().getLast().sensor().id()).isEqualTo(9);
    assertThat(taken.rejections().getFirst().offset()).isEqualTo(good.length() + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"value\":\"1\"}],\"x\":[{\"sensordatavalues\":1,\"timestamp\":2",
        "\"timestamp\":\"1\",\"sensor\":0",
        "\"x\":{\"sensordatavalues\":[]}",
      })
  void refusesAnEntryWithinAnEntryAndGoesOn(String swallowed) throws IOException {
    String bad = FeedText.entry(8).replace("\"value\":\"1\"", swallowed);
    parse(FeedText.feed(FeedText.entry(7), bad, FeedText.entry(9)));
    assertThat(taken.reasons()).containsExactly(RejectionReason.MALFORMED);
    assertThat(taken.readings()).hasSize(2);
  }

  @Test
  void losesOneEntryAndNoMoreToALostBracket() throws IOException {
    String open = FeedText.entry(8).replace("\"}]}", "\",\"location\":{},\"sensor\":{}}");
    parse(FeedText.feed(FeedText.entry(7), open, FeedText.entry(9), FeedText.entry(10)));
    assertThat(taken.reasons()).contains(RejectionReason.MALFORMED);
    assertThat(taken.readings().stream().map(reading -> reading.sensor().id()))
        .containsExactly(7L, 9L, 10L);
  }

  @Test
  void goesOnAfterTwoArraysWereJoined() throws IOException {
    String good = FeedText.feed(FeedText.entry(7));
    parse(good + good);
    assertThat(taken.readings()).hasSize(2);
  }

  @Test
  void refusesDeepNestingAndGoesOn() throws IOException {
    String good = FeedText.entry(7);
    parse(FeedText.feed(good, "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", good));
    assertThat(taken.reasons()).containsExactly(RejectionReason.TOO_LARGE);
    assertThat(taken.readings()).hasSize(2);
  }

  @Test
  void refusesAnEntryWithoutEndAndGoesOn() throws IOException {
    String good = FeedText.entry(7);
    String endless = "{\"a\":[" + "1,".repeat(200_000) + "1]}";
    parse(FeedText.feed(good, endless, good, good));
    assertThat(taken.reasons()).containsExactly(RejectionReason.TOO_LARGE);
    assertThat(taken.readings().size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void refusesAValueLongerThanAnyHonestOneAndGoesOn() throws IOException {
    String good = FeedText.entry(7);
    String longValue =
        FeedText.entry(8, FeedText.values("\"P1\"", "\"" + "9".repeat(1_000_000) + "\""));
    parse(FeedText.feed(good, longValue, good, good));
    assertThat(taken.reasons()).contains(RejectionReason.TOO_LARGE);
    assertThat(taken.readings().size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void givesUpADocumentThatIsBrokenEverywhere() throws IOException {
    parse("[" + "{\"a\":x},".repeat(20_000) + "{}]");
    assertThat(taken.rejections()).hasSizeBetween(10_000, 10_010);
  }

  @Test
  void holdsNoMoreOfALongDocumentThanOfAShortOne() throws IOException {
    byte[] good = (FeedText.entry(7) + ",").getBytes(UTF_8);
    int copies = 400_000;
    long[] count = new long[1];
    EntrySink counting =
        new EntrySink() {
          @Override
          public void reading(Reading reading) {
            count[0]++;
          }

          @Override
          public void rejected(Rejection rejection) {}
        };
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                Stream.concat(
                        Stream.of(new ByteArrayInputStream("[".getBytes(UTF_8))),
                        IntStream.range(0, copies).mapToObj(i -> new ByteArrayInputStream(good)))
                    .toList()));
    ParsedFeed parsed = parser.parse("test", endless, counting);
    assertThat(count[0]).isEqualTo(copies);
    assertThat(parsed.bytes()).isEqualTo(1L + (long) copies * good.length);
  }

  @Test
  void handsOverWhatCameBeforeTheSourceFailed() {
    byte[] text = ("[" + FeedText.entry(7) + ",").getBytes(UTF_8);
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(text),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("larger than 1 GiB");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> parser.parse("test", failing, taken))
        .isInstanceOf(IOException.class)
        .hasMessage("larger than 1 GiB");
    assertThat(taken.readings()).hasSize(1);
  }

  private ParsedFeed parse(String text) throws IOException {
    return parser.parse("test", new ByteArrayInputStream(text.getBytes(UTF_8)), taken);
  }
}
