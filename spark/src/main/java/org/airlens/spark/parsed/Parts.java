package org.airlens.spark.parsed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cuts files into parts, one for each task. */
public final class Parts {

  /** More than this in one part, and others wait for it. */
  private static final long MOST_BYTES = 32 << 20;

  /** Opening a file costs as much as reading so much. */
  private static final long OPENING_BYTES = 64 << 10;

  private Parts() {}

  /**
   * Neighbours that are read by one task.
   *
   * @param first the place of the first file among all
   * @param end the place after the last one
   */
  public record Range(int first, int end) {
    /** Those of a list of all. */
    public <T> Stream<T> of(List<T> all) {
      return all.subList(first, end).stream();
    }
  }

  /**
   * Ranges of about a size.
   *
   * @param bytes of each file
   * @param least so many parts when there is something for each
   */
  public static List<Range> of(long[] bytes, int least) {
    long[] sizes = Arrays.stream(bytes).map(size -> size + OPENING_BYTES).toArray();
    long part = Math.min(MOST_BYTES, Arrays.stream(sizes).sum() / least + 1);
    List<Range> ranges = new ArrayList<>();
    int first = 0;
    long gathered = 0;
    for (int end : IntStream.rangeClosed(1, sizes.length).toArray()) {
      gathered += sizes[end - 1];
      if (gathered >= part || end == sizes.length) {
        ranges.add(new Range(first, end));
        first = end;
        gathered = 0;
      }
    }
    return ranges;
  }
}
