package org.airlens.store.embedded;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another Java process with this one's classes, talked to line by line and killed in the end. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private ChildJvm(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a class.
   *
   * @param work where it may leave files, such as those of its native libraries
   */
  static ChildJvm start(Path work, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    // It lives for a moment.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx256m");
    command.add("-XX:ErrorFile=" + work.resolve("crash.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-Djava.io.tmpdir=" + work);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectError(Redirect.appendTo(work.resolve("errors.log").toFile()))
            .start());
  }

  /** The next line, null when it has ended. */
  @Nullable String readLine() throws IOException {
    return out.readLine();
  }

  /** Sends a line and returns the answer, null when the process ended instead. */
  @Nullable String ask(String line) throws IOException {
    in.write(line);
    in.newLine();
    in.flush();
    return out.readLine();
  }

  /** Whether it ends by itself within a while. */
  boolean endsWithin(long micros) throws InterruptedException {
    return process.waitFor(micros, TimeUnit.MICROSECONDS);
  }

  /** Ends it as {@code kill -9} does; what it had printed can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would close what it printed.
    process.waitFor();
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
