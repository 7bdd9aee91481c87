package org.airlens.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.airlens.aqi.HumidityGrowth;

/**
 * What is made of values that sensors reported: for a measure, and perhaps one make of sensor, a
 * straight line, and before that perhaps a division by {@link HumidityGrowth}. Written {@code
 * P2=0.9x+1.5}, {@code SDS011:P2=x/growth(0.4)}.
 *
 * @param rules no two for the same make and measure
 */
public record Calibration(List<Rule> rules) {

  /** Leaves everything as it was reported. */
  public static final Calibration NONE = new Calibration(List.of());

  private static final String NUMBER = "\\d{1,9}(?:\\.\\d{1,9})?";
  private static final Pattern RULE =
      Pattern.compile(
          "(?:([A-Za-z0-9_.-]{1,64}):)?([A-Za-z][A-Za-z0-9_.-]{0,63})=(-?%s)?\\*?x(?:/growth\\((%s)\\))?([+-]%s)?"
              .formatted(NUMBER, NUMBER, NUMBER));

  private static final String MASS = "ug/m3";

  /**
   * One line.
   *
   * @param sensorType the make's name in lower case; empty for all but those that count particles
   * @param measure of the catalogue
   * @param factor what the value is multiplied with
   * @param kappa the aerosol's hygroscopicity; empty when humidity does not matter
   * @param offset what is added then, in the measure's unit
   */
  public record Rule(
      String sensorType, String measure, double factor, OptionalDouble kappa, double offset) {

    /**
     * The calibrated value; a concentration is not negative.
     *
     * @param reported as the sensor told it
     * @param relativeHumidity 0–100 %; does not matter without {@link #kappa}
     */
    public double apply(double reported, double relativeHumidity) {
      double growth =
          kappa.isPresent() ? HumidityGrowth.factor(kappa.getAsDouble(), relativeHumidity) : 1;
      double line = factor * (reported / growth) + offset;
      return isMass() ? Math.max(0, line) : line;
    }

    /** Whether the measure is a concentration, which is never negative. */
    public boolean isMass() {
      return Measures.find(measure).filter(known -> known.unit().equals(MASS)).isPresent();
    }

    /** The rule as it can be read again. */
    @Override
    public String toString() {
      return (sensorType.isEmpty() ? "" : sensorType + ":")
          + measure
          + "="
          + plain(factor)
          + "x"
          + (kappa.isPresent() ? "/growth(%s)".formatted(plain(kappa.getAsDouble())) : "")
          + (offset < 0 ? "" : "+")
          + plain(offset);
    }

    private static String plain(double number) {
      return BigDecimal.valueOf(number).toPlainString();
    }
  }

  /** Copies the rules. */
  public Calibration {
    rules = List.copyOf(rules);
  }

  /**
   * The calibration of rules as people write them.
   *
   * @throws IllegalArgumentException when one of them can't be read or stands there twice; the
   *     message says which and why
   */
  public static Calibration of(List<String> texts) {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      Rule rule = rule(text);
      if (rules.stream().anyMatch(other -> isSame(other, rule))) {
        throw new IllegalArgumentException(
            "'%s': there is another rule for the same measure and make".formatted(text));
      }
      rules.add(rule);
    }
    return new Calibration(rules);
  }

  /** The rule for a make's measure: its own, or else the one for all. */
  private Optional<Rule> rule(SensorType type, String measure) {
    String make = type.name().toLowerCase(Locale.ROOT);
    Optional<Rule> own = make.isEmpty() ? Optional.empty() : rule(make, measure);
    return own.isPresent() || type.countsParticles() ? own : rule("", measure);
  }

  /**
   * What a value becomes.
   *
   * @param relativeHumidity at the sensor, 0–100 %, where it is known
   * @return empty when it stays as it was reported: there is no rule for it, humidity is not known,
   *     or the sensor reported a fault
   */
  public OptionalDouble apply(
      SensorType type, String measure, double reported, OptionalDouble relativeHumidity) {
    Optional<Rule> rule = rule(type, measure);
    boolean isFault =
        reported >= Measures.SATURATIONS.getOrDefault(measure, Double.POSITIVE_INFINITY);
    if (rule.isEmpty()
        || isFault
        || (rule.get().kappa().isPresent() && relativeHumidity.isEmpty())) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(rule.get().apply(reported, relativeHumidity.orElse(0)));
  }

  /** Whether there is nothing to do. */
  public boolean isNone() {
    return rules.isEmpty();
  }

  /** Whether humidity matters. */
  public boolean needsHumidity() {
    return rules.stream().anyMatch(rule -> rule.kappa().isPresent());
  }

  /** The rules with commas between them, as they can be read again. */
  @Override
  public String toString() {
    return rules.stream().map(Rule::toString).collect(Collectors.joining(","));
  }

  private Optional<Rule> rule(String sensorType, String measure) {
    return rules.stream()
        .filter(rule -> rule.sensorType().equals(sensorType) && rule.measure().equals(measure))
        .findFirst();
  }

  private static Rule rule(String text) {
    Matcher rule = RULE.matcher(text.replace(" ", ""));
    if (!rule.matches()) {
      throw new IllegalArgumentException(
          "'%s': write [MAKE:]MEASURE=0.9x+1.5, or x/growth(0.4) for humidity".formatted(text));
    }
    String measure = rule.group(2);
    if (measure.equals(Measures.AQI) || Measures.find(measure).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s': '%s' is no measure that sensors report".formatted(text, measure));
    }
    Rule read =
        new Rule(
            rule.group(1) == null ? "" : rule.group(1).toLowerCase(Locale.ROOT),
            measure,
            rule.group(3) == null ? 1 : Double.parseDouble(rule.group(3)),
            rule.group(4) == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(rule.group(4))),
            rule.group(5) == null ? 0 : Double.parseDouble(rule.group(5)));
    if (read.kappa().isPresent() && !read.isMass()) {
      throw new IllegalArgumentException(
          "'%s': particles grow in humid air; '%s' is no concentration of them"
              .formatted(text, measure));
    }
    return read;
  }

  private static boolean isSame(Rule one, Rule other) {
    return one.sensorType().equals(other.sensorType()) && one.measure().equals(other.measure());
  }
}
