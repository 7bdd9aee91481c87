package org.airlens.collect.http;

import java.net.URI;
import java.net.http.HttpResponse;
import org.airlens.collect.http.FeedFailure.Kind;

/** Where a server sends its clients on to, if that may be followed: to encrypted addresses only. */
final class Redirects {

  /** So many are followed for one answer. */
  static final int MOST = 5;

  private Redirects() {}

  static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** The next address to ask. */
  static URI target(URI from, HttpResponse<?> response, String flag) throws FeedFailure {
    String location = response.headers().firstValue("Location").orElse("");
    URI to = resolved(from, location);
    if (!FeedAddress.isHttp(to)) {
      throw new FeedFailure(
          Kind.LASTING,
          "it answered %d without an address to go on to; check the address of %s"
              .formatted(response.statusCode(), flag));
    }
    if (!FeedAddress.isEncrypted(to)) {
      throw new FeedFailure(
          Kind.LASTING,
          "it redirects to %s, which is not encrypted and so not followed; if that is right, put it into %s"
              .formatted(SafeUrl.of(to), flag));
    }
    return FeedAddress.withoutUser(to);
  }

  static FeedFailure tooMany(URI last, String flag) {
    return new FeedFailure(
        Kind.LASTING,
        "it redirects more than %d times, last to %s; put its own address into %s"
            .formatted(MOST, SafeUrl.of(last), flag));
  }

  private static URI resolved(URI from, String location) {
    try {
      return location.isEmpty() ? URI.create(location) : from.resolve(location);
    } catch (IllegalArgumentException e) {
      return URI.create("");
    }
  }
}
