package org.airlens.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, on a free port of this machine, gone with it. PostgreSQL
 * does not run as root: there it runs as nobody.
 */
public final class RealPostgres implements AutoCloseable {

  static final String USER = "airlens";
  static final String PASSWORD = "s3cret";

  private static final int NOBODY = 65_534;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path folder;
  private final Path bin;
  private final int port;
  private Process process;

  private RealPostgres(Path folder, Path bin, int port, Process process) {
    this.folder = folder;
    this.bin = bin;
    this.port = port;
    this.process = process;
  }

  /** The server that the tests of a module share; it ends with the virtual machine. */
  public static RealPostgres shared() {
    return Shared.SERVER;
  }

  /** Starts a server. */
  public static RealPostgres start() {
    try {
      Path folder = Files.createTempDirectory("airlens-postgres");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path bin = PostgresBinaries.find(folder.resolve("server"));
      Path data = Files.createDirectory(folder.resolve("data"));
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (isRoot()) {
        run(List.of("chown", Integer.toString(NOBODY), data.toString()), folder);
      }
      List<String> initdb =
          asAnybodyButRoot(
              bin.resolve("initdb").toString(),
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync");
      run(initdb, folder);
      int port = freePort();
      return new RealPostgres(folder, bin, port, launch(folder, bin, port)).awaited();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path folder, Path bin, int port) throws IOException {
    List<String> command =
        asAnybodyButRoot(
            bin.resolve("postgres").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            // What survives a crash of the server survives it without; only power loss differs.
            "-c",
            "fsync=off",
            "-c",
            "max_connections=200");
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Makes an empty database and returns its address. */
  public String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return uri(name);
  }

  /** The address of a database. */
  public String uri(String database) {
    return uri(USER, PASSWORD, database);
  }

  /** The address of a database for somebody. */
  public String uri(String user, String password, String database) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, database);
  }

  /** The folder in which this server, when it is of its own files, looks for extensions. */
  Path extensions() {
    return bin.resolveSibling("share").resolve("postgresql").resolve("extension");
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** A connection of the superuser; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, PASSWORD);
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Runs statements as superuser. */
  public void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of a query's rows, as superuser. */
  public List<String> query(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The database of an address. */
  public static String database(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
  }

  /** Ends the server as a crash would: nobody is told, nothing is written any more. */
  public void crash() {
    end("QUIT");
  }

  /** Starts the server again where it was. */
  public void startAgain() {
    try {
      process = launch(folder, bin, port);
      awaited();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end("QUIT"); // What it would tidy up is deleted.
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private RealPostgres awaited() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(1)) {
          return this;
        }
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("PostgreSQL does not start: " + log(), e);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> asAnybodyButRoot(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command, Path folder) throws IOException {
    Path log = folder.resolve("setup");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Started when it is first asked for. */
  private static final class Shared {
    private static final RealPostgres SERVER = start();

    static {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(SERVER::close));
    }
  }
}
