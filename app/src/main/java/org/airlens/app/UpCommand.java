package org.airlens.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Logs;
import org.airlens.app.node.Node;
import org.airlens.app.node.Stopping;
import org.airlens.app.node.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code airlens up}. */
@Command(
    name = "up",
    description = "Collects, computes, stores and serves, in one process, until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  UpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    try (Stopping stopping = Stopping.listen();
        Node node = Node.collectingAndServing(settings)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(address(settings, node));
      out.flush();
      stopping.await();
    }
    return 0;
  }

  /** What a person opens. */
  static String address(Settings settings, Node node) {
    String host = settings.text(Setting.HOST);
    return "AirLens %s serves at http://%s:%d/ (Ctrl-C stops it)"
        .formatted(Version.text(), host.contains(":") ? "[" + host + "]" : host, node.port());
  }
}
