package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges;
import org.airlens.store.ReadingChanges.Following;
import org.airlens.store.Store;
import org.airlens.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that read learn what the one that writes has written. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class FollowingTest {

  private static final RealPostgres SERVER = RealPostgres.shared();

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);
  private Store writer;
  private Store reader;

  @BeforeEach
  void open() {
    writer = Stores.open(settings(uri));
    reader = Stores.openForReading(settings(uri));
  }

  @AfterEach
  void close() {
    reader.close();
    writer.close();
  }

  @Test
  void everyFollowerLearnsEachReadingOnceAndInOrder() throws Exception {
    write(dust(9, NOON.minusSeconds(60), 1, 1)); // Before anybody follows.
    Told one = new Told();
    Told other = new Told();
    try (Store third = Stores.openForReading(settings(uri));
        Following _ = follow(reader, one);
        Following _ = follow(third, other)) {
      List<Reading> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Reading late = dust(1, NOON.minus(Duration.ofDays(i % 3)).plusSeconds(i), i, i);
        Reading now = dust(2, NOON.plusSeconds(i), i, i);
        write(late, now);
        expected.add(late);
        expected.add(now);
      }
      Awaiting.until("all readings", () -> one.readings().size() >= 40);
      Awaiting.until("all readings", () -> other.readings().size() >= 40);

      assertThat(one.readings()).containsExactlyElementsOf(expected);
      assertThat(other.readings()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void eachBatchArrivesAndHowLateIsPrinted() throws Exception {
    Told told = new Told();
    List<Long> lags = new ArrayList<>();
    try (Following _ = follow(reader, told)) {
      for (int i = 0; i < 10; i++) {
        List<Reading> batch =
            LongStream.rangeClosed(1, 1_000)
                .mapToObj(id -> dust(id, NOON.plusSeconds(told.readings().size()), 1, 1))
                .toList();
        int before = told.readings().size();
        writer.writer().write(batch);
        long written = System.nanoTime();
        Awaiting.until("the batch", () -> told.readings().size() == before + 1_000);
        lags.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - written));
      }
    }
    System.out.println("milliseconds behind the writer: " + lags);
  }

  @Test
  void whatIsReplacedIsToldAgainAndWhatIsNotIsNot() throws Exception {
    Told told = new Told();
    try (Following _ = follow(reader, told)) {
      write(dust(1, NOON, 1, 1));
      write(dust(1, NOON, 1, 1));
      write(dust(1, NOON, 2, 2));
      write(dust(2, NOON, 3, 3));
      Awaiting.until("the last one", () -> told.readings().contains(dust(2, NOON, 3, 3)));

      assertThat(told.readings()).contains(dust(1, NOON, 2, 2), dust(2, NOON, 3, 3));
      assertThat(told.readings().stream().filter(dust(1, NOON, 1, 1)::equals).count())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whoIsFarBehindGetsTheNewestReadingsInstead() throws Exception {
    Told told = new Told();
    write(dust(1, NOON, 1, 1));
    try (Following _ = follow(reader, told)) {
      SERVER.execute(
          database,
          """
          INSERT INTO airlens.writes
          SELECT nextval('airlens.write_numbers'), '2018-12-20', now(), now(), 1000000000, now()
          """);
      Awaiting.until("the newest", () -> told.instead().contains(dust(1, NOON, 1, 1)));
      write(dust(2, NOON, 2, 2));
      Awaiting.until("the next", () -> told.readings().contains(dust(2, NOON, 2, 2)));
    }
  }

  @Test
  void whoseWritesAreForgottenGetsTheNewestReadingsInstead() throws Exception {
    Told told = new Told();
    try (Following _ = follow(reader, told)) {
      write(dust(1, NOON, 1, 1));
      Awaiting.until("the first", () -> told.readings().contains(dust(1, NOON, 1, 1)));
      SERVER.execute(database, "DELETE FROM airlens.writes");
      write(dust(2, NOON, 2, 2));
      Awaiting.until("the newest", () -> told.instead().contains(dust(2, NOON, 2, 2)));
    }
  }

  @Test
  void aListenerThatFailsIsAskedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ReadingChanges.Listener failing =
        new ReadingChanges.Listener() {
          @Override
          public void written(List<Reading> readings) {
            calls.incrementAndGet();
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void missed(List<Reading> latest) {}
        };
    try (Following _ = follow(reader, failing)) {
      write(dust(1, NOON, 1, 1));
      Awaiting.until("a call", () -> calls.get() == 1);
      write(dust(2, NOON, 2, 2));
      Awaiting.until("another", () -> calls.get() == 2);
    }
  }

  @Test
  void whoFollowsNoMoreHearsNoMore() throws Exception {
    Told gone = new Told();
    Told stays = new Told();
    Following following = follow(reader, gone);
    try (Following _ = follow(reader, stays)) {
      following.close();
      Awaiting.until("one session less", () -> followers().size() == 1);
      write(dust(1, NOON, 1, 1));
      Awaiting.until("the reading", () -> !stays.readings().isEmpty());
      assertThat(gone.readings()).isEmpty();
    }
  }

  private List<String> followers() {
    return SERVER.query(
        database,
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'AirLens follower'"
            + " AND datname = current_database()");
  }

  private static Following follow(Store store, ReadingChanges.Listener listener) {
    return store.changes().orElseThrow().follow(listener);
  }

  private void write(Reading... readings) {
    writer.writer().write(List.of(readings));
  }
}
