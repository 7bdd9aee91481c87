/** Readings in PostgreSQL: one process writes, any number read and follow. */
@NullMarked
package org.airlens.store.postgres;

import org.jspecify.annotations.NullMarked;
