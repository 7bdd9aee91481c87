package org.airlens.collect.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.airlens.collect.BoundedInputStream;
import org.airlens.collect.GunzipInputStream;
import org.airlens.collect.SourceException;
import org.jspecify.annotations.Nullable;

/** Opens captures: JSON, or gzip of it, told apart by the first bytes. */
public final class CaptureFile {

  private static final int BUFFER = 1 << 16;

  private CaptureFile() {}

  /**
   * The JSON of a file.
   *
   * @param maxBytes beyond so many the stream fails
   * @throws SourceException when the file can't be opened
   */
  public static InputStream open(Path file, long maxBytes) throws SourceException {
    InputStream raw = null;
    try {
      raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      return new BoundedInputStream(GunzipInputStream.ifGzip(raw), maxBytes);
    } catch (IOException e) {
      closeQuietly(raw);
      throw unreadable(file, e);
    }
  }

  static SourceException unreadable(Path file, IOException failure) {
    String reason =
        switch (failure) {
          case NoSuchFileException missing -> "there is no such file; check --source";
          case AccessDeniedException denied -> "no permission to read it";
          default ->
              Files.isDirectory(file) ? "it is a folder" : String.valueOf(failure.getMessage());
        };
    return new SourceException("can't read " + file + ": " + reason, failure);
  }

  private static void closeQuietly(@Nullable InputStream stream) {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // The failure that led here tells more.
      }
    }
  }
}
