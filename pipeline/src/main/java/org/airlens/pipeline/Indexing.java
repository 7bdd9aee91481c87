package org.airlens.pipeline;

import java.util.OptionalInt;
import org.airlens.aqi.ReadingIndex;
import org.airlens.model.Measures;
import org.airlens.model.Reading;

/** The pipeline's second step: the reading's own index. */
public final class Indexing {

  private Indexing() {}

  /** The reading with its UK Daily Air Quality Index, or with none where none counts. */
  public static Reading indexed(Reading reading) {
    int index =
        ReadingIndex.of(
            reading.values().get(Measures.P1).orElse(Double.NaN),
            reading.values().get(Measures.P2).orElse(Double.NaN),
            reading.sensor().type().countsParticles());
    if (index == ReadingIndex.NONE) {
      return reading.aqi().isEmpty() ? reading : reading.withAqi(OptionalInt.empty());
    }
    return reading.withAqi(OptionalInt.of(index));
  }
}
