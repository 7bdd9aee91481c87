/** Readings as text: JSON, CSV and GeoJSON, streamed. */
@NullMarked
package org.airlens.server.format;

import org.jspecify.annotations.NullMarked;
