/** The storage SPI, its query types, the latest-values view and the contract kit. */
@NullMarked
package org.airlens.store;

import org.jspecify.annotations.NullMarked;
