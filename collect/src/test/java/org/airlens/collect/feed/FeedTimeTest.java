package org.airlens.collect.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.time.api.constraints.DateTimeRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTimeTest {

  @Property
  void agreesWithJava(
      @ForAll @DateTimeRange(min = "0001-01-01T00:00:00", max = "9999-12-31T23:59:59")
          LocalDateTime time) {
    String text = "%tF %<tT".formatted(time);
    assertThat(FeedTime.parse(text)).isEqualTo(time.toEpochSecond(ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource({
    "2018-12-20 00:02:02, 2018-12-20T00:02:02Z",
    "2018-12-20T00:02:02, 2018-12-20T00:02:02Z",
    "2018-12-20T00:02:02Z, 2018-12-20T00:02:02Z",
    "2018-12-20T00:02:02.987654, 2018-12-20T00:02:02Z",
    "2015-10-01T19:41:50.266431+00:00, 2015-10-01T19:41:50Z",
    "2015-10-01T19:41:50+02:00, 2015-10-01T17:41:50Z",
    "2016-02-29 00:00:00, 2016-02-29T00:00:00Z",
  })
  void readsTheShapesOfFeedAndArchive(String text, Instant expected) {
    assertThat(FeedTime.parse(text)).isEqualTo(expected.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2018-12-20",
        "2018-12-20 00:02",
        "2018/12/20 00:02:02",
        "2018-02-29 00:00:00",
        "2018-04-31 00:00:00",
        "2018-00-01 00:00:00",
        "2018-12-20 24:00:00",
        "2018-12-20 00:60:00",
        "2018-12-20 00:00:60",
        "2018-12-20_00:02:02",
        "2018-12-20 00:02:02 PM",
        "20181220T000202Z00",
        "-018-12-20 00:02:02",
        "1545264122000000000000"
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(FeedTime.parse(text)).isEqualTo(FeedTime.INVALID);
  }
}
