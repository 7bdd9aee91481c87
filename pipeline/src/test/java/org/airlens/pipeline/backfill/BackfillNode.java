package org.airlens.pipeline.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveTree;
import org.airlens.collect.archive.FolderTree;
import org.airlens.model.Reading;
import org.airlens.pipeline.FaultyStore;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.embedded.EmbeddedStore;

/** A data directory with a real embedded store; opening one in the same folder is a restart. */
final class BackfillNode implements AutoCloseable {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  final FaultyStore store;
  private final Path data;
  private final DeadLetters letters;

  private BackfillNode(Path data) {
    this.data = data;
    store =
        new FaultyStore(
            EmbeddedStore.open(data.resolve("store"), Durability.PROCESS, OptionalInt.empty()));
    letters = DeadLetters.in(data.resolve("dead-letters"), CLOCK);
  }

  static BackfillNode in(Path data) {
    return new BackfillNode(data);
  }

  BackfillReport load(Path archive) throws SourceException, IOException, InterruptedException {
    return load(archive, Selection.ALL);
  }

  BackfillReport load(Path archive, Selection selection)
      throws SourceException, IOException, InterruptedException {
    return load(new FolderTree(archive), selection, new Backfill.Pace(3, 10_000), () -> false);
  }

  BackfillReport load(
      ArchiveTree tree, Selection selection, Backfill.Pace pace, BooleanSupplier stopping)
      throws SourceException, IOException, InterruptedException {
    Journal journal = Journal.open(data, tree.name(), "embedded:");
    return new Backfill(tree, selection, store, journal, letters, pace, CLOCK).run(stopping);
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

  /** The dead-letter file's lines. */
  List<String> deadLetters() throws IOException {
    Path file = data.resolve("dead-letters").resolve(DeadLetters.FILE);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Override
  public void close() {
    letters.close();
    store.close();
  }
}
