package org.airlens.store;

/** How the values of a bucket become one. */
public enum Aggregate {
  /** Arithmetic mean. */
  MEAN,
  /** Smallest value. */
  MIN,
  /** Largest value. */
  MAX,
  /** Sum. */
  SUM,
  /** How many values. */
  COUNT,
  /** The earliest value. */
  FIRST,
  /** The latest value. */
  LAST,
  /** The value that 95 of 100 do not exceed: {@link Distribution#quantile} of 0.95. */
  P95
}
