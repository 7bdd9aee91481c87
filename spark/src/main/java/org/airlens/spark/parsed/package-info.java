/**
 * What AirLens's own parsers make of documents, as rows: readings, rejections, and each document's
 * end.
 */
@NullMarked
package org.airlens.spark.parsed;

import org.jspecify.annotations.NullMarked;
