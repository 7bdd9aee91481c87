/** HTTP API, events, health, metrics and the page. */
@NullMarked
package org.airlens.server;

import org.jspecify.annotations.NullMarked;
