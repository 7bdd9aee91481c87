package org.airlens.store.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.airlens.store.StoreException;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL store is: {@code postgresql://user:password@host:port/database?…}, with
 * percent escapes where a part holds {@code : / @ ? # %}.
 *
 * @param hosts one {@code host:port} or several, separated by commas
 * @param database the database's name
 * @param user who connects; empty for the driver's choice
 * @param schema the schema in which AirLens's tables stand
 * @param connections how many connections readers share at most
 * @param statementTimeout how long a query may take
 * @param properties what the driver is told, secrets included
 */
record PostgresAddress(
    String hosts,
    String database,
    String user,
    String schema,
    int connections,
    Duration statementTimeout,
    Map<String, String> properties) {

  static final String SCHEME = "postgresql";

  private static final String DEFAULT_SCHEMA = "airlens";
  private static final int DEFAULT_CONNECTIONS = 10;
  private static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  /** A password that was not escaped may hold @ and /, so user info ends at the last @. */
  private static final Pattern URI =
      Pattern.compile("postgresql://(?:([^:@/?]*)(?::(.*))?@)?([^/?@]*)/([^/?@]*)(?:\\?(.*))?");

  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?");

  private static final String FORM =
      "write postgresql://user:password@host:port/database, with %3A %2F %40 %3F %23 %25 for"
          + " : / @ ? # % inside a part";

  /** Names that libpq gives to what the driver calls otherwise. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "connect_timeout", "connectTimeout",
          "application_name", "ApplicationName",
          "target_session_attrs", "targetServerType");

  /** Copies the map. */
  PostgresAddress {
    properties = Map.copyOf(properties);
  }

  /**
   * Reads an address.
   *
   * @throws StoreException when it is none, or has a parameter that nobody knows
   */
  static PostgresAddress parse(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new StoreException("the address of the PostgreSQL store can't be read; " + FORM);
    }
    String hosts = parts.group(3).isEmpty() ? "localhost" : parts.group(3);
    for (String host : hosts.split(",", -1)) {
      if (!HOST.matcher(host).matches()) {
        throw new StoreException(
            "'%s' in the address of the PostgreSQL store is no host; %s".formatted(host, FORM));
      }
    }
    String database = decoded(parts.group(4));
    if (database.isEmpty()) {
      throw new StoreException("the address of the PostgreSQL store names no database; " + FORM);
    }
    Map<String, String> properties = parameters(parts.group(5));
    Optional.ofNullable(parts.group(1))
        .filter(user -> !user.isEmpty())
        .ifPresent(user -> properties.put("user", decoded(user)));
    Optional.ofNullable(parts.group(2))
        .ifPresent(password -> properties.put("password", decoded(password)));
    String schema = Optional.ofNullable(properties.remove("currentSchema")).orElse(DEFAULT_SCHEMA);
    int connections =
        Optional.ofNullable(properties.remove("connections"))
            .map(text -> number("connections", text, 1, 1000))
            .orElse(DEFAULT_CONNECTIONS);
    Duration timeout =
        Optional.ofNullable(properties.remove("statementTimeout"))
            .map(text -> Duration.ofSeconds(number("statementTimeout", text, 1, 86_400)))
            .orElse(DEFAULT_STATEMENT_TIMEOUT);
    return new PostgresAddress(
        hosts,
        database,
        properties.getOrDefault("user", ""),
        schema,
        connections,
        timeout,
        properties);
  }

  /** What the driver connects to; user and password are among the properties. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  /**
   * What the driver is told.
   *
   * @param purpose shown in {@code pg_stat_activity}
   * @param silence after how much silence of the server a connection is given up
   */
  Properties driverProperties(String purpose, Duration silence) {
    Properties told = new Properties();
    told.setProperty("ApplicationName", "AirLens " + purpose);
    told.setProperty("connectTimeout", "10");
    told.setProperty("loginTimeout", "15");
    told.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
    told.setProperty("tcpKeepAlive", "true");
    properties.forEach(told::setProperty);
    return told;
  }

  /** The address without its secrets. */
  String description() {
    return "%s://%s%s/%s%s"
        .formatted(
            SCHEME,
            user.isEmpty() ? "" : user + "@",
            hosts,
            database,
            schema.equals(DEFAULT_SCHEMA) ? "" : "?currentSchema=" + schema);
  }

  @Override
  public String toString() {
    return description(); // The generated one would tell the password.
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> found = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return found;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String written = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String name = OTHER_NAMES.getOrDefault(written, written);
      if (!isKnown(name)) {
        throw new StoreException(
            "the PostgreSQL store does not know the parameter '%s'; there are %s"
                .formatted(written, known()));
      }
      found.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return found;
  }

  private static boolean isKnown(String name) {
    return name.equals("connections")
        || name.equals("statementTimeout")
        || PGProperty.forName(name) != null;
  }

  private static String known() {
    TreeSet<String> names =
        Arrays.stream(PGProperty.values())
            .map(PGProperty::getName)
            .filter(name -> name.startsWith("ssl") || name.endsWith("Timeout"))
            .collect(Collectors.toCollection(TreeSet::new));
    names.add("connections");
    names.add("currentSchema");
    names.add("statementTimeout");
    return String.join(", ", names) + " and the other parameters of the JDBC driver";
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new StoreException(
        "%s in the address of the PostgreSQL store is no whole number from %d to %d"
            .formatted(name, least, most));
  }

  private static String decoded(String text) {
    try {
      // A plus is a plus here, as in every URI that is no form.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "the address of the PostgreSQL store has a % that begins no escape; " + FORM, e);
    }
  }
}
