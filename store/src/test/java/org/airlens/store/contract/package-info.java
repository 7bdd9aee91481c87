/**
 * The contract kit: what every store must do, as tests that each store's module subclasses, checked
 * against {@link org.airlens.store.contract.ReferenceStore}.
 */
@NullMarked
package org.airlens.store.contract;

import org.jspecify.annotations.NullMarked;
