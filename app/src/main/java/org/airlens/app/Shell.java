package org.airlens.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a command has around it, and how settings become its flags.
 *
 * @param environment the process's environment
 * @param in standard input
 * @param out standard output, for what is no text
 */
record Shell(Map<String, String> environment, InputStream in, OutputStream out) {

  private static final String CONFIG = "--config";

  /** A command with flags for these settings, and {@code --config}. */
  static CommandLine command(Object command, List<List<Setting>> settings) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    settings.forEach(group -> group.forEach(setting -> spec.addOption(option(setting))));
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "YAML file with settings, as 'airlens config' prints them; or "
                    + Settings.FILE_VARIABLE)
            .build());
    return new CommandLine(spec);
  }

  /**
   * The settings in force for the command that was typed.
   *
   * @throws org.airlens.app.config.SettingException when the file can't be read
   */
  Settings settings(CommandSpec spec) {
    ParseResult parsed = spec.commandLine().getParseResult();
    Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (parsed.hasMatchedOption(setting.flag())) {
        flags.put(setting, parsed.matchedOption(setting.flag()).originalStringValues());
      }
    }
    Path none = Path.of("");
    return Settings.resolve(
        flags,
        environment,
        Optional.of(parsed.matchedOptionValue(CONFIG, none)).filter(file -> !file.equals(none)));
  }

  private static OptionSpec option(Setting setting) {
    String value =
        setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + " unless given)";
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag())
            .paramLabel(setting.placeholder())
            .description(setting.description() + value);
    return setting.isRepeatable()
        ? option.type(List.class).auxiliaryTypes(String.class).arity("1").build()
        : option.type(String.class).build();
  }
}
