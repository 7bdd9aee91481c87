/** The live feed over HTTP, asked politely: seldom, conditionally, and less often when it fails. */
@NullMarked
package org.airlens.collect.http;

import org.jspecify.annotations.NullMarked;
