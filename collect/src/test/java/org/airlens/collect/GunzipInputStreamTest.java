package org.airlens.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GunzipInputStreamTest {

  @Property(tries = 200)
  void readsWhatWasCompressed(
      @ForAll @Size(max = 100_000) byte[] plain, @ForAll @IntRange(min = 1, max = 50_000) int piece)
      throws IOException {
    assertThat(gunzip(gzip(plain), piece)).isEqualTo(plain);
  }

  @Test
  void readsAllMembers() throws IOException {
    byte[] members = join(gzip(bytes("ab")), gzip(bytes("")), gzip(bytes("cd")));
    assertThat(gunzip(members, 1)).asString(UTF_8).isEqualTo("abcd");
  }

  @Test
  void readsAHundredThousandMembersThatHoldNothing() throws IOException {
    byte[] empty = gzip(bytes(""));
    byte[] many = new byte[empty.length * 100_000];
    for (int i = 0; i < many.length; i += empty.length) {
      System.arraycopy(empty, 0, many, i, empty.length);
    }
    assertThat(gunzip(join(many, gzip(bytes("end"))), 10_000)).asString(UTF_8).isEqualTo("end");
  }

  @Test
  void passesAllThatAHeaderCanHold() throws IOException {
    byte[] plain = gzip(bytes("text"));
    byte[] head = Arrays.copyOf(plain, 10);
    head[3] = 4 | 8 | 16 | 2;
    byte[] extras = {3, 0, 1, 2, 3, 'n', 0, 'c', 0, 7, 7};
    byte[] all = join(head, extras, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(gunzip(all, 100)).asString(UTF_8).isEqualTo("text");
  }

  @Test
  void leavesAloneWhatFollows() throws IOException {
    assertThat(gunzip(join(gzip(bytes("a")), new byte[100]), 100)).asString(UTF_8).isEqualTo("a");
    assertThat(gunzip(join(gzip(bytes("a")), bytes("\u001f")), 1)).asString(UTF_8).isEqualTo("a");
  }

  @Test
  void saysWhereverItIsCutOff() throws IOException {
    byte[] whole = gzip(bytes("text"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> gunzip(cut, 100))
          .as("cut at %d", length)
          .isInstanceOf(EOFException.class)
          .hasMessage("its gzip ends too early");
    }
  }

  @Test
  void saysThatTheChecksumDoesNotMatch() throws IOException {
    byte[] broken = gzip(bytes("text"));
    broken[broken.length - 8]++;
    assertThatThrownBy(() -> gunzip(broken, 100))
        .isInstanceOf(ZipException.class)
        .hasMessage("its checksum or size does not match");
  }

  @Property(tries = 500)
  void failsOnlyWithAnIoExceptionHoweverItIsBroken(
      @ForAll @IntRange(max = 5_000) int at, @ForAll byte other) throws IOException {
    byte[] broken = gzip("The same again and again. ".repeat(400).getBytes(UTF_8));
    broken[at % broken.length] = other;
    try {
      gunzip(broken, 77);
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static byte[] gunzip(byte[] compressed, int piece) throws IOException {
    InputStream pieces =
        new ByteArrayInputStream(compressed) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, piece));
          }
        };
    try (InputStream plain = new GunzipInputStream(pieces)) {
      return plain.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
