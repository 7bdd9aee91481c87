package org.airlens.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Series, and where to go on.
 *
 * @param series whole series, none cut
 * @param nextAfterSensor what to pass as {@link SeriesQuery#afterSensor()} for the rest; empty when
 *     this is all
 */
public record SeriesPage(List<SensorSeries> series, OptionalLong nextAfterSensor) {}
