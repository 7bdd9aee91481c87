package org.airlens.collect.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.airlens.collect.http.FeedFailure.Kind;
import org.airlens.collect.http.HttpSettings.Timeouts;

/** What went wrong between here and the server, said so that people can mend it. */
final class ConnectionFailures {

  private static final int DEEPEST = 20;
  private static final int LONGEST_DETAIL = 200;

  private ConnectionFailures() {}

  /** Why no answer came. */
  static FeedFailure of(IOException failure, String host, Timeouts timeouts) {
    boolean tls = is(failure, CertificateException.class) || is(failure, SSLException.class);
    return new FeedFailure(
        tls ? Kind.LASTING : Kind.PASSING, message(failure, host, timeouts), failure);
  }

  /** Why a body can't be read to its end, in a few words. */
  static String describe(Throwable failure) {
    return failure instanceof ZipException zip
        ? "its gzip is broken: " + detail(zip)
        : detail(failure);
  }

  private static String message(IOException failure, String host, Timeouts timeouts) {
    if (is(failure, UnresolvedAddressException.class) || is(failure, UnknownHostException.class)) {
      return "there is no host %s; check the address, and this machine's network and DNS"
          .formatted(host);
    }
    if (is(failure, HttpConnectTimeoutException.class)) {
      return "no connection to %s within %d ms; check this machine's network and firewall"
          .formatted(host, timeouts.connect().toMillis());
    }
    if (is(failure, HttpTimeoutException.class)) {
      return "%s took the connection but did not answer within %d ms; it will be asked again"
          .formatted(host, timeouts.response().toMillis());
    }
    if (is(failure, ConnectException.class)) {
      return "%s refuses the connection; check the port, or whether the server is down"
          .formatted(host);
    }
    if (is(failure, CertificateException.class)) {
      return "the certificate of %s is not to be trusted (%s); check this machine's clock and CA certificates, and what stands between"
          .formatted(host, innermost(failure));
    }
    if (is(failure, SSLException.class)) {
      return "TLS with %s fails (%s); check whether it speaks https on that port"
          .formatted(host, innermost(failure));
    }
    return "%s broke the connection off (%s); it will be asked again"
        .formatted(host, detail(failure));
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return causes(failure).anyMatch(kind::isInstance);
  }

  private static String innermost(Throwable failure) {
    return detail(causes(failure).reduce(failure, (outer, inner) -> inner));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  private static String detail(Throwable failure) {
    String message = failure.getMessage();
    String text =
        message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "…" : text;
  }
}
