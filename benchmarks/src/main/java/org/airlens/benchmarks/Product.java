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

/** AirLens as its users run it: a process of its own. It ends when closed, or with this process. */
final class Product implements AutoCloseable {

  private static final Pattern URL = Pattern.compile("http://\\S+:\\d+");
  private static final int LOG_SHOWN = 2_000;

  private final Process process;
  private final Path folder;
  private final URI url;
  private final Thread atExit;

  private Product(Process process, Path folder, URI url, Thread atExit) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    this.atExit = atExit;
  }

  /**
   * Starts {@code airlens up} on a free port and waits until it says where it listens. An {@link
   * OutOfMemoryError} ends it at once, so that none goes unseen.
   *
   * @param heap its largest heap: {@code 512m}
   * @param folder where its logs go
   */
  static Product up(String heap, Path folder, String... arguments) throws IOException {
    List<String> main = new ArrayList<>(List.of("org.airlens.app.Main", "up", "--port", "0"));
    main.addAll(List.of(arguments));
    List<String> command =
        ChildJvm.command(
            List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + folder.resolve("gc.log"),
                "-Xmx" + heap),
            main);
    Path log = folder.resolve("log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Thread atExit = new Thread(process::destroyForcibly, "end product");
    Runtime.getRuntime().addShutdownHook(atExit);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = URL.matcher(line);
      if (found.find()) {
        Thread.ofVirtual().start(() -> drain(output));
        return new Product(process, folder, URI.create(found.group()), atExit);
      }
    }
    throw new IOException("airlens did not start: " + end(log));
  }

  /** Where it serves. */
  URI url() {
    return url;
  }

  /** The largest resident memory it has had, in bytes; 0 where the system does not tell. */
  long peakResidentBytes() {
    return ResidentMemory.peakBytes(process.pid());
  }

  /**
   * Its resident memory now but for pages of files, which the system takes back when it needs room;
   * in bytes; 0 where the system does not tell.
   */
  long anonymousBytes() {
    return ResidentMemory.anonymousBytes(process.pid());
  }

  /** Collects its whole heap, and tells of this and every earlier collection. */
  GcLog collectGarbage() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    int exit =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(jcmd + " failed with " + exit);
    }
    return GcLog.read(folder.resolve("gc.log"));
  }

  /**
   * Checks that it still runs.
   *
   * @throws IllegalStateException with the end of its log when it does not
   */
  void checkAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "airlens ended with " + process.exitValue() + ": " + end(folder.resolve("log")));
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String end(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - LOG_SHOWN));
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
