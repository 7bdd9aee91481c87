package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.Decimals;
import org.airlens.collect.feed.EntryFields;
import org.airlens.collect.feed.FeedTime;
import org.airlens.collect.feed.KnownPlaces;
import org.airlens.collect.feed.Names;
import org.airlens.model.RejectionReason;
import org.airlens.model.SensorType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive's CSV as a stream, with the rules of {@link EntryFields}: a row that can't be
 * taken is handed over as a rejection and the next one is read. Columns are told by the header's
 * names. Not thread-safe; use it again for the next document, whose sensors it remembers.
 */
public final class CsvParser {

  private static final int LONGEST_CELL = 64;
  private static final int LONGEST_IDENTITY = 256;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InstantSource clock;
  private final LongFunction<String> countries;
  private final KnownPlaces places = new KnownPlaces();
  private final Names names = new Names();
  private final CsvLines lines = new CsvLines();

  /** Where each cell of a row ends. */
  private final int[] ends = new int[CsvHeader.MOST_COLUMNS + 1];

  /** The cell that was looked at last. */
  private final char[] cell = new char[LONGEST_CELL + 1];

  private int cellLength;

  /** The beginning of the row whose sensor and place the fields hold. */
  private final byte[] identity = new byte[LONGEST_IDENTITY];

  private int identityLength;

  private EntryFields fields = new EntryFields(places);
  private @Nullable CsvHeader header;
  private String name = "";
  private String typeByName = "";
  private double indoor;
  private long now;

  /**
   * A parser.
   *
   * @param clock no reading is from this clock's future
   * @param countries the country's code of a location's id, empty when it is not known
   */
  public CsvParser(InstantSource clock, LongFunction<String> countries) {
    this.clock = clock;
    this.countries = countries;
  }

  /**
   * Reads a document to its end.
   *
   * @param newName the document's name in rejections
   * @param sensorType the make of sensor of rows that do not tell it
   * @param isIndoor whether the sensors stand indoors; empty when that is not known
   * @param document the CSV; not closed
   * @param sink takes the readings, not indexed yet, and the rejections, in the document's order
   * @throws IOException when the document can't be read further; what came before was handed over
   */
  public ParsedCsv parse(
      String newName,
      String sensorType,
      Optional<Boolean> isIndoor,
      InputStream document,
      EntrySink sink)
      throws IOException {
    name = newName;
    typeByName = sensorType.toUpperCase(Locale.ROOT);
    indoor = isIndoor.isEmpty() ? Double.NaN : isIndoor.get() ? 1 : 0;
    now = clock.instant().getEpochSecond();
    header = null;
    identityLength = 0;
    fields = new EntryFields(places); // Anew: see FeedParser.
    lines.begin(document);
    long rows = 0;
    boolean anything = false;
    while (true) {
      switch (lines.next()) {
        case LINE -> {
          if (!anything) {
            skipByteOrderMark();
          }
          rows += line(sink) ? 1 : 0;
        }
        case TOO_LONG -> {
          rows++;
          reject(RejectionReason.TOO_LARGE, sink);
        }
        case END -> {
          if (!anything) {
            sink.rejected(new Rejection(name, RejectionReason.TRUNCATED, 0, ""));
          }
          return new ParsedCsv(lines.position(), rows);
        }
      }
      anything = true;
    }
  }

