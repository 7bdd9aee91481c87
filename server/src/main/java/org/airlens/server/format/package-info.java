/** Readings as documents: JSON, CSV, GeoJSON and Parquet, streamed. */
@NullMarked
package org.airlens.server.format;

import org.jspecify.annotations.NullMarked;
