package org.airlens.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import org.airlens.app.config.Setting;
import org.airlens.app.config.SettingException;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.Version;
import org.airlens.server.ServerStartException;
import org.airlens.store.StoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code airlens} command. */
@Command(
    name = "airlens",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Open environmental monitoring on the Sensor.Community network.",
    footerHeading = "%n",
    footer = {
      "Durations are 200ms, 10s, 5m, 24h or 30d. Every setting is also an environment variable,"
          + " --data-dir is AIRLENS_DATA_DIR, and a key of the --config file; flags win over the"
          + " environment, the environment over the file.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class Main implements Runnable {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Shell shell = new Shell(System.getenv(), System.in, new FileOutputStream(FileDescriptor.out));
    System.exit(commandLine(shell).execute(arguments));
  }

  /** The whole command line. */
  static CommandLine commandLine(Shell shell) {
    CommandLine root = new CommandLine(new Main());
    root.addSubcommand(
        Shell.command(
            new UpCommand(shell),
            List.of(Setting.OF_SOURCES, Setting.OF_STORES, Setting.OF_SERVERS, Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(
            new CollectCommand(shell),
            List.of(Setting.OF_SOURCES, Setting.OF_STORES, Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(
            new ServeCommand(shell),
            List.of(Setting.OF_STORES, Setting.OF_SERVERS, Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(
            new BackfillCommand(shell),
            List.of(Setting.OF_ARCHIVES, Setting.OF_STORES, Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(
            new ReprocessCommand(shell), List.of(List.of(Setting.DATA_DIR), Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(new ExportCommand(shell), List.of(Setting.OF_STORES, Setting.OF_LOGS)));
    root.addSubcommand(
        Shell.command(
            new AnalyzeCommand(shell), List.of(List.of(Setting.DATA_DIR), Setting.OF_LOGS)));
    root.addSubcommand(new AqiCommand(shell.in()));
    root.addSubcommand(Shell.command(new ConfigCommand(shell), List.of(List.of(Setting.values()))));
    root.addSubcommand(new CompletionCommand());
    root.addSubcommand(new BenchCommand());
    root.setParameterExceptionHandler((e, arguments) -> wrongUsage(e));
    root.setExecutionExceptionHandler((e, commandLine, parsed) -> failed(e, commandLine));
    root.setAbbreviatedOptionsAllowed(false);
    return root;
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }

  private static int wrongUsage(ParameterException e) {
    CommandLine typed = e.getCommandLine();
    String message = oneLine(String.valueOf(e.getMessage()));
    typed
        .getErr()
        .println(
            "airlens: " + message + " (see " + typed.getCommandSpec().qualifiedName() + " --help)");
    return WRONG_USAGE;
  }

  private static int failed(Exception e, CommandLine commandLine) {
    PrintWriter err = commandLine.getErr();
    String message = oneLine(String.valueOf(e.getMessage()));
    return switch (e) {
      case SettingException setting -> {
        err.println("airlens: " + message);
        yield WRONG_USAGE;
      }
      case NodeException node -> {
        err.println("airlens: " + message);
        yield FAILED;
      }
      case StoreException store -> {
        err.println("airlens: " + message);
        yield FAILED;
      }
      case ServerStartException server -> {
        err.println("airlens: " + message);
        yield FAILED;
      }
      default -> {
        LoggerFactory.getLogger(Main.class).debug("unexpected", e);
        err.println("airlens: unexpected: " + e + "; more with --log-level debug");
        yield FAILED;
      }
    };
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
