package org.airlens.store.postgres;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.airlens.store.StoreException;

/** Turns what the driver says into what went wrong, where, and what would mend it. */
final class Failures {

  private final PostgresAddress address;

  Failures(PostgresAddress address) {
    this.address = address;
  }

  /**
   * A failure in words.
   *
   * @param doing what was tried: {@code "write"}
   */
  StoreException of(String doing, SQLException failure) {
    return new StoreException("can't %s: %s".formatted(doing, explanation(failure)), failure);
  }

  /** Whether the connection is lost, so that a new one may succeed. */
  static boolean isConnectionLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P0") || state.equals("25P03");
  }

  private String explanation(SQLException failure) {
    String where = address.description();
    String said = said(failure);
    String state = state(failure);
    return switch (state) {
      case "28P01", "28000" ->
          "%s refuses the user '%s' (%s); check user and password in --store"
              .formatted(where, address.user(), said);
      case "3D000" ->
          "there is no database '%s' at %s; make it with: createdb -h HOST -U USER %s"
              .formatted(address.database(), address.hosts(), address.database());
      case "3F000", "42P01" ->
          "%s holds no AirLens tables (%s); start airlens up or airlens collect on it first"
              .formatted(where, said);
      case "42501" ->
          "the user '%s' lacks a right in %s (%s); GRANT it, or take the owner's name"
              .formatted(address.user(), where, said);
      case "53100" ->
          "the disk of %s is full (%s); make room, or drop old days with --retain"
              .formatted(where, said);
      case "53300" ->
          "%s has no connection left (%s); raise its max_connections, or lower ?connections="
              .formatted(where, said);
      case "57014" ->
          "%s stopped it after %d s; narrow the question, or raise ?statementTimeout="
              .formatted(where, address.statementTimeout().toSeconds());
      case "25006" ->
          "%s is read-only (%s); name the primary server in --store".formatted(where, said);
      case "55P03" -> "%s is busy (%s); it is tried again later".formatted(where, said);
      case "08001", "08004" ->
          "%s does not answer (%s); check that PostgreSQL runs there and may be reached"
              .formatted(where, said);
      default ->
          isConnectionLost(failure)
              ? "the connection to %s is lost (%s); the next try connects anew"
                  .formatted(where, said)
              : "%s says: %s (SQLSTATE %s)".formatted(where, said, state);
    };
  }

  private static String said(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException unknown) {
        return "unknown host " + unknown.getMessage();
      }
    }
    String message = String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR): ", "").strip();
  }

  /** The five characters of the first cause that has them. */
  private static String state(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
