package org.airlens.collect;

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

  /** Closes the body. */
  @Override
  void close();
}
