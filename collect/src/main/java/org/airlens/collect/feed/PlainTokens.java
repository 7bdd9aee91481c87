package org.airlens.collect.feed;

/** The tokens that plain entries consist of, read one after the other. Not thread-safe. */
final class PlainTokens {

  /** Instead of a key: there is none that is plain. */
  static final int NO_KEY = -2;

  private static final int LONGEST_TEXT = 64;
  private static final int LONGEST_ID = 18;
  private static final int PLACES = Keys.NAMES.size() + 1;

  private final Names names;

  /** Which key came after each other one in each object the last time: servers keep an order. */
  private final byte[] followers;

  private byte[] bytes = new byte[0];
  private int at;
  private int limit;
  private boolean ranOut;

  /** The scalar that was read last: its characters, without quotes. */
  private final char[] text = new char[LONGEST_TEXT + 1];

  private int length;
  private boolean quoted;
  private boolean isNull;

  PlainTokens(Names names, int objects) {
    this.names = names;
    followers = new byte[objects * PLACES];
  }

  void begin(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    limit = to;
    ranOut = false;
  }

  /** The index of the next byte. */
  int at() {
    return at;
  }

  /** What {@link #at} points into. */
  byte[] bytes() {
    return bytes;
  }

  /** No byte from here on is looked at. */
  int limit() {
    return limit;
  }

  /** Whether more bytes were wanted than there are. */
  boolean ranOut() {
    return ranOut;
  }

  /** Passes spaces and this character, when it comes next. */
  boolean take(char expected) {
    boolean found = (at < limit && bytes[at] == expected) || next() == expected;
    if (found) {
      at++;
    }
    return found;
  }

  /** Passes spaces; the index of what comes next. */
  int skipSpaces() {
    next();
    return at;
  }

  /**
   * The id of the object that comes next, when that begins with it and with no space; otherwise −1.
   * Passes spaces and nothing else.
   */
  long idAhead() {
    if (next() != '{' || at + 1 + Keys.LONGEST > limit || !Keys.stands(Keys.ID, bytes, at + 1)) {
      return -1;
    }
    int i = at + 1 + Keys.length(Keys.ID);
    if (bytes[i] != ':') {
      return -1;
    }
    int from = i + 1;
    int stop = Math.min(limit, from + LONGEST_ID + 1);
    long id = 0;
    for (i = from; i < stop && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      id = id * 10 + (bytes[i] - '0');
    }
    return i > from && i < stop ? id : -1;
  }

  /** Passes bytes that were looked at. */
  void pass(int count) {
    at += count;
  }

  /** Passes a key and its colon. */
  int key(int object, int previous) {
    if (next() != '"') {
      return NO_KEY;
    }
    int follower = object * PLACES + previous + 1;
    int expected = followers[follower];
    if (at + Keys.LONGEST <= limit && Keys.stands(expected, bytes, at)) {
      at += Keys.length(expected);
      return take(':') ? expected : NO_KEY;
    }
    at++;
    int end = endOfText();
    if (end < 0) {
      return NO_KEY;
    }
    int key = Keys.of(bytes, at, end);
    followers[follower] = (byte) Math.max(key, 0);
    at = end + 1;
    return take(':') ? key : NO_KEY;
  }

  /** Passes a text, a number or null; false when it is anything else. */
  boolean scalar() {
    int first = next();
    isNull = false;
    quoted = first == '"';
    if (quoted) {
      return text();
    }
    return first == 'n' ? nothing() : digits();
  }

  /** Whether the scalar says nothing. */
  boolean isAbsent() {
    return isNull || (quoted && length == 0);
  }

  /** The scalar as an id. */
  long id() {
    return isNull ? EntryFields.ABSENT : Decimals.parseWhole(text, 0, length);
  }

  /** The scalar as a number. */
  double number() {
    return isNull ? Double.NaN : Decimals.parse(text, 0, length);
  }

  /** The scalar as a name. */
  String name() {
    return isNull ? "" : names.of(text, 0, length);
  }

  /** The scalar as a time. */
  long time() {
    if (quoted) {
      return FeedTime.parse(text, 0, length);
    }
    return isNull ? EntryFields.ABSENT : FeedTime.INVALID;
  }

  /** Passes spaces; the byte that comes next. */
  private int next() {
    int i = at;
    while (i < limit) {
      byte b = bytes[i];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        at = i;
        return b;
      }
      i++;
    }
    at = i;
    ranOut = true;
    return -1;
  }

  private boolean text() {
    int from = at + 1;
    int stop = Math.min(limit, from + LONGEST_TEXT + 1);
    for (int i = from; i < stop; i++) {
      byte b = bytes[i];
      if (b == '"') {
        length = i - from;
        at = i + 1;
        return true;
      }
      if (b < ' ' || b == '\\') {
        return false; // A byte beyond ASCII is negative.
      }
      text[i - from] = (char) b;
    }
    ranOut = stop == limit;
    return false;
  }

  private int endOfText() {
    int stop = Math.min(limit, at + LONGEST_TEXT + 1);
    for (int i = at; i < stop; i++) {
      byte b = bytes[i];
      if (b == '"') {
        return i;
      }
      if (b < ' ' || b == '\\') {
        return -1;
      }
    }
    ranOut = stop == limit;
    return -1;
  }

  private boolean nothing() {
    if (limit - at < 4) {
      ranOut = true;
      return false;
    }
    isNull = bytes[at + 1] == 'u' && bytes[at + 2] == 'l' && bytes[at + 3] == 'l';
    length = 0;
    at += 4;
    return isNull;
  }

  /** A number as JSON has it, without an exponent. */
  private boolean digits() {
    int from = at;
    int stop = Math.min(limit, from + LONGEST_TEXT);
    int i = from < stop && bytes[from] == '-' ? from + 1 : from;
    int whole = i;
    i = afterDigits(i, stop);
    boolean plain = i > whole && (bytes[whole] != '0' || i == whole + 1);
    if (i < stop && bytes[i] == '.') {
      int fraction = i + 1;
      i = afterDigits(fraction, stop);
      plain &= i > fraction;
    }
    length = i - from;
    for (int n = 0; n < length; n++) {
      text[n] = (char) bytes[from + n];
    }
    at = i;
    ranOut |= i == limit;
    return plain && i < stop;
  }

  private int afterDigits(int from, int stop) {
    int i = from;
    while (i < stop && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }
}
