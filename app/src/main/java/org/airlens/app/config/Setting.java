package org.airlens.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be set. Each setting has one name: the flag {@code --data-dir}, the environment variable
 * {@code AIRLENS_DATA_DIR} and the key {@code data-dir} of the YAML file are the same setting.
 */
public enum Setting {
  /** Where readings are kept. */
  STORE(
      "store",
      "URI",
      "embedded:",
      "Where readings are kept: embedded:, embedded:DIR or postgresql://USER:PASSWORD@HOST/DATABASE;"
          + " lake:DIR, a Parquet lake, is only read"),

  /** The folder of everything that AirLens keeps. */
  DATA_DIR("data-dir", "DIR", "./data", "Folder of the embedded store and of the dead letters"),

  /** What acknowledged readings survive. */
  DURABILITY(
      "durability",
      "WORD",
      "power",
      "What an acknowledged reading survives: process (kill -9) or power (power loss too)"),

  /** Where SQL tools may look. */
  PG_PORT(
      "pg-port",
      "PORT",
      "",
      "Port of the store's read-only PostgreSQL wire, for SQL tools; 0 picks a free one; off unless"
          + " given"),

  /** Where readings come from. */
  SOURCE(
      "source",
      "SOURCE",
      "live",
      "Where readings come from, repeatable: live (the 5-minute feed), live-24h, an https: URL, a"
          + " file, a folder of captures (replayed in the order of their names) or sample (a real"
          + " capture that comes with AirLens)"),

  /** From one cycle's begin to the next. */
  INTERVAL("interval", "DURATION", "10s", "From the begin of one cycle to the next"),

  /** The pace of a replay. */
  SPEED("speed", "N", "1", "How many captures of a folder a cycle replays"),

  /** How old readings get. */
  RETAIN(
      "retain",
      "DURATION",
      "",
      "Forget readings older than this, as in 365d; keep all unless given"),

  /** The largest feed. */
  MAX_FEED_SIZE(
      "max-feed-size", "SIZE", "512MB", "Read at most so much of one feed document, decompressed"),

  /** Who runs this. */
  CONTACT(
      "contact",
      "TEXT",
      "",
      "Your mail address or page, told to Sensor.Community in User-Agent, as good manners ask"),

  /** Where history comes from. */
  ARCHIVE(
      "archive",
      "URL|DIR",
      "",
      "Where history comes from: the address of the archive, or a folder with files of it, or one of"
          + " their folders (csv_per_month takes far fewer requests)"),

  /** How many connections the archive gets. */
  CONNECTIONS("connections", "N", "4", "Ask the archive's server over at most so many connections"),

  /** The address to listen on. */
  HOST("host", "ADDRESS", "127.0.0.1", "Address to listen on; 0.0.0.0 for all"),

  /** The port to listen on. */
  PORT("port", "PORT", "8080", "Port to listen on; 0 picks a free one"),

  /** Where the tables of analyses are. */
  ANALYSES(
      "analyses",
      "DIR",
      "",
      "Folder of the tables that airlens analyze wrote, to be served; 'analytics' in --data-dir"
          + " unless given"),

  /** How logs look. */
  LOG_FORMAT("log-format", "FORMAT", "text", "Logs on stderr as text or json"),

  /** How much is logged. */
  LOG_LEVEL("log-level", "LEVEL", "info", "Log error, warn, info or debug");

  /** What a command that touches a store takes. */
  public static final List<Setting> OF_STORES = List.of(STORE, DATA_DIR, DURABILITY);

  /** What a command that collects takes. */
  public static final List<Setting> OF_SOURCES =
      List.of(SOURCE, INTERVAL, SPEED, RETAIN, MAX_FEED_SIZE, CONTACT);

  /** What a command that loads history takes. */
  public static final List<Setting> OF_ARCHIVES = List.of(ARCHIVE, CONNECTIONS, CONTACT);

  /** What a command that serves takes. */
  public static final List<Setting> OF_SERVERS = List.of(HOST, PORT, PG_PORT, ANALYSES);

  /** What a command that logs takes. */
  public static final List<Setting> OF_LOGS = List.of(LOG_FORMAT, LOG_LEVEL);

  private final String key;
  private final String placeholder;
  private final String defaultText;
  private final String description;

  Setting(String key, String placeholder, String defaultText, String description) {
    this.key = key;
    this.placeholder = placeholder;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The name in the YAML file. */
  public String key() {
    return key;
  }

  /** The flag. */
  public String flag() {
    return "--" + key;
  }

  /** The environment variable. */
  public String variable() {
    return "AIRLENS_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** What stands for the value in help. */
  public String placeholder() {
    return placeholder;
  }

  /** The value when nobody sets it; empty when it is then off. */
  public String defaultText() {
    return defaultText;
  }

  /** One line for people. */
  public String description() {
    return description;
  }

  /** Whether it may have several values. */
  public boolean isRepeatable() {
    return this == SOURCE;
  }

  /** The setting of a key. */
  public static Optional<Setting> find(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }
}
