package org.airlens.collect.feed;

import java.util.List;
import java.util.Locale;
import org.airlens.model.RejectionReason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** Reads the tokens of one entry into its fields, keys in any order. Not thread-safe. */
final class EntryReader {

  /** How many tokens an entry may have: honest ones have fewer than a hundred. */
  private static final int MAX_TOKENS = 10_000;

  private static final int TIMESTAMP = 0;
  private static final int LOCATION = 1;
  private static final int SENSOR = 2;
  private static final int VALUES = 3;
  private static final int ID = 4;
  private static final int LATITUDE = 5;
  private static final int LONGITUDE = 6;
  private static final int ALTITUDE = 7;
  private static final int COUNTRY = 8;
  private static final int EXACT = 9;
  private static final int INDOOR = 10;
  private static final int PIN = 11;
  private static final int TYPE = 12;
  private static final int NAME = 13;
  private static final int MANUFACTURER = 14;
  private static final int VALUE_TYPE = 15;
  private static final int VALUE = 16;

  private static final List<String> KEYS =
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
          "value");

  private final PropertyNameMatcher keys;
  private final Names names = new Names();
  private final EntryFields fields = new EntryFields();
  private int tokens;

  EntryReader(TokenStreamFactory json) {
    keys = json.constructNameMatcher(KEYS.stream().<Named>map(Named::fromString).toList(), false);
  }

  /**
   * Reads an entry, of which the parser stands at the first token, to its end.
   *
   * @return its fields, until the next call
   * @throws OversizeEntryException when it has more tokens than any honest one
   */
  EntryFields read(JsonParser json) {
    fields.clear();
    tokens = 0;
    int seen = 0;
    while (true) {
      int key = json.nextNameMatch(keys);
      if (key == PropertyNameMatcher.MATCH_END_OBJECT) {
        return fields;
      }
      seen = notTwice(seen, key);
      JsonToken token = next(json);
      switch (key) {
        case TIMESTAMP -> fields.epochSecond = time(json, token);
        case LOCATION -> location(json, token);
        case SENSOR -> sensor(json, token);
        case VALUES -> values(json, token);
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
      seen = notTwice(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case ID -> fields.locationId = id(json, inner);
        case LATITUDE -> fields.latitude = coordinate(json, inner);
        case LONGITUDE -> fields.longitude = coordinate(json, inner);
        case ALTITUDE -> fields.altitude = finiteOrAbsent(number(json, inner));
        case COUNTRY -> fields.country = country(json, inner);
        case EXACT -> fields.exact = number(json, inner) == 1;
        case INDOOR -> indoor(number(json, inner));
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
      seen = notTwice(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case ID -> fields.sensorId = id(json, inner);
        case PIN -> fields.pin = text(json, inner);
        case TYPE -> type(json, inner);
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
      seen = notTwice(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case ID -> {
          long id = id(json, inner);
          fields.typeId = id > 0 && id <= Integer.MAX_VALUE ? (int) id : 0;
        }
        case NAME -> fields.typeName = text(json, inner);
        case MANUFACTURER -> fields.manufacturer = text(json, inner);
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
      seen = notTwice(seen, key);
      JsonToken inner = next(json);
      switch (key) {
        case VALUE_TYPE -> type = text(json, inner);
        case VALUE -> value = number(json, inner);
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

  private JsonToken next(JsonParser json) {
    count();
    return json.nextToken();
  }

  private void count() {
    if (++tokens > MAX_TOKENS) {
      throw new OversizeEntryException();
    }
  }

  /** Like Jackson's own skipping, but bounded. */
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

  /** Degrees; NaN when the source has none; anything else that is no number is noted. */
  private double coordinate(JsonParser json, JsonToken token) {
    boolean absent =
        token == JsonToken.VALUE_NULL
            || (token == JsonToken.VALUE_STRING && json.getStringLength() == 0);
    double degrees = absent ? Double.NaN : number(json, token);
    fields.coordinatesUnreadable |= !absent && !Double.isFinite(degrees);
    return degrees;
  }

  private static double finiteOrAbsent(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private void indoor(double flag) {
    if (!Double.isNaN(flag)) {
      fields.indoor(flag == 1);
    }
  }

  private String country(JsonParser json, JsonToken token) {
    String code = text(json, token);
    boolean letters =
        code.length() == 2
            && Character.isLetter(code.charAt(0))
            && Character.isLetter(code.charAt(1));
    return letters ? code.toUpperCase(Locale.ROOT) : "";
  }

  private String text(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      return names.of(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    skip(json, token);
    return "";
  }
}
