package org.airlens.store.timestream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the service answers when it refuses a request. */
final class ServiceError extends RuntimeException {

  private final int status;
  private final String type;
  private final List<Rejected> rejected;

  ServiceError(int status, String type, String message) {
    this(status, type, message, List.of());
  }

  private ServiceError(int status, String type, String message, List<Rejected> rejected) {
    super(message);
    this.status = status;
    this.type = type;
    this.rejected = rejected;
  }

  static ServiceError validation(String message) {
    return new ServiceError(400, "ValidationException", message);
  }

  static ServiceError notFound(String what) {
    return new ServiceError(400, "ResourceNotFoundException", what + " does not exist.");
  }

  static ServiceError conflict(String what) {
    return new ServiceError(400, "ConflictException", what + " already exists.");
  }

  static ServiceError throttled() {
    return new ServiceError(400, "ThrottlingException", "Rate exceeded");
  }

  static ServiceError rejected(List<Rejected> records) {
    return new ServiceError(
        419,
        "RejectedRecordsException",
        "One or more records have been rejected. See RejectedRecords for details.",
        List.copyOf(records));
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  /** One record that was not taken. */
  record Rejected(int index, String reason, @Nullable Long existingVersion) {}
}
