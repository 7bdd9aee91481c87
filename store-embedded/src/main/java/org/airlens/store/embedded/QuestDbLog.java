package org.airlens.store.embedded;

import io.questdb.log.LogFactory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Routes QuestDB's own log before its first line. */
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
    // It prints which configuration it found; stderr is for our own log alone.
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      LogFactory loaded = LogFactory.getInstance();
      assert loaded != null;
    } finally {
      System.setErr(stderr);
    }
  }
}
