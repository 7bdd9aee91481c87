package org.airlens.store.embedded;

import io.questdb.log.LogFactory;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Routes QuestDB's own log to SLF4J, before QuestDB's first line and without a thread for it. */
final class QuestDbLog {

  private static boolean routed;

  private QuestDbLog() {}

  /** Has an effect before QuestDB's first use only; later calls change nothing. */
  static synchronized void route() {
    if (routed) {
      return;
    }
    routed = true;
    if (System.getProperty("out") == null) {
      System.setProperty("out", "/org/airlens/store/embedded/questdb-log.conf");
    }
    PrintStream err = System.err;
    System.setErr(new WithoutGreeting(err));
    try {
      LogFactory.getInstance();
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
