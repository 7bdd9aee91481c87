package org.airlens.collect.feed;

import java.util.function.ObjLongConsumer;
import org.airlens.model.Location;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;

/**
 * Reads the entries that are written as nearly all are: short ASCII texts with nothing escaped, no
 * key twice, objects and arrays only where the feed has them. It knows no errors: an entry that is
 * anything else it leaves to {@link EntryReader}, which makes the same fields of all that this one
 * takes, only slower. Not thread-safe.
 */
final class PlainEntryReader {

  /** Entries of more members are not plain: far fewer than {@link EntryReader} takes. */
  static final int MOST_MEMBERS = 1_000;

  /** The objects of an entry. */
  private static final int ENTRY = 0;

  private static final int LOCATION = 1;
  private static final int SENSOR = 2;
  private static final int TYPE = 3;
  private static final int VALUE = 4;
  private static final int OBJECTS = 5;

  /** What comes next in an array. */
  enum Found {
    /** A plain entry, whose fields were read. */
    ENTRY,
    /** The array's closing bracket. */
    END_OF_ARRAY,
    /** What is there ends before this could be known. */
    UNFINISHED,
    /** Anything else. */
    NOT_PLAIN
  }

  /** What is known from entries before, also of other documents. */
  record Known(KnownTexts<Sensor> sensors, KnownTexts<Location> locations) {
    Known() {
      this(new KnownTexts<>(), new KnownTexts<>());
    }
  }

  private final EntryFields fields;
  private final PlainTokens tokens;
  private final KnownObject<Sensor> sensor;
  private final KnownObject<Location> location;
  private final int mostMembers;
  private int members;
  private int start;
  private String valueType = "";
  private double value;

  /**
   * A reader into fields.
   *
   * @param known the objects of entries before
   * @param mostMembers entries of more members are not plain; none is when this is 0
   */
  PlainEntryReader(EntryFields fields, Names names, Known known, int mostMembers) {
    this.fields = fields;
    this.mostMembers = mostMembers;
    tokens = new PlainTokens(names, OBJECTS);
    sensor = new KnownObject<>(SENSOR, known.sensors(), fields::sensor);
    location = new KnownObject<>(LOCATION, known.locations(), fields::location);
  }

  /**
   * Reads what comes next in an array.
   *
   * @param from the index after the array's bracket or after an entry
   * @param to no byte from here on is looked at
   * @param afterEntry whether a comma must come first
   */
  Found next(byte[] bytes, int from, int to, boolean afterEntry) {
    tokens.begin(bytes, from, to);
    if (tokens.take(']')) {
      return Found.END_OF_ARRAY;
    }
    fields.clear();
    sensor.begin();
    location.begin();
    members = 0;
    boolean plain = !afterEntry || tokens.take(',');
    start = tokens.skipSpaces();
    if (plain && object(ENTRY)) {
      return Found.ENTRY;
    }
    return tokens.ranOut() ? Found.UNFINISHED : Found.NOT_PLAIN;
  }

  /** Tells what was made of the entry that was found, so that the same texts need not be read. */
  void made(Reading reading) {
    sensor.made(reading.sensor());
    location.made(reading.location());
  }

  /** The index of the brace of the entry that was found. */
  int start() {
    return start;
  }

  /** The index after what was found. */
  int end() {
    return tokens.at();
  }

  private boolean object(int object) {
    if (!tokens.take('{')) {
      return false;
    }
    int seen = 0;
    int previous = Keys.UNKNOWN;
    do {
      int key = tokens.key(object, previous);
      int bit = key < 0 ? 0 : 1 << key;
      int known = object == ENTRY ? seen : seen | Keys.OF_ENTRY; // These stand in an entry only.
      boolean plain = key != PlainTokens.NO_KEY && (known & bit) == 0 && ++members <= mostMembers;
      if (!plain || !member(object, key)) {
        return false;
      }
      seen |= bit;
      previous = key;
    } while (tokens.take(','));
    return tokens.take('}');
  }

