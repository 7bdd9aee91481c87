package org.airlens.store.embedded;

/** Routes QuestDB's own log before its first line. */
final class QuestDbLog {

  private QuestDbLog() {}

  /** Has an effect before QuestDB's first use only; later calls change nothing. */
  static void route() {
    if (System.getProperty("out") == null) {
      System.setProperty("out", "/org/airlens/store/embedded/questdb-log.conf");
    }
  }
}
