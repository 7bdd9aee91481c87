/** Air-quality index standards, averaging, calibration: pure functions. */
@NullMarked
package org.airlens.aqi;

import org.jspecify.annotations.NullMarked;
