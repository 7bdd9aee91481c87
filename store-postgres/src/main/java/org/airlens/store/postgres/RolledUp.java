package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.airlens.store.ReadingFilter;
import org.airlens.store.RollUpUse;
import org.airlens.store.SeriesQuery;

/** What of a question's window the roll-ups can answer. */
final class RolledUp {

  private RolledUp() {}

  /** The pieces of a series' window. */
  static Pieces pieces(Connection connection, SeriesQuery query) throws SQLException {
    return pieces(connection, query.filter(), RollUpUse.of(query));
  }

  /** The pieces of a distribution's window: days, where no more is asked than their rows tell. */
  static Pieces pieces(Connection connection, ReadingFilter filter) throws SQLException {
    return pieces(connection, filter, RollUpUse.ofDistribution(filter));
  }

  private static Pieces pieces(Connection connection, ReadingFilter filter, RollUpUse use)
      throws SQLException {
    if (!use.isAny()) {
      return Pieces.ofReadings(filter);
    }
    Sql days =
        Sql.of(
            "SELECT day FROM days WHERE rolled_up AND day BETWEEN ? AND ? ORDER BY day",
            Sql.timestamp(filter.from().orElse(Instant.MIN)).toLocalDate(),
            Sql.timestamp(filter.to().orElse(Instant.MAX)).toLocalDate());
    List<LocalDate> rolledUp =
        Connections.list(connection, days, row -> row.getObject(1, LocalDate.class));
    return Pieces.of(filter, rolledUp, use);
  }
}
