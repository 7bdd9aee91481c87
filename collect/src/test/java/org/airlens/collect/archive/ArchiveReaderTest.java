package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.airlens.collect.http.Validators;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveReaderTest {

  private static final String CSV =
      """
      sensor_id;sensor_type;location;lat;lon;timestamp;temperature;humidity
      1;DHT22;2;57;-2;2018-02-01T00:00:01;5;80
      1;DHT22;2;57;-2;2018-02-01T00:02:30;6;81
      """;
  private static final String DAY = "2018-02-01_dht22_sensor_1_indoor.csv";

  private static final Path REAL = Path.of("src", "test", "resources", "archive");

  private final TakenRows taken = new TakenRows();

  @Test
  void gzipIsToldByTheBytesAndNotByTheName() throws IOException {
    byte[] plain = CSV.getBytes(UTF_8);
    assertThat(read(DAY, plain).rows()).isEqualTo(2);
    assertThat(read(DAY + ".gz", plain).rows()).isEqualTo(2);
    assertThat(read(DAY, gzip(plain)).rows()).isEqualTo(2);
    assertThat(read(DAY + ".gz", gzip(plain))).isEqualTo(new ParsedCsv(plain.length, 2));
    assertThat(taken.readings).hasSize(8);
    assertThat(taken.readings)
        .allSatisfy(reading ->
            assertThat(reading.location().indoor()).as("as the name tells").contains(true));
  }

  @Test
  void aZipHoldsSeveralDocuments() throws IOException {
    byte[] zip =
        zip(
            Map.of(
                "2018-02_dht22.csv", CSV.getBytes(UTF_8),
                "more/b.CSV", CSV.replace("1;DHT22", "3;").getBytes(UTF_8),
                "README.txt", "no csv".getBytes(UTF_8)));
    assertThat(read("2018-02_dht22.zip", zip).rows()).isEqualTo(4);
    assertThat(taken.readings)
        .extracting(Reading::sensor)
        .allSatisfy(sensor -> assertThat(sensor.type().name()).isEqualTo("DHT22"))
        .extracting(sensor -> sensor.id())
        .containsExactlyInAnyOrder(1L, 1L, 3L, 3L);
    assertThat(taken.readings.getFirst().location().indoor()).isEmpty();
  }

  @Test
  void rejectionsNameTheDocumentInTheZip() throws IOException {
    read("2018-02_dht22.zip", zip(Map.of("a.csv", (CSV + "1;x\n").getBytes(UTF_8))));
    assertThat(taken.rejections)
        .singleElement()
        .satisfies(rejection -> {
          assertThat(rejection.source()).isEqualTo("2018-02_dht22.zip!a.csv");
          assertThat(rejection.offset()).isEqualTo(CSV.length());
        });
  }

  @ParameterizedTest
  @CsvSource({"40, it ends too early", "-1, it ends too early"})
  void whatCameBeforeAGzipBreaksIsTaken(int cut, String problem) throws IOException {
    StringBuilder long_ = new StringBuilder(CSV);
    for (int i = 0; i < 5_000; i++) {
      long_.append("%d;DHT22;2;57;-2;2018-02-01T00:00:01;%d;80\n".formatted(i + 2, i * 31 % 17));
    }
    byte[] whole = gzip(long_.toString().getBytes(UTF_8));
    byte[] part = Arrays.copyOf(whole, cut < 0 ? whole.length - 20 : cut);
    assertThatThrownBy(() -> read(DAY + ".gz", part)).hasMessageStartingWith(problem);
    if (cut < 0) {
      assertThat(taken.readings).hasSizeGreaterThan(4_000);
    }
  }

  @Test
  void aDamagedGzipSaysSo() throws IOException {
    byte[] gzip = gzip(CSV.getBytes(UTF_8));
    gzip[20] ^= 0x55;
    assertThatThrownBy(() -> read(DAY + ".gz", gzip))
        .hasMessageStartingWith("its compression is broken: ");
  }

  @Test
  void whatIsNoZipSaysSo() {
    assertThatThrownBy(() -> read("2018-02_dht22.zip", CSV.getBytes(UTF_8)))
        .hasMessage("there is no CSV file in it, or it is no zip");
  }

  @Test
  void aBombIsGivenUp() throws IOException {
    byte[] bomb = gzip(new byte[300 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> read(DAY + ".gz", bomb))
        .hasMessage("it unfolds to more than 200 times its size, as no archive file does");
    byte[] zip = zip(Map.of("a.csv", new byte[300 << 20]));
    assertThatThrownBy(() -> read("2018-02_dht22.zip", zip))
        .hasMessageContaining("it unfolds to more than 200 times its size");
    assertThat(taken.readings).isEmpty();
  }

  @Test
  void theChecksumIsOfAllBytesAlsoBehindTheEnd() throws IOException {
    byte[] gzip = gzip(CSV.getBytes(UTF_8));
    byte[] padded = Arrays.copyOf(gzip, gzip.length + 5);
    assertThat(checksum(padded)).isNotEqualTo(checksum(gzip)).hasSize(32);
    padded[padded.length - 1] = 1;
    assertThat(checksum(padded)).isNotEqualTo(checksum(Arrays.copyOf(gzip, gzip.length + 5)));
  }

  @Test
  void readsRealFiles() throws Exception {
    ArchiveTree tree = new FolderTree(REAL);
    ArchiveLayout layout = new ArchiveLayout(tree);
    ArchiveReader reader = new ArchiveReader(TakenRows.CLOCK, id -> "");
    List<Long> rows = new ArrayList<>();
    for (ArchiveFolder folder : layout.folders(Days.ALL)) {
      for (ArchiveFile file : layout.files(folder, Days.ALL)) {
        if (tree.open(file, Validators.NONE) instanceof ArchiveContent.Bytes content) {
          try (MeasuredInputStream measured = new MeasuredInputStream(content.bytes())) {
            rows.add(reader.read(file, measured, taken).rows());
            assertThat(measured.count()).isEqualTo(content.size());
          }
        }
      }
    }
    assertThat(rows).containsExactly(21L, 4L, 9L);
    assertThat(taken.reasons()).containsExactly("no_values@150");
    assertThat(taken.readings)
        .hasSize(33)
        .contains(
            new Reading(
                new Sensor(22481, "", new SensorType(17, "BME280", "Bosch")),
                taken.readings.get(21).location(),
                Instant.parse("2019-03-02T23:51:24Z"),
                MeasureValues.builder()
                    .add("pressure", 98622.97)
                    .add("temperature", 6.55)
                    .add("humidity", 83.54)
                    .build(),
                OptionalInt.empty()));
  }

  private String checksum(byte[] bytes) throws IOException {
    try (MeasuredInputStream measured = new MeasuredInputStream(new ByteArrayInputStream(bytes))) {
      new ArchiveReader(TakenRows.CLOCK, id -> "")
          .read(ArchiveFile.of("", DAY).orElseThrow(), measured, taken);
      return measured.checksum();
    }
  }

  private ParsedCsv read(String name, byte[] bytes) throws IOException {
    try (MeasuredInputStream measured = new MeasuredInputStream(new ByteArrayInputStream(bytes))) {
      return new ArchiveReader(TakenRows.CLOCK, id -> "")
          .read(ArchiveFile.of("", name).orElseThrow(), measured, taken);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
