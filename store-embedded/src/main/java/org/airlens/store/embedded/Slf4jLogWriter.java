package org.airlens.store.embedded;

import io.questdb.log.LogFactory;
import io.questdb.log.LogRecordUtf8Sink;
import io.questdb.log.LogWriter;
import io.questdb.mp.QueueConsumer;
import io.questdb.mp.RingQueue;
import io.questdb.mp.SCSequence;
import io.questdb.mp.SynchronizedJob;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands QuestDB's log records to SLF4J, as debug: the store reports its failures itself. Whoever
 * works with QuestDB flushes them when it is done; what nobody flushes in time is dropped.
 */
public final class Slf4jLogWriter extends SynchronizedJob implements Closeable, LogWriter {

  private static final Logger LOG = LoggerFactory.getLogger("questdb");
  private static final List<Slf4jLogWriter> WRITERS = new CopyOnWriteArrayList<>();

  private final RingQueue<LogRecordUtf8Sink> ring;
  private final SCSequence subscription;
  private final int level;
  private final QueueConsumer<LogRecordUtf8Sink> consumer = this::write;

  /** Called by QuestDB's log factory. */
  public Slf4jLogWriter(RingQueue<LogRecordUtf8Sink> ring, SCSequence subscription, int level) {
    this.ring = ring;
    this.subscription = subscription;
    this.level = level;
    WRITERS.add(this);
  }

  /** Hands on what has come. */
  static void flushAll() {
    WRITERS.forEach(writer -> writer.drain(0));
  }

  @Override
  public void bindProperties(LogFactory factory) {}

  @Override
  public boolean runSerially() {
    return subscription.consumeAll(ring, consumer);
  }

  @Override
  public void close() {}

  private void write(LogRecordUtf8Sink line) {
    if ((line.getLevel() & level) != 0 && LOG.isDebugEnabled()) {
      byte[] bytes = new byte[line.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = line.byteAt(i);
      }
      LOG.debug("{}", new String(bytes, StandardCharsets.UTF_8).strip());
    }
  }
}
