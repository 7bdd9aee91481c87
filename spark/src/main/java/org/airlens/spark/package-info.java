/** The pipeline's steps on Apache Spark: history into a Parquet lake and into stores. */
@NullMarked
package org.airlens.spark;

import org.jspecify.annotations.NullMarked;
