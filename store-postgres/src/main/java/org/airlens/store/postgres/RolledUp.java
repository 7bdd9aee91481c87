package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.airlens.store.Aggregate;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesQuery;

/** What of a question's window the roll-ups can answer. */
final class RolledUp {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private RolledUp() {}

  /** The pieces of a series' window. */
  static Pieces pieces(Connection connection, SeriesQuery query) throws SQLException {
    ReadingFilter filter = query.filter();
    if (query.interval().isEmpty()
        || !filter.conditions().stream().allMatch(Condition::isOfSensor)) {
      return Pieces.ofReadings(filter);
    }
    Duration interval = query.interval().get();
    if (query.aggregate() == Aggregate.P95) { // A quantile can't be made of others.
      return pieces(connection, filter, interval.equals(HOUR), interval.equals(DAY));
    }
    return pieces(connection, filter, isMultiple(interval, HOUR), isMultiple(interval, DAY));
  }

  /** The pieces of a distribution's window: days, where no more is asked than their rows tell. */
  static Pieces pieces(Connection connection, ReadingFilter filter) throws SQLException {
    boolean isTold =
        filter.sensorIds().isEmpty()
            && filter.locationIds().isEmpty()
            && filter.bbox().isEmpty()
            && filter.conditions().isEmpty();
    return pieces(connection, filter, false, isTold);
  }

  private static Pieces pieces(
      Connection connection, ReadingFilter filter, boolean byHour, boolean byDay)
      throws SQLException {
    if (!byHour && !byDay) {
      return Pieces.ofReadings(filter);
    }
    Sql days =
        Sql.of(
            "SELECT day FROM days WHERE rolled_up AND day BETWEEN ? AND ? ORDER BY day",
            Sql.timestamp(filter.from().orElse(Instant.MIN)).toLocalDate(),
            Sql.timestamp(filter.to().orElse(Instant.MAX)).toLocalDate());
    List<LocalDate> rolledUp =
        Connections.list(connection, days, row -> row.getObject(1, LocalDate.class));
    return Pieces.of(filter, rolledUp, byHour, byDay);
  }

  private static boolean isMultiple(Duration interval, Duration of) {
    return interval.toSeconds() % of.toSeconds() == 0;
  }
}
