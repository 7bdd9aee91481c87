package org.airlens.model;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A place with an id; several sensors can stand there.
 *
 * @param id Sensor.Community's number, from 1 to {@link Identifiers#MAX_ID}
 * @param position where, empty when the source does not tell
 * @param altitude metres above sea level, as the source computed it
 * @param country ISO 3166-1 alpha-2 code, empty when unknown
 * @param exact whether the position is exact; otherwise it is rounded to protect the owner
 * @param indoor whether the sensors stand indoors, empty when the source does not tell
 */
public record Location(
    long id,
    Optional<Position> position,
    OptionalDouble altitude,
    String country,
    boolean exact,
    Optional<Boolean> indoor) {}
