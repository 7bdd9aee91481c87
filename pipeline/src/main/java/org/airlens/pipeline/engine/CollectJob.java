package org.airlens.pipeline.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.collect.DeadLetters;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Landing;

/**
 * What lands, and where to.
 *
 * @param landing the documents to work off; those that are settled are removed from it
 * @param checkpoint the folder of what the engine remembers between two starts
 * @param interval from one batch's begin to the next
 * @param once only what has landed already
 * @param ingest takes the readings into a store; empty when the lake is enough
 * @param lake the folder, or the URL, of the Parquet lake; empty for none
 * @param iceberg whether the lake is to be an Apache Iceberg table, too, if it is none yet
 * @param letters keep what was rejected
 * @param master the cluster, as the engine names it; empty for its own choice
 * @param clock tells when it began
 * @param stopping turns true when the process is to end
 * @param finished turns true when nothing will land any more
 */
public record CollectJob(
    Landing landing,
    Path checkpoint,
    Duration interval,
    boolean once,
    Optional<Ingest> ingest,
    Optional<String> lake,
    boolean iceberg,
    DeadLetters letters,
    Optional<String> master,
    InstantSource clock,
    BooleanSupplier stopping,
    BooleanSupplier finished) {

  /** This job with another end. */
  public CollectJob until(BooleanSupplier end) {
    return new CollectJob(
        landing,
        checkpoint,
        interval,
        once,
        ingest,
        lake,
        iceberg,
        letters,
        master,
        clock,
        stopping,
        end);
  }
}
