package org.airlens.collect;

import org.airlens.model.RejectionReason;

/**
 * A record, or one value of it, that was not taken.
 *
 * @param source the document it stood in
 * @param reason why
 * @param offset where the record begins, in bytes of the decompressed document
 * @param excerpt the record's text, shortened
 */
public record Rejection(String source, RejectionReason reason, long offset, String excerpt) {}
