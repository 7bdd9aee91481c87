package org.airlens.store.lake;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a day and a make of sensor, as one commit wrote them.
 *
 * @param commit the folder's name of the commit, {@code commit=…}
 * @param slot the folders of the day and the make below it, {@code day=…/sensor_type=…}
 */
public record LakePartition(String commit, String slot) {

  private static final Pattern PATH =
      Pattern.compile("(commit=[^/]+)/(day=(\\d{4}-\\d\\d-\\d\\d)/sensor_type=([^/]+))");

  /** The partition of a line of a version's list; empty when it is none. */
  public static Optional<LakePartition> of(String line) {
    Matcher path = PATH.matcher(line);
    return path.matches()
        ? Optional.of(new LakePartition(path.group(1), path.group(2)))
        : Optional.empty();
  }

  /** Where it lies below the lake's data. */
  public String path() {
    return commit + "/" + slot;
  }

  /** The day, {@code 2018-03-24}. */
  public String day() {
    return matched().group(3);
  }

  /** The make in lower case, as the folder's name has it. */
  public String sensorType() {
    return matched().group(4);
  }

  private Matcher matched() {
    Matcher path = PATH.matcher(path());
    if (!path.matches()) {
      throw new IllegalStateException(path());
    }
    return path;
  }
}
