package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.airlens.collect.http.HttpSettings.Timeouts;
import org.junit.jupiter.api.Test;

class ArrivingBodyTest {

  private static final Duration NOTHING = Duration.ofNanos(1);

  private final CountingTransfer transfer = new CountingTransfer();
  private final ArrivingBody body =
      new ArrivingBody(new Timeouts(NOTHING, NOTHING, NOTHING, NOTHING));

  @Test
  void readsWhatHasArrivedHoweverLateTheReaderComes() throws IOException {
    body.onSubscribe(transfer);
    arrive("ab");
    arrive("cd");
    body.onComplete();
    assertThat(body.readAllBytes()).asString(US_ASCII).isEqualTo("abcd");
  }

  @Test
  void asksForNoMoreThanTwoPiecesAheadOfTheReader() throws IOException {
    body.onSubscribe(transfer);
    assertThat(transfer.requested).isEqualTo(2);
    arrive("ab");
    arrive("cd");
    assertThat(transfer.requested).isEqualTo(2);
    assertThat(body.read()).isEqualTo('a');
    assertThat(body.read()).isEqualTo('b');
    assertThat(transfer.requested).isEqualTo(3);
    assertThat(body.read()).isEqualTo('c');
    assertThat(transfer.requested).isEqualTo(4);
  }

  @Test
  void endsTheTransferWhenNothingArrivesInTime() {
    body.onSubscribe(transfer);
    assertThatThrownBy(body::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the server");
    assertThat(transfer.cancelled).isTrue();
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  @Test
  void endsATransferThatIsClosedInTheMiddle() throws IOException {
    body.onSubscribe(transfer);
    arrive("abc");
    assertThat(body.read()).isEqualTo('a');
    body.close();
    assertThat(transfer.cancelled).isTrue();
  }

  @Test
  void leavesATransferAloneThatIsAtItsEnd() {
    body.onSubscribe(transfer);
    body.onComplete();
    body.close();
    assertThat(transfer.cancelled).isFalse();
  }

  @Test
  void endsATransferThatBeginsAfterItWasGivenUp() {
    body.abort();
    body.onSubscribe(transfer);
    assertThat(transfer.cancelled).isTrue();
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  private void arrive(String text) {
    body.onNext(List.of(ByteBuffer.allocate(0), ByteBuffer.wrap(text.getBytes(US_ASCII))));
  }

  private static final class CountingTransfer implements Subscription {

    private long requested;
    private boolean cancelled;

    @Override
    public void request(long pieces) {
      requested += pieces;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
