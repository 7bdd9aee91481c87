/** Command line, configuration, assembly. */
@NullMarked
package org.airlens.app;

import org.jspecify.annotations.NullMarked;
