package org.airlens.benchmarks;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.airlens.store.postgres.RealPostgres;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server to measure on: somebody's, in which schemas are made and dropped again, or
 * one of this process's own with the settings it comes with, gone when closed.
 */
final class PostgresServer implements AutoCloseable {

  private static final String DATABASE = "postgres";

  private final String uri;
  private final @Nullable RealPostgres own;
  private final Thread atExit = new Thread(this::end, "end PostgreSQL");

  private PostgresServer(String uri, @Nullable RealPostgres own) {
    this.uri = uri;
    this.own = own;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * The server to use.
   *
   * @param address {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE}; empty for one's own
   */
  static PostgresServer of(Optional<String> address) {
    if (address.isPresent()) {
      return new PostgresServer(address.get(), null);
    }
    RealPostgres own = RealPostgres.start();
    return new PostgresServer(own.uri(DATABASE), own);
  }

  /**
   * Makes a schema, which is dropped when the place is closed.
   *
   * @throws SQLException when there is such a schema already: it may be somebody's
   */
  Place place(String schema) throws SQLException {
    Place place = new Place(uri, schema);
    place.execute("CREATE SCHEMA " + schema);
    return place;
  }

  /** Its version and the settings that matter here. */
  String description() throws SQLException {
    String settings =
        "SELECT 'PostgreSQL ' || current_setting('server_version') || ', shared_buffers '"
            + " || current_setting('shared_buffers') || ', work_mem '"
            + " || current_setting('work_mem') || ', fsync ' || current_setting('fsync')";
    try (Connection connection = new Place(uri, "public").source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(settings)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    if (own != null) {
      own.close();
    }
  }

  /** A schema of the server's. */
  static final class Place implements AutoCloseable {

    private final String uri;
    private final String schema;

    private Place(String uri, String schema) {
      this.uri = uri;
      this.schema = schema;
    }

    /** How AirLens is told of it. */
    String storeUri() {
      return uri
          + (uri.contains("?") ? "&" : "?")
          + "statementTimeout=86400&currentSchema="
          + schema;
    }

    /** How others connect to it. */
    PGSimpleDataSource source() {
      URI parts = URI.create(uri);
      PGSimpleDataSource source = new PGSimpleDataSource();
      String query = parts.getRawQuery() == null ? "" : "?" + parts.getRawQuery();
      source.setUrl("jdbc:postgresql://" + address(parts) + parts.getRawPath() + query);
      if (parts.getRawUserInfo() != null) {
        String[] user = parts.getRawUserInfo().split(":", 2);
        source.setUser(decoded(user[0]));
        if (user.length == 2) {
          source.setPassword(decoded(user[1]));
        }
      }
      source.setCurrentSchema(schema);
      return source;
    }

    /** Counts for the planner, and which pages all can see, of every table. */
    void vacuum() throws SQLException {
      execute("VACUUM (ANALYZE) " + tables());
    }

    @Override
    public void close() throws SQLException {
      execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private String tables() throws SQLException {
      try (Connection connection = source().getConnection();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ')"
                      + " FROM pg_tables WHERE schemaname = ?")) {
        statement.setString(1, schema);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          return rows.getString(1);
        }
      }
    }

    private void execute(String sql) throws SQLException {
      try (Connection connection = source().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private static String address(URI parts) {
      return parts.getHost() + (parts.getPort() < 0 ? "" : ":" + parts.getPort());
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }
}
