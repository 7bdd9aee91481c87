package org.airlens.store.timestream;

import java.util.Set;
import org.airlens.store.StoreException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Says what failed, where, and what would mend it, without secrets. */
final class Failures {

  private static final int LONGEST = 300;

  /** The service answers these with what was signed, a session's token among it. */
  private static final Set<String> TELL_TALES =
      Set.of(
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException");

  private final TimestreamAddress address;

  Failures(TimestreamAddress address) {
    this.address = address;
  }

  /** The exception to throw. */
  StoreException of(String doing, RuntimeException failure) {
    String where = address.description() + ": " + doing + ": ";
    if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = String.valueOf(service.awsErrorDetails().errorCode());
      if (TELL_TALES.contains(code)) {
        return new StoreException(
            where
                + "AWS refused the signature (%s); check the secret key and the clock"
                    .formatted(code));
      }
      String said = shortened(String.valueOf(service.awsErrorDetails().errorMessage()));
      return new StoreException(where + code + ": " + said + advice(code), failure);
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("Unable to load credentials")) {
      return new StoreException(
          where
              + "no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or"
              + " AWS_PROFILE, or give this machine a role");
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return new StoreException(where + "no answer in time; try again", failure);
    }
    return new StoreException(where + shortened(said), failure);
  }

  private String advice(String code) {
    return switch (code) {
      case "AccessDeniedException", "AccessDenied" ->
          "; docs/timestream.md has the policy that the user or role needs";
      case "UnrecognizedClientException", "ExpiredTokenException", "InvalidClientTokenId" ->
          "; renew the AWS credentials";
      case "ThrottlingException" -> "; wait, or lower the option writers";
      case "ResourceNotFoundException" -> "; create it, or open the store with ?create=true";
      case "ServiceQuotaExceededException" -> "; ask AWS to raise the quota";
      default -> "";
    };
  }

  static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
