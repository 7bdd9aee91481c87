package org.airlens.pipeline.engine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.backfill.BackfillReport;

/**
 * Something that does the pipeline's steps for more data than one process has time or room for;
 * found through {@link ServiceLoader}.
 */
public interface Engine {

  /** The name a person types: {@code spark}. */
  String name();

  /**
   * Loads history: validate, index, deduplicate, write into a lake and into a store. Doing it again
   * changes nothing.
   *
   * @throws EngineException when it can't
   * @throws org.airlens.store.StoreException when the store can't keep readings
   */
  BackfillReport backfill(BackfillJob job) throws EngineException;

  /**
   * Works off what lands, batch by batch: validate, index, deduplicate, write. What it has told to
   * be settled is durable; whatever ends it, doing it again goes on where it was.
   *
   * @return what it did, when it was told to stop or when there was nothing more to do
   * @throws EngineException when it can't
   * @throws org.airlens.store.StoreException when the store can't keep readings
   */
  CycleReport collect(CollectJob job) throws EngineException;

  /**
   * Makes all that a lake has anew, from what was reported, into a version that takes the place of
   * the former at once. When it does not come to its end, the lake is as it was.
   *
   * @throws EngineException when it can't, or was told to stop
   */
  ReprocessReport reprocess(ReprocessJob job) throws EngineException;

  /**
   * Answers a question about the history in a lake with a table, as Parquet and as CSV; files of a
   * former answer are replaced.
   *
   * @throws EngineException when it can't, or was told to stop
   */
  AnalysisReport analyze(AnalysisJob job) throws EngineException;

  /** The engine of this name, if it is installed. */
  static Optional<Engine> find(String name) {
    return installed().stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /** All that are installed. */
  static List<Engine> installed() {
    return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).toList();
  }
}
