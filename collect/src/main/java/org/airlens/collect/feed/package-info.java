/** Reads feed documents: entries into readings, oddities into counted rejections. */
@NullMarked
package org.airlens.collect.feed;

import org.jspecify.annotations.NullMarked;
