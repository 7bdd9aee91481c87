package org.airlens.store.embedded;

import io.questdb.cairo.TableWriter;
import io.questdb.cairo.sql.TableRecordMetadata;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.store.ReadingWriter;
import org.airlens.store.StoreException;
import org.airlens.store.embedded.rollup.Days;
import org.airlens.store.embedded.rollup.RolledDays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches: one at a time, each durable and visible when it returns. */
final class TableWriting implements ReadingWriter, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TableWriting.class);

  private final Database database;
  private final MeasureColumns columns;
  private final KnownSensors known;
  private final RolledDays rolled;
  private volatile Optional<String> problem = Optional.empty();
  private boolean unfinished;
  private boolean refusedBefore;
  private boolean closed;

  TableWriting(Database database, MeasureColumns columns, KnownSensors known, RolledDays rolled) {
    this.database = database;
    this.columns = columns;
    this.known = known;
    this.rolled = rolled;
  }

  @Override
  public synchronized void write(List<Reading> batch) {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    if (!batch.isEmpty()) {
      changing(() -> {
        List<Reading> kept = withColumns(batch);
        invalidate(days(batch));
        database.commit(writer -> {
          Layout layout = new Layout(writer.getMetadata(), columns);
          for (Reading reading : kept) {
            layout.append(writer, reading);
          }
        });
        database.apply();
        known.written(kept);
      });
    }
  }

  /** Why the last write failed, empty when it did not. */
  Optional<String> problem() {
    return problem;
  }

  /** Drops the partitions of days before {@code day}; how many these were. */
  synchronized int dropBefore(Instant day) {
    String before = Sql.timestamp(day);
    List<Long> days =
        database.list(
            "SELECT count() FROM table_partitions('readings') WHERE maxTimestamp < " + before,
            row -> row.getLong(0));
    int partitions = days.getFirst().intValue();
    if (partitions > 0) {
      long firstKept = Days.of(day);
      changing(() -> {
        invalidate(rolled.before(firstKept));
        database.execute("ALTER TABLE readings DROP PARTITION WHERE ts < " + before);
        database.apply();
        rolled.dropped(firstKept);
        known.load();
      });
    }
    return partitions;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** Changes the table; after a change that failed, only once what it left behind is in order. */
  private void changing(Runnable change) {
    try {
      if (unfinished) {
        // The log may hold what was not applied, and the mapping a column that is not there yet.
        database.apply();
        ReadingsTable.addMissingColumns(database, columns);
        known.load();
      }
      unfinished = true;
      change.run();
      unfinished = false;
      rolled.changed();
      problem = Optional.empty();
    } catch (StoreException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static Set<Long> days(List<Reading> batch) {
    Set<Long> days = new HashSet<>();
    for (Reading reading : batch) {
      days.add(Days.of(reading.timestamp()));
    }
    return days;
  }

  /** Roll-ups of days that change no longer count, whatever becomes of the change. */
  private void invalidate(Collection<Long> days) {
    try {
      rolled.changing(days);
    } catch (IOException e) {
      throw new StoreException("a roll-up can't be removed before its day changes: " + e, e);
    }
  }

  /** Gives new measures their columns; the readings without those that can't have one. */
  private List<Reading> withColumns(List<Reading> batch) {
    Set<String> missing = new LinkedHashSet<>();
    for (Reading reading : batch) {
      MeasureValues values = reading.values();
      for (int i = 0; i < values.size(); i++) {
        if (columns.column(values.name(i)).isEmpty()) {
          missing.add(values.name(i));
        }
      }
    }
    if (missing.isEmpty()) {
      return batch;
    }
    List<String> accepted = columns.accepted(missing);
    if (!accepted.isEmpty()) {
      // The mapping first: a column that no mapping names would be lost after a crash between.
      MeasureColumns noted = columns.noted(accepted);
      ReadingsTable.addMissingColumns(database, noted);
      columns.use(noted);
    }
    return accepted.size() == missing.size() ? batch : withoutOthers(batch, missing);
  }

  private List<Reading> withoutOthers(List<Reading> batch, Set<String> missing) {
    if (!refusedBefore) {
      refusedBefore = true;
      LOG.warn(
          "measures are not kept, because the store has no room for more, and more such may follow"
              + " silently: {}",
          missing.stream().filter(name -> columns.column(name).isEmpty()).limit(10).toList());
    }
    return batch.stream()
        .map(reading -> {
          MeasureValues.Builder kept = MeasureValues.builder();
          MeasureValues values = reading.values();
          for (int i = 0; i < values.size(); i++) {
            if (columns.column(values.name(i)).isPresent()) {
              kept.add(values.name(i), values.value(i));
            }
          }
          return kept.size() == values.size()
              ? reading
              : new Reading(
                  reading.sensor(),
                  reading.location(),
                  reading.timestamp(),
                  kept.build(),
                  reading.aqi());
        })
        .toList();
  }

  /** Where each field stands in the table of now. */
  private static final class Layout {

    private final int sensor;
    private final int location;
    private final int latitude;
    private final int longitude;
    private final int altitude;
    private final int country;
    private final int exact;
    private final int indoor;
    private final int pin;
    private final int typeId;
    private final int typeName;
    private final int manufacturer;
    private final int aqi;
    private final Map<String, Integer> measures = new HashMap<>();

    Layout(TableRecordMetadata table, MeasureColumns columns) {
      sensor = table.getColumnIndex("sensor_id");
      location = table.getColumnIndex("location_id");
      latitude = table.getColumnIndex("latitude");
      longitude = table.getColumnIndex("longitude");
      altitude = table.getColumnIndex("altitude");
      country = table.getColumnIndex("country");
      exact = table.getColumnIndex("exact_location");
      indoor = table.getColumnIndex("indoor");
      pin = table.getColumnIndex("sensor_pin");
      typeId = table.getColumnIndex("sensor_type_id");
      typeName = table.getColumnIndex("sensor_type_name");
      manufacturer = table.getColumnIndex("sensor_type_manufacturer");
      aqi = table.getColumnIndex("aqi");
      columns
          .all()
          .forEach((measure, column) -> measures.put(measure, table.getColumnIndex(column)));
    }

    void append(WalWriter writer, Reading reading) {
      TableWriter.Row row = writer.newRow(reading.timestamp().getEpochSecond() * 1_000_000L);
      row.putLong(sensor, reading.sensor().id());
      row.putSym(pin, reading.sensor().pin());
      row.putInt(typeId, reading.sensor().type().id());
      row.putSym(typeName, reading.sensor().type().name());
      row.putSym(manufacturer, reading.sensor().type().manufacturer());
      append(row, reading.location());
      if (reading.aqi().isPresent()) {
        row.putInt(aqi, reading.aqi().getAsInt());
      }
      MeasureValues values = reading.values();
      for (int i = 0; i < values.size(); i++) {
        Integer column = measures.get(values.name(i));
        if (column != null) { // Always: measures without a column were taken out.
          row.putDouble(column, values.value(i));
        }
      }
      row.append();
    }

    private void append(TableWriter.Row row, Location place) {
      row.putLong(location, place.id());
      if (place.position().isPresent()) {
        Position position = place.position().get();
        row.putDouble(latitude, position.latitude());
        row.putDouble(longitude, position.longitude());
      }
      if (place.altitude().isPresent()) {
        row.putDouble(altitude, place.altitude().getAsDouble());
      }
      row.putSym(country, place.country());
      row.putBool(exact, place.exact());
      if (place.indoor().isPresent()) {
        row.putSym(indoor, Boolean.toString(place.indoor().get()));
      }
    }
  }
}
