package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveServer.Request;
import org.airlens.collect.http.HttpFiles;
import org.airlens.collect.http.HttpSettings;
import org.airlens.collect.http.ServerUnavailableException;
import org.airlens.collect.http.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTreeTest {

  private static final String FILE = "2018/2018-02-01/2018-02-01_sds011_sensor_1.csv";
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(1);

  @TempDir Path root;
  private ArchiveServer server;
  private HttpTree tree;
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(root.resolve(FILE).getParent());
    Files.writeString(root.resolve(FILE), "some text");
    server = ArchiveServer.of(root);
    tree = tree(4, AMPLE);
  }

  @AfterEach
  void stop() {
    tree.close();
    server.close();
  }

  private HttpTree tree(int connections, Duration patience) {
    return tree(connections, patience, InstantSource.system());
  }

  private HttpTree tree(int connections, Duration patience, InstantSource clock) {
    HttpSettings settings =
        new HttpSettings(
            "AirLens-test/1.0 (test@example.org)",
            1 << 30,
            1 << 30,
            new HttpSettings.Timeouts(AMPLE, AMPLE, AMPLE, AMPLE),
            new HttpSettings.Pace(SOON, AMPLE, AMPLE, AMPLE),
            new HttpSettings.Retrying(3, SOON, AMPLE, 5, SOON, SOON));
    return new HttpTree(new HttpFiles(server.url(), settings, connections, patience, clock));
  }

  @Test
  void findsAndReadsFilesByTheServersIndexPages() throws Exception {
    ArchiveLayout layout = new ArchiveLayout(tree);
    List<ArchiveFolder> folders = layout.folders(Days.ALL);
    assertThat(folders).extracting(ArchiveFolder::path).containsExactly("2018/2018-02-01/");
    List<ArchiveFile> files = layout.files(folders.getFirst(), Days.ALL);
    assertThat(files).extracting(ArchiveFile::path).containsExactly(FILE);
    assertThat(text(tree.open(files.getFirst(), Validators.NONE))).isEqualTo("some text");
    assertThat(server.requests())
        .extracting(Request::userAgent)
        .containsOnly("AirLens-test/1.0 (test@example.org)");
  }

  @Test
  void asksForWhatItKnowsOnlyIfItIsAnotherVersion() throws Exception {
    ArchiveContent.Bytes first = (ArchiveContent.Bytes) tree.open(file(), Validators.NONE);
    first.bytes().close();
    assertThat(first.version().etag()).isPresent();
    assertThat(tree.open(file(), first.version())).isEqualTo(new ArchiveContent.Unchanged());
    Files.writeString(root.resolve(FILE), "another text");
    assertThat(text(tree.open(file(), first.version()))).isEqualTo("another text");
    assertThat(server.requests()).extracting(Request::status).containsExactly(200, 304, 200);
  }

  @Test
  void takesNoMoreConnectionsThanAllowed() throws Exception {
    for (int i = 0; i < 40; i++) {
      server.next(
          "/" + FILE,
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("x".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write("y".getBytes(UTF_8));
            return 200;
          });
    }
    List<Future<String>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        asked.add(threads.submit(() -> text(tree.open(file(), Validators.NONE))));
      }
    }
    for (Future<String> one : asked) {
      assertThat(one.get()).isEqualTo("xy");
    }
    assertThat(server.mostAtOnce()).isBetween(1, 4);
  }

  @Test
  void asksAgainWhenAFileBreaksOff() throws Exception {
    server.next("/" + FILE, server.brokenOff());
    server.next("/" + FILE, ArchiveServer.status(503));
    assertThat(text(tree.open(file(), Validators.NONE))).isEqualTo("some text");
  }

  @Test
  void leavesTheServerAloneForAsLongAsItSays() throws Exception {
    server.next("/" + FILE, ArchiveServer.status(429, "Retry-After", "60"));
    try (HttpTree patient = tree(1, AMPLE, () -> now);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> text = threads.submit(() -> text(patient.open(file(), Validators.NONE)));
      Instant asked = now;
      while (!text.isDone()) {
        now = now.plusSeconds(1); // From whenever on it counts the 60 s.
        Thread.onSpinWait();
      }
      assertThat(text.get()).isEqualTo("some text");
      assertThat(now).isAfterOrEqualTo(asked.plusSeconds(60));
    }
    assertThat(server.requests()).extracting(Request::status).containsExactly(429, 200);
  }

  @Test
  void aFileThatIsGoneCostsNoOther() {
    assertThatThrownBy(() ->
            tree.open(
                ArchiveFile.of("", "2018-02-01_sds011_sensor_2.csv").orElseThrow(),
                Validators.NONE))
        .isInstanceOf(SourceException.class)
        .isNotInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("404 Not Found; check the address of --archive");
  }

  @Test
  void aRefusalEndsEverything() {
    server.next("/" + FILE, ArchiveServer.status(403));
    assertThatThrownBy(() -> tree.open(file(), Validators.NONE))
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("403 Forbidden")
        .hasMessageContaining("take fewer --connections");
  }

  @Test
  void aServerThatFailsForLongIsGivenUp() throws Exception {
    try (HttpTree hasty = tree(2, Duration.ofSeconds(-1))) {
      for (int i = 0; i < 100; i++) {
        server.next("/" + FILE, ArchiveServer.status(500));
      }
      SourceException last = new SourceException("none");
      for (int i = 0; i < 10 && !(last instanceof ServerUnavailableException); i++) {
        try {
          text(hasty.open(file(), Validators.NONE));
        } catch (SourceException e) {
          last = e;
        }
      }
      assertThat(last)
          .isInstanceOf(ServerUnavailableException.class)
          .hasMessageContaining("no answer for")
          .hasMessageContaining("500 Internal Server Error");
    }
  }

  @Test
  void aServerThatComesBackIsUsedAgain() throws Exception {
    for (int i = 0; i < 20; i++) {
      server.next("/" + FILE, ArchiveServer.status(500));
    }
    String got = "";
    for (int i = 0; i < 10 && got.isEmpty(); i++) {
      try {
        got = text(tree.open(file(), Validators.NONE));
      } catch (SourceException e) {
        assertThat(e).isNotInstanceOf(ServerUnavailableException.class);
      }
    }
    assertThat(got).isEqualTo("some text");
  }

  @Test
  void largeFilesStreamAndKeepTheirConnectionUntilRead() throws Exception {
    byte[] large = new byte[9 << 20];
    Files.write(root.resolve(FILE), large);
    try (HttpTree one = tree(1, AMPLE)) {
      for (int i = 0; i < 2; i++) {
        ArchiveContent.Bytes content = (ArchiveContent.Bytes) one.open(file(), Validators.NONE);
        assertThat(content.size()).isEqualTo(large.length);
        assertThat(content.bytes().readAllBytes()).hasSize(large.length);
        content.bytes().close();
      }
    }
  }

  @Test
  void closingEndsWhatWaits() throws Exception {
    server.next("/" + FILE, ArchiveServer.status(503, "Retry-After", "3600"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ArchiveContent> waiting = threads.submit(() -> tree.open(file(), Validators.NONE));
      while (server.requests().isEmpty()) {
        Thread.onSpinWait();
      }
      tree.close();
      assertThatThrownBy(waiting::get).cause().isInstanceOf(ServerUnavailableException.class);
    }
  }

  private static ArchiveFile file() {
    return ArchiveFile.of("2018/2018-02-01/", "2018-02-01_sds011_sensor_1.csv").orElseThrow();
  }

  private static String text(ArchiveContent content) throws IOException {
    if (content instanceof ArchiveContent.Bytes bytes) {
      try (InputStream in = bytes.bytes()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
    return content.toString();
  }
}
