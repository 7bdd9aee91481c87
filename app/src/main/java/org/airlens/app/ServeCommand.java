package org.airlens.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Logs;
import org.airlens.app.node.Node;
import org.airlens.app.node.Stopping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code airlens serve}. */
@Command(
    name = "serve",
    description = {
      "Serves dashboard and API from a store, without collecting, until Ctrl-C.",
      "Any number of these share a postgresql: store and follow the one process that collects into"
          + " it. An embedded store belongs to one process: while airlens up or collect runs on it,"
          + " that one serves. A lake: that airlens backfill --engine spark writes is served, too."
    })
final class ServeCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    try (Stopping stopping = Stopping.listen();
        Node node = Node.serving(settings)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(UpCommand.address(settings, node));
      out.flush();
      stopping.await();
    }
    return 0;
  }
}
