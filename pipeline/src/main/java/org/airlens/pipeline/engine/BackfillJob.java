package org.airlens.pipeline.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.collect.DeadLetters;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.store.Store;

/**
 * Which history to load, and where to.
 *
 * @param archive a folder laid out like the archive, or one with captures of the feed; each machine
 *     that works on it sees it under this path
 * @param selection which part of it
 * @param lake the folder, or the URL, of the Parquet lake
 * @param iceberg whether the lake is to be an Apache Iceberg table, too, if it is none yet
 * @param store takes the readings, too; empty when the lake is enough
 * @param letters keep what was rejected
 * @param master the cluster, as the engine names it; empty for its own choice
 * @param stopping turns true when the process is to end
 */
public record BackfillJob(
    Path archive,
    Selection selection,
    String lake,
    boolean iceberg,
    Optional<Store> store,
    DeadLetters letters,
    Optional<String> master,
    BooleanSupplier stopping) {}
