package org.airlens.collect.feed;

import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;

/** Keeps all that a document held. */
final class TakenEntries implements EntrySink {

  private final List<Reading> readings = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @Override
  public void reading(Reading reading) {
    readings.add(reading);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  List<Reading> readings() {
    return readings;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  List<RejectionReason> reasons() {
    return rejections.stream().map(Rejection::reason).toList();
  }

  void clear() {
    readings.clear();
    rejections.clear();
  }
}
