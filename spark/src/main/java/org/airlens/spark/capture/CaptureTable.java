package org.airlens.spark.capture;

import java.nio.file.Path;
import java.util.List;
import org.airlens.collect.SourceException;
import org.airlens.collect.capture.CaptureFolder;
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
 * A folder's captures of the feed as a table, in the order of their names, for {@code
 * spark.read().format(CaptureTable.class.getName())}.
 */
public final class CaptureTable extends ParsedTable {

  /** Made by Spark. */
  public CaptureTable() {
    super("captures", TableCapability.BATCH_READ);
  }

  @Override
  protected Scan scan(CaseInsensitiveStringMap options) {
    return new CaptureScan(options);
  }

  /** A reading of all captures. */
  private record CaptureScan(CaseInsensitiveStringMap options) implements Scan, Batch {

    @Override
    public StructType readSchema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public String description() {
      return "captures " + options.get(ROOT);
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      try {
        List<Path> files = CaptureFolder.captures(Path.of(options.get(ROOT)));
        long[] sizes = files.stream().mapToLong(file -> file.toFile().length()).toArray();
        return Parts.of(sizes, options.getInt(PARTS, 1)).stream()
            .map(range ->
                new CapturePart(range.first(), range.of(files).map(Path::toString).toList()))
            .toArray(InputPartition[]::new);
      } catch (SourceException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return part -> new ParsedRows((CapturePart) part, EXCERPTS);
    }
  }
}
