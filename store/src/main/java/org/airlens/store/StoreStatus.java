package org.airlens.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How a store is doing.
 *
 * @param kind the URI scheme
 * @param description where it is, without secrets
 * @param readings how many readings it keeps; an estimate where counting is dear
 * @param bytes its size on disk; 0 when it can't tell
 * @param oldest instant of the oldest reading
 * @param newest instant of the newest reading
 * @param problem why it can't be written to now; empty when all is well
 */
public record StoreStatus(
    String kind,
    String description,
    long readings,
    long bytes,
    Optional<Instant> oldest,
    Optional<Instant> newest,
    Optional<String> problem) {}
