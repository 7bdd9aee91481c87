package org.airlens.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;

/** A live feed over HTTP. */
public final class HttpSource implements Source {

  private final URI url;
  private final HttpSettings settings;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * A source that asks a server.
   *
   * @param url an {@code http:} or {@code https:} address
   */
  public HttpSource(URI url, HttpSettings settings, InstantSource clock) {
    this.url = url;
    this.settings = settings;
    this.clock = clock;
    client = HttpClient.newBuilder().connectTimeout(settings.timeouts().connect()).build();
  }

  @Override
  public String name() {
    return url.getScheme() + "://" + url.getHost() + url.getPath();
  }

  @Override
  public Fetch fetch() throws SourceException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(settings.timeouts().response())
            .header("User-Agent", settings.userAgent())
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new SourceException(
            "can't read %s: it answered %d at %s"
                .formatted(name(), response.statusCode(), clock.instant()));
      }
      return new Fetch.Content(new Body(name(), response.body()));
    } catch (IOException e) {
      throw new SourceException("can't read %s: %s".formatted(name(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("can't read %s: interrupted".formatted(name()), e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private record Body(String name, InputStream body) implements FeedContent {

    @Override
    public void acknowledge() {}

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // It was read; nothing more is wanted of it.
      }
    }
  }
}
