package org.airlens.spark.landing;

import java.nio.file.Path;
import org.airlens.spark.parsed.ParsedTable;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A landing zone as a table, for {@code spark.readStream().format(LandingTable.class.getName())}.
 * Spark's own file source remembers every file for ever; here documents have numbers, and the last
 * one is all there is to remember.
 */
public final class LandingTable extends ParsedTable {

  /** Made by Spark. */
  public LandingTable() {
    super("landing", TableCapability.MICRO_BATCH_READ);
  }

  @Override
  protected Scan scan(CaseInsensitiveStringMap options) {
    return new DocumentScan(options);
  }

  /** A reading of all documents that land. */
  private final class DocumentScan extends ParsedScan {

    DocumentScan(CaseInsensitiveStringMap options) {
      super(options);
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
      return new LandedStream(Path.of(options.get(ROOT)), options.getInt(PARTS, 1));
    }
  }
}
