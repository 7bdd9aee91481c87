/** What is newest: the latest-values view and the live stream of new readings, in memory. */
@NullMarked
package org.airlens.store.live;

import org.jspecify.annotations.NullMarked;
