/** The pipeline's steps on Apache Spark: history and feeds into a Parquet lake and into stores. */
@NullMarked
package org.airlens.spark;

import org.jspecify.annotations.NullMarked;
