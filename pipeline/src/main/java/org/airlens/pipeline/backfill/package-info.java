/** Loads history from the daily archive: in parallel, in bounded memory, resumable, idempotent. */
@NullMarked
package org.airlens.pipeline.backfill;

import org.jspecify.annotations.NullMarked;
