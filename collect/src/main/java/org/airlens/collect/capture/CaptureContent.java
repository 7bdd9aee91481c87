package org.airlens.collect.capture;

import java.io.IOException;
import java.io.InputStream;
import org.airlens.collect.FeedContent;

/** One capture to be read. */
final class CaptureContent implements FeedContent {

  private final String name;
  private final InputStream body;
  private final Runnable acknowledged;

  CaptureContent(String name, InputStream body, Runnable acknowledged) {
    this.name = name;
    this.body = body;
    this.acknowledged = acknowledged;
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
    acknowledged.run();
  }

  @Override
  public void abandon() {
    acknowledged.run(); // It will not read better the next time.
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It was read; nothing more is wanted of it.
    }
  }
}
