package org.airlens.spark.landing;

import org.apache.spark.sql.connector.read.streaming.Offset;

/** How far a stream has read: up to the document of this number. */
public final class LandedOffset extends Offset {

  private final long number;

  LandedOffset(long number) {
    this.number = number;
  }

  /**
   * The offset of a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static LandedOffset of(String json) {
    try {
      return new LandedOffset(Long.parseLong(json.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no number of a document: '%s'".formatted(json), e);
    }
  }

  /** The last document's number; 0 before the first. */
  public long number() {
    return number;
  }

  @Override
  public String json() {
    return Long.toString(number);
  }
}
