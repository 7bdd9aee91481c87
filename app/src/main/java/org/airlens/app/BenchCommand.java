package org.airlens.app;

import java.util.List;
import java.util.concurrent.Callable;
import org.airlens.app.node.NodeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code airlens bench}: the launcher of a checkout runs it from the module {@code benchmarks}. */
@Command(
    name = "bench",
    description = "Runs the benchmarks, from a checkout: ./airlens bench --help tells which.")
final class BenchCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", hidden = true)
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    throw new NodeException(
        "the benchmarks come with a checkout; run ./airlens bench " + String.join(" ", arguments));
  }
}
