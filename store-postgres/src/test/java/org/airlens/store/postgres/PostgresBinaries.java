package org.airlens.store.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Finds a PostgreSQL server to run: in the folder that the system property {@code
 * airlens.postgres.bin} names, else the one that comes as a test dependency where that fits this
 * machine, else the newest that is installed.
 */
final class PostgresBinaries {

  private static final String PROPERTY = "airlens.postgres.bin";
  private static final String BUNDLED = "/postgres-linux-x86_64.txz";
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private PostgresBinaries() {}

  /** The folder that holds {@code initdb} and {@code postgres}. */
  static Path find(Path folder) {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    try {
      if (fits) {
        unpack(folder);
        return folder.resolve("bin");
      }
      return installed()
          .orElseThrow(() ->
              new IllegalStateException(
                  "no PostgreSQL server; install the package postgresql, or name its bin folder"
                      + " with -D"
                      + PROPERTY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .max(Comparator.comparingInt(version -> Integer.parseInt(version.toFile().getName())))
          .map(version -> version.resolve("bin"));
    }
  }

  private static void unpack(Path folder) throws IOException {
    InputStream bundled = PostgresBinaries.class.getResourceAsStream(BUNDLED);
    if (bundled == null) {
      throw new IOException(BUNDLED + " is not on the class path");
    }
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(bundled)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      boolean runs = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
