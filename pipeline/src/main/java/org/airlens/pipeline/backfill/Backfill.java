package org.airlens.pipeline.backfill;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveFolder;
import org.airlens.collect.archive.ArchiveLayout;
import org.airlens.collect.archive.ArchiveTree;
import org.airlens.collect.http.ServerUnavailableException;
import org.airlens.pipeline.backfill.FileRun.Step;
import org.airlens.store.Store;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads an archive into a store: list → read, select and index in parallel → deduplicate → write →
 * note in the journal. Files are taken in the order of time, in which stores write fastest. What a
 * run leaves undone, however it ends, the next one does.
 */
public final class Backfill {

  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

  /** So many files are listed and read ahead. */
  private static final int AHEAD = 64;

  private static final int PROBLEMS_TOLD = 10;
  private static final Duration LOOK_AROUND = Duration.ofMillis(100);

  private final ArchiveTree tree;
  private final Selection selection;
  private final Store store;
  private final Journal journal;
  private final DeadLetters letters;
  private final Pace pace;
  private final InstantSource clock;
  private final Progress progress = new Progress();
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<FileRun> work = new ArrayBlockingQueue<>(AHEAD);

  /**
   * How much is done at once.
   *
   * @param readers so many files are read side by side
   * @param batch so many readings are written together
   */
  public record Pace(int readers, int batch) {

    private static final int LARGEST_BATCH = 250_000;
    private static final int SMALLEST_BATCH = 10_000;

    /** So much of the heap a reading of a batch may take, of which there are two at a time. */
    private static final long HEAP_SHARE = 2_000;

    /** What the store, the files that are read and the journal take besides. */
    private static final long HEAP_BESIDES = 64 << 20;

    /** A pace that fits this process's heap. */
    public static Pace of(int readers) {
      long batch = (Runtime.getRuntime().maxMemory() - HEAP_BESIDES) / HEAP_SHARE;
      return new Pace(readers, Math.clamp(batch, SMALLEST_BATCH, LARGEST_BATCH));
    }
  }

  /**
   * A backfill; the caller closes what it is given after the run.
   *
   * @param journal of this archive and this store
   */
  public Backfill(
      ArchiveTree tree,
      Selection selection,
      Store store,
      Journal journal,
      DeadLetters letters,
      Pace pace,
      InstantSource clock) {
    this.tree = tree;
    this.selection = selection;
    this.store = store;
    this.journal = journal;
    this.letters = letters;
    this.pace = pace;
    this.clock = clock;
  }

  /** How far the run is. */
  public Progress progress() {
    return progress;
  }

  /**
   * Runs to the archive's end; once.
   *
   * @param stopping turns true when the process is to end
   * @throws SourceException when the archive is not there
   * @throws IOException when the journal can't be kept
   * @throws org.airlens.store.StoreException when the store can't keep readings
   */
  public BackfillReport run(BooleanSupplier stopping)
      throws SourceException, IOException, InterruptedException {
    long begin = System.nanoTime();
    ArchiveLayout layout = new ArchiveLayout(tree);
    List<ArchiveFolder> folders = layout.folders(selection.days());
    progress.begin(folders.size());
    if (store.readings().newest().isEmpty() && !journal.isEmpty()) {
      LOG.info("the store is empty, so that what an earlier backfill noted is forgotten");
      journal.clear();
    }
    KnownCountries countries = KnownCountries.of(store.sensors());
    if (countries.isEmpty() && !selection.countries().isEmpty()) {
      LOG.warn(
          "the archive does not tell countries, and the store knows none yet: --country finds"
              + " nothing; take --bbox");
    }
    Gathering gathering = new Gathering();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try (BatchWriting writing = new BatchWriting(store, journal)) {
      threads.execute(() -> untilInterrupted(() -> list(layout, folders)));
      for (int i = 0; i < pace.readers(); i++) {
        threads.execute(() -> untilInterrupted(() -> read(countries)));
      }
      gathering.run(writing, stopping);
      return gathering.report(folders.size(), writing, Duration.ofNanos(System.nanoTime() - begin));
    } finally {
      threads.shutdownNow();
      if (gathering.broken.isPresent()) {
        tree.close(); // Nobody waits for what is under way.
      }
      threads.close();
    }
  }

