package org.airlens.server.format;

import org.airlens.model.Reading;

/**
 * Writes readings one after the other, in bounded memory. Failures to write come as {@link
 * java.io.UncheckedIOException} or Jackson's own unchecked exception.
 */
public interface ReadingOutput extends AutoCloseable {

  /** Writes one reading. */
  void write(Reading reading);

  /** Writes what ends the document and flushes; the stream beneath stays open. */
  @Override
  void close();
}
