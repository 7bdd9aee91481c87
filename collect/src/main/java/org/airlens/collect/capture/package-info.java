/** Sources that replay what was captured: a file, a folder of captures, the bundled sample. */
@NullMarked
package org.airlens.collect.capture;

import org.jspecify.annotations.NullMarked;
