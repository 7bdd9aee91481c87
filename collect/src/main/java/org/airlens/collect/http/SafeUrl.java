package org.airlens.collect.http;

import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses as they may be logged and shown: without user, password, and what looks secret. */
final class SafeUrl {

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "token|key|secret|pass|pwd|sig|auth|credential|session|code", Pattern.CASE_INSENSITIVE);

  /** No filter of the feeds has a value like this; tokens do. */
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_+/=~-]{24,}");

  private static final String MASK = "***";

  private SafeUrl() {}

  /** The address without its secrets. */
  static String of(URI url) {
    return url.getScheme() + "://" + hostAndPort(url) + orEmpty(url.getRawPath()) + query(url);
  }

  /** The host, and the port where it is not the scheme's own. */
  static String hostAndPort(URI url) {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  static String orEmpty(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static String query(URI url) {
    String query = url.getRawQuery();
    if (query == null) {
      return "";
    }
    return Arrays.stream(query.split("&", -1))
        .map(SafeUrl::masked)
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String masked(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return OPAQUE.matcher(parameter).matches() ? MASK : parameter;
    }
    String key = parameter.substring(0, equals);
    String value = parameter.substring(equals + 1);
    boolean secret = SECRET_KEY.matcher(key).find() || OPAQUE.matcher(value).matches();
    return secret ? key + "=" + MASK : parameter;
  }
}
