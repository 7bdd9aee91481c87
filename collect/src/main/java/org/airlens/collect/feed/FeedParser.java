package org.airlens.collect.feed;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import org.airlens.collect.EntrySink;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * Reads the feed's JSON array of entries as a stream: memory does not grow with the document. An
 * entry that can't be taken is handed over as a rejection and the next one is read; after broken
 * JSON the reading goes on at the next entry that can be found. Not thread-safe; use it again for
 * the next document of the same source, whose sensors it remembers.
 */
public final class FeedParser {

  /** How deep an honest entry nests is 4. */
  private static final int MAX_DEPTH = 32;

  private final InstantSource clock;
  private final KnownPlaces places = new KnownPlaces();
  private final Names names = new Names();
  private final PlainEntryReader.Known known = new PlainEntryReader.Known();
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(16_384)
                  .maxNameLength(1_024)
                  .maxNumberLength(400)
                  .build())
          .build();

  private final PropertyNameMatcher keys = EntryReader.keys(json);

  private final int mostPlainMembers;

  /** A parser that holds readings against this clock: none is from the future. */
  public FeedParser(InstantSource clock) {
    this(clock, PlainEntryReader.MOST_MEMBERS);
  }

  /** A parser that takes the short cut for entries of no more than so many members. */
  FeedParser(InstantSource clock, int mostPlainMembers) {
    this.clock = clock;
    this.mostPlainMembers = mostPlainMembers;
  }

  /**
   * Reads a document to its end.
   *
   * @param name the document's name in rejections
   * @param document the JSON; not closed
   * @param sink takes the readings, not indexed yet, and the rejections, in the document's order
   * @throws IOException when the document can't be read further; what came before was handed over
   */
  public ParsedFeed parse(String name, InputStream document, EntrySink sink) throws IOException {
    // Made anew for each document: writing references into young objects is cheaper by a twentieth
    // of the whole, because the garbage collector keeps books of those in old ones.
    EntryFields fields = new EntryFields(places);
    FeedPass pass =
        new FeedPass(
            name,
            new Tape(document),
            sink,
            clock.instant().getEpochSecond(),
            fields,
            new PlainEntryReader(fields, names, known, mostPlainMembers),
            new EntryReader(json, keys, fields, names));
    return pass.run();
  }
}
