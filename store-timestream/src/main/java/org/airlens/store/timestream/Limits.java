package org.airlens.store.timestream;

/** What the service takes, by its page of quotas. */
final class Limits {

  /** Records in a request. */
  static final int RECORDS = 100;

  /** Values in a record. */
  static final int RECORD_MEASURES = 256;

  /** Names of values in a table. */
  static final int TABLE_MEASURES = 1_024;

  /** Bytes of a record: names and values, 8 for a number and for the time. */
  static final int RECORD_BYTES = 2_048;

  /** Bytes of a query's text. */
  static final int QUERY_BYTES = 256 * 1_024;

  /** Bytes that are taken of a name a source gave: far from any quota, and long for a name. */
  static final int TEXT_BYTES = 256;

  private Limits() {}
}
