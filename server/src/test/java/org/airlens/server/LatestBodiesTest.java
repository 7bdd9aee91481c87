package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;
import org.airlens.store.ReadingFilter;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // An answer that is never made anew would hang, not fail.
class LatestBodiesTest {

  private static final Instant NOON = TestReadings.NOON;
  private static final int MANY = 3_000;

  private final LatestView view = new LatestView();
  private final LiveReadings live = new LiveReadings(10);
  private final AtomicLong nanos = new AtomicLong(1);
  private final LatestBodies bodies =
      new LatestBodies(view, live, InstantSource.fixed(NOON), nanos::get);

  @AfterEach
  void close() {
    bodies.close();
  }

  @Test
  void theSameAnswerIsGivenUntilTheViewChanges() {
    view.apply(Network.sensors(5, NOON));
    LatestBodies.Body first = ask(ReadingFilter.all());
    nanos.addAndGet(TimeUnit.HOURS.toNanos(5));
    assertThat(ask(ReadingFilter.all())).isSameAs(first);
  }

  @Test
  void ofFewSensorsNothingStaleIsEverGiven() {
    view.apply(Network.sensors(5, NOON));
    LatestBodies.Body first = ask(ReadingFilter.all());
    view.apply(List.of(changed()));
    assertThat(text(ask(ReadingFilter.all()))).contains("\"P2\":77.0");
    assertThat(ask(ReadingFilter.all()).etag()).isNotEqualTo(first.etag());
  }

  @Test
  void ofManySensorsTheAnswerIsMadeAnewWithoutBeingAskedFor() {
    view.apply(Network.sensors(MANY, NOON));
    String etag = ask(ReadingFilter.all()).etag();
    keep(changed());
    // The clock stands still: the former answer may be given until the next one is there.
    LatestBodies.Body given = ask(ReadingFilter.all());
    while (given.etag().equals(etag)) {
      Thread.onSpinWait();
      given = ask(ReadingFilter.all());
    }
    assertThat(text(given)).contains("\"P2\":77.0");
  }

  @Test
  void ofManySensorsNothingIsGivenThatIsStaleForASecond() {
    view.apply(Network.sensors(MANY, NOON));
    ask(ReadingFilter.all());
    view.apply(List.of(changed())); // Nobody tells of it.
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(text(ask(ReadingFilter.all()))).contains("\"P2\":77.0");
  }

  @Test
  void questionsAreToldApart() {
    view.apply(
        List.of(
            TestReadings.dust(1, NOON, 1, 1),
            TestReadings.at(TestReadings.dust(2, NOON, 1, 1), 52.5, 13.4, "DE")));
    assertThat(text(ask(ReadingFilter.all().withSensorIds(Set.of(2L)))))
        .contains("\"sensor_id\":2")
        .doesNotContain("\"sensor_id\":1");
    assertThat(text(ask(ReadingFilter.all().withCountries(Set.of("GB")))))
        .contains("\"sensor_id\":1")
        .doesNotContain("\"sensor_id\":2");
  }

  @Test
  void anAgeIsReckonedAnewEachSecondAndHasItsOwnTag() {
    view.apply(List.of(TestReadings.dust(1, NOON.minusSeconds(60), 1, 1)));
    Optional<Duration> young = Optional.of(Duration.ofSeconds(60));
    LatestBodies.Body first = bodies.body(ReadingFilter.all(), young);
    assertThat(text(first)).contains("\"sensor_id\":1");
    assertThat(bodies.body(ReadingFilter.all(), young)).isSameAs(first);
    assertThat(ask(ReadingFilter.all()).etag()).isNotEqualTo(first.etag());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(bodies.body(ReadingFilter.all(), young).etag()).isNotEqualTo(first.etag());
    assertThat(text(bodies.body(ReadingFilter.all(), Optional.of(Duration.ofSeconds(59)))))
        .isEqualTo("{\"type\":\"FeatureCollection\",\"features\":[]}");
  }

  @Test
  void manyQuestionsDoNotFillTheMemory() {
    view.apply(Network.sensors(MANY, NOON));
    LatestBodies.Body first = ask(ReadingFilter.all().withSensorTypes(Set.of("SDS011")));
    for (int i = 0; i < 5_000; i++) {
      ask(ReadingFilter.all().withSensorTypes(Set.of("type " + i)));
    }
    assertThat(bodies.size()).isLessThanOrEqualTo(2_000);
    assertThat(ask(ReadingFilter.all().withSensorTypes(Set.of("SDS011"))))
        .as("the one longest not asked for is made anew")
        .isNotSameAs(first);
  }

  @Test
  void largeAnswersGoBeforeTheyFillTheMemory() {
    view.apply(Network.sensors(MANY, NOON)); // About half a megabyte an answer.
    for (int i = 0; i < 200; i++) {
      ask(ReadingFilter.all().withBbox(new BoundingBox(-180, -90 + i / 10.0, 180, 90)));
    }
    assertThat(bodies.size()).isBetween(10, 150);
  }

  private void keep(Reading reading) {
    view.apply(List.of(reading));
    live.publish(List.of(reading));
  }

  private static Reading changed() {
    return TestReadings.dust(3, NOON.plusSeconds(1), 88, 77);
  }

  private LatestBodies.Body ask(ReadingFilter filter) {
    return bodies.body(filter, Optional.empty());
  }

  private static String text(LatestBodies.Body body) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      body.plain().writeTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
