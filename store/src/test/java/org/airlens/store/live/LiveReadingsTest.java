package org.airlens.store.live;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.airlens.model.Reading;
import org.airlens.store.live.LiveReadings.Event;
import org.airlens.store.live.LiveReadings.Subscription;
import org.junit.jupiter.api.Test;

class LiveReadingsTest {

  private static final long LARGEST_EXACT_IN_JAVASCRIPT = (1L << 53) - 1;

  private final LiveReadings live = new LiveReadings(5);
  private final long start = live.lastId();

  /** What one listener got, in order. */
  private static final class Heard implements LiveReadings.Listener {

    final List<Event> events = new ArrayList<>();
    int calls;

    @Override
    public void stored(long firstId, List<Reading> readings) {
      calls++;
      for (int i = 0; i < readings.size(); i++) {
        events.add(new Event(firstId + i, readings.get(i)));
      }
    }

    List<Long> ids() {
      return events.stream().map(Event::id).toList();
    }
  }

  @Test
  void numbersReadingsInARow() {
    Heard heard = new Heard();
    live.subscribe(heard);
    live.publish(readings(1, 2));
    live.publish(List.of());
    live.publish(readings(3));
    assertThat(heard.ids()).containsExactly(start + 1, start + 2, start + 3);
    assertThat(heard.events)
        .extracting(event -> event.reading().sensor().id())
        .containsExactly(1L, 2L, 3L);
    assertThat(live.lastId()).isEqualTo(start + 3);
    assertThat(heard.calls).as("none for nothing").isEqualTo(2);
  }

  @Test
  void aNewListenerHearsOnlyWhatIsNew() {
    live.publish(readings(1));
    Heard heard = new Heard();
    try (Subscription subscription = live.subscribe(heard)) {
      live.publish(readings(2));
      assertThat(heard.ids()).containsExactly(start + 2);
      assertThat(subscription.resumed()).isFalse();
      assertThat(subscription.missed()).isFalse();
      assertThat(subscription.afterId()).isEqualTo(start + 1);
    }
  }

  @Test
  void hearsNothingOnceClosed() {
    Heard heard = new Heard();
    Heard other = new Heard();
    Subscription subscription = live.subscribe(heard);
    live.subscribe(other);
    live.publish(readings(1));
    subscription.close();
    subscription.close();
    live.publish(readings(2));
    assertThat(heard.ids()).containsExactly(start + 1);
    assertThat(other.ids()).containsExactly(start + 1, start + 2);
  }

  @Test
  void resumesAfterTheGivenId() {
    live.publish(readings(1, 2, 3));
    Heard heard = new Heard();
    try (Subscription subscription = live.subscribe(OptionalLong.of(start + 1), heard)) {
      assertThat(heard.ids()).containsExactly(start + 2, start + 3);
      live.publish(readings(4));
      assertThat(heard.ids()).containsExactly(start + 2, start + 3, start + 4);
      assertThat(subscription.resumed()).isTrue();
      assertThat(subscription.missed()).isFalse();
      assertThat(subscription.afterId()).isEqualTo(start + 1);
    }
  }

  @Test
  void resumesAtTheNewestWithoutAReplay() {
    live.publish(readings(1));
    Heard heard = new Heard();
    try (Subscription subscription = live.subscribe(OptionalLong.of(start + 1), heard)) {
      assertThat(heard.events).isEmpty();
      assertThat(subscription.resumed()).isTrue();
    }
  }

  @Test
  void saysWhenReadingsWereMissed() {
    live.publish(readings(1, 2, 3, 4, 5, 6, 7));
    Heard heard = new Heard();
    try (Subscription subscription = live.subscribe(OptionalLong.of(start + 1), heard)) {
      assertThat(heard.events).isEmpty();
      live.publish(readings(8));
      assertThat(heard.ids()).containsExactly(start + 8);
      assertThat(subscription.resumed()).isFalse();
      assertThat(subscription.missed()).isTrue();
      assertThat(subscription.afterId()).isEqualTo(start + 7);
    }
  }

