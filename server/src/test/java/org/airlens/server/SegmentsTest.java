package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SegmentsTest {

  @Property(tries = 100)
  void whatIsWrittenIsThereHoweverItIsDivided(
      @ForAll @Size(max = 20) List<byte[]> some, @ForAll @Size(min = 1, max = 9) byte[] pattern)
      throws IOException {
    Segments segments = new Segments();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (byte[] bytes : some) {
      for (int i = 0; i < 700; i++) {
        write(segments, expected, bytes);
      }
      write(segments, expected, pattern);
    }
    segments.write(7);
    expected.write(7);
    segments.close();
    ByteArrayOutputStream actual = new ByteArrayOutputStream();
    segments.writeTo(actual);
    assertThat(actual.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(segments.size()).isEqualTo(expected.size());
  }

  private static void write(Segments segments, ByteArrayOutputStream expected, byte[] bytes) {
    segments.write(bytes, 0, bytes.length);
    expected.write(bytes, 0, bytes.length);
  }
}
