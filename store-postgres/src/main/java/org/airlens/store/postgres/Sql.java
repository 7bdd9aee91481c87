package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.airlens.store.WholeSeconds;

/**
 * A statement and what its question marks stand for, in their order.
 *
 * @param text the statement; nothing that came from outside stands in it
 * @param parameters numbers, texts, instants as {@link OffsetDateTime}, arrays of numbers or texts
 */
record Sql(String text, List<Object> parameters) {

  /** Copies the list. */
  Sql {
    parameters = List.copyOf(parameters);
  }

  static Sql of(String text, Object... parameters) {
    return new Sql(text, List.of(parameters));
  }

  /** A timestamp parameter that bounds the same readings as the instant. */
  static OffsetDateTime timestamp(Instant instant) {
    return WholeSeconds.bound(instant).atOffset(ZoneOffset.UTC);
  }

  /** All rows of several queries, which are in parentheses then. */
  static Sql unionAll(List<Sql> queries) {
    return new Sql(
        queries.stream().map(Sql::text).collect(Collectors.joining(" UNION ALL ", "(", ")")),
        queries.stream().flatMap(query -> query.parameters.stream()).toList());
  }

  /** This between other texts. */
  Sql within(String before, String after) {
    return new Sql(before + text + after, parameters);
  }

  /** A name as it stands in a statement. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The statement, ready to run; the caller closes it. */
  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
