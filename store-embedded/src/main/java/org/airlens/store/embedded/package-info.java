/** QuestDB in process behind the storage SPI. */
@NullMarked
package org.airlens.store.embedded;

import org.jspecify.annotations.NullMarked;
