/** Settings: from flags, environment, YAML file or default, each with its origin. */
@NullMarked
package org.airlens.app.config;

import org.jspecify.annotations.NullMarked;
