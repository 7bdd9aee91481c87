package org.airlens.app.config;

import java.util.List;

/**
 * What a setting is set to.
 *
 * @param texts one value, or several of a repeatable setting; empty when it is off
 * @param origin who set it: {@code default}, a flag, a variable, a file
 */
public record SettingValue(List<String> texts, String origin) {

  /** Copies the list. */
  public SettingValue {
    texts = List.copyOf(texts);
  }
}
