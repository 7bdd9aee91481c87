package org.airlens.spark.parsed;

import java.util.stream.Stream;
import org.airlens.collect.SourceException;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The files of a folder as a table, in their order, for {@code spark.read()}. */
public abstract class FolderTable extends ParsedTable {

  /** So many texts of what a task rejects: the driver holds them all, and they show why. */
  private static final int EXCERPTS = 20;

  /**
   * A table.
   *
   * @param name told in Spark's plans
   */
  protected FolderTable(String name) {
    super(name, TableCapability.BATCH_READ);
  }

  /** Some of the files, which one task reads. */
  public interface Part extends InputPartition, ParsedRows.Documents {}

  /**
   * All files that the options are about.
   *
   * @throws SourceException when the folder can't be read
   */
  protected abstract Stream<? extends Part> parts(CaseInsensitiveStringMap options)
      throws SourceException;

  @Override
  protected final Scan scan(CaseInsensitiveStringMap options) {
    return new FileScan(options);
  }

  /** What Spark asks. */
  private final class FileScan extends ParsedScan implements Batch {

    FileScan(CaseInsensitiveStringMap options) {
      super(options);
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      try {
        return parts(options).toArray(InputPartition[]::new);
      } catch (SourceException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return part -> new ParsedRows((Part) part, EXCERPTS);
    }
  }
}
