package org.airlens.collect.feed;

import java.util.Optional;

/**
 * What became of a document.
 *
 * @param name what people know it by
 * @param bytes how many bytes were read
 * @param entries how many entries it held, taken or not
 * @param rejections how many records and values were not taken
 */
public record ParsedFeed(String name, long bytes, long entries, long rejections) {

  /** That it is no feed; empty when it is, be it an empty one. */
  public Optional<String> problem() {
    return entries > 0 || rejections == 0
        ? Optional.empty()
        : Optional.of(name + " is no feed: there is no entry in it; check --source");
  }
}
