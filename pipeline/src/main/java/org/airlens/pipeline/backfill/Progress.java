package org.airlens.pipeline.backfill;

/** How far a backfill is. Thread-safe: one thread tells, any ask. */
public final class Progress {

  /** A folder of the archive counts so many steps. */
  public static final long STEPS = 1_000;

  private volatile State state = new State(0, 0, 0, 0, 0, "");

  /**
   * How far it is at one moment.
   *
   * @param folders how many folders there are; 0 until that is known
   * @param steps how many {@link #STEPS} are done, of all folders
   * @param files how many files have been read or found unchanged
   * @param rows how many rows have been read
   * @param bytes how many bytes have been read, as they are stored
   * @param at the day that is read, empty before the first
   */
  public record State(long folders, long steps, long files, long rows, long bytes, String at) {}

  /** How far it is now. */
  public State state() {
    return state;
  }

  void begin(long folders) {
    state = new State(folders, 0, 0, 0, 0, "");
  }

  void file(FileRun run, FileCounts counts) {
    State old = state;
    state =
        new State(
            old.folders(),
            run.progress(),
            old.files() + 1,
            old.rows() + counts.rows,
            old.bytes() + counts.bytes,
            run.file().first().toString());
  }

  void folder(long steps) {
    State old = state;
    state = new State(old.folders(), steps, old.files(), old.rows(), old.bytes(), old.at());
  }
}
