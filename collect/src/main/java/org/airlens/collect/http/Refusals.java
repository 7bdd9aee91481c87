package org.airlens.collect.http;

import org.airlens.collect.http.FeedFailure.Kind;

/** What an answer's status means when it is not the feed. */
final class Refusals {

  private Refusals() {}

  static FeedFailure of(int status, String flag) {
    return switch (status) {
      case 401 ->
          failure(
              Kind.LASTING,
              "401 Unauthorized; put the user and password into its address: https://user:password@…");
      case 403 ->
          failure(
              Kind.REFUSED,
              "403 Forbidden: it refuses this client, as it does when asked too often; "
                  + less(flag)
                  + " and see that the User-Agent names your contact");
      case 404 -> failure(Kind.LASTING, "404 Not Found; check the address of " + flag);
      case 410 ->
          failure(Kind.LASTING, "410 Gone: it was given up; put its successor into " + flag);
      case 429 -> failure(Kind.REFUSED, "429 Too Many Requests; " + less(flag));
      case 408, 425, 500, 502, 503, 504 ->
          failure(
              Kind.PASSING, named(status) + ": the server is in trouble; it will be asked again");
      default -> {
        if (status >= 500) {
          yield failure(
              Kind.PASSING, status + ": the server is in trouble; it will be asked again");
        }
        yield failure(
            Kind.LASTING, status + " where 200 was expected; check the address of " + flag);
      }
    };
  }

  private static String less(String flag) {
    return flag.equals("--archive") ? "take fewer --connections" : "take a longer --interval";
  }

  /** The status as people know it. */
  static String named(int status) {
    return switch (status) {
      case 408 -> "408 Request Timeout";
      case 425 -> "425 Too Early";
      case 429 -> "429 Too Many Requests";
      case 500 -> "500 Internal Server Error";
      case 502 -> "502 Bad Gateway";
      case 503 -> "503 Service Unavailable";
      case 504 -> "504 Gateway Timeout";
      default -> String.valueOf(status);
    };
  }

  private static FeedFailure failure(Kind kind, String what) {
    return new FeedFailure(kind, "it answered " + what);
  }
}
