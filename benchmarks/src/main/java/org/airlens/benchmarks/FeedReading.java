package org.airlens.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The feed parser beside Jackson's bare tokenizer, which only steps over the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class FeedReading {

  /** The file that holds the document. */
  @Param("")
  public String document = "";

  private byte[] bytes = new byte[0];
  private final JsonFactory json = new JsonFactory();
  private final FeedParser parser = new FeedParser(InstantSource.system());

  /** For JMH. */
  public FeedReading() {}

  /** Reads the document into memory. */
  @Setup
  public void load() throws IOException {
    bytes = Files.readAllBytes(Path.of(document));
  }

  /** From bytes to readings. */
  @Benchmark
  public long feedParser(Blackhole blackhole) throws IOException {
    return parser
        .parse("document", new ByteArrayInputStream(bytes), new Swallow(blackhole))
        .entries();
  }

  /** From bytes to tokens, of which nothing is read; straight from the array, its fastest way. */
  @Benchmark
  public long tokenizer() {
    try (JsonParser tokens = json.createParser(ObjectReadContext.empty(), bytes)) {
      return count(tokens);
    }
  }

  /** The same from a stream, as a feed comes. */
  @Benchmark
  public long tokenizerOfStream() {
    try (JsonParser tokens =
        json.createParser(ObjectReadContext.empty(), new ByteArrayInputStream(bytes))) {
      return count(tokens);
    }
  }

  private static long count(JsonParser tokens) {
    long count = 0;
    while (tokens.nextToken() != null) {
      count++;
    }
    return count;
  }

  private record Swallow(Blackhole blackhole) implements EntrySink {

    @Override
    public void reading(Reading reading) {
      blackhole.consume(reading);
    }

    @Override
    public void rejected(Rejection rejection) {
      blackhole.consume(rejection);
    }
  }
}
