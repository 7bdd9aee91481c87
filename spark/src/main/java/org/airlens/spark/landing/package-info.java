/** The documents of a landing zone as a stream, for {@code spark.readStream()}. */
@NullMarked
package org.airlens.spark.landing;

import org.jspecify.annotations.NullMarked;
