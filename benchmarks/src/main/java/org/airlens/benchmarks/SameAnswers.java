package org.airlens.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** Holds what every candidate answers to what the first one did. */
final class SameAnswers {

  private final Map<String, Answer> first = new HashMap<>();

  /**
   * Checks an answer.
   *
   * @throws IllegalStateException when it says nothing, or another than the first candidate's
   */
  void check(StoreCandidate candidate, String question, Answer answer) {
    String asked = candidate.name() + ", " + question;
    if (answer.size() == 0) {
      throw new IllegalStateException(asked + ": no answer");
    }
    Answer expected = first.putIfAbsent(question, answer);
    if (expected != null) {
      expected.checkSame(answer, asked);
    }
  }
}
