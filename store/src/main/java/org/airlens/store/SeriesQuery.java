package org.airlens.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which series.
 *
 * @param filter which readings; its measure says what is aggregated and must be there
 * @param interval the buckets' width, a whole number of seconds, aligned to 1970-01-01T00:00:00Z; a
 *     point's time is its bucket's start; empty for the readings as they are
 * @param aggregate how a bucket becomes a value
 * @param afterSensor only sensors with a larger id
 * @param maxPoints no further series is begun once so many points have been collected
 */
public record SeriesQuery(
    ReadingFilter filter,
    Optional<Duration> interval,
    Aggregate aggregate,
    OptionalLong afterSensor,
    int maxPoints) {}
