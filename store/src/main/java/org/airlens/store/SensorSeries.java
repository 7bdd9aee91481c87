package org.airlens.store;

/**
 * The series of one sensor. The arrays are the caller's to read, not to change.
 *
 * @param sensorId the sensor
 * @param locationId where it stood at its last point
 * @param epochSeconds time of each point, ascending
 * @param values value of each point
 */
@SuppressWarnings("ArrayRecordComponent") // Columns of primitives: a point is never an object.
public record SensorSeries(long sensorId, long locationId, long[] epochSeconds, double[] values) {}
