package org.airlens.server.format;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** DuckDB, which reads Parquet with code of its own. */
public final class DuckDb implements AutoCloseable {

  private final Connection connection;

  /** An empty database in memory. */
  public DuckDb() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** What a query answers; {@code %s} in it is the file. */
  public List<List<@Nullable Object>> rows(String sql, Path file) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.formatted("'" + file + "'"))) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** What a file tells of itself. */
  public Map<String, String> description(Path file) throws SQLException {
    Map<String, String> entries = new TreeMap<>();
    for (List<@Nullable Object> entry :
        rows("SELECT decode(key), decode(value) FROM parquet_kv_metadata(%s)", file)) {
      entries.put(String.valueOf(entry.get(0)), String.valueOf(entry.get(1)));
    }
    return entries;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
