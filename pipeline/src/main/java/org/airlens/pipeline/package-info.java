/** The cycle: validate, index, deduplicate, write. */
@NullMarked
package org.airlens.pipeline;

import org.jspecify.annotations.NullMarked;
