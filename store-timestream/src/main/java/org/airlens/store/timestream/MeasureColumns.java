package org.airlens.store.timestream;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.airlens.model.Measure;
import org.airlens.model.Measures;

/**
 * The column of each measure, the same on every node. The catalogue's measures and plain names have
 * their own; a name that differs from another only in case, has a dot or a hyphen, or is the
 * service's or a dimension's, is spelled out behind {@code m_}.
 */
final class MeasureColumns {

  private static final String SPELLED = "m_";
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern SPELLED_CHARACTER = Pattern.compile("_([0-9a-f]{2})");

  /** Names beginning so are the service's. */
  private static final Pattern SYSTEM = Pattern.compile("(ts_|measure_value|measure_name).*|time");

  private static final Set<String> CATALOGUE =
      Measures.all().stream()
          .map(Measure::name)
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private MeasureColumns() {}

  /** The column of a measure with an acceptable name. */
  static String column(String measure) {
    if (Measures.find(measure).isPresent() || isPlain(measure)) {
      return measure;
    }
    StringBuilder spelled = new StringBuilder(SPELLED);
    for (int i = 0; i < measure.length(); i++) {
      char character = measure.charAt(i);
      if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9')) {
        spelled.append(character);
      } else {
        spelled.append('_').append("%02x".formatted((int) character));
      }
    }
    return spelled.toString();
  }

  /** The measure of a column, empty when it is another's. */
  static Optional<String> measure(String column) {
    if (Columns.isOurs(column) || SYSTEM.matcher(column).matches()) {
      return Optional.empty();
    }
    String measure =
        column.startsWith(SPELLED)
            ? SPELLED_CHARACTER
                .matcher(column.substring(SPELLED.length()))
                .replaceAll(match ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))))
            : column;
    // What somebody else added to the table is no measure of ours.
    return Measures.isAcceptableName(measure) && column(measure).equals(column)
        ? Optional.of(measure)
        : Optional.empty();
  }

  private static boolean isPlain(String measure) {
    return PLAIN.matcher(measure).matches()
        && !measure.startsWith(SPELLED)
        && !CATALOGUE.contains(measure)
        && !SYSTEM.matcher(measure).matches()
        && !Columns.isOurs(measure);
  }
}
