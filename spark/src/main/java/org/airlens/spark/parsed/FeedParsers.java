package org.airlens.spark.parsed;

import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.airlens.collect.feed.FeedParser;
import org.jspecify.annotations.Nullable;

/**
 * Parsers that go from task to task, so that a document finds the sensors of those before known.
 * There are as many as tasks that ever ran at once.
 */
public final class FeedParsers {

  private static final Queue<FeedParser> IDLE = new ConcurrentLinkedQueue<>();

  private FeedParsers() {}

  /** Lends a parser, which must not be used afterwards. */
  public static void use(Consumer<FeedParser> reading) {
    @Nullable FeedParser idle = IDLE.poll();
    FeedParser parser = idle == null ? new FeedParser(InstantSource.system()) : idle;
    reading.accept(parser); // One that failed is not lent again.
    IDLE.add(parser);
  }
}
