package org.airlens.collect.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Fetch;
import org.airlens.collect.Rejection;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSourcesTest {

  private static final long MAX_BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void replaysAFolderInTheOrderOfNames() throws Exception {
    Files.writeString(folder.resolve("b.json"), "[2]");
    gzip(folder.resolve("c.json.gz"), "[3]");
    Files.writeString(folder.resolve("a.json"), "[1]");
    Files.writeString(folder.resolve("notes.txt"), "not a capture");
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      assertThat(drain(source)).containsExactly("[1]", "[2]", "[3]");
      assertThat(source.fetch()).isEqualTo(new Fetch.Finished());
    }
  }

  @Test
  void deliversAgainWhatWasNotAcknowledgedOnceItIsRewound() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(folder.resolve(name + ".json"), "[\"" + name + "\"]");
    }
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      var first = ((Fetch.Content) source.fetch()).feed();
      first.close();
      ((Fetch.Content) source.fetch()).feed().close();
      first.acknowledge();
      source.rewind();
      assertThat(drain(source)).containsExactly("[\"b\"]", "[\"c\"]");
    }
  }

  @Test
  void deliversTheSampleAgainFromTheFirstThatWasNotAcknowledged() throws Exception {
    try (SampleSource source = new SampleSource()) {
      var first = ((Fetch.Content) source.fetch()).feed();
      var second = ((Fetch.Content) source.fetch()).feed();
      first.acknowledge();
      source.rewind();
      var again = ((Fetch.Content) source.fetch()).feed();
      assertThat(again.name()).isEqualTo(second.name()).isNotEqualTo(first.name());
      assertThat(again.body().readAllBytes()).isEqualTo(second.body().readAllBytes());
    }
  }

  @Test
  void passesACaptureThatCanNotBeReadToItsEnd() throws Exception {
    Files.writeString(folder.resolve("a.json"), "[1]");
    Files.writeString(folder.resolve("b.json"), "[2]");
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      try (var feed = ((Fetch.Content) source.fetch()).feed()) {
        feed.abandon();
      }
      assertThat(drain(source)).containsExactly("[2]");
    }
  }

  @Test
  void passesACaptureThatIsNoGzipInsideOnce() throws Exception {
    Files.write(folder.resolve("a.json.gz"), new byte[] {0x1F, (byte) 0x8B, 99, 99});
    Files.writeString(folder.resolve("b.json"), "[2]");
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("a.json.gz");
      source.rewind();
      assertThat(drain(source)).containsExactly("[2]");
    }
  }

  @Test
  void saysThatAFolderHoldsNoCaptures() {
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("no captures in " + folder);
    }
  }

  @Test
  void readsAFileOnceAndAgainWhenItChanged() throws Exception {
    Path file = folder.resolve("feed.json");
    Files.writeString(file, "[1]");
    try (FileSource source = new FileSource(file, MAX_BYTES)) {
      assertThat(drain(source)).containsExactly("[1]");
      assertThat(source.fetch()).isEqualTo(new Fetch.Unchanged());
      Files.writeString(file, "[2]");
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
      assertThat(drain(source)).containsExactly("[2]");
    }
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = folder.resolve("nothing.json");
    try (FileSource source = new FileSource(missing, MAX_BYTES)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessage("can't read " + missing + ": there is no such file; check --source");
    }
  }

  @Test
  void stopsAGzipBombAtTheLimit() throws Exception {
    Path file = folder.resolve("bomb.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      byte[] spaces = " ".repeat(1 << 16).getBytes(UTF_8);
      for (int i = 0; i < 160; i++) {
        out.write(spaces);
      }
    }
    try (FileSource source = new FileSource(file, MAX_BYTES);
        var feed = ((Fetch.Content) source.fetch()).feed()) {
      assertThatThrownBy(() -> feed.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("it is larger than the limit of 1 MiB; raise the limit if it should be");
    }
  }

  @Test
  void handsOverWhatCameBeforeTheEndOfACutCaptureAndGoesOn() throws Exception {
    Path cut = folder.resolve("a.json.gz");
    gzip(cut, "[" + "1,".repeat(100_000) + "1]");
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
    Files.writeString(folder.resolve("b.json"), "[2]");
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1)) {
      try (var feed = ((Fetch.Content) source.fetch()).feed()) {
        assertThat(feed.body().readNBytes(100_000)).hasSize(100_000);
        assertThatThrownBy(() -> feed.body().readAllBytes())
            .isInstanceOf(IOException.class)
            .hasMessage("its gzip ends too early");
        feed.abandon();
      }
      assertThat(drain(source)).containsExactly("[2]");
    }
  }

  @Test
  void bundlesThirtyHoursOfRealReadings() throws Exception {
    List<Reading> readings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    EntrySink sink =
        new EntrySink() {
          @Override
          public void reading(Reading reading) {
            readings.add(reading);
          }

          @Override
          public void rejected(Rejection rejection) {
            rejections.add(rejection);
          }
        };
    FeedParser parser = new FeedParser(InstantSource.system());
    try (SampleSource source = new SampleSource()) {
      while (source.fetch() instanceof Fetch.Content(var feed)) {
        try (feed) {
          parser.parse(feed.name(), feed.body(), sink);
          feed.acknowledge();
        }
      }
      assertThat(source.fetch()).isEqualTo(new Fetch.Finished());
    }
    Set<Long> sensors = new HashSet<>();
    readings.forEach(reading -> sensors.add(reading.sensor().id()));
    assertThat(rejections).isEmpty();
    assertThat(readings).hasSize(10_760);
    assertThat(sensors).hasSize(15);
    assertThat(readings.getLast().timestamp()).isAfter("2018-11-06T17:50:00Z");
  }

  @Test
  void bundlesLessThanTwoMegabytes() throws Exception {
    try (var resource =
        SampleSource.class.getResourceAsStream("/org/airlens/collect/aberdeen-2018-11-05.zip")) {
      assertThat(resource).isNotNull();
      assertThat(resource.readAllBytes().length).isLessThan(2_000_000);
    }
  }

  private static List<String> drain(Source source) throws Exception {
    List<String> texts = new ArrayList<>();
    while (source.fetch() instanceof Fetch.Content(var feed)) {
      try (feed) {
        texts.add(new String(feed.body().readAllBytes(), UTF_8));
        feed.acknowledge();
      }
    }
    return texts;
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
