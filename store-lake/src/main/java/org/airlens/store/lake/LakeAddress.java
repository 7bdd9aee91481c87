package org.airlens.store.lake;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.airlens.store.AddressOptions;
import org.airlens.store.StoreException;

/**
 * Which lake, and what its reading may take.
 *
 * @param folder the lake's folder
 * @param memory how much memory queries share, beside the heap, as DuckDB writes it: {@code 1GB}
 * @param threads how many threads queries share
 * @param statementTimeout after how long a query is stopped
 */
record LakeAddress(Path folder, String memory, int threads, Duration statementTimeout) {

  static final String SCHEME = "lake";

  private static final String MEMORY = "memory";
  private static final String THREADS = "threads";
  private static final String TIMEOUT = "statementTimeout";

  /**
   * Reads an address, {@code lake:DIR?memory=1GB&threads=2&statementTimeout=60}.
   *
   * @throws StoreException when it is none
   */
  static LakeAddress parse(String uri) {
    String rest = uri.substring(SCHEME.length() + 1);
    int mark = rest.indexOf('?');
    String folder = mark < 0 ? rest : rest.substring(0, mark);
    Map<String, String> options = AddressOptions.of(mark < 0 ? "" : rest.substring(mark + 1));
    String memory = option(options, MEMORY, "1GB", "[1-9]\\d{0,5}(MB|GB)", "a size, as in 512MB");
    String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
    String threads = option(options, THREADS, cores, "[1-9]\\d{0,2}", "a number from 1 to 999");
    String timeout = option(options, TIMEOUT, "60", "[1-9]\\d{0,5}", "a number of seconds");
    if (!options.isEmpty()) {
      throw new StoreException(
          "a lake's address has no option '%s'; there are %s, %s, %s"
              .formatted(options.keySet().iterator().next(), MEMORY, THREADS, TIMEOUT));
    }
    return new LakeAddress(
        folder(folder),
        memory,
        Integer.parseInt(threads),
        Duration.ofSeconds(Long.parseLong(timeout)));
  }

  /** Where it is, as a person wrote it. */
  String description() {
    return SCHEME + ":" + folder;
  }

  private static Path folder(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new StoreException("'lake:%s' names no folder; write lake:data/lake".formatted(text));
  }

  /** Takes an option out of the map. */
  private static String option(
      Map<String, String> options, String name, String normal, String form, String expected) {
    String text = options.containsKey(name) ? options.remove(name) : normal;
    if (!text.matches(form)) {
      throw new StoreException("option '%s' of a lake's address is %s".formatted(name, expected));
    }
    return text;
  }
}
