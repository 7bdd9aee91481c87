package org.airlens.server;

import java.nio.file.Path;

/**
 * Where the server listens and what it bears.
 *
 * @param host the address to listen on: {@code 127.0.0.1}, {@code ::1}, {@code 0.0.0.0}
 * @param port the port to listen on; 0 picks a free one
 * @param version AirLens's version, as {@code /api/v1/status} tells it
 * @param limits what a client may ask for
 * @param analyses the folder of the tables that {@code airlens analyze} writes; need not exist
 */
public record ServerSettings(
    String host, int port, String version, ServerLimits limits, Path analyses) {

  /** Settings with the default limits. */
  public static ServerSettings of(String host, int port, String version, Path analyses) {
    return new ServerSettings(host, port, version, ServerLimits.DEFAULT, analyses);
  }
}