  @Test
  void holdsAsManyAsItsCapacity() {
    for (long published = 1; published <= 23; published++) {
      live.publish(readings(published));
      long held = Math.min(published, 5);
      long beforeOldest = live.lastId() - held;
      List<Long> newest = LongStream.rangeClosed(published - held + 1, published).boxed().toList();
      assertThat(live.since(beforeOldest).orElseThrow())
          .extracting(event -> event.reading().sensor().id())
          .isEqualTo(newest);
      assertThat(live.since(beforeOldest - 1)).isEmpty();
    }
  }

  @Test
  void aBatchBeyondTheCapacityReachesListenersWhole() {
    Heard heard = new Heard();
    live.subscribe(heard);
    live.publish(readings(1, 2, 3, 4, 5, 6, 7, 8));
    assertThat(heard.events).hasSize(8);
    assertThat(live.since(start + 3)).hasValueSatisfying(held -> assertThat(held).hasSize(5));
    assertThat(live.since(start + 2)).isEmpty();
  }

  @Test
  void sinceNumbersWhatItReturns() {
    Reading second = dust(2, NOON, 1, 1);
    live.publish(List.of(dust(1, NOON, 1, 1), second));
    assertThat(live.since(start + 1)).contains(List.of(new Event(start + 2, second)));
    assertThat(live.since(start + 2)).contains(List.of());
  }

  @Test
  void anIdNeverGivenIsNotHeld() {
    live.publish(readings(1));
    assertThat(live.since(start + 2)).isEmpty();
    assertThat(live.since(start - 1)).isEmpty();
    assertThat(live.since(-1)).isEmpty();
    assertThat(live.since(Long.MIN_VALUE)).isEmpty();
    assertThat(live.since(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void idsGrowAcrossRestarts() {
    LiveReadings first = startedAt(NOON);
    first.publish(readings(1, 2, 3));
    LiveReadings second = startedAt(NOON.plusMillis(1));
    assertThat(second.lastId()).isGreaterThan(first.lastId());
    assertThat(second.since(first.lastId())).isEmpty();
  }

  @Test
  void idsAreExactInJavaScriptForTwoCenturies() {
    assertThat(startedAt(Instant.parse("2247-12-31T23:59:59Z")).lastId())
        .isLessThan(LARGEST_EXACT_IN_JAVASCRIPT);
  }

  @Test
  void aListenerThatThrowsHurtsNobodyElse() {
    Heard before = new Heard();
    Heard after = new Heard();
    live.subscribe(before);
    live.subscribe((_, _) -> {
      throw new IllegalStateException("as this test wants");
    });
    live.subscribe((_, _) -> {
      throw new StackOverflowError("as this test wants");
    });
    live.subscribe(after);
    live.publish(readings(1));
    live.publish(readings(2));
    assertThat(before.ids()).containsExactly(start + 1, start + 2);
    assertThat(after.ids()).containsExactly(start + 1, start + 2);
  }

  @Test
  void whatIsPublishedDuringAReplayComesAfterIt() {
    live.publish(readings(1, 2));
    Heard heard = new Heard();
    List<Integer> heardOncePublished = new ArrayList<>();
    try (Subscription subscription =
        live.subscribe(
            OptionalLong.of(start),
            (firstId, readings) -> {
              if (live.lastId() < start + 4) {
                live.publish(readings(9));
                heardOncePublished.add(heard.events.size());
              }
              heard.stored(firstId, readings);
            })) {
      assertThat(subscription.resumed()).isTrue();
    }
    assertThat(heardOncePublished).containsExactly(0, 2);
    assertThat(heard.ids()).containsExactly(start + 1, start + 2, start + 3, start + 4);
  }

  @Test
  void laterChangesOfTheCallersListAreNotSeen() {
    List<Reading> mine = new ArrayList<>(readings(1));
    live.publish(mine);
    mine.clear();
    assertThat(live.since(start)).hasValueSatisfying(held -> assertThat(held).hasSize(1));
  }

  @Test
  void refusesACapacityOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveReadings(0))
        .withMessageContaining("capacity");
  }

  private static LiveReadings startedAt(Instant instant) {
    return new LiveReadings(10, Clock.fixed(instant, ZoneOffset.UTC));
  }

  private static List<Reading> readings(long... sensorIds) {
    return LongStream.of(sensorIds)
        .mapToObj(id -> dust(id, NOON.plus(Duration.ofSeconds(id)), 1, 1))
        .toList();
  }
}
