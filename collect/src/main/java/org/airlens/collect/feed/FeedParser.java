package org.airlens.collect.feed;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the feed's JSON array of entries as a stream: memory does not grow with the document. An
 * entry that can't be taken is handed over as a rejection and the next one is read; after broken
 * JSON the reading goes on at the next entry that can be found. Not thread-safe; use it again for
 * the next document of the same source, whose sensors it remembers.
 */
public final class FeedParser {

  /** How deep an honest entry nests is 4. */
  private static final int MAX_DEPTH = 32;

  /** So often a document may be broken before the rest of it is given up. */
  private static final int MAX_BREAKS = 10_000;

  private static final int EXCERPT_BYTES = 1_024;

  private final InstantSource clock;
  private final JsonFactory json;
  private final EntryReader entryReader;

  /** A parser that holds readings against this clock: none is from the future. */
  public FeedParser(InstantSource clock) {
    this.clock = clock;
    json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(16_384)
                    .maxNameLength(1_024)
                    .maxNumberLength(400)
                    .build())
            .build();
    entryReader = new EntryReader(json);
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
    Pass pass = new Pass(name, new Tape(document), sink);
    pass.run();
    return new ParsedFeed(pass.tape.bytesRead(), pass.entries);
  }

  /** One document. */
  private final class Pass {

    private final String name;
    private final Tape tape;
    private final EntrySink sink;
    private final long now = clock.instant().getEpochSecond();
    private long entries;
    private long entryStart;
    private long entryEnd;
    private boolean insideEntry;

    Pass(String name, Tape tape, EntrySink sink) {
      this.name = name;
      this.tape = tape;
      this.sink = sink;
    }

    void run() throws IOException {
      NextEntry nextEntry = new NextEntry(tape);
      if (!nextEntry.findArray()) {
        reject(RejectionReason.MALFORMED, 0, tape.position());
        return;
      }
      long start = tape.position();
      InputStream text = tape;
      for (int breaks = 0; ; breaks++) {
        RejectionReason broken = segment(text, start);
        if (broken == RejectionReason.TRUNCATED) {
          reject(broken, insideEntry ? entryStart : entryEnd, tape.bytesRead());
          return;
        }
        boolean found;
        if (broken == null) {
          tape.goTo(entryEnd);
          found = nextEntry.findAfterArray();
          if (!found && nextEntry.skippedText()) {
            reject(RejectionReason.MALFORMED, entryEnd, tape.position());
          }
        } else {
          long from = insideEntry ? entryStart : nextEntry.skipSeparators(entryEnd);
          found = nextEntry.findAfterBroken(from);
          reject(broken, from, tape.position());
        }
        if (!found) {
          return;
        }
        if (breaks == MAX_BREAKS) {
          reject(RejectionReason.MALFORMED, tape.position(), tape.position() + EXCERPT_BYTES);
          return;
        }
        start = tape.position() - 1;
        text = new ResumedArray(tape);
      }
    }

    /**
     * Reads an array's entries until it ends or breaks.
     *
     * @param start the offset of the array's bracket
     * @return what broke it, or null when it ended
     */
    private @Nullable RejectionReason segment(InputStream text, long start) throws IOException {
      insideEntry = false;
      entryEnd = start + 1;
      try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
        parser.nextToken();
        while (true) {
          JsonToken token = parser.nextToken();
          if (token == JsonToken.END_ARRAY) {
            entryEnd = start + parser.currentLocation().getByteOffset();
            return null;
          }
          entryStart = start + parser.currentTokenLocation().getByteOffset();
          insideEntry = true;
          entry(parser, token, start);
          insideEntry = false;
        }
      } catch (UnexpectedEndOfInputException e) {
        return RejectionReason.TRUNCATED;
      } catch (StreamConstraintsException | OversizeEntryException e) {
        return RejectionReason.TOO_LARGE;
      } catch (StreamReadException e) {
        boolean atEnd = start + e.getLocation().getByteOffset() >= tape.bytesRead();
        return atEnd && tape.atEnd() ? RejectionReason.TRUNCATED : RejectionReason.MALFORMED;
      } catch (JacksonIOException e) {
        throw e.getCause();
      }
    }

    private void entry(JsonParser parser, JsonToken token, long start) {
      if (token != JsonToken.START_OBJECT) {
        entryReader.skipValue(parser);
        parser.finishToken();
        entries++;
        entryEnd = start + parser.currentLocation().getByteOffset();
        reject(RejectionReason.NOT_AN_OBJECT, entryStart, entryEnd);
        return;
      }
      EntryFields fields = entryReader.read(parser);
      entries++;
      entryEnd = start + parser.currentLocation().getByteOffset();
      for (RejectionReason reason : fields.valueProblems()) {
        reject(reason, entryStart, entryEnd);
      }
      RejectionReason problem = fields.problem(now);
      if (problem == null) {
        sink.reading(fields.reading());
      } else {
        reject(problem, entryStart, entryEnd);
      }
    }

    private void reject(RejectionReason reason, long from, long to) {
      sink.rejected(new Rejection(name, reason, from, tape.excerpt(from, to, EXCERPT_BYTES)));
    }
  }
}
