package org.airlens.pipeline.backfill;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveContent;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveReader;
import org.airlens.collect.archive.ArchiveTree;
import org.airlens.collect.archive.MeasuredInputStream;
import org.airlens.collect.archive.ParsedCsv;
import org.airlens.collect.http.ServerUnavailableException;
import org.airlens.collect.http.Validators;
import org.airlens.model.Reading;
import org.airlens.pipeline.Indexing;
import org.airlens.pipeline.backfill.FileRun.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files, one after the other: validate, select, index. Used by one thread. */
final class FileReading implements EntrySink {

  private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

  /** A file that is no archive file may have millions of wrong rows: enough to see why. */
  private static final int LETTERS_OF_A_FILE = 1_000;

  private final ArchiveTree tree;
  private final Selection selection;
  private final Selection.Readings wanted;
  private final Journal journal;
  private final DeadLetters letters;
  private final ArchiveReader reader;
  private FileCounts counts = new FileCounts();
  private List<Reading> piece = new ArrayList<>();
  private FileRun run;
  private int written;

  FileReading(
      ArchiveTree tree,
      Selection selection,
      Journal journal,
      DeadLetters letters,
      LongFunction<String> countries,
      InstantSource clock,
      FileRun first) {
    this.tree = tree;
    this.selection = selection;
    wanted = selection.readings();
    this.journal = journal;
    this.letters = letters;
    reader = new ArchiveReader(clock, countries);
    run = first;
  }

  /**
   * Reads a file and hands over what comes of it.
   *
   * @throws InterruptedException when nobody wants it any more
   */
  void read(FileRun newRun) throws InterruptedException {
    run = newRun;
    counts = new FileCounts();
    piece = new ArrayList<>();
    written = 0;
    Step last = last();
    if (!piece.isEmpty()) {
      run.steps().put(new Step.Piece(piece));
    }
    run.steps().put(last);
  }

  private Step last() throws InterruptedException {
    try {
      return contents();
    } catch (ServerUnavailableException e) {
      return new Step.Failed(problem(e), counts, Optional.of(e));
    } catch (SourceException e) {
      return new Step.Failed(problem(e), counts, Optional.empty());
    } catch (IOException e) {
      return new Step.Failed(
          "%s can't be read: %s".formatted(run.file().path(), e.getMessage()),
          counts,
          Optional.empty());
    } catch (Interrupted e) {
      throw e.interruption;
    } catch (RuntimeException | Error e) {
      // Whatever it is, the gathering thread waits for the file and the others can be read.
      LOG.error("reading {}", run.file().path(), e);
      return new Step.Failed(
          "%s: unexpected: %s".formatted(run.file().path(), e), counts, Optional.empty());
    }
  }

  private Step contents() throws SourceException, IOException {
    ArchiveFile file = run.file();
    Optional<JournalEntry> entry = journal.find(file).filter(known -> known.covers(selection));
    Validators known = entry.map(JournalEntry::version).orElse(Validators.NONE);
    return switch (tree.open(file, known)) {
      case ArchiveContent.Unchanged _ -> new Step.Unchanged();
      case ArchiveContent.Bytes(InputStream bytes, long size, Validators version) ->
          entry.isPresent() && (size < 0 || size == entry.get().size())
              ? again(file, entry.get(), bytes)
              : parsed(file, bytes, version);
    };
  }

  /** The file is as long as it was: it is parsed only if its bytes are others. */
  private Step again(ArchiveFile file, JournalEntry entry, InputStream bytes)
      throws SourceException, IOException {
    try (MeasuredInputStream measured = new MeasuredInputStream(bytes)) {
      if (measured.checksum().equals(entry.checksum())) {
        return new Step.Unchanged();
      }
    }
    return switch (tree.open(file, Validators.NONE)) {
      case ArchiveContent.Unchanged _ -> new Step.Unchanged();
      case ArchiveContent.Bytes(InputStream anew, long _, Validators version) ->
          parsed(file, anew, version);
    };
  }

  private Step parsed(ArchiveFile file, InputStream bytes, Validators version) throws IOException {
    try (MeasuredInputStream measured = new MeasuredInputStream(bytes)) {
      try {
        ParsedCsv parsed = reader.read(file, measured, this);
        counts.rows = parsed.rows();
        String checksum = measured.checksum();
        String taken = counts.outside == 0 ? JournalEntry.EVERYTHING : selection.text();
        return new Step.Read(
            new JournalEntry(file.path(), checksum, measured.count(), taken, version), counts);
      } finally {
        counts.bytes = measured.count();
      }
    }
  }

  @Override
  public void reading(Reading reading) {
    if (!wanted.want(reading)) {
      counts.outside++;
      return;
    }
    piece.add(Indexing.indexed(reading));
    if (piece.size() >= FileRun.PIECE) {
      List<Reading> full = piece;
      piece = new ArrayList<>();
      try {
        run.steps().put(new Step.Piece(full));
      } catch (InterruptedException e) {
        throw new Interrupted(e);
      }
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    counts.rejected(rejection.reason());
    if (written++ < LETTERS_OF_A_FILE) {
      letters.keep(rejection);
    }
  }

  private static String problem(SourceException failure) {
    return String.valueOf(failure.getMessage());
  }

  /** Carries an interruption out of the parser. */
  @SuppressWarnings("serial") // Never leaves this class.
  private static final class Interrupted extends RuntimeException {

    private final InterruptedException interruption;

    Interrupted(InterruptedException interruption) {
      super(interruption);
      this.interruption = interruption;
    }
  }
}
