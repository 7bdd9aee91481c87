package org.airlens.pipeline.engine;

import java.time.Duration;

/**
 * What a lake's new version has.
 *
 * @param version its number
 * @param readings how many readings
 * @param indexed those with an index
 * @param calibrated those with a calibrated value; others have none to calibrate, or one that needs
 *     the humidity, and nobody near told it
 * @param duration how long it took
 */
public record ReprocessReport(
    int version, long readings, long indexed, long calibrated, Duration duration) {}
