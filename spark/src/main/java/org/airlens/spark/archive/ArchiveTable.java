package org.airlens.spark.archive;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveFolder;
import org.airlens.collect.archive.ArchiveLayout;
import org.airlens.collect.archive.Days;
import org.airlens.collect.archive.FolderTree;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.spark.parsed.FolderTable;
import org.airlens.spark.parsed.Parts;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The archive as a table, for {@code spark.read().format(ArchiveTable.class.getName())}. Spark's
 * own CSV reader takes one header for all files and drops what it can't read; here every file has
 * its own header, may be gzip or a zip of many, and each row that is not taken says why.
 */
public final class ArchiveTable extends FolderTable {

  /** The option with the first day wanted. */
  public static final String FROM = "from";

  /** The option with the day after the last one wanted. */
  public static final String TO = "to";

  /** The option with the makes of sensor wanted, in lower case and between commas; all if empty. */
  public static final String TYPES = "types";

  /** Made by Spark. */
  public ArchiveTable() {
    super("archive");
  }

  @Override
  protected Stream<FilePart> parts(CaseInsensitiveStringMap options) throws SourceException {
    Path root = Path.of(options.get(ROOT));
    List<ArchiveFile> files = files(root, options);
    long[] sizes =
        files.stream().mapToLong(file -> root.resolve(file.path()).toFile().length()).toArray();
    return Parts.of(sizes, options.getInt(PARTS, 1)).stream()
        .map(range -> FilePart.of(root, range.first(), range.of(files)));
  }

  private static List<ArchiveFile> files(Path root, CaseInsensitiveStringMap options)
      throws SourceException {
    String from = options.getOrDefault(FROM, "");
    String to = options.getOrDefault(TO, "");
    Days days =
        new Days(
            from.isEmpty() ? LocalDate.MIN : LocalDate.parse(from),
            to.isEmpty() ? LocalDate.MAX : LocalDate.parse(to));
    Set<String> types =
        Arrays.stream(options.getOrDefault(TYPES, "").split(","))
            .filter(type -> !type.isEmpty())
            .collect(Collectors.toSet());
    Selection selection = new Selection(days, types, Set.of(), Optional.empty());
    List<ArchiveFile> wanted = new ArrayList<>();
    try (FolderTree tree = new FolderTree(root)) {
      ArchiveLayout layout = new ArchiveLayout(tree);
      for (ArchiveFolder folder : layout.folders(days)) {
        layout.files(folder, days).stream().filter(selection::wants).forEach(wanted::add);
      }
    }
    return wanted;
  }
}
