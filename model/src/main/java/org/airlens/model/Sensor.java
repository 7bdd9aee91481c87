package org.airlens.model;

/**
 * A sensor: one of perhaps several on a station's board, told apart by pin.
 *
 * @param id Sensor.Community's number, from 1 to {@link Identifiers#MAX_ID}
 * @param pin the pin of the board, empty when unknown
 * @param type its make
 */
public record Sensor(long id, String pin, SensorType type) {}
