package org.airlens.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.airlens.store.contract.StorePlace;

/** A folder of its own, removed in the end; opened as the product does, by URI. */
final class EmbeddedPlace implements StorePlace {

  private final Path dataDir;

  EmbeddedPlace() throws IOException {
    dataDir = Files.createTempDirectory("airlens-store");
  }

  @Override
  public Store open() {
    return Stores.open(
        new StoreSettings("embedded:", dataDir, Durability.PROCESS, OptionalInt.empty()));
  }

  @Override
  public void close() {
    delete(dataDir);
  }

  /** Removes a folder and all in it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
