package org.airlens.store.embedded;

import io.questdb.MessageBus;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.O3CopyJob;
import io.questdb.cairo.O3OpenColumnJob;
import io.questdb.cairo.O3PartitionJob;
import io.questdb.mp.Job;
import io.questdb.std.str.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that write columns of days beside the one that applies the log, until closed. Each column
 * of each day is a file, and making one durable is waiting for the disk: files that are waited for
 * at once share the wait. QuestDB hands the work out and waits for its end before it commits, so
 * that the order in which things become durable is the same with any number of threads.
 */
final class ColumnWriters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ColumnWriters.class);

  /** How long a thread that finds nothing to do waits, ever longer: a column takes milliseconds. */
  private static final long SHORTEST_PAUSE_NANOS = 50_000;

  private static final long LONGEST_PAUSE_NANOS = 1_000_000;

  private final List<Job> jobs;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean done;

  private ColumnWriters(CairoEngine engine) {
    MessageBus bus = engine.getMessageBus();
    jobs = List.of(new O3PartitionJob(bus), new O3OpenColumnJob(bus), new O3CopyJob(bus));
  }

  /** Starts so many threads. */
  static ColumnWriters start(CairoEngine engine, int count) {
    ColumnWriters writers = new ColumnWriters(engine);
    for (int i = 0; i < count; i++) {
      writers.threads.add(Thread.ofPlatform().name("column-writer-" + i).start(writers::run));
    }
    return writers;
  }

  private void run() {
    try {
      long pause = SHORTEST_PAUSE_NANOS;
      while (!done) {
        boolean found = false;
        for (Job job : jobs) {
          found |= run(job);
        }
        if (found) {
          pause = SHORTEST_PAUSE_NANOS;
        } else {
          LockSupport.parkNanos(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
      }
    } finally {
      Path.clearThreadLocals(); // Native memory.
    }
  }

  private static boolean run(Job job) {
    try {
      return job.run(0);
    } catch (CairoException | CairoError e) {
      LOG.debug("a column was not written, which fails the write", e);
      return true;
    }
  }

  /** Ends the threads, for which there is no work left once the log is applied. */
  @Override
  public void close() {
    done = true;
    threads.forEach(LockSupport::unpark);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // They use memory that is given back after this.
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
