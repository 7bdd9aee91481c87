package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed is asked for.
 *
 * @param url the address as it is requested, without user, password and fragment
 * @param authorization the header that user and password make, sent to this server only
 */
record FeedAddress(URI url, Optional<String> authorization) {

  /**
   * The address of a feed.
   *
   * @throws IllegalArgumentException when it is no {@code http:} or {@code https:} address
   */
  static FeedAddress of(URI url) {
    if (!isHttp(url)) {
      throw new IllegalArgumentException(
          "the source \"%s\" is no http: or https: address with a host"
              .formatted(url.getHost() == null ? url.getScheme() + ":…" : SafeUrl.of(url)));
    }
    return new FeedAddress(
        withoutUser(url), Optional.ofNullable(url.getUserInfo()).map(FeedAddress::basic));
  }

  /** Whether an address has the scheme and the host that a request needs. */
  static boolean isHttp(URI url) {
    boolean scheme = "http".equalsIgnoreCase(url.getScheme()) || isEncrypted(url);
    return scheme && url.getHost() != null;
  }

  static boolean isEncrypted(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** The header to send with a request, if this is still the server that it was given for. */
  Optional<String> authorizationFor(URI target) {
    boolean sameServer =
        isEncrypted(target) == isEncrypted(url)
            && SafeUrl.hostAndPort(target).equalsIgnoreCase(SafeUrl.hostAndPort(url));
    return sameServer ? authorization : Optional.empty();
  }

  /** An address without user, password and fragment. */
  static URI withoutUser(URI url) {
    return URI.create(
        "%s://%s%s%s"
            .formatted(
                url.getScheme(),
                SafeUrl.hostAndPort(url),
                rootIfEmpty(url.getRawPath()),
                url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
  }

  private static String rootIfEmpty(@Nullable String path) {
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }
}
