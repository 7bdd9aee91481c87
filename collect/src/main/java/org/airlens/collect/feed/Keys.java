package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** The keys of an entry and of what it holds, by number. */
final class Keys {

  static final int TIMESTAMP = 0;
  static final int LOCATION = 1;
  static final int SENSOR = 2;
  static final int VALUES = 3;
  static final int ID = 4;
  static final int LATITUDE = 5;
  static final int LONGITUDE = 6;
  static final int ALTITUDE = 7;
  static final int COUNTRY = 8;
  static final int EXACT = 9;
  static final int INDOOR = 10;
  static final int PIN = 11;
  static final int TYPE = 12;
  static final int NAME = 13;
  static final int MANUFACTURER = 14;
  static final int VALUE_TYPE = 15;
  static final int VALUE = 16;

  /** Stands in every entry, and means nothing here. */
  static final int SAMPLING_RATE = 17;

  /** The bits of the keys that stand in an entry itself, and nowhere in its objects. */
  static final int OF_ENTRY = 1 << TIMESTAMP | 1 << LOCATION | 1 << SENSOR | 1 << VALUES;

  /** Any other key. */
  static final int UNKNOWN = -1;

  /** The names, in the order of their numbers. */
  static final List<String> NAMES =
      List.of(
          "timestamp",
          "location",
          "sensor",
          "sensordatavalues",
          "id",
          "latitude",
          "longitude",
          "altitude",
          "country",
          "exact_location",
          "indoor",
          "pin",
          "sensor_type",
          "name",
          "manufacturer",
          "value_type",
          "value",
          "sampling_rate");

  /** No key is longer, with its quotes. */
  static final int LONGEST = 3 * Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[][] BYTES =
      NAMES.stream().map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);

  private static final int[] LENGTHS = new int[NAMES.size()];

  /** Each key with its quotes as three words, and what of these words it fills. */
  private static final long[] EXPECTED = new long[NAMES.size() * 3];

  private static final long[] MASKS = new long[NAMES.size() * 3];

  static {
    for (int key = 0; key < BYTES.length; key++) {
      byte[] text = ("\"" + NAMES.get(key) + "\"").getBytes(US_ASCII);
      byte[] mask = new byte[LONGEST];
      Arrays.fill(mask, 0, text.length, (byte) -1);
      byte[] padded = Arrays.copyOf(text, LONGEST);
      LENGTHS[key] = text.length;
      for (int word = 0; word < 3; word++) {
        EXPECTED[key * 3 + word] = word(padded, word * Long.BYTES);
        MASKS[key * 3 + word] = word(mask, word * Long.BYTES);
      }
    }
  }

  private Keys() {}

  /**
   * Whether a key stands at an index, with its quotes.
   *
   * @param text has {@link #LONGEST} bytes from there on
   */
  static boolean stands(int key, byte[] text, int at) {
    int first = key * 3;
    return (word(text, at) & MASKS[first]) == EXPECTED[first]
        && (MASKS[first + 1] == 0
            || (word(text, at + Long.BYTES) & MASKS[first + 1]) == EXPECTED[first + 1])
        && (MASKS[first + 2] == 0
            || (word(text, at + 2 * Long.BYTES) & MASKS[first + 2]) == EXPECTED[first + 2]);
  }

  /** How many bytes a key takes with its quotes. */
  static int length(int key) {
    return LENGTHS[key];
  }

  /** The key that these bytes are, without quotes, or {@link #UNKNOWN}. */
  static int of(byte[] text, int from, int to) {
    for (int key = 0; key < BYTES.length; key++) {
      if (Arrays.equals(text, from, to, BYTES[key], 0, BYTES[key].length)) {
        return key;
      }
    }
    return UNKNOWN;
  }

  private static long word(byte[] text, int at) {
    return (long) WORDS.get(text, at);
  }
}
