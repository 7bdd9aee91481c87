/** A Spark data source of the daily archive's files, read by AirLens's own reader. */
@NullMarked
package org.airlens.spark.archive;

import org.jspecify.annotations.NullMarked;
