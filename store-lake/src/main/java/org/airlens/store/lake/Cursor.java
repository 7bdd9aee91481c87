package org.airlens.store.lake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a query, which come as they are made; not thread-safe. */
final class Cursor<T> implements AutoCloseable {

  /** A good number of rows to read at once. */
  static final int PAGE = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);

  private final Database database;
  private final String doing;
  private final String sql;
  private final Database.Row<T> row;
  private @Nullable Connection connection;
  private @Nullable Statement statement;
  private @Nullable ResultSet rows;

  Cursor(Database database, String doing, String sql, Database.Row<T> row) {
    this.database = database;
    this.doing = doing;
    this.sql = sql;
    this.row = row;
  }

  /**
   * The next rows, at most so many; none at the end.
   *
   * @throws org.airlens.store.StoreException when the database can't answer
   */
  List<T> read(int most) {
    return database.entered(
        doing,
        () -> {
          ResultSet open = rows == null ? begin() : rows;
          List<T> page = new ArrayList<>();
          while (page.size() < most && open.next()) {
            page.add(row.read(open));
          }
          return page;
        });
  }

  private ResultSet begin() throws SQLException {
    Connection own = database.connection();
    connection = own;
    Statement one = own.createStatement();
    statement = one;
    one.execute("SET SESSION jdbc_stream_results = true");
    try {
      ResultSet result = database.query(one, sql);
      database.began(one); // Making the rows that are left.
      rows = result;
      return result;
    } catch (SQLException e) {
      throw database.reason(own, sql, e);
    }
  }

  @Override
  public void close() {
    if (statement != null) {
      database.ended(statement);
    }
    try (var _ = connection;
        var _ = statement;
        var _ = rows) {
      LOG.trace("{}: done", doing);
    } catch (SQLException e) {
      LOG.debug("the end of a query: {}", e.getMessage());
    }
  }
}
