package org.airlens.collect.push;

import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.feed.Decimals;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads the body of a push. */
final class PushBody {

  private static final int MAX_VALUES = 128;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxStringLength(4_096).build())
          .build();

  private PushBody() {}

  static List<PushedValue> read(byte[] body) throws RefusedPushException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedPushException("body", "it is no JSON object");
      }
      List<PushedValue> values = List.of();
      boolean found = false;
      for (String key = json.nextName(); key != null; key = json.nextName()) {
        JsonToken token = json.nextToken();
        if (key.equals("sensordatavalues")) {
          if (found || token != JsonToken.START_ARRAY) {
            throw new RefusedPushException(key, "expected one array of values");
          }
          found = true;
          values = values(json);
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new RefusedPushException("body", "it is no JSON object");
      }
      if (!found) {
        throw new RefusedPushException("sensordatavalues", "it is missing");
      }
      return values;
    } catch (JacksonException e) {
      throw new RefusedPushException(
          "body", "it is no JSON: " + String.valueOf(e.getOriginalMessage()).replace('\n', ' '));
    }
  }

  private static List<PushedValue> values(JsonParser json) throws RefusedPushException {
    List<PushedValue> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new RefusedPushException("sensordatavalues", "it holds what is no object");
      }
      if (values.size() == MAX_VALUES) {
        throw new RefusedPushException(
            "sensordatavalues", "it holds more than " + MAX_VALUES + " values");
      }
      values.add(value(json));
    }
    return values;
  }

  private static PushedValue value(JsonParser json) throws RefusedPushException {
    String type = "";
    String text = "";
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      JsonToken token = json.nextToken();
      if (!token.isScalarValue()) {
        json.skipChildren();
      } else if (key.equals("value_type")) {
        type = json.getString();
      } else if (key.equals("value")) {
        text = json.getString();
      }
    }
    if (type.isEmpty()) {
      throw new RefusedPushException("value_type", "it is missing");
    }
    double value = Decimals.parse(text);
    if (!Double.isFinite(value)) {
      throw new RefusedPushException(
          "value",
          "'%s' of %s is no number"
              .formatted(
                  text.length() > 40 ? text.substring(0, 40) + "…" : text,
                  type.length() > 64 ? type.substring(0, 64) + "…" : type));
    }
    return new PushedValue(type, value);
  }
}
