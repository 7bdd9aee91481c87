package org.airlens.pipeline.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveServer;
import org.airlens.collect.archive.ArchiveServer.Request;
import org.airlens.collect.archive.HttpTree;
import org.airlens.collect.http.HttpFiles;
import org.airlens.collect.http.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpBackfillTest {

  private static final int CONNECTIONS = 3;

  @TempDir Path folder;
  private TestArchive archive;
  private ArchiveServer server;
  private BackfillNode node;

  @BeforeEach
  void open() throws IOException {
    Path root = folder.resolve("archive");
    archive = new TestArchive(root);
    for (int day = 1; day <= 5; day++) {
      for (int sensor = 1; sensor <= 6; sensor++) {
        archive.dust("2018-02-0" + day, sensor, 20);
      }
    }
    server = ArchiveServer.of(root);
    node = BackfillNode.in(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    node.close();
    server.close();
  }

  @Test
  void asksASecondTimeOnlyWhetherAnythingChanged() throws Exception {
    BackfillReport first = load();
    assertThat(first.stored()).isEqualTo(600);
    assertThat(server.mostAtOnce()).isBetween(1, CONNECTIONS);
    server.forget();
    archive.dust("2018-02-03", 3, 25);
    BackfillReport second = load();
    assertThat(second.stored()).isEqualTo(5);
    assertThat(second.filesUnchanged()).isEqualTo(29);
    assertThat(server.requests())
        .filteredOn(request -> request.path().endsWith(".csv"))
        .extracting(Request::status)
        .filteredOn(status -> status == 304)
        .hasSize(29);
  }

  @Test
  void knowsByTheChecksumWhatAServerDoesNotTell() throws Exception {
    server.namesNoVersions();
    load();
    BackfillReport second = load();
    assertThat(second.filesUnchanged()).isEqualTo(30);
    assertThat(second.stored()).isZero();
  }

  @Test
  void aFileThatTheServerLosesFailsAlone() throws Exception {
    server.next("/2018-02-02/2018-02-02_sds011_sensor_2.csv", ArchiveServer.status(404));
    BackfillReport report = load();
    assertThat(report.filesFailed()).isEqualTo(1);
    assertThat(report.problems().getFirst()).contains("404 Not Found");
    assertThat(report.stored()).isEqualTo(580);
    assertThat(load().stored()).isEqualTo(20);
  }

  @Test
  void aFolderThatCantBeListedFailsAlone() throws Exception {
    server.next("/2018-02-02/", ArchiveServer.status(404));
    BackfillReport report = load();
    assertThat(report.filesFailed()).isEqualTo(1);
    assertThat(report.stored()).isEqualTo(480);
    assertThat(load().stored()).isEqualTo(120);
  }

  @Test
  void aRefusalEndsTheRunAndTheNextGoesOn() throws Exception {
    server.next("/2018-02-04/2018-02-04_sds011_sensor_1.csv", ArchiveServer.status(403));
    BackfillReport report = load();
    assertThat(report.broken())
        .hasValueSatisfying(why -> assertThat(why).contains("403 Forbidden"));
    assertThat(report.stored()).isBetween(360L, 600L);
    BackfillReport rest = load();
    assertThat(rest.isComplete()).isTrue();
    assertThat(node.stored()).hasSize(600);
  }

  @Test
  void withoutAServerThereIsNoRun() {
    server.close();
    assertThatThrownBy(this::load)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("refuses the connection");
  }

  private BackfillReport load() throws Exception {
    Duration ample = Duration.ofSeconds(30);
    Duration soon = Duration.ofMillis(1);
    HttpSettings settings =
        new HttpSettings(
            "AirLens-test/1.0 (test@example.org)",
            1 << 30,
            1 << 30,
            new HttpSettings.Timeouts(ample, ample, ample, ample),
            new HttpSettings.Pace(soon, ample, ample, ample),
            new HttpSettings.Retrying(3, soon, ample, 5, soon, soon));
    try (HttpTree tree =
        new HttpTree(
            new HttpFiles(server.url(), settings, CONNECTIONS, ample, InstantSource.system()))) {
      return node.load(tree, Selection.ALL, new Backfill.Pace(CONNECTIONS, 10_000), () -> false);
    }
  }
}
