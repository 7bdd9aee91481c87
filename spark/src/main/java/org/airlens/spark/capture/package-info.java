/** Captures of the feed as a table, for {@code spark.read()}. */
@NullMarked
package org.airlens.spark.capture;

import org.jspecify.annotations.NullMarked;