  private boolean member(int object, int key) {
    return switch (object) {
      case ENTRY -> entryMember(key);
      case LOCATION -> locationMember(key);
      case SENSOR -> sensorMember(key);
      case TYPE -> typeMember(key);
      default -> valueMember(key);
    };
  }

  private boolean entryMember(int key) {
    return switch (key) {
      case Keys.TIMESTAMP -> timestamp();
      case Keys.LOCATION -> {
        fields.locationSeen();
        yield location.read();
      }
      case Keys.SENSOR -> {
        fields.sensorSeen();
        yield sensor.read();
      }
      case Keys.VALUES -> values();
      default -> tokens.scalar();
    };
  }

  private boolean timestamp() {
    if (!tokens.scalar()) {
      return false;
    }
    fields.time(tokens.time());
    return true;
  }

  private boolean locationMember(int key) {
    if (!tokens.scalar()) {
      return false;
    }
    switch (key) {
      case Keys.ID -> fields.locationId(tokens.id());
      case Keys.LATITUDE -> fields.latitude(tokens.number(), tokens.isAbsent());
      case Keys.LONGITUDE -> fields.longitude(tokens.number(), tokens.isAbsent());
      case Keys.ALTITUDE -> fields.altitude(tokens.number());
      case Keys.COUNTRY -> fields.country(tokens.name());
      case Keys.EXACT -> fields.exact = tokens.number() == 1;
      case Keys.INDOOR -> fields.indoor(tokens.number());
      default -> {}
    }
    return true;
  }

  private boolean sensorMember(int key) {
    if (key == Keys.TYPE) {
      return object(TYPE);
    }
    if (!tokens.scalar()) {
      return false;
    }
    switch (key) {
      case Keys.ID -> fields.sensorId(tokens.id());
      case Keys.PIN -> fields.pin = tokens.name();
      default -> {}
    }
    return true;
  }

  private boolean typeMember(int key) {
    if (!tokens.scalar()) {
      return false;
    }
    switch (key) {
      case Keys.ID -> fields.typeId(tokens.id());
      case Keys.NAME -> fields.typeName = tokens.name();
      case Keys.MANUFACTURER -> fields.manufacturer = tokens.name();
      default -> {}
    }
    return true;
  }

  private boolean values() {
    if (!tokens.take('[')) {
      return false;
    }
    do {
      valueType = "";
      value = Double.NaN;
      if (!object(VALUE)) {
        return false;
      }
      fields.value(valueType, value);
    } while (tokens.take(','));
    return tokens.take(']');
  }

  private boolean valueMember(int key) {
    if (!tokens.scalar()) {
      return false;
    }
    switch (key) {
      case Keys.VALUE_TYPE -> valueType = tokens.name();
      case Keys.VALUE -> value = tokens.number();
      default -> {}
    }
    return true;
  }

  /** An object of the entry whose text may be known from entries before. */
  private final class KnownObject<T> {

    private final int object;
    private final KnownTexts<T> known;
    private final ObjLongConsumer<T> into;
    private long id;
    private int from;
    private int to;
    private int memberCount;

    KnownObject(int object, KnownTexts<T> known, ObjLongConsumer<T> into) {
      this.object = object;
      this.known = known;
      this.into = into;
    }

    void begin() {
      to = 0;
    }

    boolean read() {
      id = tokens.idAhead();
      from = tokens.at();
      int place =
          id < 0 ? KnownTexts.UNKNOWN : known.find(id, tokens.bytes(), from, tokens.limit());
      if (place != KnownTexts.UNKNOWN) {
        members += known.members(place);
        tokens.pass(known.length(place));
        into.accept(known.made(place), id);
        return members <= mostMembers;
      }
      int before = members;
      boolean plain = object(object);
      to = plain && id >= 0 ? tokens.at() : 0;
      memberCount = members - before;
      return plain;
    }

    void made(T result) {
      if (to > 0) {
        known.keep(id, tokens.bytes(), from, to, memberCount, result);
      }
    }
  }
}
