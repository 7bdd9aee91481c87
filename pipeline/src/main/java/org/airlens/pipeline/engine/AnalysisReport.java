package org.airlens.pipeline.engine;

import java.time.Duration;
import java.util.List;

/**
 * What an analysis has written.
 *
 * @param rows how many rows the table has
 * @param files where it is, once as Parquet and once as CSV
 * @param duration how long it took
 */
public record AnalysisReport(long rows, List<String> files, Duration duration) {}
