package org.airlens.collect.http;

import java.io.InputStream;

/** What a server had when asked for one file. */
public sealed interface HttpFile {

  /** The version that is known is still the newest. */
  record NotModified() implements HttpFile {}

  /**
   * The file.
   *
   * @param bytes as they came; the one who asked closes it, which lets the next file be asked for
   * @param size how many these are, −1 when that is not known
   * @param version what the server names this version by
   */
  record Document(InputStream bytes, long size, Validators version) implements HttpFile {}
}
