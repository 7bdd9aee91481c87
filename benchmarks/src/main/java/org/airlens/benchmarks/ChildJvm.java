package org.airlens.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A virtual machine like this one: its Java, its class path, the launcher's options. */
final class ChildJvm {

  private ChildJvm() {}

  /**
   * The command that starts one.
   *
   * @param options such as {@code -Xmx512m}
   * @param main the class to run, and its arguments
   */
  static List<String> command(List<String> options, List<String> main) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(main);
    return command;
  }
}
