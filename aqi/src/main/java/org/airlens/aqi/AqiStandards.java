package org.airlens.aqi;

import java.util.List;
import java.util.Optional;

/** The index standards AirLens knows. */
public final class AqiStandards {

  private static final List<AqiStandard> ALL =
      List.of(
          UkDaqi.standard(),
          UsEpaAqi.standard(),
          EuropeanAqi.from2025(),
          EuropeanAqi.until2024(),
          WhoGuideline.standard(),
          IndiaNaqi.standard());

  private AqiStandards() {}

  /** All standards; the UK's, which AirLens stores, first. */
  public static List<AqiStandard> all() {
    return ALL;
  }

  /** The standard with this id, for example {@code uk-daqi}, in whatever case. */
  public static Optional<AqiStandard> find(String id) {
    return ALL.stream().filter(standard -> standard.id().equalsIgnoreCase(id)).findFirst();
  }
}
