package org.airlens.collect.archive;

import java.util.List;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.Validators;

/**
 * Where an archive's folders and files are: on this machine or on a server. Thread-safe; the one
 * who opened it closes it.
 */
public sealed interface ArchiveTree extends AutoCloseable permits FolderTree, HttpTree {

  /** What people know it by: a path, a URL without secrets. */
  String name();

  /**
   * The names in a folder; those of folders end in {@code /}.
   *
   * @param path the folder below the root, empty or ending in {@code /}
   * @throws SourceException when it can't be listed
   */
  List<String> children(String path) throws SourceException;

  /**
   * Opens a file.
   *
   * @param known which version need not be read again
   * @throws SourceException when it can't be opened; other files may be
   */
  ArchiveContent open(ArchiveFile file, Validators known) throws SourceException;

  /** Ends what is under way and releases connections. */
  @Override
  void close();
}
