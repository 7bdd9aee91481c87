package org.airlens.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.EntrySink;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;

/** Reads documents in this process: readings go to the ingest, the rest to the dead letters. */
final class ReadingIntake implements Intake, EntrySink {

  /** So many readings are held at once, whatever a source delivers. */
  static final int BATCH = 50_000;

  private final FeedParser parser;
  private final Ingest ingest;
  private final DeadLetters deadLetters;
  private final List<Reading> batch = new ArrayList<>();
  private CycleCounts counts = new CycleCounts();

  ReadingIntake(Ingest ingest, DeadLetters deadLetters, InstantSource clock) {
    this.ingest = ingest;
    this.deadLetters = deadLetters;
    parser = new FeedParser(clock);
  }

  @Override
  public void begin(CycleCounts cycle) {
    counts = cycle;
    batch.clear();
  }

  @Override
  public Optional<String> take(String name, InputStream body) {
    try {
      return parser.parse(name, body, this).problem();
    } catch (IOException e) {
      return Optional.of(FeedContent.breaksOff(name, e));
    }
  }

  @Override
  public void settle() {
    if (!batch.isEmpty()) {
      counts.taken(ingest.take(List.copyOf(batch)));
      batch.clear();
    }
  }

  @Override
  public void reading(Reading reading) {
    counts.seen++;
    counts.newestSecond = Math.max(counts.newestSecond, reading.timestamp().getEpochSecond());
    batch.add(reading);
    if (batch.size() >= BATCH) {
      settle();
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    counts.rejected(rejection.reason());
    deadLetters.keep(rejection);
  }
}
