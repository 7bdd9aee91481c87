/** What does the pipeline's work elsewhere than in this process, found when it is installed. */
@NullMarked
package org.airlens.pipeline.engine;

import org.jspecify.annotations.NullMarked;
