package org.airlens.collect.feed;

import org.jspecify.annotations.Nullable;

/**
 * Strings that come again and again, made once. Bounded: beyond its capacity, or for a text longer
 * than honest names are, each look-up makes a new string. Not thread-safe.
 */
public final class Names {

  private static final int CAPACITY = 4_096;
  private static final int SLOTS = CAPACITY * 2;
  private static final int LONGEST = 64;

  private final @Nullable String[] slots = new String[SLOTS];
  private int size;

  /** Names of which none is known yet. */
  public Names() {}

  /** The text as a string, cut at 64 characters, control characters replaced by spaces. */
  public String of(char[] text, int offset, int length) {
    int kept = Math.min(length, LONGEST);
    int hash = 0;
    for (int i = offset; i < offset + kept; i++) {
      if (Character.isISOControl(text[i])) {
        text[i] = ' ';
      }
      hash = hash * 31 + text[i];
    }
    if (kept == 0) {
      return "";
    }
    int slot = (hash ^ hash >>> 15) & SLOTS - 1;
    while (true) {
      String there = slots[slot];
      if (there == null) {
        String made = new String(text, offset, kept);
        if (size < CAPACITY) {
          slots[slot] = made;
          size++;
        }
        return made;
      }
      if (same(there, text, offset, kept)) {
        return there;
      }
      slot = slot + 1 & SLOTS - 1;
    }
  }

  private static boolean same(String there, char[] text, int offset, int length) {
    if (there.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (there.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
