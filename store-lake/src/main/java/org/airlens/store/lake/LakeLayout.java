package org.airlens.store.lake;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a lake's folder is laid out: {@code data/commit=…/day=…/sensor_type=…/} holds files that
 * never change; {@code versions/00000001.txt} lists the partitions that make a version, a line
 * each, and the highest number is the one that counts.
 */
public final class LakeLayout {

  /** The folder of the commits. */
  public static final String DATA = "data";

  /** The folder of the lists. */
  public static final String VERSIONS = "versions";

  /** What a line of a list begins with that names no partition. */
  public static final String REMARK = "#";

  private static final Pattern LIST = Pattern.compile("(\\d{8})\\.txt");

  private LakeLayout() {}

  /** The name of a version's list. */
  public static String list(int version) {
    return "%08d.txt".formatted(version);
  }

  /** The version whose list has this name; empty when it is no list. */
  public static OptionalInt version(String name) {
    Matcher list = LIST.matcher(name);
    return list.matches() ? OptionalInt.of(Integer.parseInt(list.group(1))) : OptionalInt.empty();
  }
}
