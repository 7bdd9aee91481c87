package org.airlens.collect.http;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * What a server named a version of a document by.
 *
 * @param etag its {@code ETag}
 * @param lastModified its {@code Last-Modified}, as the server wrote it
 */
public record Validators(Optional<String> etag, Optional<String> lastModified) {

  /** No version is known. */
  public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

  static Validators of(HttpHeaders headers) {
    return new Validators(headers.firstValue("ETag"), headers.firstValue("Last-Modified"));
  }

  /** Asks for the feed only if it is another version. */
  void addTo(HttpRequest.Builder request) {
    etag.ifPresent(tag -> request.header("If-None-Match", tag));
    lastModified.ifPresent(time -> request.header("If-Modified-Since", time));
  }

  boolean isEmpty() {
    return etag.isEmpty() && lastModified.isEmpty();
  }
}
