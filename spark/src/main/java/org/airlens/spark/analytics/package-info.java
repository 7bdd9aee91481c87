/** Questions about history as expressions over a lake's readings: docs/analytics.md. */
@NullMarked
package org.airlens.spark.analytics;

import org.jspecify.annotations.NullMarked;
