package org.airlens.aqi;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A standard that is made of one scale for each pollutant. */
final class BandedStandard implements AqiStandard {

  private final String id;
  private final String label;
  private final String edition;
  private final List<String> sources;
  private final List<Pollutant> pollutants;
  private final Map<Pollutant, Scale> scales;

  BandedStandard(
      String id, String label, String edition, List<String> sources, Map<Pollutant, Scale> scales) {
    this.id = id;
    this.label = label;
    this.edition = edition;
    this.sources = List.copyOf(sources);
    this.pollutants = Pollutant.all().stream().filter(scales::containsKey).toList();
    this.scales = new EnumMap<>(scales);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String edition() {
    return edition;
  }

  @Override
  public List<String> sources() {
    return sources;
  }

  @Override
  public List<Pollutant> pollutants() {
    return pollutants;
  }

  @Override
  public Averaging averaging(Pollutant pollutant) {
    return scale(pollutant).averaging();
  }

  @Override
  public List<Band> bands(Pollutant pollutant) {
    return scale(pollutant).bands();
  }

  @Override
  public IndexTable table(Pollutant pollutant) {
    return scale(pollutant).table();
  }

  @Override
  public double indexOf(Pollutant pollutant, double concentration) {
    Scale scale = scales.get(pollutant);
    return scale == null ? NO_INDEX : scale.indexOf(concentration);
  }

  @Override
  public Optional<Assessment> assess(Pollutant pollutant, double concentration) {
    Scale scale = scales.get(pollutant);
    if (scale == null || !Scale.isConcentration(concentration)) {
      return Optional.empty();
    }
    return Optional.of(
        new Assessment(
            pollutant, concentration, scale.indexOf(concentration), scale.bandOf(concentration)));
  }

  @Override
  public String toString() {
    return id;
  }

  private Scale scale(Pollutant pollutant) {
    Scale scale = scales.get(pollutant);
    if (scale == null) {
      throw new IllegalArgumentException(
          id
              + " has no "
              + pollutant.id()
              + "; it has "
              + String.join(", ", pollutants.stream().map(Pollutant::id).toList()));
    }
    return scale;
  }
}
