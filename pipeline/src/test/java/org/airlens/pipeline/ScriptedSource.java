package org.airlens.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;

/**
 * A source that does what a test writes down, step by step, then has nothing new. As every source
 * it delivers a content again, once rewound, until it has been acknowledged or abandoned; any other
 * step is done once.
 */
final class ScriptedSource implements Source {

  /** What happens when the source is asked. */
  @FunctionalInterface
  interface Step {
    Fetch fetch() throws SourceException;
  }

  private final String name;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Step> done = ConcurrentHashMap.newKeySet();
  private final AtomicInteger delivered = new AtomicInteger();
  private int next;
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
    steps.add(
        new Step() {
          @Override
          public Fetch fetch() {
            return new Fetch.Content(new Content(contentName, body.get(), () -> done.add(this)));
          }
        });
    return this;
  }

  /** Any other answer, or a failure, given once. */
  ScriptedSource does(Step step) {
    steps.add(
        new Step() {
          @Override
          public Fetch fetch() throws SourceException {
            done.add(this);
            return step.fetch();
          }
        });
    return this;
  }

  /** How many contents have been delivered, those delivered again included. */
  int delivered() {
    return delivered.get();
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
    while (next < steps.size()) {
      Step step = steps.get(next++);
      if (!done.contains(step)) {
        return step.fetch();
      }
    }
    return new Fetch.Unchanged();
  }

  @Override
  public void rewind() {
    next = 0;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private final class Content implements FeedContent {

    private final String contentName;
    private final InputStream body;
    private final Runnable settle;

    Content(String contentName, InputStream body, Runnable settle) {
      this.contentName = contentName;
      this.body = body;
      this.settle = settle;
      delivered.incrementAndGet();
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
      settle.run();
    }

    @Override
    public void abandon() {
      told.add("abandoned " + contentName);
      settle.run();
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
