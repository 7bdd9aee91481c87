package org.airlens.collect.push;

/**
 * One value of a push.
 *
 * @param type as the station calls it: {@code P1}, {@code SDS_P1}
 * @param value finite
 */
record PushedValue(String type, double value) {}
