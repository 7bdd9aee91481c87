package org.airlens.store.embedded.rollup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which days have readings, and which of them are rolled up. A day's file is there exactly while it
 * holds all of the day's readings: a write removes it, durably, before it touches the day, and a
 * new one takes its place only if nothing was written meanwhile. Days are counted from 1970-01-01.
 * Thread-safe; one thread rolls up at a time.
 */
public final class RolledDays {

  private static final String SUFFIX = ".rollup";
  private static final String UNFINISHED = "unfinished";
  private static final int DATE = "2018-12-20".length();

  private final Path folder;
  private final Origins origins;
  private final SplittableRandom names = new SplittableRandom();
  private final ConcurrentNavigableMap<Long, Day> days = new ConcurrentSkipListMap<>();

  private RolledDays(Path folder, Origins origins) {
    this.folder = folder;
    this.origins = origins;
  }

  /**
   * Looks what a former process left, and removes what does not fit.
   *
   * @param rows how many readings each day has
   * @throws IOException when the folder can't be used
   */
  public static RolledDays open(Path folder, Map<Long, Long> rows) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(UNFINISHED));
    RolledDays all = new RolledDays(folder, Origins.open(folder.resolve("origins")));
    long now = System.nanoTime();
    rows.keySet()
        .forEach(day -> all.days.put(day, new Day(0, now, false, Optional.empty(), false)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Optional<DayFile> whole = all.whole(file, rows);
        if (whole.isPresent()) {
          all.days.computeIfPresent(
              whole.get().day(), (_, _) -> new Day(0, now, false, whole, false));
        } else {
          Files.delete(file);
        }
      }
    }
    return all;
  }

  /** A file that holds all of its day's readings. */
  private Optional<DayFile> whole(Path file, Map<Long, Long> rows) throws IOException {
    try {
      String name = file.getFileName().toString();
      long day = LocalDate.parse(name.substring(0, Math.min(name.length(), DATE))).toEpochDay();
      DayFile rolled = DayFile.open(file, day);
      return rolled.isAbout(origins) && rows.getOrDefault(day, -1L) == rolled.rows()
          ? Optional.of(rolled)
          : Optional.empty();
    } catch (DateTimeException | DamagedRollUpException e) {
      return Optional.empty();
    }
  }

  /** The days with readings in a span, and of each its file when it is rolled up. */
  public NavigableMap<Long, Optional<DayFile>> between(long firstDay, long lastDay) {
    NavigableMap<Long, Optional<DayFile>> found = new TreeMap<>();
    if (firstDay <= lastDay) {
      days.subMap(firstDay, true, lastDay, true)
          .forEach((day, state) -> found.put(day, state.file));
    }
    return found;
  }

  /** The origin of a number that stands in a day's file. */
  public Origin origin(DayFile file, int number) {
    if (number < 0 || number >= origins.size()) {
      throw new DamagedRollUpException(file.day(), "no origin " + number);
    }
    return origins.origin(number);
  }

  /**
   * Something is going to be written to these days, or removed.
   *
   * @throws IOException when their files can't be removed: then nothing may be written
   */
  public synchronized void changing(Collection<Long> changed) throws IOException {
    boolean removed = false;
    for (long day : changed) {
      Day state = days.get(day);
      if (state != null && state.file.isPresent()) {
        Files.deleteIfExists(state.file.get().file());
        removed = true;
      }
      long touches = state == null ? 1 : state.touches + 1;
      days.put(day, new Day(touches, System.nanoTime(), true, Optional.empty(), false));
    }
    if (removed) {
      forceEntries();
    }
  }

  /** All that was going to be changed is changed, and can be read. */
  public synchronized void changed() {
    days.replaceAll((_, state) -> state.isChanging ? state.settled() : state);
  }

  /** The days with readings before one. */
  public Collection<Long> before(long day) {
    return days.headMap(day).keySet();
  }

  /** The readings of the days before one are gone. */
  public synchronized void dropped(long day) {
    days.headMap(day).clear();
  }

  /** The newest day that is not rolled up and was left alone for so long. */
  public synchronized Optional<Due> due(Duration quiet) {
    long now = System.nanoTime();
    return days.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().isDue(now, quiet))
        .map(entry -> new Due(entry.getKey(), entry.getValue().touches))
        .findFirst();
  }

  /** Begins to roll up a day. */
  public Rolling roll(Due due) throws IOException {
    return new Rolling(this, due, origins, new DayWriter(folder.resolve(UNFINISHED), due.day));
  }

  /** Puts what was written into its place, unless its day was written to meanwhile. */
  synchronized void publish(Due due) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED);
    Day state = days.get(due.day);
    if (state == null || state.isChanging || state.touches != due.touches) {
      Files.delete(unfinished);
      return;
    }
    Path place = place(due.day);
    Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    forceEntries();
    DayFile rolled = DayFile.open(place, due.day);
    days.put(due.day, new Day(state.touches, state.touched, false, Optional.of(rolled), false));
  }

  /** A day can't be rolled up until it changes. */
  public synchronized void leave(Due due) {
    days.computeIfPresent(
        due.day,
        (_, state) -> new Day(state.touches, state.touched, state.isChanging, state.file, true));
  }

  /** A day's file is damaged: the day is rolled up anew. */
  public synchronized void damaged(long day) throws IOException {
    Day state = days.get(day);
    if (state != null && state.file.isPresent()) {
      Files.deleteIfExists(state.file.get().file());
      days.put(
          day,
          new Day(state.touches + 1, state.touched, state.isChanging, Optional.empty(), false));
    }
  }

  /** A name of its own, so that who reads a former file of the day does not find another in it. */
  private Path place(long day) {
    return folder.resolve(
        "%s-%08x%s".formatted(LocalDate.ofEpochDay(day), names.nextInt(), SUFFIX));
  }

  private void forceEntries() throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /**
   * A day to roll up.
   *
   * @param day the day
   * @param touches how often it had been written to when this was found
   */
  public record Due(long day, long touches) {}

  /**
   * A day with readings.
   *
   * @param touches how often this process has begun to write to it
   * @param touched when it did last, or when the store was opened, by {@link System#nanoTime}
   * @param isChanging whether such a write is not known to have come to its end
   * @param file its roll-up
   * @param isLeft whether it can't be rolled up
   */
  private record Day(
      long touches, long touched, boolean isChanging, Optional<DayFile> file, boolean isLeft) {

    boolean isDue(long now, Duration quiet) {
      return file.isEmpty() && !isChanging && !isLeft && now - touched >= quiet.toNanos();
    }

    Day settled() {
      return new Day(touches, System.nanoTime(), false, file, isLeft);
    }
  }
}
