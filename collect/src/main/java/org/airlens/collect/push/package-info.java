/** What stations push: the airrohr firmware's own format. */
@NullMarked
package org.airlens.collect.push;

import org.jspecify.annotations.NullMarked;
