package org.airlens.store;

/** Aggregates readings over time. */
public interface SeriesReader {

  /**
   * One series for each sensor, in ascending order of sensor id, points in order of time.
   *
   * @throws StoreException when the store can't answer
   */
  SeriesPage series(SeriesQuery query);

  /**
   * The distribution of a measure's values: the distinct values in ascending order with how often
   * each occurs.
   *
   * @param filter which readings; its measure says what is counted and must be there
   * @throws StoreException when the store can't answer
   */
  Distribution distribution(ReadingFilter filter);
}
