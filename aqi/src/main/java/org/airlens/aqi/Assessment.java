package org.airlens.aqi;

/**
 * What a standard says of a concentration.
 *
 * @param pollutant of what
 * @param concentration µg/m³, as given
 * @param index the index, from the band's range
 * @param band where it lies
 */
public record Assessment(Pollutant pollutant, double concentration, double index, Band band) {}
