package org.airlens.collect.feed;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was made of objects of the feed, by their ids and their texts: a feed tells the same of a
 * sensor and of its place each time, and to compare a text is faster than to read it. Bounded:
 * begins anew when full. Not thread-safe.
 *
 * @param <T> what is made of an object
 */
final class KnownTexts<T> {

  /** Instead of a place: the text is not known. */
  static final int UNKNOWN = -1;

  private static final int LONGEST = 512;
  private static final int MOST = 200_000;
  private static final int MOST_BYTES = 1 << 25;
  private static final int FIRST_SIZE = 1 << 10;
  private static final int FIRST_BYTES = 1 << 16;

  /** The place of an id's newest text among all. */
  private final LongIntHashMap newest = new LongIntHashMap();

  private long[] ids = new long[FIRST_SIZE];

  /** Where each text ends in {@link #texts}, and the next one begins. */
  private int[] ends = new int[FIRST_SIZE];

  private int[] members = new int[FIRST_SIZE];
  private @Nullable Object[] made = new Object[FIRST_SIZE];
  private byte[] texts = new byte[FIRST_BYTES];
  private int size;

  /** The place that was found last. */
  private int last;

  /**
   * Looks whether an object's text is known.
   *
   * @param from where it begins
   * @param limit no byte from here on is looked at
   * @return its place, or {@link #UNKNOWN}
   */
  int find(long id, byte[] bytes, int from, int limit) {
    int place = place(id);
    if (place == UNKNOWN) {
      return UNKNOWN;
    }
    int begin = begin(place);
    int to = from + ends[place] - begin;
    if (to > limit || !Arrays.equals(bytes, from, to, texts, begin, ends[place])) {
      return UNKNOWN;
    }
    last = place;
    return place;
  }

  /** How many bytes the text at a place has. */
  int length(int place) {
    return ends[place] - begin(place);
  }

  /** How many members the object at a place has, and those in it. */
  int members(int place) {
    return members[place];
  }

  /** What was made of the object at a place. */
  @SuppressWarnings("unchecked") // Nothing else gets in.
  T made(int place) {
    return (T) Objects.requireNonNull(made[place]);
  }

  /** Keeps what was made of an object, whose text is between two indices. */
  void keep(long id, byte[] bytes, int from, int to, int memberCount, T result) {
    int length = to - from;
    if (length > LONGEST) {
      return;
    }
    int begin = size == 0 ? 0 : ends[size - 1];
    if (size == MOST || begin + length > MOST_BYTES) {
      newest.clear();
      size = 0;
      begin = 0;
    }
    makeRoom(begin + length);
    System.arraycopy(bytes, from, texts, begin, length);
    ids[size] = id;
    ends[size] = begin + length;
    members[size] = memberCount;
    made[size] = result;
    newest.put(id, size);
    last = size;
    size++;
  }

  /** Where an id probably is: sensors of a place follow each other, and servers keep an order. */
  private int place(long id) {
    if (last < size && ids[last] == id) {
      return last;
    }
    int next = last + 1;
    return next < size && ids[next] == id ? next : newest.getOrDefault(id, UNKNOWN);
  }

  private void makeRoom(int bytes) {
    if (bytes > texts.length) {
      texts = Arrays.copyOf(texts, texts.length * 2);
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      members = Arrays.copyOf(members, size * 2);
      made = Arrays.copyOf(made, size * 2);
    }
  }

  private int begin(int place) {
    return place == 0 ? 0 : ends[place - 1];
  }
}
