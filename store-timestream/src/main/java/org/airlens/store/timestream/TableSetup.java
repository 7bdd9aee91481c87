package org.airlens.store.timestream;

import java.time.Duration;
import java.util.Optional;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.timestreamwrite.model.ConflictException;
import software.amazon.awssdk.services.timestreamwrite.model.PartitionKey;
import software.amazon.awssdk.services.timestreamwrite.model.PartitionKeyEnforcementLevel;
import software.amazon.awssdk.services.timestreamwrite.model.PartitionKeyType;
import software.amazon.awssdk.services.timestreamwrite.model.ResourceNotFoundException;
import software.amazon.awssdk.services.timestreamwrite.model.TableStatus;

/** Finds the table, and makes it when it is not there and the address asks for it. */
final class TableSetup {

  private static final Logger LOG = LoggerFactory.getLogger(TableSetup.class);

  private static final int MOST_LOOKS = 60;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final TimestreamAddress address;
  private final Service service;

  TableSetup(TimestreamAddress address, Service service) {
    this.address = address;
    this.service = service;
  }

  /**
   * The table's retention, once it can be used.
   *
   * @throws StoreException when it is not there and not to be made, or can't be made
   */
  Table.Retention prepare() {
    Optional<software.amazon.awssdk.services.timestreamwrite.model.Table> found = describe();
    if (found.isEmpty()) {
      if (!address.creates()) {
        throw new StoreException(
            "%s: there is no such table; create it, or open the store with ?create=true"
                .formatted(address.description()));
      }
      createDatabase();
      createTable();
    }
    Table.Retention retention = retention(whenActive());
    if (!retention.takesLate()) {
      LOG.atWarn()
          .addKeyValue("table", address.description())
          .log(
              "the table refuses readings older than its memory store keeps them ({} h):"
                  + " enable its magnetic store writes",
              retention.memory().toHours());
    }
    return retention;
  }

  private Optional<software.amazon.awssdk.services.timestreamwrite.model.Table> describe() {
    return service.call(
        "can't look at the table",
        () -> {
          try {
            return Optional.of(
                service
                    .write()
                    .describeTable(request ->
                        request.databaseName(address.database()).tableName(address.table()))
                    .table());
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private void createDatabase() {
    service.call(
        "can't create the database",
        () -> {
          try {
            return service
                .write()
                .createDatabase(request -> request.databaseName(address.database()));
          } catch (ConflictException e) {
            return e; // It is there already.
          }
        });
  }

  /**
   * All records have one measure name, by which a table is partitioned unless told: by sensor, a
   * query of one sensor reads a part of the table.
   */
  private void createTable() {
    service.call(
        "can't create the table",
        () -> {
          try {
            return service
                .write()
                .createTable(request ->
                    request
                        .databaseName(address.database())
                        .tableName(address.table())
                        .retentionProperties(retention ->
                            retention
                                .memoryStoreRetentionPeriodInHours((long) address.memoryHours())
                                .magneticStoreRetentionPeriodInDays((long) address.magneticDays()))
                        .magneticStoreWriteProperties(late -> late.enableMagneticStoreWrites(true))
                        .schema(schema ->
                            schema.compositePartitionKey(
                                PartitionKey.builder()
                                    .type(PartitionKeyType.DIMENSION)
                                    .name(Columns.SENSOR_ID)
                                    .enforcementInRecord(PartitionKeyEnforcementLevel.REQUIRED)
                                    .build())));
          } catch (ConflictException e) {
            return e; // Another node was faster.
          }
        });
    LOG.atInfo()
        .addKeyValue("table", address.description())
        .log(
            "created the table: memory store {} h, magnetic store {} d",
            address.memoryHours(),
            address.magneticDays());
  }

  private software.amazon.awssdk.services.timestreamwrite.model.Table whenActive() {
    for (int look = 0; look < MOST_LOOKS; look++) {
      var table = describe();
      if (table.isPresent()
          && (table.get().tableStatus() == null
              || table.get().tableStatus() == TableStatus.ACTIVE)) {
        return table.get();
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new StoreException(address.description() + ": the table is not active yet; try again");
  }

  private static Table.Retention retention(
      software.amazon.awssdk.services.timestreamwrite.model.Table table) {
    var periods = table.retentionProperties();
    var late = table.magneticStoreWriteProperties();
    return new Table.Retention(
        Duration.ofHours(periods.memoryStoreRetentionPeriodInHours()),
        Duration.ofDays(periods.magneticStoreRetentionPeriodInDays()),
        late != null && Boolean.TRUE.equals(late.enableMagneticStoreWrites()));
  }
}
