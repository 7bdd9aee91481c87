package org.airlens.pipeline.engine;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.aqi.AqiStandard;
import org.airlens.model.Calibration;

/**
 * What to make of all that a lake has.
 *
 * @param lake the folder, or the URL, of the Parquet lake
 * @param iceberg whether the lake is to be an Apache Iceberg table, too, if it is none yet
 * @param standard the index to compute
 * @param calibration what to make of the reported values before
 * @param master the cluster, as the engine names it; empty for its own choice
 * @param stopping turns true when the process is to end
 */
public record ReprocessJob(
    String lake,
    boolean iceberg,
    AqiStandard standard,
    Calibration calibration,
    Optional<String> master,
    BooleanSupplier stopping) {}
