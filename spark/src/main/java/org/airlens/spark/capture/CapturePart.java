package org.airlens.spark.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.FeedContent;
import org.airlens.collect.SourceException;
import org.airlens.collect.capture.CaptureFile;
import org.airlens.collect.feed.FeedParser;
import org.airlens.collect.feed.ParsedFeed;
import org.airlens.spark.parsed.FeedParsers;
import org.airlens.spark.parsed.FolderTable;
import org.airlens.spark.parsed.RowSink;

/**
 * Captures that one task reads, one after the other.
 *
 * @param first the place of the first one among all
 * @param files where they are
 */
record CapturePart(long first, List<String> files) implements FolderTable.Part {

  @Serial private static final long serialVersionUID = 1;

  @Override
  public void readInto(RowSink sink) {
    FeedParsers.use(parser -> {
      for (int i = 0; i < files.size(); i++) {
        sink.begin(first + i);
        read(parser, Path.of(files.get(i)), sink);
      }
    });
  }

  private static void read(FeedParser parser, Path file, RowSink sink) {
    String name = file.getFileName().toString();
    long bytes = file.toFile().length();
    Optional<String> failure;
    try (InputStream json = CaptureFile.open(file, Long.MAX_VALUE)) {
      ParsedFeed parsed = parser.parse(name, json, sink);
      failure = parsed.problem();
    } catch (SourceException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      failure = Optional.of(FeedContent.breaksOff(name, e));
    }
    sink.end(name, sink.readings(), bytes, failure);
  }
}
