package org.airlens.spark.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.airlens.collect.feed.FeedParser;
import org.airlens.collect.feed.ParsedFeed;
import org.airlens.pipeline.Landing;
import org.airlens.spark.parsed.FeedParsers;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.spark.parsed.RowSink;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * Documents that one task reads, one after the other.
 *
 * @param folder the landing zone
 * @param first the first document's number
 * @param last the last one's
 */
record LandedPart(String folder, long first, long last)
    implements InputPartition, ParsedRows.Documents {

  @Serial private static final long serialVersionUID = 1;

  @Override
  public void readInto(RowSink sink) {
    FeedParsers.use(parser -> {
      for (long number = first; number <= last; number++) {
        sink.begin(number);
        read(parser, number, sink);
      }
    });
  }

  /** A document that is there and can't be read ends the task: its readings must not be lost. */
  private void read(FeedParser parser, long number, RowSink sink) {
    try {
      Landing.Document document = Landing.read(Path.of(folder), number);
      try (InputStream body = document.body()) {
        ParsedFeed parsed = parser.parse(document.name(), body, sink);
        sink.end(document.name(), sink.readings(), parsed.bytes(), parsed.problem());
      }
    } catch (NoSuchFileException e) {
      sink.end(e.getFile(), 0, 0, Optional.of(e.getFile() + " is gone: somebody has removed it"));
    } catch (IOException e) {
      throw new IllegalStateException(
          "document %d in %s can't be read: %s".formatted(number, folder, e.getMessage()), e);
    }
  }
}
