package org.airlens.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Source;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.embedded.EmbeddedStore;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/**
 * What a process puts together around a pipeline, on a real embedded store: opening one in the same
 * folder again is a restart.
 */
final class Node implements AutoCloseable {

  /** A day after {@link org.airlens.model.TestReadings#NOON}. */
  static final Instant NOW = Instant.parse("2018-12-21T12:00:00Z");

  final SetClock clock = new SetClock(NOW);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final LatestView view = new LatestView();
  final FaultyStore store;
  final Ingest ingest;
  final DeadLetters letters;
  private final Path letterFile;
  private final List<Reading> published = new CopyOnWriteArrayList<>();

  private Node(Path folder) {
    store =
        new FaultyStore(
            EmbeddedStore.open(folder.resolve("store"), Durability.PROCESS, OptionalInt.empty()));
    view.apply(store.readings().latest());
    LiveReadings live = new LiveReadings(1_000);
    live.subscribe((id, readings) -> published.addAll(readings));
    ingest = new Ingest(store, view, live, metrics);
    letters = DeadLetters.in(folder.resolve("rejected"), clock);
    letterFile = folder.resolve("rejected").resolve(DeadLetters.FILE);
  }

  static Node in(Path folder) {
    return new Node(folder);
  }

  Pipeline pipeline(Source... sources) {
    return new Pipeline(List.of(sources), ingest, letters, metrics, clock);
  }

  /** Everything in the store, oldest first. */
  List<Reading> stored() {
    ReadingQuery everything =
        new ReadingQuery(
            ReadingFilter.all(), ReadingSort.OLDEST_FIRST, Optional.empty(), OptionalLong.empty());
    try (Stream<Reading> found = store.readings().find(everything)) {
      return found.toList();
    }
  }

  /** What the live stream told, in order. */
  List<Reading> published() {
    return published;
  }

  /** The dead-letter file's lines. */
  List<String> deadLetters() throws IOException {
    return Files.exists(letterFile) ? Files.readAllLines(letterFile) : List.of();
  }

  @Override
  public void close() {
    letters.close();
    store.close();
  }
}
