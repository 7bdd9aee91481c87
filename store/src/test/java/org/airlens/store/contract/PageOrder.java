package org.airlens.store.contract;

import java.util.Comparator;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingSort;

/** The total order of readings that {@link org.airlens.store.ReadingReader#find} promises. */
final class PageOrder implements Comparator<PageKey> {

  private final ReadingSort sort;

  PageOrder(ReadingSort sort) {
    this.sort = sort;
  }

  @Override
  public int compare(PageKey one, PageKey other) {
    int byKey =
        sort.key().equals(ReadingSort.TIMESTAMP)
            ? directed(one.timestamp().compareTo(other.timestamp()))
            : byValue(one, other);
    if (byKey != 0) {
      return byKey;
    }
    int newestFirst = other.timestamp().compareTo(one.timestamp());
    return newestFirst != 0 ? newestFirst : Long.compare(one.sensorId(), other.sensorId());
  }

  private int byValue(PageKey one, PageKey other) {
    if (one.value().isEmpty() || other.value().isEmpty()) {
      return Boolean.compare(one.value().isEmpty(), other.value().isEmpty());
    }
    double left = one.value().getAsDouble();
    double right = other.value().getAsDouble();
    // Not Double.compare: 0 and -0 are the same value.
    return directed(left < right ? -1 : left > right ? 1 : 0);
  }

  private int directed(int comparison) {
    return sort.descending() ? -comparison : comparison;
  }
}
