/** The running process: stores, sources, cycles and server put together and taken apart again. */
@NullMarked
package org.airlens.app.node;

import org.jspecify.annotations.NullMarked;
