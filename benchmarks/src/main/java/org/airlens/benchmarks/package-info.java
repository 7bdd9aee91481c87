/** JMH and whole-process comparisons with peers. */
@NullMarked
package org.airlens.benchmarks;

import org.jspecify.annotations.NullMarked;
