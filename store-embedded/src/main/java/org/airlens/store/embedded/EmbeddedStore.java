package org.airlens.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.airlens.store.Durability;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;
import org.airlens.store.embedded.rollup.Days;
import org.airlens.store.embedded.rollup.RolledDays;

/**
 * Readings in QuestDB tables in a folder of this machine; one process at a time. Thread-safe: any
 * number of threads read beside the one that writes.
 */
public final class EmbeddedStore implements Store {

  private final StoreFolder folder;
  private final Database database;
  private final KnownSensors known;
  private final TableWriting writing;
  private final TableReadings readings;
  private final TableSeries series;
  private final RollingUp rollingUp;
  private final Optional<SqlPort> sqlPort;

  private EmbeddedStore(
      StoreFolder folder, Database database, MeasureColumns columns, OptionalInt port) {
    this.folder = folder;
    this.database = database;
    RowReading rows = new RowReading(columns);
    known = new KnownSensors(database, rows);
    known.load();
    readings = new TableReadings(database, columns, rows, known);
    RolledDays rolled = rolledDays(folder, database);
    rollingUp = new RollingUp(database, columns, rows, rolled);
    writing = new TableWriting(database, columns, known, rolled);
    series = new TableSeries(database, columns, new RolledSeries(database, columns, known, rolled));
    sqlPort =
        port.isPresent()
            ? Optional.of(SqlPort.open(database.engine(), port.getAsInt()))
            : Optional.empty();
  }

  /**
   * Opens the store in a folder, making it when it is not there.
   *
   * @param sqlPort where SQL tools may look, read-only; 0 for a free port
   * @throws StoreException when the folder can't be used, is in use, has another format or is
   *     damaged
   */
  public static EmbeddedStore open(Path root, Durability durability, OptionalInt sqlPort) {
    return open(root, sqlPort, folder -> Database.open(folder, durability));
  }

  /** Opens the store in a folder with a database that is opened in another way. */
  static EmbeddedStore open(Path root, OptionalInt sqlPort, Function<Path, Database> opener) {
    StoreFolder folder = StoreFolder.take(root);
    Database database = null;
    try {
      boolean isNew = folder.isNew();
      MeasureColumns columns =
          isNew ? MeasureColumns.begin(folder.root()) : MeasureColumns.read(folder.root());
      database = opener.apply(folder.database());
      if (isNew) {
        ReadingsTable.create(database, columns);
        folder.complete();
      } else {
        ReadingsTable.complete(database, columns);
      }
      return new EmbeddedStore(folder, database, columns, sqlPort);
    } catch (RuntimeException | Error e) {
      if (database != null) {
        database.close();
      }
      folder.close();
      throw e;
    }
  }

  private static RolledDays rolledDays(StoreFolder folder, Database database) {
    Map<Long, Long> rows = new HashMap<>();
    database.query(
        "SELECT minTimestamp, numRows FROM table_partitions('readings')",
        row -> {
          rows.put(Days.of(RowReading.instant(row.getTimestamp(0))), row.getLong(1));
          return true;
        });
    try {
      return RolledDays.open(folder.rollUps(), rows);
    } catch (IOException e) {
      throw new StoreException(
          "the roll-ups in %s can't be used (%s); remove that folder, it is made anew"
              .formatted(folder.rollUps(), e),
          e);
    }
  }

  /** The port on which SQL tools may look. */
  public OptionalInt sqlPort() {
    return sqlPort.isPresent() ? OptionalInt.of(sqlPort.get().port()) : OptionalInt.empty();
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

  @Override
  public StoreStatus status() {
    List<Long> counted =
        database.list("SELECT count() FROM " + Database.TABLE, row -> row.getLong(0));
    List<Instant> oldest =
        database.list(
            "SELECT ts FROM " + Database.TABLE + " ORDER BY ts LIMIT 1",
            row -> RowReading.instant(row.getTimestamp(0)));
    return new StoreStatus(
        "embedded",
        "embedded:" + folder.root(),
        counted.getFirst(),
        folder.bytes(),
        oldest.stream().findFirst(),
        known.newest(),
        writing.problem());
  }

  @Override
  public int dropBefore(Instant cutoff) {
    Instant day = cutoff.truncatedTo(ChronoUnit.DAYS);
    return writing.dropBefore(day);
  }

  @Override
  public boolean rollUp(Duration quiet) {
    return rollingUp.next(quiet);
  }

  @Override
  public void close() {
    rollingUp.stop();
    sqlPort.ifPresent(SqlPort::close);
    writing.close();
    database.close();
    folder.close();
  }
}
