package org.airlens.store.lake;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AirLens on a lake, as its users run it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServedLakeIT {

  private static final Pattern URL = Pattern.compile("serves at (http://\\S+/)");

  @TempDir Path folder;

  private LakeWriter writer;

  @BeforeEach
  void write() {
    writer = new LakeWriter(folder.resolve("lake"));
    writer.write(List.of(dust(7, NOON, 20, 10), dust(7, NOON.plusSeconds(60), 30, 12)));
  }

  @AfterEach
  void end() {
    writer.close();
  }

  @Test
  void serves() throws Exception {
    Process process = start("serve", "--store", "lake:lake", "--port", "0");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      Matcher address = URL.matcher(String.valueOf(out.readLine()));
      assertThat(address.find()).isTrue();
      URI url = URI.create(address.group(1));

      assertThat(get(client, url.resolve("readyz")).statusCode()).isEqualTo(200);
      assertThat(get(client, url.resolve("api/v1/stats?measure=P1")).body())
          .contains("\"count\":2,\"sensors\":1,\"min\":20.0,\"mean\":25.0,\"max\":30.0");
      assertThat(get(client, url.resolve("api/v1/latest")).body()).contains("\"sensor_id\":7");
      assertThat(get(client, url.resolve("api/v1/status")).body()).contains("\"kind\":\"lake\"");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void exports() throws Exception {
    Process process = start("export", "--store", "lake:lake", "--out", "-");
    assertThat(text(process))
        .contains("2018-12-20T12:01:00Z,7,")
        .contains("2018-12-20T12:00:00Z,7,");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void doesNotCollectIntoIt() throws Exception {
    Process process = start("collect", "--once", "--source", "sample", "--store", "lake:lake");
    assertThat(text(process).lines())
        .containsExactly(
            "airlens: lake:lake can only be read, with airlens serve or airlens export;"
                + " airlens backfill --engine spark writes a lake");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("org.airlens.app.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(HttpClient client, URI url)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }
}
