package org.airlens.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads settings from a YAML file: one mapping from keys to values, or to lists of values. */
final class SettingsFile {

  private SettingsFile() {}

  /**
   * The settings of a file.
   *
   * @throws SettingException when it can't be read, is no YAML or has an unknown key
   */
  static Map<Setting, SettingValue> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // Every scalar is text: what it means, the setting knows and not YAML.
      Load yaml =
          new Load(
              LoadSettings.builder()
                  .setSchema(new FailsafeSchema())
                  .setTagConstructors(Map.of(Tag.NULL, node -> ""))
                  .build());
      return settings(file, yaml.loadFromInputStream(in));
    } catch (NoSuchFileException e) {
      throw new SettingException("there is no file " + file + "; check --config");
    } catch (IOException e) {
      throw new SettingException("can't read " + file + ": " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new SettingException(file + place + " is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new SettingException(file + " is no YAML: " + firstLine(e.getMessage()));
    }
  }

  private static Map<Setting, SettingValue> settings(Path file, @Nullable Object document) {
    Map<Setting, SettingValue> settings = new EnumMap<>(Setting.class);
    if (document == null || document.equals("")) {
      return settings;
    }
    if (!(document instanceof Map<?, ?> mapping)) {
      throw new SettingException(file + " must hold keys and values, as in 'port: 8081'");
    }
    mapping.forEach((key, value) -> {
      Setting setting =
          Setting.find(String.valueOf(key)).orElseThrow(() -> unknown(file, String.valueOf(key)));
      settings.put(setting, new SettingValue(texts(file, setting, value), file.toString()));
    });
    return settings;
  }

  private static List<String> texts(Path file, Setting setting, @Nullable Object value) {
    List<?> elements = value instanceof List<?> list ? list : Arrays.asList(value);
    List<String> texts = new ArrayList<>();
    for (Object element : elements) {
      if (element != null && !(element instanceof String)) {
        throw new SettingException(
            "%s: %s takes %s"
                .formatted(
                    file,
                    setting.key(),
                    setting.isRepeatable() ? "one value or a list of values" : "one value"));
      }
      if (element instanceof String text && !text.isBlank()) {
        texts.add(text);
      }
    }
    if (texts.size() > 1 && !setting.isRepeatable()) {
      throw new SettingException(file + ": " + setting.key() + " takes one value");
    }
    return texts;
  }

  private static SettingException unknown(Path file, String key) {
    return new SettingException(
        "%s: unknown key '%s'; there are %s"
            .formatted(
                file,
                key.length() <= 60 ? key : key.substring(0, 60) + "…",
                Arrays.stream(Setting.values())
                    .map(Setting::key)
                    .collect(Collectors.joining(", "))));
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
