package org.airlens.store.timestream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.airlens.store.AddressOptions;
import org.airlens.store.StoreException;

/**
 * What a {@code timestream://REGION/DATABASE/TABLE?…} says.
 *
 * @param region the AWS region
 * @param database the database
 * @param table the table
 * @param endpoint where an emulator listens; empty for AWS, whose endpoints are discovered
 * @param creates whether a database and a table that are not there are made
 * @param memoryHours how long a new table keeps readings in its memory store
 * @param magneticDays how long it keeps them after that
 * @param lookback how far back the newest reading of a sensor is looked for
 * @param maxScan the longest time that a query may reach over; empty for any
 * @param refresh how old what other nodes wrote may be in the newest readings
 * @param counted how old the count of readings may be
 * @param writers how many requests write at the same time
 */
record TimestreamAddress(
    String region,
    String database,
    String table,
    Optional<URI> endpoint,
    boolean creates,
    int memoryHours,
    int magneticDays,
    Duration lookback,
    Optional<Duration> maxScan,
    Duration refresh,
    Duration counted,
    int writers) {

  static final String SCHEME = "timestream";

  private static final String FORM = "timestream://REGION/DATABASE/TABLE";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "timestream://([a-z]{2}(?:-[a-z]+)+-\\d)/([A-Za-z0-9_.-]{3,256})/([A-Za-z0-9_.-]{3,256})");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

  /**
   * Reads an address.
   *
   * @throws StoreException when it is none; the message does not repeat what may be a secret
   */
  static TimestreamAddress parse(String uri) {
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    if (path.contains("@")) {
      throw new StoreException(
          "credentials don't belong into the store's address: give "
              + FORM
              + ", and them to AWS's own settings (AWS_ACCESS_KEY_ID, AWS_PROFILE, a role)");
    }
    Matcher address = ADDRESS.matcher(path);
    if (!address.matches()) {
      throw new StoreException(
          "'%s' is not %s, as in timestream://eu-central-1/airlens/readings".formatted(path, FORM));
    }
    Options options = new Options(mark < 0 ? "" : uri.substring(mark + 1));
    TimestreamAddress parsed =
        new TimestreamAddress(
            address.group(1),
            address.group(2),
            address.group(3),
            options.endpoint(),
            options.yes("create"),
            Math.toIntExact(options.between("memory", "24h", "1h", "8766h").toHours()),
            Math.toIntExact(options.between("magnetic", "73000d", "1d", "73000d").toDays()),
            options.between("lookback", "7d", "1h", "73000d"),
            options.has("max_scan")
                ? Optional.of(options.between("max_scan", "31d", "1h", "73000d"))
                : Optional.empty(),
            options.between("refresh", "5m", "1s", "1d"),
            options.between("counted", "10m", "0s", "30d"),
            options.writers());
    options.refuseUnknown();
    return parsed;
  }

  /** Where it is, as a person wrote it, without options. */
  String description() {
    return "%s://%s/%s/%s".formatted(SCHEME, region, database, table);
  }

  /** The table's name in SQL. */
  String sqlName() {
    return "\"%s\".\"%s\"".formatted(database, table);
  }

  /** What stands behind the question mark. */
  private static final class Options {

    private final Map<String, String> values;
    private final TreeSet<String> known = new TreeSet<>();

    Options(String query) {
      values = AddressOptions.of(query);
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    Optional<URI> endpoint() {
      String text = value("endpoint", "");
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (!text.matches("https?://[A-Za-z0-9.\\[\\]:-]+/?")) {
        throw wrong("endpoint", "http://HOST:PORT");
      }
      return Optional.of(URI.create(text));
    }

    boolean yes(String name) {
      return switch (value(name, "false")) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(name, "true or false");
      };
    }

    Duration between(String name, String normal, String shortest, String longest) {
      Duration asked = duration(value(name, normal));
      if (asked.compareTo(duration(shortest)) < 0 || asked.compareTo(duration(longest)) > 0) {
        throw wrong(name, "a duration from %s to %s".formatted(shortest, longest));
      }
      return asked;
    }

    int writers() {
      String text = value("writers", "4");
      if (!text.matches("[1-9]|[1-5]\\d|6[0-4]")) {
        throw wrong("writers", "a number from 1 to 64");
      }
      return Integer.parseInt(text);
    }

    void refuseUnknown() {
      for (String name : values.keySet()) {
        if (!known.contains(name)) {
          throw new StoreException(
              "the store's address has no option '%s'; there are %s"
                  .formatted(name, String.join(", ", known)));
        }
      }
    }

    private String value(String name, String normal) {
      known.add(name);
      return values.getOrDefault(name, normal);
    }

    private static Duration duration(String text) {
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        return Duration.ofSeconds(-1); // Shorter than the shortest.
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }

    private static StoreException wrong(String name, String expected) {
      return new StoreException(
          "option '%s' of the store's address is %s".formatted(name, expected));
    }
  }
}
