package org.airlens.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a day and a make of sensor, as one commit wrote them.
 *
 * @param commit the folder's name of the commit, {@code commit=…}
 * @param slot the folders of the day and the make below it, {@code day=…/sensor_type=…}
 */
record LakePartition(String commit, String slot) {

  private static final Pattern PATH =
      Pattern.compile("(commit=[^/]+)/(day=(\\d{4}-\\d\\d-\\d\\d)/sensor_type=[^/]+)");

  /** The partition of a line of a version's list; empty when it is none. */
  static Optional<LakePartition> of(String line) {
    Matcher path = PATH.matcher(line);
    return path.matches()
        ? Optional.of(new LakePartition(path.group(1), path.group(2)))
        : Optional.empty();
  }

  /** Where it lies below the lake's data. */
  String path() {
    return commit + "/" + slot;
  }

  /** The day, {@code 2018-03-24}. */
  String day() {
    Matcher path = PATH.matcher(path());
    if (!path.matches()) {
      throw new IllegalStateException(path());
    }
    return path.group(3);
  }
}
