package org.airlens.collect;

import java.io.IOException;
import java.io.InputStream;

/** One feed document to be read. */
public interface FeedContent extends AutoCloseable {

  /** What people know it by: the URL, the capture's file name. */
  String name();

  /**
   * The JSON, decompressed. It fails with {@link java.io.IOException} beyond the source's size
   * limit.
   */
  InputStream body();

  /** Tells the source that all of it is durable, so that it need not be delivered again. */
  void acknowledge();

  /**
   * Tells the source that this can't be read to its end, and that what could be read is durable: a
   * replay goes on to its next capture, a live feed is asked again.
   */
  default void abandon() {}

  /** Closes the body. */
  @Override
  void close();

  /** What people are told of a document that can't be read to its end. */
  static String breaksOff(String name, IOException failure) {
    return "%s breaks off: %s".formatted(name, failure.getMessage());
  }
}
