package org.airlens.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AirLens as its users run it: a process of its own. */
final class Product implements AutoCloseable {

  private static final Pattern URL = Pattern.compile("http://\\S+:\\d+");

  private final Process process;
  private final URI url;

  private Product(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts {@code airlens up} on a free port and waits until it listens. */
  static Product up(String heap, Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseCompactObjectHeaders");
    command.add("-Xmx" + heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.airlens.app.Main", "up", "--port", "0"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = URL.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> drain(output));
        return new Product(process, URI.create(found.group()));
      }
    }
    throw new IOException("airlens did not start: " + Files.readString(log));
  }

  /** Where it serves. */
  URI url() {
    return url;
  }

  /** The largest resident memory it has had, in bytes; 0 where the system does not tell. */
  long peakResidentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // What it says after its address is not measured; an unread pipe would block it.
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }
}
