package org.airlens.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Source;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.collect.capture.SampleSource;
import org.airlens.model.Reading;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Landing;
import org.airlens.pipeline.Pipeline;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.spark.columns.ReadingRows;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingWriter;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same documents through both engines, and what happens to a stream in the wild. */
class SparkCollectTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final Comparator<Reading> ORDER =
      Comparator.comparing(Reading::timestamp).thenComparingLong(reading -> reading.sensor().id());

  @TempDir Path folder;

  private Path captures;

  @BeforeEach
  void layOut() throws IOException {
    captures = Files.createDirectories(folder.resolve("captures"));
  }

  @Test
  void takesFromTheSampleWhatTheLocalEngineTakes() throws Exception {
    Outcome local = local(new SampleSource());
    Node node = new Node("spark", Optional.of(folder.resolve("lake")));
    Outcome spark = node.collect(new SampleSource());
    assertThat(spark.readings()).hasSize(10_760).isEqualTo(local.readings());
    assertThat(node.lake()).isEqualTo(local.readings());
    assertThat(spark.report().stored()).isEqualTo(10_760);
    assertThat(Landing.landed(node.data.resolve("stream"))).isEmpty();
  }

  @Test
  void takesAndRejectsTheSameOfHostileDocuments() throws Exception {
    write("1", "[" + entry(1, 0, "5") + ",{\"sensor\":5},7," + entry(2, 0, "\"nan\"") + "]");
    write("2", "[" + entry(1, 1, "6") + "," + entry(1, 2, "7"));
    write("3", "<html>gone</html>");
    write("4", "[" + entry(3, 0, "8") + "," + entry(3, 0, "99") + "," + entry(1, 0, "99") + "]");
    write("5", "[" + entry(0, 0, "8") + ",{\"timestamp\":\"2026-11-25 09:00:00\"}]");
    write("6", "[" + entry(3, 0, "99") + "," + entry(4, 0, "12") + "]");
    Outcome local = local(replay());
    Outcome spark = new Node("spark", Optional.empty()).collect(replay());
    assertThat(spark.readings()).hasSizeGreaterThan(4).isEqualTo(local.readings());
    assertThat(spark.report().rejected()).isNotEmpty().isEqualTo(local.report().rejected());
    assertThat(spark.report().stored()).isEqualTo(local.report().stored());
    assertThat(spark.report().duplicate()).isEqualTo(local.report().duplicate());
    assertThat(spark.report().seen()).isEqualTo(local.report().seen());
    assertThat(spark.report().bytes()).isEqualTo(local.report().bytes());
    assertThat(spark.report().problem()).isEqualTo(local.report().problem());
    assertThat(spark.letters()).isNotEmpty().isEqualTo(local.letters());
  }

  @Test
  void storesAReadingHoweverLateItIs() throws Exception {
    Node node = new Node("spark", Optional.of(folder.resolve("lake")));
    for (int i = 0; i < 100; i++) {
      write("%03d".formatted(i), "[" + entry(1, 1_000 + i, "5") + "]");
    }
    node.collect(replay());
    clear(captures);
    write("200", "[" + entry(2, 0, "5") + "," + entry(1, 1_000, "5") + "]");
    Outcome late = node.collect(replay());
    assertThat(late.report().stored()).isEqualTo(1);
    assertThat(late.report().duplicate()).isEqualTo(1);
    assertThat(late.readings()).hasSize(101);
    assertThat(node.lake()).isEqualTo(late.readings());
  }

  @Test
  void saysWhatMendsADamagedCheckpointAndDoublesNothingThen() throws Exception {
    Node node = new Node("spark", Optional.of(folder.resolve("lake")));
    write("1", "[" + entry(1, 0, "5") + "]");
    node.collect(replay());
    Path checkpoint = node.data.resolve("stream/checkpoint");
    Files.writeString(checkpoint.resolve("offsets/0"), "half a l");
    Files.delete(checkpoint.resolve("offsets/.0.crc"));
    Files.delete(checkpoint.resolve("commits/0"));
    write("2", "[" + entry(1, 0, "5") + "," + entry(1, 1, "5") + "]");
    assertThatThrownBy(() -> node.collect(replay()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("If it is the checkpoint that is damaged, remove " + checkpoint);
    clear(checkpoint);
    Outcome mended = node.collect(replay());
    assertThat(mended.readings()).hasSize(2);
    assertThat(node.lake()).isEqualTo(mended.readings());
  }

  @Test
  void tellsOfADocumentThatSomebodyRemoved() throws Exception {
    Node node = new Node("spark", Optional.empty());
    write("0", "[]");
    node.collect(replay());
    clear(captures);
    write("1", "[" + entry(1, 0, "5") + "]");
    write("2", "[" + entry(1, 1, "5") + "]");
    try (Landing landing = node.landing();
        Store store = node.store()) {
      node.land(landing, replay());
      Files.delete(node.data.resolve("stream/000000000002.document"));
      CycleReport report = node.work(landing, store, () -> false);
      assertThat(report.problem().orElseThrow()).endsWith("is gone: somebody has removed it");
      assertThat(report.stored()).isEqualTo(1);
    }
  }

  @Test
  void triesAgainUntilTheStoreIsThere() throws Exception {
    write("1", "[" + entry(1, 0, "5") + "]");
    Node node = new Node("spark", Optional.empty());
    AtomicInteger failures = new AtomicInteger(3);
    try (Landing landing = node.landing();
        Store store = failing(node.store(), failures)) {
      node.land(landing, replay());
      CycleReport report = node.work(landing, store, () -> true);
      assertThat(failures).hasNegativeValue();
      assertThat(report.stored()).isEqualTo(1);
      assertThat(landing.isEmpty()).isTrue();
    }
    assertThat(node.readings()).hasSize(1);
  }

  @Test
  void aSingleCycleFailsAtOnceAndTheNextOneStoresIt() throws Exception {
    write("1", "[" + entry(1, 0, "5") + "]");
    Node node = new Node("spark", Optional.empty());
    try (Landing landing = node.landing();
        Store store = failing(node.store(), new AtomicInteger(1))) {
      node.land(landing, replay());
      assertThatThrownBy(() -> node.work(landing, store, () -> false))
          .isInstanceOf(StoreException.class)
          .hasMessage("away");
      assertThat(landing.isEmpty()).isFalse();
    }
    clear(captures);
    write("2", "[]");
    assertThat(node.collect(replay()).readings()).hasSize(1);
  }

  /** What an engine did, and what is in the store and among the dead letters then. */
  private record Outcome(CycleReport report, List<Reading> readings, List<String> letters) {}

  private Outcome local(Source source) throws IOException {
    Node node = new Node("local", Optional.empty());
    try (source;
        Store store = node.store();
        DeadLetters letters = node.letters()) {
      Pipeline pipeline =
          new Pipeline(List.of(source), ingest(store), letters, new SimpleMeterRegistry(), CLOCK);
      CycleReport report = pipeline.cycle();
      return new Outcome(report, readings(store), node.keptLetters());
    }
  }

  private static Ingest ingest(Store store) {
    return new Ingest(store, new LatestView(), new LiveReadings(), new SimpleMeterRegistry());
  }

  private static List<Reading> readings(Store store) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.sorted(ORDER).toList();
    }
  }

  /** A folder with a store and a stream, as a process has it from start to start. */
  private final class Node {

    final Path data;
    private final Optional<Path> lake;

    Node(String name, Optional<Path> lake) throws IOException {
      data = Files.createDirectories(folder.resolve(name));
      this.lake = lake;
    }

    Outcome collect(Source source) throws Exception {
      try (Landing landing = landing();
          Store store = store()) {
        CycleReport landed = land(landing, source);
        CycleReport done = work(landing, store, () -> false);
        return new Outcome(
            done.withProblem(landed.problem().or(done::problem)),
            SparkCollectTest.readings(store),
            keptLetters());
      }
    }

    CycleReport land(Landing landing, Source source) {
      try (source;
          DeadLetters letters = letters()) {
        return Pipeline.into(landing, List.of(source), letters, new SimpleMeterRegistry(), CLOCK)
            .cycle();
      }
    }

    /** Works off what has landed: once, or as a stream until all is settled. */
    CycleReport work(Landing landing, Store store, BooleanSupplier streams) throws Exception {
      try (DeadLetters letters = letters()) {
        CollectJob job =
            new CollectJob(
                landing,
                data.resolve("stream/checkpoint"),
                Duration.ofMillis(50),
                !streams.getAsBoolean(),
                Optional.of(ingest(store)),
                lake.map(Path::toString),
                false,
                letters,
                Optional.empty(),
                CLOCK,
                () -> false,
                streams);
        return new SparkCollect(TestSpark.session(), job).run();
      }
    }

    Landing landing() {
      return Landing.open(data.resolve("stream"), Long.MAX_VALUE);
    }

    Store store() {
      return Stores.open(
          new StoreSettings("embedded:", data, Durability.PROCESS, OptionalInt.empty()));
    }

    DeadLetters letters() {
      return DeadLetters.in(data.resolve("dead-letters"), CLOCK);
    }

    /** The dead letters without the moment when they were kept. */
    List<String> keptLetters() throws IOException {
      Path file = data.resolve("dead-letters").resolve(DeadLetters.FILE);
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(line -> line.replaceFirst("\"time\":\"[^\"]*\"", ""))
              .toList()
          : List.of();
    }

    List<Reading> readings() {
      try (Store store = store()) {
        return SparkCollectTest.readings(store);
      }
    }

    List<Reading> lake() throws IOException {
      Lake written = new Lake(TestSpark.session(), lake.orElseThrow().toString());
      return written
          .read(written.version().partitions())
          .select(ReadingRows.columns())
          .collectAsList()
          .stream()
          .map(ReadingRows::reading)
          .sorted(ORDER)
          .toList();
    }
  }

  /** A store whose first writes fail. */
  private static Store failing(Store real, AtomicInteger failures) {
    ReadingWriter writer =
        batch -> {
          if (failures.getAndDecrement() > 0) {
            throw new StoreException("away");
          }
          real.writer().write(batch);
        };
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) ->
                method.getName().equals("writer") ? writer : method.invoke(real, arguments));
  }

  private Source replay() {
    return new CaptureFolder(captures, 1 << 20, Integer.MAX_VALUE);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(captures.resolve(name + ".json"), text);
  }

  private static void clear(Path path) throws IOException {
    try (Stream<Path> below = Files.walk(path)) {
      for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(path)) {
          Files.delete(file);
        }
      }
    }
  }

  /** A sensor's reading so many seconds after a day's begin. */
  private static String entry(int sensor, int second, String pm10) {
    return """
    {"timestamp":"2026-11-25T%02d:%02d:%02dZ","location":{"id":%d,"latitude":"57.1",\
    "longitude":"-2.1","country":"GB"},"sensor":{"id":%d,"pin":"1","sensor_type":{"id":14,\
    "name":"SDS011","manufacturer":"Nova Fitness"}},"sensordatavalues":[\
    {"value_type":"P1","value":%s},{"value_type":"P2","value":"5.5"}]}\
    """
        .formatted(second / 3_600, second / 60 % 60, second % 60, sensor, sensor, pm10);
  }
}
