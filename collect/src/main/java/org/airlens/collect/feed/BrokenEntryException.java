package org.airlens.collect.feed;

import org.airlens.model.RejectionReason;

/** An entry is not to be read to its end, though its JSON may be right. */
final class BrokenEntryException extends RuntimeException {

  private final RejectionReason reason;

  BrokenEntryException(RejectionReason reason) {
    super(reason.label(), null, false, false);
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }
}
