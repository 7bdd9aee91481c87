package org.airlens.collect.feed;

/**
 * What became of a document.
 *
 * @param bytes how many bytes were read
 * @param entries how many entries it held, taken or not
 */
public record ParsedFeed(long bytes, long entries) {}
