package org.airlens.spark.capture;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.airlens.collect.SourceException;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.spark.parsed.FolderTable;
import org.airlens.spark.parsed.Parts;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A folder's captures of the feed as a table, in the order of their names, for {@code
 * spark.read().format(CaptureTable.class.getName())}.
 */
public final class CaptureTable extends FolderTable {

  /** Made by Spark. */
  public CaptureTable() {
    super("captures");
  }

  @Override
  protected Stream<CapturePart> parts(CaseInsensitiveStringMap options) throws SourceException {
    List<Path> files = CaptureFolder.captures(Path.of(options.get(ROOT)));
    long[] sizes = files.stream().mapToLong(file -> file.toFile().length()).toArray();
    return Parts.of(sizes, options.getInt(PARTS, 1)).stream()
        .map(range -> new CapturePart(range.first(), range.of(files).map(Path::toString).toList()));
  }
}
