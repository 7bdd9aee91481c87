package org.airlens.collect.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.airlens.collect.FeedContent;
import org.airlens.collect.http.FeedFailure.Kind;

/** One document of a live feed as it arrives. */
final class LiveFeed implements FeedContent {

  private final String name;
  private final Watched body;
  private final Outcome outcome;

  LiveFeed(String name, InputStream json, Outcome outcome) {
    this.name = name;
    this.outcome = outcome;
    body = new Watched(json, outcome);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void acknowledge() {
    outcome.acknowledged();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It was read; nothing more is wanted of it.
    }
  }

  /** Learns what became of the document. */
  interface Outcome {

    void acknowledged();

    void brokeOff(FeedFailure failure);
  }

  /** Says failures in words that people can use, and tells them on. */
  private static final class Watched extends FilterInputStream {

    private final Outcome outcome;

    Watched(InputStream in, Outcome outcome) {
      super(in);
      this.outcome = outcome;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw told(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw told(e);
      }
    }

    private IOException told(IOException failure) {
      String problem = ConnectionFailures.describe(failure);
      outcome.brokeOff(new FeedFailure(Kind.PASSING, "it breaks off: " + problem, failure));
      return new IOException(problem, failure);
    }
  }
}
