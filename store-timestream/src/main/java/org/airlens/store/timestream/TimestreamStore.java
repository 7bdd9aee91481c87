package org.airlens.store.timestream;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings in one table of Amazon Timestream for LiveAnalytics, which any number of nodes may
 * share. Thread-safe.
 */
public final class TimestreamStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(TimestreamStore.class);

  private final Service service;
  private final Table table;
  private final TableColumns columns;
  private final KnownSensors known;
  private final BatchWriting writing;
  private final TableReadings readings;
  private final TableSeries series;
  private final AtomicBoolean saidWhoForgets = new AtomicBoolean();
  private Counted counted = new Counted(0, Optional.empty(), Instant.MIN);

  private TimestreamStore(Service service, Table table) {
    this.service = service;
    this.table = table;
    columns = new TableColumns(table);
    known = new KnownSensors(table, columns);
    known.load();
    writing = new BatchWriting(table, columns, known);
    readings = new TableReadings(table, columns, known);
    series = new TableSeries(table, columns);
  }

  /**
   * Opens the store over a connection that it owns from now on.
   *
   * @throws org.airlens.store.StoreException when the table can't be used
   */
  static TimestreamStore open(TimestreamAddress address, Service service, Clock clock) {
    try {
      Table.Retention retention = new TableSetup(address, service).prepare();
      return new TimestreamStore(service, new Table(address, service, clock, retention));
    } catch (RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  @Override
  public ReadingWriter writer() {
    return writing;
  }

  @Override
  public ReadingReader readings() {
    return readings;
  }

  @Override
  public SeriesReader series() {
    return series;
  }

  @Override
  public SensorDirectory sensors() {
    return known;
  }

  /**
   * How it is doing; readings and the oldest of them are those within the lookback, counted anew
   * when the count is older than the address says, because counting reads all of it.
   */
  @Override
  public StoreStatus status() {
    service.checkOpen();
    Counted current = counted();
    return new StoreStatus(
        TimestreamAddress.SCHEME,
        table.address().description() + " (" + table.retention().description() + ")",
        current.readings(),
        0,
        current.oldest(),
        known.newest(),
        writing.problem());
  }

  private synchronized Counted counted() {
    Instant now = table.now();
    if (!now.isBefore(counted.at().plus(table.address().counted()))) {
      counted = count(now);
    }
    return counted;
  }

  private Counted count(Instant now) {
    if (!columns.current().contains(Columns.SENSOR_ID)) {
      return new Counted(0, Optional.empty(), now);
    }
    Counted[] result = {new Counted(0, Optional.empty(), now)};
    table.query(
        ("SELECT count(*), min(ms) FROM (SELECT DISTINCT \"sensor_id\","
                + " to_milliseconds(\"time\") AS ms FROM %s WHERE %s)")
            .formatted(
                table.address().sqlName(),
                TimeRange.last(table.address().lookback(), table).condition()),
        row -> {
          String oldest = row.get(1).scalarValue();
          result[0] =
              new Counted(
                  Long.parseLong(row.get(0).scalarValue()),
                  oldest == null
                      ? Optional.empty()
                      : Optional.of(Instant.ofEpochMilli(Long.parseLong(oldest))),
                  now);
        });
    return result[0];
  }

  /**
   * Drops nothing: Timestream forgets by itself what is older than the table's retention, and can
   * forget nothing else. To change that for a table that others may share is its owner's to do.
   */
  @Override
  public int dropBefore(Instant cutoff) {
    service.checkOpen();
    Instant forgotten = table.now().minus(table.retention().whole());
    if (cutoff.isAfter(forgotten) && saidWhoForgets.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("table", table.address().description())
          .addKeyValue("retention", table.retention().description())
          .log(
              "readings before {} stay: Timestream forgets by the table's retention;"
                  + " shorten that with 'aws timestream-write update-table'",
              cutoff);
    }
    return 0;
  }

  @Override
  public void close() {
    LOG.atDebug()
        .addKeyValue("metered_bytes", table.meteredBytes())
        .log("closing the Timestream store");
    service.close();
  }

  private record Counted(long readings, Optional<Instant> oldest, Instant at) {}
}
