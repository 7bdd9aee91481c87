package org.airlens.server.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.airlens.model.TestReadings;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Documents that were finished, and such that were broken off. */
class ReadingOutputTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @ParameterizedTest
  @EnumSource(names = {"JSON", "GEOJSON"})
  void aDocumentIsWholeOnlyWhenItWasFinished(ReadingFormat format) {
    assertThat(MAPPER.readTree(written(format, true)).isObject()).isTrue();
    byte[] brokenOff = written(format, false);
    assertThatThrownBy(() -> MAPPER.readTree(brokenOff)).isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @EnumSource
  void theStreamBeneathStaysOpen(ReadingFormat format) {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    write(format, out, true);
    assertThat(out.size()).isPositive();
    assertThat(closed[0]).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void noPieceIsLargerThanAClientTakesAtOnce(ReadingFormat format) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            assertThat(length).isLessThanOrEqualTo(1 << 16);
            super.write(bytes, offset, length);
          }
        };
    write(format, out, true);
    assertThat(out.size()).isGreaterThan(1 << 16);
  }

  private static byte[] written(ReadingFormat format, boolean whole) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(format, out, whole);
    return out.toByteArray();
  }

  private static void write(ReadingFormat format, ByteArrayOutputStream out, boolean whole) {
    try (ReadingOutput document =
        format.begin(out, List.of("P1", "P2"), ReadingQuery.of(ReadingFilter.all()))) {
      for (int i = 0; i < 20_000; i++) {
        double value = Math.sin(i); // Of which no two are the same, and little is saved.
        document.write(
            TestReadings.dust(1 + i, TestReadings.NOON.plusSeconds(i), value, value * 1e9));
      }
      if (whole) {
        document.finish();
      }
    }
  }
}
