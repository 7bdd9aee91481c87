package org.airlens.spark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.airlens.collect.SourceException;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.backfill.BackfillReport;
import org.airlens.pipeline.engine.AnalysisJob;
import org.airlens.pipeline.engine.AnalysisReport;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.pipeline.engine.Engine;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.pipeline.engine.ReprocessReport;
import org.airlens.store.StoreException;
import org.apache.spark.sql.SparkSession;

/** Apache Spark: on this machine's cores, or on a cluster. */
public final class SparkEngine implements Engine {

  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  /** Made by the service loader. */
  public SparkEngine() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public BackfillReport backfill(BackfillJob job) throws EngineException {
    long begin = System.nanoTime();
    try {
      return stoppable(job.master(), job.stopping(), spark -> new SparkBackfill(spark, job).run());
    } catch (Stopped e) {
      return stopped(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  @Override
  public CycleReport collect(CollectJob job) throws EngineException {
    SparkSession spark = Sessions.open("airlens", job.master());
    try {
      return new SparkCollect(spark, job).run();
    } catch (IOException e) {
      throw new EngineException("Spark: " + cause(e), e);
    } finally {
      spark.stop();
    }
  }

  @Override
  public ReprocessReport reprocess(ReprocessJob job) throws EngineException {
    try {
      return stoppable(job.master(), job.stopping(), spark -> new SparkReprocess(spark, job).run());
    } catch (Stopped e) {
      throw new EngineException("stopped; the lake is as it was", e);
    }
  }

  @Override
  public AnalysisReport analyze(AnalysisJob job) throws EngineException {
    try {
      return stoppable(job.master(), job.stopping(), spark -> new SparkAnalysis(spark, job).run());
    } catch (Stopped e) {
      throw new EngineException("stopped; nothing is written", e);
    }
  }

  /** Work on a session. */
  private interface Work<T> {
    T run(SparkSession spark)
        throws IOException, SourceException, InterruptedException, EngineException;
  }

  /** Does work and ends its jobs when the process is to end. */
  private static <T> T stoppable(Optional<String> master, BooleanSupplier stopping, Work<T> work)
      throws EngineException, Stopped {
    SparkSession spark = Sessions.open("airlens", master);
    Thread watch =
        Thread.startVirtualThread(() -> {
          while (!stopping.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_AROUND.toNanos());
          }
          if (stopping.getAsBoolean()) {
            spark.sparkContext().cancelAllJobs();
          }
        });
    try {
      return work.run(spark);
    } catch (StoreException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped(e);
    } catch (IOException | SourceException | RuntimeException e) {
      if (stopping.getAsBoolean()) {
        throw new Stopped(e);
      }
      throw new EngineException("Spark: " + cause(e), e);
    } finally {
      watch.interrupt();
      spark.stop();
    }
  }

  /** The message of what went wrong first: Spark wraps it many times. */
  static String cause(Throwable thrown) {
    Throwable cause = thrown;
    for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
      cause = deeper;
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }

  private static BackfillReport stopped(Duration duration) {
    return new BackfillReport(
        0,
        0,
        0,
        0,
        List.of(),
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        duration,
        Optional.of(BackfillReport.STOPPED));
  }

  /** The process is to end. */
  private static final class Stopped extends Exception {

    private static final long serialVersionUID = 1;

    Stopped(Throwable cause) {
      super(cause);
    }
  }
}
