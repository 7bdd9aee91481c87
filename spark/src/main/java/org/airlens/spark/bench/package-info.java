/** What {@code airlens bench spark} measures. */
@NullMarked
package org.airlens.spark.bench;

import org.jspecify.annotations.NullMarked;
