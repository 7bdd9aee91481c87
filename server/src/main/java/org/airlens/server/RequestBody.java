package org.airlens.server;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a client sends along, as long as it sends it at a bearable pace. */
final class RequestBody {

  private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);

  private RequestBody() {}

  /**
   * Reads a body.
   *
   * @throws ProblemException 413 when it is larger, 400 when it breaks off
   */
  static byte[] read(ServerRequest request, int mostBytes) {
    return taken(
        request,
        in -> {
          byte[] body = in.readNBytes(mostBytes + 1);
          if (body.length > mostBytes) {
            in.transferTo(OutputStream.nullOutputStream());
            throw ProblemException.of(413, "a push may have %d bytes at most".formatted(mostBytes));
          }
          return body;
        });
  }

  /**
   * Reads a body that nobody asked for, so that the connection can go on.
   *
   * @return whether there was one
   */
  static boolean discard(ServerRequest request) {
    return request.content().hasEntity()
        && taken(request, in -> in.transferTo(OutputStream.nullOutputStream())) >= 0;
  }

  private static <T> T taken(ServerRequest request, Taker<T> taker) {
    try (InputStream in = StallWatch.over(request.content().inputStream())) {
      return taker.take(in);
    } catch (ProblemException | RequestException | CloseConnectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The web server reports what is wrong with a body in many ways, none of them ours to mend.
      LOG.debug("a body could not be read", e);
      throw ProblemException.brokenBody();
    }
  }

  @FunctionalInterface
  private interface Taker<T> {
    T take(InputStream in) throws IOException;
  }
}
