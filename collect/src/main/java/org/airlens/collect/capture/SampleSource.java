package org.airlens.collect.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * The bundled capture: thirty hours of Aberdeen's sensors from noon of 2018-11-05, Bonfire Night,
 * which takes the index from 2 to 10. Everything is replayed in the first cycle.
 */
public final class SampleSource implements Source {

  /** The source's name on the command line. */
  public static final String NAME = "sample";

  private static final String RESOURCE = "/org/airlens/collect/aberdeen-2018-11-05.zip";

  private @Nullable ZipInputStream zip;
  private int delivered;
  private int settled;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int contentsPerCycle() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Fetch fetch() throws SourceException {
    try {
      ZipInputStream captures = zip == null ? open() : zip;
      ZipEntry capture = captures.getNextEntry();
      if (capture == null) {
        return new Fetch.Finished();
      }
      delivered++;
      int number = delivered;
      return new Fetch.Content(
          new CaptureContent(
              NAME + "/" + capture.getName(),
              new ByteArrayInputStream(captures.readAllBytes()),
              () -> settled = number));
    } catch (IOException e) {
      throw new SourceException("the bundled sample can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void rewind() {
    if (delivered > settled) {
      close();
      zip = null;
      delivered = settled;
    }
  }

  @Override
  public void close() {
    if (zip != null) {
      try {
        zip.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }

  private ZipInputStream open() throws IOException {
    InputStream resource = SampleSource.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IOException("it is missing in this installation");
    }
    ZipInputStream opened = new ZipInputStream(resource);
    for (int passed = 0; passed < settled; passed++) {
      opened.getNextEntry();
    }
    zip = opened;
    return opened;
  }
}
