/** Rules and readings as Spark's columns and rows: expressions, no functions of our own. */
@NullMarked
package org.airlens.spark.columns;

import org.jspecify.annotations.NullMarked;
