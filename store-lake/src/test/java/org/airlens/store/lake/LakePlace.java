package org.airlens.store.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.airlens.store.Store;
import org.airlens.store.contract.StorePlace;

/** A lake in a temporary folder. */
final class LakePlace implements StorePlace {

  private final Path folder;
  private final LakeWriter writer;

  LakePlace() throws IOException {
    folder = Files.createTempDirectory("lake 'of' tests ");
    writer = new LakeWriter(folder);
  }

  Path folder() {
    return folder;
  }

  LakeWriter writer() {
    return writer;
  }

  /** The lake's store, into which the writer beside it writes. */
  @Override
  public Store open() {
    return new WrittenStore(
        Lake.open(LakeAddress.parse("lake:" + folder), Optional.empty()), writer);
  }

  @Override
  public void close() {
    writer.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
