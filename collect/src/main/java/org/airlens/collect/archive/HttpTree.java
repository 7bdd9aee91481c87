package org.airlens.collect.archive;

import java.io.InputStream;
import java.util.List;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.HttpFile;
import org.airlens.collect.http.HttpFiles;
import org.airlens.collect.http.Validators;

/** An archive on a web server that lists its folders as pages of links. */
public final class HttpTree implements ArchiveTree {

  private final HttpFiles files;

  /**
   * The archive at an address.
   *
   * @param files closed with this
   */
  public HttpTree(HttpFiles files) {
    this.files = files;
  }

  @Override
  public String name() {
    return files.name();
  }

  @Override
  public List<String> children(String path) throws SourceException {
    return IndexPage.children(files.page(path), files.absolute(path));
  }

  @Override
  public ArchiveContent open(ArchiveFile file, Validators known) throws SourceException {
    return switch (files.get(file.path(), known)) {
      case HttpFile.NotModified _ -> new ArchiveContent.Unchanged();
      case HttpFile.Document(InputStream bytes, long size, Validators version) ->
          new ArchiveContent.Bytes(bytes, size, version);
    };
  }

  @Override
  public void close() {
    files.close();
  }
}
