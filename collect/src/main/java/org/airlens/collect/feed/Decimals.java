package org.airlens.collect.feed;

/** Reads decimal numbers from characters without making a string of them. */
public final class Decimals {

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int LONGEST = 64;

  private Decimals() {}

  /** Like {@link #parse(char[], int, int)}, of a whole text. */
  public static double parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /**
   * The number written as a sign, digits, a fraction and an exponent, the last two optional, spaces
   * around allowed: nearest double, infinite when out of range; NaN when anything else is written.
   */
  public static double parse(char[] text, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && text[at] == ' ') {
      at++;
    }
    while (end > at && text[end - 1] == ' ') {
      end--;
    }
    int start = at;
    if (at == end || end - at > LONGEST) {
      return Double.NaN;
    }
    boolean negative = text[at] == '-';
    if (negative || text[at] == '+') {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int fraction = 0;
    boolean inFraction = false;
    int written = 0;
    for (; at < end; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9') {
        written++;
        if (digits > 0 || c != '0') {
          digits++;
        }
        if (digits <= 18) {
          mantissa = mantissa * 10 + (c - '0');
        }
        if (inFraction) {
          fraction++;
        }
      } else if (c == '.' && !inFraction) {
        inFraction = true;
      } else {
        break;
      }
    }
    if (written == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < end) {
      if (text[at] != 'e' && text[at] != 'E') {
        return Double.NaN;
      }
      at++;
      boolean down = at < end && text[at] == '-';
      if (at < end && (down || text[at] == '+')) {
        at++;
      }
      if (at == end) {
        return Double.NaN;
      }
      for (; at < end; at++) {
        char c = text[at];
        if (c < '0' || c > '9') {
          return Double.NaN;
        }
        exponent = Math.min(exponent * 10 + (c - '0'), 100_000);
      }
      exponent = down ? -exponent : exponent;
    }
    int scale = exponent - fraction;
    if (digits <= 15 && scale >= -22 && scale <= 22) {
      // Both operands are exact doubles, so that one operation rounds correctly (Clinger 1990).
      double value = scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
      return negative ? -value : value;
    }
    return Double.parseDouble(new String(text, start, end - start));
  }

  /**
   * The positive whole number written in decimal digits.
   *
   * @return −1 when anything else is written, or it needs more than 18 digits
   */
  public static long parseWhole(char[] text, int offset, int length) {
    if (length == 0 || length > 18) {
      return -1;
    }
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      char c = text[i];
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
