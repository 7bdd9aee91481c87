package org.airlens.collect.archive;

import java.time.LocalDate;

/**
 * A folder of the archive that holds files: a day, a month of zips, or files that lie in the root.
 *
 * @param path where it lies below the archive's root, empty or ending in {@code /}
 * @param first the first day its files are about
 * @param last the last day its files are about
 */
public record ArchiveFolder(String path, LocalDate first, LocalDate last) {}
