package org.airlens.server;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes what a client sends along, as long as it sends it at a bearable pace. */
final class RequestBody {

  private RequestBody() {}

  /**
   * Reads a body.
   *
   * @throws ProblemException 413 when it is larger, 400 when it breaks off
   */
  static byte[] read(ServerRequest request, int mostBytes) {
    try (InputStream in = StallWatch.over(request.content().inputStream())) {
      byte[] body = in.readNBytes(mostBytes + 1);
      if (body.length > mostBytes) {
        in.transferTo(OutputStream.nullOutputStream());
        throw ProblemException.of(
            413, "Too large", "a push may have %d bytes at most".formatted(mostBytes));
      }
      return body;
    } catch (IOException e) {
      throw ProblemException.of(400, "Broken off", "the body could not be read to its end");
    }
  }

  /**
   * Reads a body that nobody asked for, so that the connection can go on.
   *
   * @return whether there was one
   */
  static boolean discard(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return false;
    }
    try (InputStream in = StallWatch.over(request.content().inputStream())) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw ProblemException.of(400, "Broken off", "the body could not be read to its end");
    }
    return true;
  }
}
