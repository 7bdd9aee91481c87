package org.airlens.collect.archive;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.airlens.collect.SourceException;

/**
 * Finds an archive's files in the order of time, whatever folder of it the tree's root is: {@code
 * YYYY-MM-DD/}, {@code YYYY/YYYY-MM-DD/}, {@code csv_per_month/YYYY-MM/}, or such a folder itself.
 * Holds no more than the names of one folder, and of all the days.
 */
public final class ArchiveLayout {

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}/");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}/");
  private static final Pattern YEAR = Pattern.compile("\\d{4}/");
  private static final String MONTHS = "csv_per_month/";

  private final ArchiveTree tree;

  /** The layout of a tree. */
  public ArchiveLayout(ArchiveTree tree) {
    this.tree = tree;
  }

  /**
   * The folders that hold files of these days, in the order of time. A month's zips repeat what its
   * days' folders hold, so that they are left out where the archive has one of these.
   *
   * @throws SourceException when the root, or a year, can't be listed
   */
  public List<ArchiveFolder> folders(Days days) throws SourceException {
    List<ArchiveFolder> found = new ArrayList<>();
    List<String> root = tree.children("");
    Set<YearMonth> daily = new HashSet<>();
    for (String name : root) {
      if (DAY.matcher(name).matches()) {
        day("", name, days, found);
      } else if (YEAR.matcher(name).matches() && overlapsYear(name, days)) {
        for (String inYear : tree.children(name)) {
          if (DAY.matcher(inYear).matches()) {
            day(name, inYear, days, found);
          }
        }
      }
    }
    found.forEach(folder -> daily.add(YearMonth.from(folder.first())));
    for (String name : root) {
      if (MONTH.matcher(name).matches()) {
        month("", name, days, daily, found);
      } else if (name.equals(MONTHS)) {
        for (String month : tree.children(name)) {
          if (MONTH.matcher(month).matches()) {
            month(name, month, days, daily, found);
          }
        }
      }
    }
    if (root.stream().anyMatch(name -> ArchiveFile.of("", name).isPresent())) {
      found.add(new ArchiveFolder("", LocalDate.MIN, LocalDate.MAX));
    }
    found.sort(Comparator.comparing(ArchiveFolder::first).thenComparing(ArchiveFolder::path));
    return found;
  }

  /**
   * A folder's files of these days, in the order of time.
   *
   * @throws SourceException when it can't be listed
   */
  public List<ArchiveFile> files(ArchiveFolder folder, Days days) throws SourceException {
    List<ArchiveFile> files = new ArrayList<>();
    for (String name : tree.children(folder.path())) {
      ArchiveFile.of(folder.path(), name)
          .filter(file -> days.overlap(file.first(), file.last()))
          .ifPresent(files::add);
    }
    files.sort(Comparator.comparing(ArchiveFile::first).thenComparing(ArchiveFile::path));
    return files;
  }

  private static void day(String parent, String name, Days days, List<ArchiveFolder> found) {
    date(name)
        .ifPresent(day -> {
          if (days.overlap(day, day)) {
            found.add(new ArchiveFolder(parent + name, day, day));
          }
        });
  }

  private static void month(
      String parent, String name, Days days, Set<YearMonth> daily, List<ArchiveFolder> found) {
    try {
      YearMonth month = YearMonth.parse(name.substring(0, name.length() - 1));
      boolean wanted = days.overlap(month.atDay(1), month.atEndOfMonth());
      if (wanted && !daily.contains(month)) {
        found.add(new ArchiveFolder(parent + name, month.atDay(1), month.atEndOfMonth()));
      }
    } catch (DateTimeParseException e) {
      // 2018-13 is no month.
    }
  }

  private static boolean overlapsYear(String name, Days days) {
    int year = Integer.parseInt(name.substring(0, name.length() - 1));
    return days.overlap(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  private static Optional<LocalDate> date(String name) {
    try {
      return Optional.of(LocalDate.parse(name.substring(0, name.length() - 1)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
