package org.airlens.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Answers of a database with JDBC. */
final class SqlAnswers {

  private SqlAnswers() {}

  /** Asks, reads every field of every row, and answers with the first columns. */
  static Answer ask(Connection connection, int columns, String sql, Object... parameters)
      throws SQLException {
    Answer.Collector answer = new Answer.Collector();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        int all = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            double number = rows.getDouble(column);
            answer.add(rows.wasNull() ? Double.NaN : number);
          }
          for (int column = columns + 1; column <= all; column++) {
            rows.getObject(column);
          }
        }
      }
    }
    return answer.answer();
  }
}
