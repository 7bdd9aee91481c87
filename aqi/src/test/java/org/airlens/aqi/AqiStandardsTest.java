package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AqiStandardsTest {

  private static final AqiStandard DAQI = AqiStandards.find("uk-daqi").orElseThrow();
  private static final AqiStandard EPA = AqiStandards.find("us-epa").orElseThrow();

  @Test
  void areFoundByIdInWhateverCase() {
    assertThat(AqiStandards.all())
        .extracting(AqiStandard::id)
        .containsExactly("uk-daqi", "us-epa", "eu-eaqi", "eu-eaqi-2024", "who-2021", "in-naqi");
    assertThat(AqiStandards.find("UK-DAQI")).containsSame(DAQI);
    assertThat(AqiStandards.find("uk")).isEmpty();
  }

  @Test
  void nameTheirEditionAndTwoSources() {
    assertThat(AqiStandards.all())
        .allSatisfy(standard -> {
          assertThat(standard.label()).isNotBlank();
          assertThat(standard.edition()).isNotBlank();
          assertThat(standard.sources()).hasSizeGreaterThanOrEqualTo(2);
          assertThat(standard.pollutants()).contains(Pollutant.PM25, Pollutant.PM10);
        });
  }

  @Test
  void giveEachBandALabelAColourAndAdvice() {
    for (AqiStandard standard : AqiStandards.all()) {
      for (Pollutant pollutant : standard.pollutants()) {
        assertThat(standard.bands(pollutant))
            .allSatisfy(band -> {
              assertThat(band.label()).isNotBlank();
              assertThat(band.colour()).matches("#[0-9A-F]{6}");
              assertThat(band.advice().generalPublic()).isNotBlank();
              assertThat(band.advice().peopleAtRisk()).isNotBlank();
              assertThat(band.lower()).isLessThan(band.upper());
            });
      }
    }
  }

  @Test
  void haveTheOfficialColours() {
    assertThat(colours("uk-daqi"))
        .containsExactly(
            "#9CFF9C", "#31FF00", "#31CF00", "#FFFF00", "#FFCF00", "#FF9A00", "#FF6464", "#FF0000",
            "#990000", "#CE30FF");
    assertThat(colours("us-epa"))
        .containsExactly("#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#8F3F97", "#7E0023");
    assertThat(colours("eu-eaqi"))
        .containsExactly("#50F0E6", "#50CCAA", "#F0E641", "#FF5050", "#960032", "#7D2181")
        .isEqualTo(colours("eu-eaqi-2024"));
    assertThat(colours("in-naqi"))
        .containsExactly("#009933", "#58FF09", "#FFFF00", "#FFA500", "#FF0000", "#990000");
  }

  private static List<String> colours(String id) {
    return AqiStandards.find(id).orElseThrow().bands(Pollutant.PM25).stream()
        .map(Band::colour)
        .toList();
  }

  @Test
  void callTheUkBandsByTheirNames() {
    assertThat(DAQI.bands(Pollutant.O3))
        .extracting(Band::label)
        .containsExactly(
            "Low",
            "Low",
            "Low",
            "Moderate",
            "Moderate",
            "Moderate",
            "High",
            "High",
            "High",
            "Very High");
  }

  @Test
  void stateTheAveragingOfEachPollutant() {
    assertThat(DAQI.averaging(Pollutant.PM25).label()).isEqualTo("24-hour running mean");
    assertThat(DAQI.averaging(Pollutant.O3).label()).isEqualTo("8-hour running mean");
    assertThat(DAQI.averaging(Pollutant.NO2).label()).isEqualTo("1-hour mean");
    assertThat(DAQI.averaging(Pollutant.SO2).label()).isEqualTo("15-minute mean");
    assertThat(EPA.averaging(Pollutant.PM10).label()).isEqualTo("24-hour mean");
    assertThat(AqiStandards.find("eu-eaqi").orElseThrow().averaging(Pollutant.PM10).label())
        .isEqualTo("1-hour mean");
    assertThat(AqiStandards.find("eu-eaqi-2024").orElseThrow().averaging(Pollutant.PM10).label())
        .isEqualTo("24-hour running mean");
  }

  @Test
  void haveNoIndexOfAPollutantTheyAreNotDefinedOn() {
    assertThat(EPA.indexOf(Pollutant.O3, 50)).isEqualTo(AqiStandard.NO_INDEX);
    assertThat(EPA.assess(Pollutant.O3, 50)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EPA.bands(Pollutant.O3))
        .withMessage("us-epa has no o3; it has pm25, pm10");
  }

  @Test
  void takeTheWorstPollutantAsTheOverallIndex() {
    assertThat(DAQI.assess(Map.of(Pollutant.PM25, 39.0, Pollutant.PM10, 36.0)))
        .hasValueSatisfying(worst -> {
          assertThat(worst.pollutant()).isEqualTo(Pollutant.PM25);
          assertThat(worst.index()).isEqualTo(4);
        });
    assertThat(Math.max(DAQI.indexOf(Pollutant.PM25, 39), DAQI.indexOf(Pollutant.PM10, 36)))
        .isEqualTo(4);
  }

  @Test
  void leaveOutOfTheOverallIndexWhatHasNone() {
    assertThat(
            DAQI.assess(
                Map.of(Pollutant.PM25, Double.NaN, Pollutant.PM10, 36.0, Pollutant.O3, -1.0)))
        .hasValueSatisfying(worst -> assertThat(worst.pollutant()).isEqualTo(Pollutant.PM10));
    assertThat(DAQI.assess(Map.of(Pollutant.PM25, Double.NaN))).isEmpty();
    assertThat(DAQI.assess(Map.of())).isEmpty();
  }

  @Test
  void nameTheFirstOfEquallyBadPollutants() {
    assertThat(DAQI.assess(Map.of(Pollutant.PM10, 20.0, Pollutant.PM25, 20.0)))
        .hasValueSatisfying(worst -> assertThat(worst.pollutant()).isEqualTo(Pollutant.PM25));
  }
}
