package org.airlens.collect.feed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Bytes that are cut out of a document, and others that come in their place. */
record Damage(double place, int cut, List<Byte> inserted) {

  /** Flips, cuts and insertions; what JSON is made of does the most harm. */
  static Arbitrary<Damage> any() {
    Arbitrary<Byte> structure =
        Arbitraries.of('"', '{', '}', '[', ']', ',', ':', '\\', ' ', '\n', '0', 'n')
            .map(character -> (byte) character.charValue());
    Arbitrary<List<Byte>> inserted =
        Arbitraries.oneOf(structure, Arbitraries.bytes()).list().ofMaxSize(6);
    Arbitrary<Integer> cut =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 3)),
            Tuple.of(1, Arbitraries.integers().between(0, 1_500)));
    return Combinators.combine(Arbitraries.doubles().between(0, 1), cut, inserted).as(Damage::new);
  }

  /** The index of the first byte that is damaged; never the bracket, which makes it a feed. */
  int from(byte[] document) {
    return Math.min(1 + (int) (place * (document.length - 1)), document.length);
  }

  /** The index after the last byte that is cut. */
  int to(byte[] document) {
    return Math.min(document.length, from(document) + cut);
  }

  byte[] applyTo(byte[] document) {
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(document, 0, from(document));
    inserted.forEach(damaged::write);
    damaged.write(document, to(document), document.length - to(document));
    return damaged.toByteArray();
  }

  /** A stream that delivers a document in pieces. */
  static InputStream inPieces(byte[] document, int piece) {
    return new ByteArrayInputStream(document) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, piece));
      }
    };
  }

  @Override
  public String toString() {
    return "cut %d at %.6f, insert %s".formatted(cut, place, inserted);
  }
}