  private void skipByteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    int start = lines.start();
    if (lines.end() - start >= mark
        && Arrays.equals(lines.bytes(), start, start + mark, BYTE_ORDER_MARK, 0, mark)) {
      lines.skip(mark);
    }
  }

  /** Takes a line; false when it is a header, which may come again where files were joined. */
  private boolean line(EntrySink sink) {
    byte first = lines.bytes()[lines.start()];
    boolean digit = first >= '0' && first <= '9';
    if (header == null || !digit) {
      Optional<CsvHeader> found = CsvHeader.of(lines.bytes(), lines.start(), lines.end());
      if (found.isPresent()) {
        header = found.get();
        identityLength = 0;
        return false;
      }
    }
    if (header == null) {
      reject(RejectionReason.MALFORMED, sink);
    } else {
      row(header, sink);
    }
    return true;
  }

  private void row(CsvHeader columns, EntrySink sink) {
    boolean sameSensor = beginsAsTheFormer();
    int first = sameSensor ? columns.identityColumns() : 0;
    int start = lines.start() + (sameSensor ? identityLength : 0);
    int cells = split(columns, first, start);
    if (cells < columns.size()) {
      reject(lines.isTerminated() ? RejectionReason.MALFORMED : RejectionReason.TRUNCATED, sink);
      return;
    }
    if (cells > columns.size() && lines.end() > ends[columns.size() - 1] + 1) {
      reject(RejectionReason.MALFORMED, sink);
      return;
    }
    if (sameSensor) {
      fields.clearValues();
    } else {
      beginSensor(columns);
    }
    for (int i = first; i < columns.size(); i++) {
      field(columns, i, start);
      start = ends[i] + 1;
    }
    taken(sink);
  }

  /** Whether the row's sensor and place are, byte for byte, those of the row before. */
  private boolean beginsAsTheFormer() {
    int start = lines.start();
    return identityLength > 0
        && lines.end() - start > identityLength
        && Arrays.equals(lines.bytes(), start, start + identityLength, identity, 0, identityLength);
  }

  /**
   * Notes where each cell ends.
   *
   * @param first the first cell to look for
   * @param from where it begins
   * @return how many cells there are, at most one more than there should be
   */
  private int split(CsvHeader columns, int first, int from) {
    byte[] bytes = lines.bytes();
    int end = lines.end();
    byte separator = (byte) columns.separator();
    int cells = first;
    for (int i = from; i < end; i++) {
      if (bytes[i] == separator) {
        ends[cells++] = i;
        if (cells == columns.size()) {
          return cells + 1;
        }
      }
    }
    ends[cells++] = end;
    return cells;
  }

  private void beginSensor(CsvHeader columns) {
    fields.clear();
    fields.sensorSeen();
    fields.locationSeen();
    fields.indoor(indoor);
    type(typeByName);
    int last = columns.identityColumns() - 1;
    int length = last < 0 ? 0 : ends[last] + 1 - lines.start();
    identityLength = length <= Math.min(LONGEST_IDENTITY, lines.end() - lines.start()) ? length : 0;
    System.arraycopy(lines.bytes(), lines.start(), identity, 0, identityLength);
  }

  private void field(CsvHeader columns, int index, int start) {
    take(lines.bytes(), start, ends[index]);
    boolean absent = cellLength == 0;
    switch (columns.column(index)) {
      case SENSOR_ID -> fields.sensorId(id(absent));
      case SENSOR_TYPE -> type(absent ? typeByName : text(start, ends[index]));
      case LOCATION -> {
        long id = id(absent);
        fields.locationId(id);
        fields.country(countries.apply(id));
      }
      case LATITUDE -> fields.latitude(number(), absent);
      case LONGITUDE -> fields.longitude(number(), absent);
      case TIMESTAMP ->
          fields.time(absent ? EntryFields.ABSENT : FeedTime.parse(cell, 0, cellLength));
      case ALTITUDE -> fields.altitude(number());
      case VALUE -> {
        if (!absent) { // An empty cell says that there is none, which is nothing wrong.
          fields.value(columns.measure(index), number());
        }
      }
      case IGNORED -> {}
    }
  }

  private void taken(EntrySink sink) {
    for (RejectionReason reason : fields.valueProblems()) {
      reject(reason, sink);
    }
    RejectionReason problem = fields.problem(now);
    if (problem == null) {
      sink.reading(fields.reading());
    } else {
      reject(problem, sink);
    }
  }

  private void type(String typeName) {
    SensorType make = SensorMakes.of(typeName);
    fields.type(make.id(), make.name(), make.manufacturer());
  }

  /** Copies a cell without the spaces and the quotes around it. */
  private void take(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    if (end - start >= 2 && bytes[start] == '"' && bytes[end - 1] == '"') {
      start++;
      end--;
    }
    cellLength = Math.min(end - start, LONGEST_CELL + 1);
    for (int i = 0; i < cellLength; i++) {
      cell[i] = (char) (bytes[start + i] & 0xFF);
    }
  }

  private long id(boolean absent) {
    return absent ? EntryFields.ABSENT : Decimals.parseWhole(cell, 0, cellLength);
  }

  private double number() {
    return Decimals.parse(cell, 0, cellLength);
  }

  private String text(int from, int to) {
    for (int i = 0; i < cellLength; i++) {
      if (cell[i] > '~') {
        char[] decoded = new String(lines.bytes(), from, to - from, UTF_8).strip().toCharArray();
        return names.of(decoded, 0, decoded.length);
      }
    }
    return names.of(cell, 0, cellLength);
  }

  private void reject(RejectionReason reason, EntrySink sink) {
    sink.rejected(new Rejection(name, reason, lines.offset(), lines.excerpt()));
  }
}
