package org.airlens.collect;

/** Where feed content comes from. Used by one thread at a time; the one who opened it closes it. */
public interface Source extends AutoCloseable {

  /** What people know it by: a URL without secrets, a file's path, {@code sample}. */
  String name();

  /**
   * Asks once for what there is to read, blocking. Content that was not acknowledged is delivered
   * again by a later call.
   *
   * @throws SourceException when the source can't be read now; asking again later is right
   */
  Fetch fetch() throws SourceException;

  /** How many contents a cycle takes at most; the pace of a replay. */
  default int contentsPerCycle() {
    return 1;
  }

  /** Releases connections and files. */
  @Override
  void close();
}
