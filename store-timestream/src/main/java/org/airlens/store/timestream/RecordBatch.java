package org.airlens.store.timestream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.airlens.model.Reading;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsRequest;

/**
 * Readings that one request writes.
 *
 * @param readings at most as many as a request takes, no identity twice
 * @param version what tells these writes from former ones
 */
record RecordBatch(List<Reading> readings, long version) {

  /**
   * Readings that have much in common stand together, and what they have in common is sent once.
   */
  private static final Comparator<Reading> ALIKE =
      Comparator.comparing((Reading reading) -> reading.location().country())
          .thenComparing(reading -> reading.sensor().type().name())
          .thenComparingLong(reading -> reading.sensor().id())
          .thenComparing(Reading::timestamp);

  /** The batches that write so many readings. */
  static List<RecordBatch> of(List<Reading> readings, long version) {
    List<Reading> sorted = readings.stream().sorted(ALIKE).toList();
    List<RecordBatch> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += Limits.RECORDS) {
      batches.add(
          new RecordBatch(
              sorted.subList(from, Math.min(from + Limits.RECORDS, sorted.size())), version));
    }
    return batches;
  }

  /** The request. */
  WriteRecordsRequest request(TimestreamAddress address) {
    Map<String, String> common = common();
    return WriteRecordsRequest.builder()
        .databaseName(address.database())
        .tableName(address.table())
        .commonAttributes(RecordForm.common(common, version))
        .records(
            readings.stream().map(reading -> RecordForm.record(reading, version, common)).toList())
        .build();
  }

  /** The dimensions that all have, with the same value. */
  private Map<String, String> common() {
    Map<String, String> common = new LinkedHashMap<>(RecordForm.dimensions(readings.getFirst()));
    for (Reading reading : readings) {
      common.entrySet().retainAll(RecordForm.dimensions(reading).entrySet());
    }
    return common;
  }
}
