/** The daily archive: its layout in a folder or on a server, and its CSV files and monthly zips. */
@NullMarked
package org.airlens.collect.archive;

import org.jspecify.annotations.NullMarked;
