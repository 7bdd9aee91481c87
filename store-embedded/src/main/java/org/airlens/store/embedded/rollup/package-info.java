/**
 * Roll-ups: the readings of a day aggregated by sensor and hour, in a file of its own. They follow
 * from the readings, so that a file that is damaged or gone is made anew.
 */
@NullMarked
package org.airlens.store.embedded.rollup;

import org.jspecify.annotations.NullMarked;
