/** A store in Amazon Timestream for LiveAnalytics: docs/timestream.md, decision 14. */
@NullMarked
package org.airlens.store.timestream;

import org.jspecify.annotations.NullMarked;
