package org.airlens.collect.feed;

import java.io.InputStream;
import org.airlens.model.RejectionReason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** Reads the tokens of one entry into its fields, keys in any order. Not thread-safe. */
final class EntryReader {

  /** How many tokens an entry may have: honest ones have fewer than a hundred. */
  private static final int MAX_TOKENS = 10_000;

  private static final String VALUES_NAME = Keys.NAMES.get(Keys.VALUES);

  private final JsonFactory json;
  private final PropertyNameMatcher keys;
  private final EntryFields fields;
  private final Names names;
  private int tokens;

  /**
   * A reader into fields.
   *
   * @param keys see {@link #keys}
   */
  EntryReader(JsonFactory json, PropertyNameMatcher keys, EntryFields fields, Names names) {
    this.json = json;
    this.keys = keys;
    this.fields = fields;
    this.names = names;
  }

  /** What finds the keys of entries. */
  static PropertyNameMatcher keys(JsonFactory json) {
    return json.constructNameMatcher(
        Keys.NAMES.stream().<Named>map(Named::fromString).toList(), false);
  }

  /** A parser for this reader. */
  JsonParser open(InputStream text) {
    return json.createParser(ObjectReadContext.empty(), text);
  }

  /**
   * Reads an entry, of which the parser stands at the first token, to its end.
   *
   * @throws BrokenEntryException when it has more tokens than any honest one, or another in it
   */
  void read(JsonParser json) {
    fields.clear();
    tokens = 0;
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        return;
      }
      seen = notTwice(seen, key);
      JsonToken token = next(json);
      switch (key) {
        case Keys.TIMESTAMP -> fields.time(time(json, token));
        case Keys.LOCATION -> location(json, token);
        case Keys.SENSOR -> sensor(json, token);
        case Keys.VALUES -> values(json, token);
        default -> skip(json, token);
      }
    }
  }

  /** Skips the value that the parser stands at. */
  void skipValue(JsonParser json) {
    tokens = 0;
    skip(json, json.currentToken());
  }

  private void location(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      skip(json, token);
      return;
    }
    fields.locationSeen();
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        return;
      }
      seen = inside(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case Keys.ID -> fields.locationId(id(json, inner));
        case Keys.LATITUDE -> fields.latitude(coordinate(json, inner), isAbsent(json, inner));
        case Keys.LONGITUDE -> fields.longitude(coordinate(json, inner), isAbsent(json, inner));
        case Keys.ALTITUDE -> fields.altitude(number(json, inner));
        case Keys.COUNTRY -> fields.country(text(json, inner));
        case Keys.EXACT -> fields.exact = number(json, inner) == 1;
        case Keys.INDOOR -> fields.indoor(number(json, inner));
        default -> skip(json, inner);
      }
    }
  }

  private void sensor(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      skip(json, token);
      return;
    }
    fields.sensorSeen();
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        return;
      }
      seen = inside(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case Keys.ID -> fields.sensorId(id(json, inner));
        case Keys.PIN -> fields.pin = text(json, inner);
        case Keys.TYPE -> type(json, inner);
        default -> skip(json, inner);
      }
    }
  }

  private void type(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      skip(json, token);
      return;
    }
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        return;
      }
      seen = inside(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case Keys.ID -> fields.typeId(id(json, inner));
        case Keys.NAME -> fields.typeName = text(json, inner);
        case Keys.MANUFACTURER -> fields.manufacturer = text(json, inner);
        default -> skip(json, inner);
      }
    }
  }

  private void values(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_ARRAY) {
      skip(json, token);
      return;
    }
    while (true) {
      JsonToken element = next(json);
      if (element == JsonToken.END_ARRAY) {
        return;
      }
      if (element == JsonToken.START_OBJECT) {
        value(json);
      } else {
        skip(json, element);
        fields.value("", Double.NaN);
      }
    }
  }

  private void value(JsonParser json) {
    String type = "";
    double value = Double.NaN;
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        fields.value(type, value);
        return;
      }
      seen = inside(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case Keys.VALUE_TYPE -> type = text(json, inner);
        case Keys.VALUE -> value = number(json, inner);
        default -> skip(json, inner);
      }
    }
  }

  /** An entry that says a thing twice can't be believed. */
  private int notTwice(int seen, int key) {
    if (key < 0) {
      return seen;
    }
    int bit = 1 << key;
    if ((seen & bit) != 0) {
      fields.refuse(RejectionReason.MALFORMED);
    }
    return seen | bit;
  }

  /**
   * Keys of an entry within one of its objects: where a bracket is lost, the values go on into the
   * next entry, and so on to the document's end. One such key may be a novelty of the feed's.
   */
  private int inside(int seen, int key) {
    int now = notTwice(seen, key);
    if (Integer.bitCount(now & Keys.OF_ENTRY) > 1) {
      throw new BrokenEntryException(RejectionReason.MALFORMED);
    }
    return now;
  }

  private JsonToken next(JsonParser json) {
    count();
    return json.nextToken();
  }

  private void count() {
    if (++tokens > MAX_TOKENS) {
      throw new BrokenEntryException(RejectionReason.TOO_LARGE);
    }
  }

  /** Like Jackson's own skipping, but bounded, and not over other entries. */
  private void skip(JsonParser json, JsonToken token) {
    if (!token.isStructStart()) {
      return;
    }
    int depth = 1;
    while (depth > 0) {
      JsonToken inner = next(json);
      if (inner.isStructStart()) {
        depth++;
      } else if (inner.isStructEnd()) {
        depth--;
      } else if (inner == JsonToken.PROPERTY_NAME && json.currentName().equals(VALUES_NAME)) {
        throw new BrokenEntryException(RejectionReason.MALFORMED);
      }
    }
  }

  private long time(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return FeedTime.parse(
          json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    skip(json, token);
    return token == JsonToken.VALUE_NULL ? EntryFields.ABSENT : FeedTime.INVALID;
  }

  private long id(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      return Decimals.parseWhole(
          json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    skip(json, token);
    return token == JsonToken.VALUE_NULL ? EntryFields.ABSENT : -1;
  }

  private double number(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      return Decimals.parse(
          json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    skip(json, token);
    return token == JsonToken.VALUE_TRUE ? 1 : token == JsonToken.VALUE_FALSE ? 0 : Double.NaN;
  }

  /** Degrees; NaN when the source has none, or when it is no number. */
  private double coordinate(JsonParser json, JsonToken token) {
    return isAbsent(json, token) ? Double.NaN : number(json, token);
  }

  private static boolean isAbsent(JsonParser json, JsonToken token) {
    return token == JsonToken.VALUE_NULL
        || (token == JsonToken.VALUE_STRING && json.getStringLength() == 0);
  }

  private String text(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      return names.of(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    skip(json, token);
    return "";
  }
}
