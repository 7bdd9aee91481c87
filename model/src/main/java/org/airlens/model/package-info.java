/** Reading, sensor, location and the measure catalogue. */
@NullMarked
package org.airlens.model;

import org.jspecify.annotations.NullMarked;
