package org.airlens.store.embedded;

import io.questdb.log.LogFactory;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Routes QuestDB's own log to SLF4J, before QuestDB's first line and without a thread for it. */
final class QuestDbLog {

  private QuestDbLog() {}

  /**
   * Has an effect before QuestDB's first use only; later calls change nothing. Whoever has set
   * QuestDB's own property for its log, gets QuestDB's own ways, its thread included.
   */
  static synchronized void route() {
    if (System.getProperty(LogFactory.CONFIG_SYSTEM_PROPERTY) != null) {
      return;
    }
    System.setProperty(
        LogFactory.CONFIG_SYSTEM_PROPERTY, "/org/airlens/store/embedded/questdb-log.conf");
    PrintStream err = System.err;
    System.setErr(new WithoutGreeting(err));
    try {
      LogFactory.getInstance();
      // Its thread would hand records on; flush() does. Without either, QuestDB would wait for
      // room for its next critical record when there are a thousand.
      LogFactory.haltInstance();
    } finally {
      System.setErr(err);
    }
  }

  /** Hands on what QuestDB logged since the last call. */
  static void flush() {
    Slf4jLogWriter.flushAll();
  }

  /** Standard error but for the line in which QuestDB says where it found its log's settings. */
  private static final class WithoutGreeting extends PrintStream {

    WithoutGreeting(PrintStream err) {
      super(err, true, Charset.defaultCharset());
    }

    @Override
    public void println(String line) {
      if (!line.startsWith("Log configuration loaded")) {
        super.println(line);
      }
    }
  }
}
