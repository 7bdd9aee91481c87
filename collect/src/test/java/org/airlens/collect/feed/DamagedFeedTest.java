package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.airlens.model.Reading;
import org.jspecify.annotations.Nullable;

/** A real feed that was damaged on its way. */
class DamagedFeedTest {

  private static final List<String> INDENTED = FeedText.entriesOf2017().subList(0, 60);
  private static final List<String> COMPACT = INDENTED.stream().map(FeedText::compact).toList();

  @Property(tries = 1_500)
  void losesNothingButTheDamagedEntriesAndTheirNeighbours(
      @ForAll("damages") Damage damage, @ForAll boolean indented) throws IOException {
    Original original = Original.of(indented ? INDENTED : COMPACT);
    TakenEntries taken = parse(damage.applyTo(original.document));
    List<Integer> far = original.farFrom(damage);
    assertThat(taken.readings().stream().map(original.readings::indexOf).filter(far::contains))
        .containsExactlyElementsOf(far);
  }

  @Property(tries = 300)
  void failsInNoOtherWayHoweverOftenItIsDamaged(
      @ForAll @Size(max = 30) List<@From("damages") Damage> damages) throws IOException {
    byte[] document = Original.of(COMPACT).document;
    for (Damage damage : damages) {
      document = damage.applyTo(document);
    }
    TakenEntries taken = parse(document);
    assertThat(taken.readings().size()).isLessThanOrEqualTo(COMPACT.size() + 1);
  }

  @Property(tries = 200)
  void takesBytesThatAreNoFeedAtAll(@ForAll @Size(max = 3_000) byte[] noise) throws IOException {
    byte[] document = new byte[noise.length + 1];
    document[0] = '[';
    System.arraycopy(noise, 0, document, 1, noise.length);
    assertThat(parse(document).readings()).isEmpty();
    assertThat(parse(noise).readings()).isEmpty();
  }

  @Provide
  Arbitrary<Damage> damages() {
    return Damage.any();
  }

  private static TakenEntries parse(byte[] document) throws IOException {
    TakenEntries taken = new TakenEntries();
    new FeedParser(InstantSource.fixed(FeedText.NOW))
        .parse("test", new ByteArrayInputStream(document), taken);
    return taken;
  }

  /** A document, where its entries are, and what each of them holds. */
  private static final class Original {

    private final byte[] document;
    private final int[] ends;
    private final List<@Nullable Reading> readings;

    private Original(byte[] document, int[] ends, List<@Nullable Reading> readings) {
      this.document = document;
      this.ends = ends;
      this.readings = readings;
    }

    static Original of(List<String> entries) {
      int[] ends = new int[entries.size()];
      List<@Nullable Reading> readings = new ArrayList<>();
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < ends.length; i++) {
        text.append(i == 0 ? "" : ",").append(entries.get(i));
        ends[i] = text.length();
        readings.add(only(entries.get(i)));
      }
      return new Original(text.append(']').toString().getBytes(UTF_8), ends, readings);
    }

    /** The entries that hold a reading, and are not damaged, nor next to one that is. */
    List<Integer> farFrom(Damage damage) {
      int first = entryAt(damage.from(document)) - 1;
      int last = entryAt(damage.to(document)) + 1;
      return IntStream.range(0, ends.length)
          .filter(entry -> entry < first || entry > last)
          .filter(entry -> readings.get(entry) != null)
          .boxed()
          .toList();
    }

    private int entryAt(int index) {
      int entry = 0;
      while (entry < ends.length - 1 && ends[entry] <= index) {
        entry++;
      }
      return entry;
    }

    private static @Nullable Reading only(String entry) {
      try {
        List<Reading> readings = parse(("[" + entry + "]").getBytes(UTF_8)).readings();
        return readings.isEmpty() ? null : readings.getFirst();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
