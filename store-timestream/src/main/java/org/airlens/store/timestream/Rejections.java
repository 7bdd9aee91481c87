package org.airlens.store.timestream;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecord;

/** The records of a write that the service did not take, by reason. Thread-safe. */
final class Rejections {

  private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
  private final Map<Reason, String> examples = new EnumMap<>(Reason.class);

  /** Counts one. */
  synchronized void add(RejectedRecord rejected) {
    String said = String.valueOf(rejected.reason());
    Reason reason = Reason.of(said);
    counts.merge(reason, 1, Integer::sum);
    examples.putIfAbsent(reason, Failures.shortened(said));
  }

  synchronized boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How many by reason, with what the service said of the first and what would mend it. */
  synchronized String description(Table.Retention retention) {
    StringJoiner joined = new StringJoiner("; ");
    counts.forEach((reason, count) ->
        joined.add(
            "%d %s (%s)%s"
                .formatted(count, reason.text, examples.get(reason), reason.advice(retention))));
    return joined.toString();
  }

  /** Why a record was not taken. */
  enum Reason {
    OUT_OF_RETENTION("out of the table's time"),
    DUPLICATE("twice in a request"),
    BEYOND_LIMITS("beyond a limit"),
    OTHER("for another reason");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The service tells the reason in words only. */
    static Reason of(String said) {
      String words = said.toLowerCase(Locale.ROOT);
      if (words.contains("time range") || words.contains("retention")) {
        return OUT_OF_RETENTION;
      }
      if (words.contains("duplicate")) {
        return DUPLICATE;
      }
      return words.contains("limit") || words.contains("exceed") || words.contains("maximum")
          ? BEYOND_LIMITS
          : OTHER;
    }

    String advice(Table.Retention retention) {
      return this == OUT_OF_RETENTION
          ? retention.takesLate()
              ? ": lengthen the retention of the magnetic store, now %d d"
                  .formatted(retention.magnetic().toDays())
              : ": enable the table's magnetic store writes"
          : "";
    }
  }
}
