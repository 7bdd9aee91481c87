package org.airlens.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;

/**
 * A source that does what a test writes down, step by step, then has nothing new. As every source
 * it delivers a content again until it has been acknowledged; any other step is done once.
 */
final class ScriptedSource implements Source {

  /** What happens when the source is asked. */
  @FunctionalInterface
  interface Step {
    Fetch fetch() throws SourceException;
  }

  private final String name;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private int contentsPerCycle = 1;

  ScriptedSource(String name) {
    this.name = name;
  }

  /** A document, delivered until it is acknowledged. */
  ScriptedSource delivers(String contentName, String document) {
    return delivers(contentName, () -> new ByteArrayInputStream(document.getBytes(UTF_8)));
  }

  /** A document that breaks off after this text, delivered until it is abandoned. */
  ScriptedSource breaksOff(String contentName, String text, String reason) {
    return delivers(
        contentName,
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(UTF_8)), new Broken(reason)));
  }

  /** A document whose body a test makes, delivered until it is acknowledged or abandoned. */
  ScriptedSource delivers(String contentName, Supplier<InputStream> body) {
    steps.add(() -> new Fetch.Content(new Content(contentName, body.get())));
    return this;
  }

  /** Any other answer, or a failure, given once. */
  ScriptedSource does(Step step) {
    steps.add(() -> {
      steps.poll();
      return step.fetch();
    });
    return this;
  }

  /** How many contents a cycle takes. */
  ScriptedSource perCycle(int contents) {
    contentsPerCycle = contents;
    return this;
  }

  /** What the source was told, in order: {@code acknowledged NAME}, {@code abandoned NAME}. */
  List<String> told() {
    return told;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int contentsPerCycle() {
    return contentsPerCycle;
  }

  @Override
  public Fetch fetch() throws SourceException {
    Step next = steps.peek();
    return next == null ? new Fetch.Unchanged() : next.fetch();
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private final class Content implements FeedContent {

    private final String contentName;
    private final InputStream body;

    Content(String contentName, InputStream body) {
      this.contentName = contentName;
      this.body = body;
    }

    @Override
    public String name() {
      return contentName;
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public void acknowledge() {
      told.add("acknowledged " + contentName);
      steps.poll();
    }

    @Override
    public void abandon() {
      told.add("abandoned " + contentName);
      steps.poll();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private static final class Broken extends InputStream {

    private final String reason;

    Broken(String reason) {
      this.reason = reason;
    }

    @Override
    public int read() throws IOException {
      throw new IOException(reason);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException(reason);
    }
  }
}
