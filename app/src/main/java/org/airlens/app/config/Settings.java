package org.airlens.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.airlens.server.Times;

/**
 * The settings in force. Immutable. Every getter throws {@link SettingException} on a bad value.
 */
public final class Settings {

  /** The variable that names the YAML file where no flag does. */
  public static final String FILE_VARIABLE = "AIRLENS_CONFIG";

  private static final int LARGEST_PORT = 65_535;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(kB|MB|GB)?");

  private final Map<Setting, SettingValue> values;

  private Settings(Map<Setting, SettingValue> values) {
    this.values = values;
  }

  /**
   * Flags win over the environment, the environment over the file, the file over defaults.
   *
   * @param flags what stands on the command line
   * @param environment the process's environment
   * @param file the YAML file named on the command line
   */
  public static Settings resolve(
      Map<Setting, List<String>> flags, Map<String, String> environment, Optional<Path> file) {
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String text = setting.defaultText();
      values.put(setting, new SettingValue(text.isEmpty() ? List.of() : List.of(text), "default"));
    }
    Optional<Path> named =
        file.or(() ->
            Optional.ofNullable(environment.get(FILE_VARIABLE))
                .filter(text -> !text.isBlank())
                .map(text -> path(text, FILE_VARIABLE)));
    named.map(SettingsFile::read).ifPresent(values::putAll);
    for (Setting setting : Setting.values()) {
      String text = environment.getOrDefault(setting.variable(), "");
      if (!text.isBlank()) {
        // Sources hold no blanks but may hold commas, so blanks part them.
        List<String> texts =
            setting.isRepeatable() ? Arrays.asList(text.strip().split("\\s+")) : List.of(text);
        values.put(setting, new SettingValue(texts, setting.variable()));
      }
    }
    flags.forEach((setting, texts) -> values.put(setting, new SettingValue(texts, setting.flag())));
    return new Settings(values);
  }

  /** What a setting is set to, and by whom. */
  public SettingValue value(Setting setting) {
    return Objects.requireNonNull(values.get(setting));
  }

  /** All values of a repeatable setting. */
  public List<String> texts(Setting setting) {
    return value(setting).texts();
  }

  /** The value of a setting that has one. */
  public String text(Setting setting) {
    return optional(setting).orElse("");
  }

  /** The value, empty when the setting is off. */
  public Optional<String> optional(Setting setting) {
    List<String> texts = texts(setting);
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.getLast());
  }

  /** A folder or file. */
  public Path path(Setting setting) {
    return path(text(setting), value(setting).origin());
  }

  /** The folder of the tables that analyses write. */
  public Path analyses() {
    return optional(Setting.ANALYSES).isPresent()
        ? path(Setting.ANALYSES)
        : path(Setting.DATA_DIR).resolve("analytics");
  }

  /** A duration above zero, empty when the setting is off. */
  public Optional<Duration> duration(Setting setting) {
    Optional<String> text = optional(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Times.duration(text.get())
            .filter(duration -> duration.compareTo(Duration.ZERO) > 0)
            .orElseThrow(() ->
                wrong(setting, "is no duration above zero; write 200ms, 10s, 5m, 24h or 30d")));
  }

  /** A port, empty when the setting is off. */
  public OptionalInt port(Setting setting) {
    Optional<String> text = optional(setting);
    return text.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(whole(setting, 0, LARGEST_PORT, "is no port; write 0 to 65535"));
  }

  /** A whole number from 1. */
  public int count(Setting setting) {
    return whole(setting, 1, 1_000_000, "is no whole number from 1 to 1000000");
  }

  /** A number of bytes. */
  public long bytes(Setting setting) {
    Matcher size = SIZE.matcher(text(setting));
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      throw wrong(setting, "is no size; write 200kB, 512MB or 2GB");
    }
    long unit =
        switch (size.group(2) == null ? "" : size.group(2)) {
          case "kB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        };
    return Long.parseLong(size.group(1)) * unit;
  }

  /** One of an enum's constants, written in lower case. */
  public <E extends Enum<E>> E word(Setting setting, Class<E> words) {
    String text = text(setting);
    for (E word : words.getEnumConstants()) {
      if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
        return word;
      }
    }
    throw wrong(
        setting,
        "is none of "
            + String.join(
                ", ",
                Arrays.stream(words.getEnumConstants())
                    .map(word -> word.name().toLowerCase(Locale.ROOT))
                    .toList()));
  }

  /** A complaint about a setting's value. */
  public SettingException wrong(Setting setting, String complaint) {
    String origin = value(setting).origin();
    String from = origin.equals(setting.flag()) ? "" : " (from " + origin + ")";
    String text = Secrets.masked(text(setting));
    String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
    return new SettingException("%s: '%s' %s%s".formatted(setting.flag(), shown, complaint, from));
  }

  private int whole(Setting setting, int least, int most, String complaint) {
    try {
      int number = Integer.parseInt(text(setting));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong(setting, complaint);
  }

  private static Path path(String text, String origin) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SettingException(origin + ": '" + text + "' can't be a path: " + e.getReason());
    }
  }
}