  private void list(ArchiveLayout layout, List<ArchiveFolder> folders) throws InterruptedException {
    for (int i = 0; i < folders.size(); i++) {
      ArchiveFolder folder = folders.get(i);
      try {
        List<ArchiveFile> files =
            layout.files(folder, selection.days()).stream().filter(selection::wants).toList();
        for (int file = 0; file < files.size(); file++) {
          long done = i * Progress.STEPS + (file + 1) * Progress.STEPS / files.size();
          FileRun run = FileRun.of(files.get(file), done);
          events.put(run);
          work.put(run);
        }
      } catch (SourceException e) {
        events.put(new Event.FolderFailed(folder.path(), e));
      } catch (RuntimeException e) {
        LOG.error("listing {}", folder.path(), e);
        SourceException unexpected = new SourceException("unexpected: " + e, e);
        events.put(new Event.FolderFailed(folder.path(), unexpected));
      }
      events.put(new Event.FolderDone((i + 1) * Progress.STEPS));
    }
    events.put(new Event.End());
  }

  private void read(KnownCountries countries) throws InterruptedException {
    FileRun run = work.take();
    FileReading reading = new FileReading(tree, selection, journal, letters, countries, clock, run);
    while (true) {
      reading.read(run);
      run = work.take();
    }
  }

  private static void untilInterrupted(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The run has ended.
    }
  }

  /** What a thread does for the run. */
  private interface Work {
    void run() throws InterruptedException;
  }

  /** Puts together what the readers hand over, in the order of the files. */
  private final class Gathering {

    private final FileCounts counts = new FileCounts();
    private final List<String> problems = new ArrayList<>();
    private Batch batch = Batch.empty();
    private long filesRead;
    private long filesUnchanged;
    private long filesFailed;
    private Optional<String> broken = Optional.empty();

    void run(BatchWriting writing, BooleanSupplier stopping)
        throws IOException, InterruptedException {
      boolean ended = false;
      while (!ended && broken.isEmpty()) {
        Event event = next(events, stopping);
        switch (event) {
          case FileRun file -> file(file, writing, stopping);
          case Event.FolderFailed(String path, SourceException cause) -> folderFailed(path, cause);
          case Event.FolderDone(long steps) -> progress.folder(steps);
          case Event.End end -> ended = true;
          case null -> broken = Optional.of(BackfillReport.STOPPED);
        }
      }
      boolean stopped = broken.filter(BackfillReport.STOPPED::equals).isPresent();
      if (!stopped && !batch.isEmpty()) {
        writing.write(batch);
      }
      writing.finish();
    }

    private void file(FileRun run, BatchWriting writing, BooleanSupplier stopping)
        throws IOException, InterruptedException {
      while (true) {
        Step step = next(run.steps(), stopping);
        switch (step) {
          case Step.Piece(var readings) -> {
            batch.readings().addAll(readings);
            if (batch.readings().size() >= pace.batch()) {
              writing.write(batch);
              batch = Batch.empty();
            }
            continue;
          }
          case Step.Read(JournalEntry entry, FileCounts read) -> {
            filesRead++;
            counts.add(read);
            progress.file(run, read);
            batch.complete().put(run.file(), entry);
          }
          case Step.Unchanged unchanged -> {
            filesUnchanged++;
            progress.file(run, new FileCounts());
          }
          case Step.Failed failed -> {
            counts.add(failed.counts());
            progress.file(run, failed.counts());
            failed(failed.problem());
            broken = failed.unavailable().map(SourceException::getMessage).map(String::valueOf);
          }
          case null -> broken = Optional.of(BackfillReport.STOPPED);
        }
        return;
      }
    }

    private void folderFailed(String path, SourceException cause) {
      failed("%s: %s".formatted(path, cause.getMessage()));
      if (cause instanceof ServerUnavailableException) {
        broken = Optional.of(String.valueOf(cause.getMessage()));
      }
    }

    private void failed(String problem) {
      filesFailed++;
      if (problems.size() < PROBLEMS_TOLD) {
        problems.add(problem);
        LOG.warn("{}", problem);
      }
    }

    BackfillReport report(long folders, BatchWriting writing, Duration duration) {
      return new BackfillReport(
          folders,
          filesRead,
          filesUnchanged,
          filesFailed,
          List.copyOf(problems),
          counts.bytes,
          counts.rows,
          writing.stored(),
          writing.duplicate(),
          counts.outside,
          counts.rejected(),
          duration,
          broken);
    }
  }

  /** The next one, or null when the process is to end before there is one. */
  private static <T> @Nullable T next(BlockingQueue<T> queue, BooleanSupplier stopping)
      throws InterruptedException {
    while (!stopping.getAsBoolean()) {
      T next = queue.poll(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
      if (next != null) {
        return next;
      }
    }
    return null;
  }
}
