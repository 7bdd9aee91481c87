package org.airlens.store.timestream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.model.Reading;
import org.airlens.store.ReadingWriter;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecord;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecordsException;

/**
 * Writes batches as requests of at most a hundred records, several at a time. Each write has a
 * version above all former ones of this node and, as clocks go, of the others; the service keeps of
 * an identity in a series the record with the highest. Returns only when it took every record.
 */
final class BatchWriting implements ReadingWriter {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriting.class);

  /** How often a record goes out with a version above that of another node's. */
  private static final int MOST_RAISES = 3;

  private final Table table;
  private final TableColumns columns;
  private final KnownSensors known;
  private final MeasureRoom room;
  private final Semaphore writers;
  private final AtomicLong lastVersion = new AtomicLong();
  private volatile Optional<String> problem = Optional.empty();

  BatchWriting(Table table, TableColumns columns, KnownSensors known) {
    this.table = table;
    this.columns = columns;
    this.known = known;
    room = new MeasureRoom(columns);
    writers = new Semaphore(table.address().writers());
  }

  /** Why the last write failed; empty when it did not. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void write(List<Reading> batch) {
    table.service().checkOpen();
    if (batch.isEmpty()) {
      return;
    }
    try {
      List<Reading> readings = lastOfEachIdentity(batch);
      long version = nextVersion();
      Rejections rejections = new Rejections();
      send(RecordBatch.of(readings, version), rejections);
      columns.written(columnsOf(readings));
      if (!rejections.isEmpty()) {
        throw new StoreException(
            "%s: not all of %d readings were taken: %s"
                .formatted(
                    table.address().description(),
                    readings.size(),
                    rejections.description(table.retention())));
      }
      known.written(readings, version);
      problem = Optional.empty();
    } catch (StoreException e) {
      problem = Optional.ofNullable(e.getMessage());
      throw e;
    }
  }

  /** The service refuses a request that has an identity twice. */
  private List<Reading> lastOfEachIdentity(List<Reading> batch) {
    Map<Identity, Reading> readings = LinkedHashMap.newLinkedHashMap(batch.size());
    for (Reading reading : batch) {
      readings.put(new Identity(reading.sensor().id(), reading.timestamp()), room.fit(reading));
    }
    return new ArrayList<>(readings.values());
  }

  /** Microseconds since 1970, or one more than the highest known: clocks may have been set back. */
  private long nextVersion() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, table.now());
    long highest = known.highestVersion();
    return lastVersion.updateAndGet(last -> Math.max(Math.max(last, highest) + 1, now));
  }

  private void send(List<RecordBatch> batches, Rejections rejections) {
    if (batches.size() == 1) {
      send(batches.getFirst(), rejections, 0);
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> sent = new ArrayList<>(batches.size());
      for (RecordBatch batch : batches) {
        sent.add(
            threads.submit(() -> {
              send(batch, rejections, 0);
              return true;
            }));
      }
      try {
        for (Future<Boolean> one : sent) {
          one.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new StoreException(table.address().description() + ": interrupted", e);
      } catch (ExecutionException e) {
        threads.shutdownNow(); // Whoever writes again writes all again.
        throw e.getCause() instanceof StoreException failure
            ? failure
            : new StoreException(table.address().description() + ": can't write", e);
      }
    }
  }

  private void send(RecordBatch batch, Rejections rejections, int raises) {
    List<RejectedRecord> rejected = request(batch);
    List<Reading> behind = new ArrayList<>();
    long highest = 0;
    for (RejectedRecord one : rejected) {
      Long existing = one.existingVersion();
      if (existing == null) {
        rejections.add(one);
      } else if (existing <= batch.version()) {
        // Another node's write of the same microsecond: ours comes after it.
        behind.add(batch.readings().get(one.recordIndex()));
        highest = Math.max(highest, existing);
      } else {
        LOG.debug("a record of {} was there in a later version", existing);
      }
    }
    if (!behind.isEmpty()) {
      if (raises == MOST_RAISES) {
        throw new StoreException(
            table.address().description() + ": others write the same readings; try again");
      }
      long above = highest;
      long raised = lastVersion.updateAndGet(last -> Math.max(last, above) + 1);
      send(new RecordBatch(behind, raised), rejections, raises + 1);
    }
  }

  /** Writes, and tells what was rejected; what was not is written. */
  private List<RejectedRecord> request(RecordBatch batch) {
    try {
      writers.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(table.address().description() + ": interrupted", e);
    }
    try {
      return table
          .service()
          .call(
              "can't write readings",
              () -> {
                try {
                  table.service().write().writeRecords(batch.request(table.address()));
                  return List.of();
                } catch (RejectedRecordsException e) {
                  return e.rejectedRecords();
                }
              });
    } finally {
      writers.release();
    }
  }

  private static Set<String> columnsOf(List<Reading> readings) {
    Set<String> names = new HashSet<>();
    readings.forEach(reading -> RecordForm.columns(reading, names));
    return names;
  }

  private record Identity(long sensorId, Instant timestamp) {}
}
