package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AirLens as its users run it: a process of its own, driven by signals and over HTTP. */
final class RunningAirLens implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern URL = Pattern.compile("serves at (http://\\S+/)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningAirLens(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command; what it prints goes to files in the folder. */
  static RunningAirLens start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // A build in the background ignores Ctrl-C, and its children would inherit that.
    command.add("env");
    command.add("--default-signal=INT");
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("org.airlens.app.Main");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new RunningAirLens(process, out, err);
  }

  /** Starts {@code up} on a free port. */
  static RunningAirLens up(Path folder, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("up", "--port", "0"));
    all.addAll(List.of(arguments));
    return start(folder, all.toArray(String[]::new));
  }

  /** What a command did that ended by itself. */
  record Run(int exit, String out, String err) {}

  /** Runs a command to its end. */
  static Run run(Path folder, String... arguments) throws IOException, InterruptedException {
    try (RunningAirLens airLens = start(folder, arguments)) {
      int exit = airLens.exit();
      return new Run(exit, airLens.out(), airLens.err());
    }
  }

  /** Where it serves; waits until it does. */
  URI url() {
    return await(
        "its address",
        () -> {
          Matcher found = URL.matcher(out());
          return found.find() ? URI.create(found.group(1)) : null;
        });
  }

  /** Waits until the first cycle has finished and returns where it serves. */
  URI ready() {
    URI url = url();
    await("readiness", () -> get("readyz").statusCode() == 200 ? true : null);
    return url;
  }

  /** The answer to a GET. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url().resolve(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  /** The body of a GET that must succeed. */
  String body(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
    return response.body();
  }

  /** Waits until the condition gives something. */
  <T> T await(String what, Callable<T> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        T value = condition.call();
        if (value != null) {
          return value;
        }
      } catch (Exception e) {
        last = e;
      }
      if (!process.isAlive()) {
        return fail("it ended with %d before %s: %s", process.exitValue(), what, err());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return fail("no %s: %s, stderr %s", what, last, err());
  }

  /** What it printed to standard output so far. */
  String out() {
    return text(out);
  }

  /** Where what it prints to standard output goes. */
  Path outFile() {
    return out;
  }

  /** What it printed to standard error so far. */
  String err() {
    return text(err);
  }

  /** The exit code; waits for the end. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Sends a signal: {@code INT}, {@code TERM}, {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
