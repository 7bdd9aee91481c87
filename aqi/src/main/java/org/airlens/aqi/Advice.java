package org.airlens.aqi;

/**
 * What a band of an index means for what people do today.
 *
 * @param generalPublic for everybody
 * @param peopleAtRisk for people with heart or lung disease, older people and children, as the
 *     standard names them
 */
public record Advice(String generalPublic, String peopleAtRisk) {}
