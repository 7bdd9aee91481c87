package org.airlens.collect.archive;

/**
 * What a document held.
 *
 * @param bytes its length
 * @param rows its rows, without headers and empty lines
 */
public record ParsedCsv(long bytes, long rows) {}
