package org.airlens.server.format;

import org.airlens.model.Reading;

/**
 * Writes readings one after the other, in bounded memory. Failures to write come as {@link
 * java.io.UncheckedIOException} or Jackson's own unchecked exception.
 */
public interface ReadingOutput extends AutoCloseable {

  /** Writes one reading. */
  void write(Reading reading);

  /** Writes what ends the document and flushes. */
  void finish();

  /**
   * Lets go of the document, whole or not: one that was not finished does not look whole. The
   * stream beneath stays open.
   */
  @Override
  void close();
}
