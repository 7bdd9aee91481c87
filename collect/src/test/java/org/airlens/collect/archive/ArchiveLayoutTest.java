package org.airlens.collect.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveLayoutTest {

  @TempDir Path root;

  @Test
  void findsDaysInTheRootAndInYearsInTheOrderOfTime() throws Exception {
    file("2019-01-02/2019-01-02_sds011_sensor_1.csv");
    file("2018/2018-12-31/2018-12-31_dht22_sensor_2.csv.gz");
    file("2018/2018-02-01/2018-02-01_bme280_sensor_4_indoor.csv");
    file("2018/2018-02-01/2018-02-01_bme280_sensor_3.csv");
    file("2018/2018-02-01/README");
    file("2018/2018-02-01/2018-02-30_bme280_sensor_3.csv");
    file("parquet/2018-02/sds011/part-1.snappy.parquet");
    file("2018-13-01/2018-13-01_sds011_sensor_1.csv");
    assertThat(paths(Days.ALL))
        .containsExactly(
            "2018/2018-02-01/2018-02-01_bme280_sensor_3.csv",
            "2018/2018-02-01/2018-02-01_bme280_sensor_4_indoor.csv",
            "2018/2018-12-31/2018-12-31_dht22_sensor_2.csv.gz",
            "2019-01-02/2019-01-02_sds011_sensor_1.csv");
  }

  @Test
  void takesMonthsWhereThereAreNoDays() throws Exception {
    file("2018-02-01/2018-02-01_sds011_sensor_1.csv");
    file("csv_per_month/2018-02/2018-02_sds011.zip");
    file("csv_per_month/2018-03/2018-03_sds011.zip");
    file("csv_per_month/2018-03/2018-03_dht22.zip");
    assertThat(paths(Days.ALL))
        .containsExactly(
            "2018-02-01/2018-02-01_sds011_sensor_1.csv",
            "csv_per_month/2018-03/2018-03_dht22.zip",
            "csv_per_month/2018-03/2018-03_sds011.zip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv_per_month", "csv_per_month/2018-02", "2018", "2018/2018-05-01"})
  void theRootMayBeAnyFolderOfIt(String folder) throws Exception {
    file("csv_per_month/2018-02/2018-02_sds011.zip");
    file("2018/2018-05-01/2018-05-01_sds011_sensor_1.csv");
    root = root.resolve(folder);
    assertThat(paths(Days.ALL)).hasSize(1);
  }

  @Test
  void leavesOutDaysThatAreNotWanted() throws Exception {
    for (int day = 1; day <= 9; day++) {
      file("2018-02-0%d/2018-02-0%d_sds011_sensor_1.csv".formatted(day, day));
    }
    file("csv_per_month/2018-03/2018-03_sds011.zip");
    file("csv_per_month/2018-04/2018-04_sds011.zip");
    Days days = new Days(LocalDate.parse("2018-02-08"), LocalDate.parse("2018-03-02"));
    assertThat(paths(days))
        .containsExactly(
            "2018-02-08/2018-02-08_sds011_sensor_1.csv",
            "2018-02-09/2018-02-09_sds011_sensor_1.csv",
            "csv_per_month/2018-03/2018-03_sds011.zip");
  }

  @Test
  void aNameTellsDayMakeAndPlace() {
    assertThat(ArchiveFile.of("d/", "2022-05-01_radiation_sbm-20_sensor_7_indoor.csv"))
        .contains(
            new ArchiveFile(
                "d/2022-05-01_radiation_sbm-20_sensor_7_indoor.csv",
                LocalDate.parse("2022-05-01"),
                LocalDate.parse("2022-05-01"),
                "radiation_sbm-20",
                Optional.of(true)));
    assertThat(ArchiveFile.of("", "2024-02_sds011.zip"))
        .contains(
            new ArchiveFile(
                "2024-02_sds011.zip",
                LocalDate.parse("2024-02-01"),
                LocalDate.parse("2024-02-29"),
                "sds011",
                Optional.empty()));
    assertThat(ArchiveFile.of("", "2022-05-01_sds011_sensor_7.csv.part")).isEmpty();
    assertThat(ArchiveFile.of("", "2022-05-01_sds011_sensor_.csv")).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsToldByItsName() {
    root = root.resolve("none");
    assertThatThrownBy(() -> paths(Days.ALL))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("can't list " + root);
  }

  @Test
  void readsWhatServersWriteAsTheirIndex() {
    String apache =
        """
        <h1>Index of /archive/2018-02-01</h1><pre><a href="?C=N;O=D">Name</a>
        <a href="/archive/">Parent Directory</a>
        <img src="x.png"> <A HREF='2018-02-01_sds011_sensor_1.csv'>2018-02-01_sds..&gt;</A>  12K
        <a class=x href=2018-02-01_dht22_sensor_2.csv>x</a>
        <a href="./2018-02-01_a_sensor_3.csv">x</a>
        <a href="/archive/2018-02-01/2018-02-01_b_sensor_4.csv.gz">x</a>
        <a href="https://host/archive/2018-02-01/2018-02-01_radiation_si22g_sensor_5%2Ecsv">x</a>
        <a href="/etc/passwd">x</a><a href="../2018-02-02/">x</a><a href="sub/">x</a>
        <a href="..">x</a><a href="%2e%2e/x">x</a><a href="%zz">x</a><a href="">x</a>
        """;
    assertThat(IndexPage.children(apache, "/archive/2018-02-01/"))
        .containsExactly(
            "2018-02-01_sds011_sensor_1.csv",
            "2018-02-01_dht22_sensor_2.csv",
            "2018-02-01_a_sensor_3.csv",
            "2018-02-01_b_sensor_4.csv.gz",
            "2018-02-01_radiation_si22g_sensor_5.csv",
            "sub/");
    assertThat(IndexPage.children("<a ".repeat(100_000), "/")).isEmpty();
  }

  private void file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  private List<String> paths(Days days) throws SourceException {
    ArchiveLayout layout = new ArchiveLayout(new FolderTree(root));
    List<String> paths = new ArrayList<>();
    for (ArchiveFolder folder : layout.folders(days)) {
      layout.files(folder, days).forEach(file -> paths.add(file.path()));
    }
    return paths;
  }
}
