package org.airlens.spark.landing;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A landing zone as a table, for {@code spark.readStream().format(LandingTable.class.getName())}.
 * Spark's own file source remembers every file for ever; here documents have numbers, and the last
 * one is all there is to remember.
 */
public final class LandingTable implements TableProvider {

  /** The option with the landing zone's folder, as every machine sees it. */
  public static final String ROOT = "root";

  /** The option with the number of parts to make of a batch. */
  public static final String PARTS = "parts";

  /** Made by Spark. */
  public LandingTable() {}

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ParsedRows.SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Documents();
  }

  /** The landing zone's documents. */
  private static final class Documents implements Table, SupportsRead {

    @Override
    public String name() {
      return "landing";
    }

    @Override
    @SuppressWarnings("deprecation") // The interface's default for columns() asks this one.
    public StructType schema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> new DocumentScan(options);
    }
  }

  /** A reading of all documents that land. */
  private record DocumentScan(CaseInsensitiveStringMap options) implements Scan {

    @Override
    public StructType readSchema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public String description() {
      return "landing " + options.get(ROOT);
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
      return new LandedStream(Path.of(options.get(ROOT)), options.getInt(PARTS, 1));
    }
  }
}
