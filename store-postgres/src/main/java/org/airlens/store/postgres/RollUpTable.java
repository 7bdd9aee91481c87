package org.airlens.store.postgres;

import java.util.List;
import org.airlens.store.postgres.Pieces.Range;

/** A table of roll-ups. */
enum RollUpTable {
  /** Of hours. */
  HOURLY("r.hour"),
  /** Of days. */
  DAILY("r.day::timestamp AT TIME ZONE 'UTC'");

  private final String start;

  RollUpTable(String start) {
    this.start = start;
  }

  /** The instant at which a roll-up begins. */
  String start() {
    return start;
  }

  /** What of a window this table has. */
  List<Range> ranges(Pieces pieces) {
    return switch (this) {
      case HOURLY -> pieces.hours();
      case DAILY -> pieces.days();
    };
  }

  /** A statement about roll-ups that fulfil the conditions and lie in the window. */
  Sql select(Conditions conditions, Pieces pieces, String selected, String rest) {
    return switch (this) {
      case HOURLY ->
          conditions
              .andIn("r.hour", pieces.hours(), Range::instant)
              .select(selected, "hourly", rest);
      case DAILY ->
          conditions.andIn("r.day", pieces.days(), Range::day).select(selected, "daily", rest);
    };
  }
}
