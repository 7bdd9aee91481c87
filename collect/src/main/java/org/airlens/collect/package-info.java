/** Sources: live feed, archive, replay, push; polite HTTP and the feed parser. */
@NullMarked
package org.airlens.collect;

import org.jspecify.annotations.NullMarked;
