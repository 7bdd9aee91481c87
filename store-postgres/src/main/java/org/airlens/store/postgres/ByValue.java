package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.airlens.model.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a listing in the order of a value: the server sorts once, and a cursor brings the rows. Its
 * transaction lasts until the listing is read or closed; one that rests for minutes is ended.
 */
final class ByValue implements Iterator<Reading>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ByValue.class);

  private static final int FETCHED = 5_000;

  private final Connections connections;
  private final RowReading rows;
  private final Sql query;
  private final Deque<Reading> page = new ArrayDeque<>();

  private @Nullable Connection connection;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet found;
  private boolean done;

  ByValue(Connections connections, RowReading rows, Sql query) {
    this.connections = connections;
    this.rows = rows;
    this.query = query;
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && !done) {
      try {
        fetch();
      } catch (SQLException e) {
        close();
        throw connections.failure("find readings", e);
      }
    }
    return !page.isEmpty();
  }

  @Override
  public Reading next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void fetch() throws SQLException {
    if (connections.isClosed()) {
      throw connections.closed();
    }
    Connection open = connection;
    ResultSet cursor = found;
    if (open == null || cursor == null) {
      open = connections.borrow();
      connection = open;
      open.setAutoCommit(false); // A cursor lives in a transaction.
      PreparedStatement prepared = query.prepare(open);
      statement = prepared;
      prepared.setFetchSize(FETCHED);
      cursor = prepared.executeQuery();
      found = cursor;
    }
    page.addAll(rows.read(open, cursor, FETCHED));
    if (page.size() < FETCHED) {
      close();
    }
  }

  /** Gives the connection back, which ends its transaction. */
  @Override
  public void close() {
    done = true;
    Connection open = connection;
    connection = null;
    if (open != null) {
      try (open) {
        if (statement != null) {
          statement.close();
        }
      } catch (SQLException e) {
        LOG.debug("the end of a listing: {}", e.getMessage());
      }
    }
  }
}
