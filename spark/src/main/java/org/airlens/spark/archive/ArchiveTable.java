package org.airlens.spark.archive;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveFolder;
import org.airlens.collect.archive.ArchiveLayout;
import org.airlens.collect.archive.Days;
import org.airlens.collect.archive.FolderTree;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.spark.parsed.ParsedTable;
import org.airlens.spark.parsed.Parts;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The archive as a table, for {@code spark.read().format(ArchiveTable.class.getName())}. Spark's
 * own CSV reader takes one header for all files and drops what it can't read; here every file has
 * its own header, may be gzip or a zip of many, and each row that is not taken says why.
 */
public final class ArchiveTable extends ParsedTable {

  /** The option with the first day wanted. */
  public static final String FROM = "from";

  /** The option with the day after the last one wanted. */
  public static final String TO = "to";

  /** The option with the makes of sensor wanted, in lower case and between commas; all if empty. */
  public static final String TYPES = "types";

  /** Made by Spark. */
  public ArchiveTable() {
    super("archive", TableCapability.BATCH_READ);
  }

  @Override
  protected Scan scan(CaseInsensitiveStringMap options) {
    return new FileScan(options);
  }

  /** A reading of the files of some days and makes. */
  private record FileScan(CaseInsensitiveStringMap options) implements Scan, Batch {

    @Override
    public StructType readSchema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public String description() {
      return "archive " + options.get(ROOT);
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      try {
        Path root = Path.of(options.get(ROOT));
        List<ArchiveFile> files = files(root);
        long[] sizes =
            files.stream().mapToLong(file -> root.resolve(file.path()).toFile().length()).toArray();
        return Parts.of(sizes, options.getInt(PARTS, 1)).stream()
            .map(range -> FilePart.of(root, range.first(), range.of(files)))
            .toArray(InputPartition[]::new);
      } catch (SourceException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return part -> new ParsedRows(new ArchivePart((FilePart) part), EXCERPTS);
    }

    private List<ArchiveFile> files(Path root) throws SourceException {
      String from = options.getOrDefault(FROM, "");
      String to = options.getOrDefault(TO, "");
      Days days =
          new Days(
              from.isEmpty() ? LocalDate.MIN : LocalDate.parse(from),
              to.isEmpty() ? LocalDate.MAX : LocalDate.parse(to));
      Set<String> types =
          java.util.Arrays.stream(options.getOrDefault(TYPES, "").split(","))
              .filter(type -> !type.isEmpty())
              .collect(Collectors.toSet());
      Selection selection = new Selection(days, types, Set.of(), Optional.empty());
      List<ArchiveFile> wanted = new java.util.ArrayList<>();
      try (FolderTree tree = new FolderTree(root)) {
        ArchiveLayout layout = new ArchiveLayout(tree);
        for (ArchiveFolder folder : layout.folders(days)) {
          layout.files(folder, days).stream().filter(selection::wants).forEach(wanted::add);
        }
      }
      return wanted;
    }
  }
}
