package org.airlens.spark.parsed;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Documents as a table of {@link ParsedRows}, for Spark to read by the name of the class. */
public abstract class ParsedTable implements TableProvider {

  /** The option with the folder of the documents, as every machine sees it. */
  public static final String ROOT = "root";

  /** The option with the number of parts to make at least. */
  public static final String PARTS = "parts";

  private final String name;
  private final TableCapability capability;

  /**
   * A table.
   *
   * @param name told in Spark's plans
   * @param capability how it is read
   */
  protected ParsedTable(String name, TableCapability capability) {
    this.name = name;
    this.capability = capability;
  }

  /** A reading of the documents that the options are about. */
  protected abstract Scan scan(CaseInsensitiveStringMap options);

  @Override
  public final StructType inferSchema(CaseInsensitiveStringMap options) {
    return ParsedRows.SCHEMA;
  }

  @Override
  public final Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Documents();
  }

  /** A reading of all columns, which knows its options. */
  protected abstract class ParsedScan implements Scan {

    /** What the reading is told. */
    protected final CaseInsensitiveStringMap options;

    /** A reading with these options. */
    protected ParsedScan(CaseInsensitiveStringMap options) {
      this.options = options;
    }

    @Override
    public final StructType readSchema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public final String description() {
      return name + " " + options.get(ROOT);
    }
  }

  /** What Spark asks. */
  private final class Documents implements Table, SupportsRead {

    @Override
    public String name() {
      return name;
    }

    @Override
    @SuppressWarnings("deprecation") // The interface's default for columns() asks this one.
    public StructType schema() {
      return ParsedRows.SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(capability);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return () -> scan(options);
    }
  }
}
