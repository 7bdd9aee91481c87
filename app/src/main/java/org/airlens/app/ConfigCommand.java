package org.airlens.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.airlens.app.config.Secrets;
import org.airlens.app.config.Setting;
import org.airlens.app.config.SettingValue;
import org.airlens.app.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code airlens config}. */
@Command(
    name = "config",
    description = {
      "Prints the settings in force and where each comes from, secrets masked.",
      "What it prints is YAML that --config reads."
    })
final class ConfigCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  ConfigCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Settings settings = shell.settings(spec);
    PrintWriter out = spec.commandLine().getOut();
    for (Setting setting : Setting.values()) {
      SettingValue value = settings.value(setting);
      String line = setting.key() + ": " + yaml(value.texts());
      out.printf("%-40s # %s%n", line, value.origin());
    }
    out.flush();
    return 0;
  }

  private static String yaml(List<String> texts) {
    List<String> quoted = texts.stream().map(ConfigCommand::quoted).toList();
    return switch (quoted.size()) {
      case 0 -> "''";
      case 1 -> quoted.getFirst();
      default -> quoted.stream().collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private static String quoted(String text) {
    String masked = Secrets.masked(text);
    return masked.matches("[A-Za-z0-9./][A-Za-z0-9./_-]*")
        ? masked
        : "'" + masked.replace("'", "''") + "'";
  }
}
