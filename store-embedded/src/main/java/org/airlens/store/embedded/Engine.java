package org.airlens.store.embedded;

import io.questdb.cairo.CairoEngine;
import io.questdb.griffin.FunctionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * QuestDB's engine without the SQL functions that reach beyond the table: who looks through the SQL
 * port sees no files of this machine and no insides of this process.
 */
final class Engine extends CairoEngine {

  private static final Set<String> LEFT_OUT =
      Set.of(
          "dump_memory_usage",
          "dump_thread_stacks",
          "export_files",
          "files",
          "flush_query_cache",
          "glob",
          "hydrate_table_metadata",
          "import_files",
          "parquet_scan",
          "read_parquet",
          "reload_config",
          "simulate_crash",
          "simulate_warnings",
          "touch",
          "wait_wal_table");

  Engine(DatabaseSettings settings) {
    super(settings);
  }

  @Override
  protected Iterable<FunctionFactory> getFunctionFactories() {
    List<FunctionFactory> kept = new ArrayList<>();
    for (FunctionFactory function : super.getFunctionFactories()) {
      String signature = function.getSignature();
      int name = signature.indexOf('(');
      if (name < 0 || !LEFT_OUT.contains(signature.substring(0, name))) {
        kept.add(function);
      }
    }
    return kept;
  }
}
