package org.airlens.collect.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.Validators;

/** An archive in a folder of this machine. */
public final class FolderTree implements ArchiveTree {

  private final Path root;

  /** The archive in a folder. */
  public FolderTree(Path root) {
    this.root = root.toAbsolutePath().normalize(); // The same from wherever it is named.
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public List<String> children(String path) throws SourceException {
    Path folder = root.resolve(path);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        // A name that ends as files do is believed: asking for each of a day's 10,000 takes long.
        boolean isFolder = !isFile(name) && Files.isDirectory(entry);
        names.add(isFolder ? name + "/" : name);
      }
      return names;
    } catch (DirectoryIteratorException e) {
      throw new SourceException("can't list %s: %s".formatted(folder, e.getMessage()), e);
    } catch (IOException e) {
      throw new SourceException("can't list %s: %s".formatted(folder, reason(e)), e);
    }
  }

  @Override
  public ArchiveContent open(ArchiveFile file, Validators known) throws SourceException {
    Path path = root.resolve(file.path());
    try {
      long size = Files.size(path); // Before there is a stream that a failure would leave open.
      return new ArchiveContent.Bytes(Files.newInputStream(path), size, Validators.NONE);
    } catch (IOException e) {
      throw new SourceException("can't read %s: %s".formatted(path, reason(e)), e);
    }
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it is not there";
    }
    String message = String.valueOf(failure.getMessage());
    int reason = message.lastIndexOf(": ");
    return failure instanceof AccessDeniedException
        ? "access is denied; check its permissions"
        : reason < 0 ? message : message.substring(reason + 2);
  }

  private static boolean isFile(String name) {
    return name.endsWith(".csv") || name.endsWith(".gz") || name.endsWith(".zip");
  }
}
