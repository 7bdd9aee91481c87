package org.airlens.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.http.HttpSettings.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A body as it arrives. Reading it waits for the server no longer than the timeouts allow, and
 * holds no more than two pieces that were not read yet. One thread reads; any thread may {@link
 * #abort}.
 */
final class ArrivingBody extends InputStream implements BodySubscriber<ArrivingBody> {

  /** So many pieces are asked for ahead of the reader. */
  private static final int AHEAD = 2;

  private final Timeouts timeouts;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Subscription> transfer = new CompletableFuture<>();
  private Iterator<ByteBuffer> pieces = Collections.emptyIterator();
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private @Nullable Part last;
  private long waitedNanos;
  private long received;

  ArrivingBody(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public CompletionStage<ArrivingBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (transfer.complete(subscription)) {
      subscription.request(AHEAD);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> arrived) {
    parts.add(new Part.Bytes(arrived));
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(new Part.Broken(failure));
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End());
  }

  @Override
  public int read() throws IOException {
    return advance() ? piece.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, piece.remaining());
    piece.get(buffer, offset, count);
    return count;
  }

  /** What can be read without waiting: gzip looks here for a further member. */
  @Override
  public int available() {
    return piece.remaining();
  }

  /** Ends the transfer if it goes on; a thread that reads gets an {@link IOException}. */
  void abort() {
    // Completed here when the transfer has not begun: then it is cancelled when it does.
    transfer.cancel(false);
    if (!transfer.isCancelled()) {
      transfer.join().cancel();
    }
    parts.add(new Part.Broken(new IOException("the transfer was given up")));
  }

  @Override
  public void close() {
    if (!(last instanceof Part.End) && !(parts.peek() instanceof Part.End)) {
      abort();
    }
  }

  private boolean advance() throws IOException {
    while (!piece.hasRemaining()) {
      if (pieces.hasNext()) {
        piece = pieces.next();
        received += piece.remaining();
      } else if (!nextPart()) {
        return false;
      }
    }
    return true;
  }

  private boolean nextPart() throws IOException {
    Part part = last == null ? await() : last;
    return switch (part) {
      case Part.Bytes(List<ByteBuffer> buffers) -> {
        pieces = buffers.iterator();
        transfer.join().request(1);
        yield true;
      }
      case Part.End end -> {
        last = end;
        yield false;
      }
      case Part.Broken broken -> {
        last = broken;
        throw new IOException(
            ConnectionFailures.describe(broken.failure()) + after(), broken.failure());
      }
    };
  }

  private Part await() throws IOException {
    long left = timeouts.body().toNanos() - waitedNanos;
    long begin = System.nanoTime();
    try {
      Part part = parts.poll(Math.min(left, timeouts.stall().toNanos()), TimeUnit.NANOSECONDS);
      waitedNanos += System.nanoTime() - begin;
      return part == null ? tooSlow() : part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted" + after());
    }
  }

  private Part tooSlow() {
    boolean dripped = waitedNanos >= timeouts.body().toNanos();
    String problem =
        dripped
            ? "the server took more than %s over it".formatted(seconds(timeouts.body()))
            : "the server sent nothing more for %s".formatted(seconds(timeouts.stall()));
    abort();
    return new Part.Broken(new IOException(problem));
  }

  private String after() {
    return " (after %,d bytes)".formatted(received);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  /** One signal of the transfer. */
  private sealed interface Part {

    record Bytes(List<ByteBuffer> buffers) implements Part {}

    record Broken(Throwable failure) implements Part {}

    record End() implements Part {}
  }
}
