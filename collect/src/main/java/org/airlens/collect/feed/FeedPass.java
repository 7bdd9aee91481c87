package org.airlens.collect.feed;

import java.io.IOException;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** The reading of one document from its beginning to its end. */
final class FeedPass {

  /** So often a document may be broken before the rest of it is given up. */
  private static final int MAX_BREAKS = 10_000;

  private static final int EXCERPT_BYTES = 1_024;

  /** So often an entry is begun anew as more of it arrives: where it drips, this would not end. */
  private static final int MOST_BEGUN = 4;

  /** After so many plain entries in a row, the next one is probably plain too. */
  private static final int PLAIN_RUN = 32;

  private static final int LONGEST_STRETCH = 1 << 20;

  private final String name;
  private final Tape tape;
  private final EntrySink sink;
  private final long now;
  private final EntryFields fields;
  private final PlainEntryReader plainReader;
  private final EntryReader reader;
  private final NextEntry nextEntry;
  private long entries;
  private long rejections;
  private long entryStart;

  /** The offset after the last entry, or after the array's bracket when there was none yet. */
  private long entryEnd;

  private boolean afterEntry;
  private boolean insideEntry;
  private @Nullable RejectionReason broken;

  /**
   * The reading of a document.
   *
   * @param now the present, seconds since 1970
   * @param fields what both readers read into
   */
  FeedPass(
      String name,
      Tape tape,
      EntrySink sink,
      long now,
      EntryFields fields,
      PlainEntryReader plainReader,
      EntryReader reader) {
    this.name = name;
    this.tape = tape;
    this.sink = sink;
    this.now = now;
    this.fields = fields;
    this.plainReader = plainReader;
    this.reader = reader;
    nextEntry = new NextEntry(tape);
  }

  ParsedFeed run() throws IOException {
    if (nextEntry.findArray()) {
      entryEnd = tape.position() + 1;
      int breaks = 0;
      while (goesOnAfterArray()) {
        if (breaks++ == MAX_BREAKS) {
          reject(RejectionReason.MALFORMED, tape.position(), tape.position() + EXCERPT_BYTES);
          break;
        }
        entryEnd = tape.position();
      }
    } else {
      reject(RejectionReason.MALFORMED, 0, tape.position());
    }
    return new ParsedFeed(name, tape.bytesRead(), entries, rejections);
  }

  /** Reads an array; the tape stands at an entry that follows its end, or its break, when true. */
  private boolean goesOnAfterArray() throws IOException {
    afterEntry = false;
    insideEntry = false;
    broken = null;
    array();
    if (broken == null) {
      tape.goTo(entryEnd);
      boolean found = nextEntry.findAfterArray();
      if (!found && nextEntry.skippedText()) {
        reject(RejectionReason.MALFORMED, entryEnd, tape.position());
      }
      return found;
    }
    if (broken == RejectionReason.TRUNCATED) {
      reject(broken, insideEntry ? entryStart : entryEnd, tape.bytesRead());
      return false;
    }
    long from = insideEntry ? entryStart : nextEntry.skipSeparators(entryEnd);
    boolean found = nextEntry.findAfterBroken(from);
    reject(broken, from, tape.position());
    return found;
  }

  /** Reads an array's entries until it ends or breaks: plain ones at their pace, others singly. */
  private void array() throws IOException {
    int stretch = 1;
    while (true) {
      long before = entries;
      if (plainEntries()) {
        return;
      }
      // To begin anew costs more than an entry: where few entries are plain, it is done seldom.
      stretch = entries - before >= PLAIN_RUN ? 1 : Math.min(stretch * 2, LONGEST_STRETCH);
      if (otherEntries(stretch)) {
        return;
      }
    }
  }

  /** Whether the array ended; before that, it takes plain entries as long as they follow. */
  private boolean plainEntries() throws IOException {
    int begun = 0;
    while (true) {
      int from = Tape.index(entryEnd);
      long base = entryEnd - from;
      switch (plainReader.next(tape.bytes(), from, from + tape.sideBySide(entryEnd), afterEntry)) {
        case ENTRY -> {
          begun = 0;
          entryStart = base + plainReader.start();
          Reading taken = taken(base + plainReader.end());
          if (taken != null) {
            plainReader.made(taken);
          }
        }
        case END_OF_ARRAY -> {
          entryEnd = base + plainReader.end();
          return true;
        }
        case UNFINISHED -> {
          if (++begun > MOST_BEGUN || !tape.readBeside(entryEnd)) {
            return false;
          }
        }
        case NOT_PLAIN -> {
          return false;
        }
      }
    }
  }

  /** Whether the array ended or broke; it takes so many entries of any kind before that. */
  private boolean otherEntries(int most) throws IOException {
    String beginning = afterEntry ? ResumedArray.AFTER_ENTRY : ResumedArray.BEFORE_ENTRY;
    long start = entryEnd - beginning.length();
    tape.goTo(entryEnd);
    try (JsonParser parser = reader.open(new ResumedArray(beginning, tape))) {
      parser.nextToken();
      if (afterEntry) {
        parser.nextToken();
      }
      for (int i = 0; i < most; i++) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
          entryEnd = start + parser.currentLocation().getByteOffset();
          return true;
        }
        entryStart = start + parser.currentTokenLocation().getByteOffset();
        insideEntry = true;
        entry(parser, token, start);
        insideEntry = false;
      }
      return false;
    } catch (UnexpectedEndOfInputException e) {
      broken = RejectionReason.TRUNCATED;
    } catch (BrokenEntryException e) {
      broken = e.reason();
    } catch (StreamConstraintsException e) {
      broken = RejectionReason.TOO_LARGE;
    } catch (StreamReadException e) {
      boolean atEnd = start + e.getLocation().getByteOffset() >= tape.bytesRead();
      broken = atEnd && tape.atEnd() ? RejectionReason.TRUNCATED : RejectionReason.MALFORMED;
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
    return true;
  }

  private void entry(JsonParser parser, JsonToken token, long start) {
    if (token == JsonToken.START_OBJECT) {
      reader.read(parser);
      taken(start + parser.currentLocation().getByteOffset());
    } else {
      reader.skipValue(parser);
      parser.finishToken();
      counted(start + parser.currentLocation().getByteOffset());
      reject(RejectionReason.NOT_AN_OBJECT, entryStart, entryEnd);
    }
  }

  /** Makes a reading, or rejections, of the fields; the reading, if it is one. */
  private @Nullable Reading taken(long end) {
    counted(end);
    for (RejectionReason reason : fields.valueProblems()) {
      reject(reason, entryStart, entryEnd);
    }
    RejectionReason problem = fields.problem(now);
    if (problem != null) {
      reject(problem, entryStart, entryEnd);
      return null;
    }
    Reading reading = fields.reading();
    sink.reading(reading);
    return reading;
  }

  private void counted(long end) {
    entries++;
    entryEnd = end;
    afterEntry = true;
  }

  private void reject(RejectionReason reason, long from, long to) {
    rejections++;
    sink.rejected(new Rejection(name, reason, from, tape.excerpt(from, to, EXCERPT_BYTES)));
  }
}
