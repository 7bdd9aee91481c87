package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A feed of a gigabyte, which is a few megabytes of gzip, in a heap of 48 MiB. */
class GigabyteFeedTest {

  private static final Path CAPTURE =
      Path.of("src/test/resources/feeds/feed-snapshot-2017-01-16.json");

  /** How many readings the capture holds. */
  private static final long READINGS = 1_218;

  @Test
  void isReadToItsEnd() throws Exception {
    long twoGibibytes = 2L << 30;
    assertThat(readWithLimit(twoGibibytes))
        .matches(READINGS * GigabyteFeed.COPIES + " readings, read 10\\d{8}\n");
  }

  @Test
  void isReadUpToTheSizeLimit() throws Exception {
    long limit = 20 << 20;
    String ended = readWithLimit(limit);
    assertThat(ended)
        .endsWith("it is larger than the limit of 20 MiB; raise the limit if it should be\n");
    long readings = Long.parseLong(ended.substring(0, ended.indexOf(' ')));
    assertThat(readings).isBetween(20 * READINGS, 22 * READINGS);
  }

  private static String readWithLimit(long maxBytes) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx48m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GigabyteFeed.class.getName(),
                    CAPTURE.toString(),
                    Long.toString(maxBytes)))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return output
        .lines()
        .filter(line -> !line.startsWith("SLF4J"))
        .reduce("", (a, b) -> a + b + "\n");
  }
}
