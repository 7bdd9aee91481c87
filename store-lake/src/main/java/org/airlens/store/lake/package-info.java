/**
 * A read-only store over the Parquet lake that the Spark engine writes: docs/spark.md, decision 18.
 */
@NullMarked
package org.airlens.store.lake;

import org.jspecify.annotations.NullMarked;
