package org.airlens.collect;

/** Where feed content comes from. Used by one thread at a time; the one who opened it closes it. */
public interface Source extends AutoCloseable {

  /** What people know it by: a URL without secrets, a file's path, {@code sample}. */
  String name();

  /**
   * Asks once for what there is to read, blocking: what comes after the content delivered before,
   * which need not be acknowledged yet.
   *
   * @throws SourceException when the source can't be read now; asking again later is right
   */
  Fetch fetch() throws SourceException;

  /**
   * Goes back to the first content that was delivered and neither acknowledged nor abandoned, so
   * that it is delivered again. A source that has one content at a time delivers it again anyway.
   */
  default void rewind() {}

  /** How many contents a cycle takes at most; the pace of a replay. */
  default int contentsPerCycle() {
    return 1;
  }

  /** Releases connections and files. */
  @Override
  void close();
}
