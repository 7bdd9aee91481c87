package org.airlens.pipeline.engine;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.pipeline.backfill.Selection;

/**
 * What to ask a lake, and where the answer goes.
 *
 * @param analysis the question
 * @param selection about which part of history
 * @param lake the folder, or the URL, of the Parquet lake
 * @param out the folder, or the URL, of the answer's files
 * @param master the cluster, as the engine names it; empty for its own choice
 * @param stopping turns true when the process is to end
 */
public record AnalysisJob(
    Analysis analysis,
    Selection selection,
    String lake,
    String out,
    Optional<String> master,
    BooleanSupplier stopping) {}
