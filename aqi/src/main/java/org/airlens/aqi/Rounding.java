package org.airlens.aqi;

/** What a standard does to a concentration before it looks it up. Takes finite values from 0 up. */
public enum Rounding {
  /** Nothing. */
  EXACT {
    @Override
    double apply(double concentration) {
      return concentration;
    }
  },
  /** To the nearest whole number, halves up. */
  HALF_UP_TO_WHOLE {
    @Override
    double apply(double concentration) {
      // The difference is exact. Adding 0.5 first is not: 0.49999999999999994 would become 1.
      double whole = Math.floor(concentration);
      return concentration - whole >= 0.5 ? whole + 1 : whole;
    }
  },
  /** Down to a whole number. */
  DOWN_TO_WHOLE {
    @Override
    double apply(double concentration) {
      return Math.floor(concentration);
    }
  },
  /** Down to a tenth: the greatest of the numbers written with one decimal that is not above. */
  DOWN_TO_TENTH {
    @Override
    double apply(double concentration) {
      if (concentration >= WHOLE_FROM) {
        return concentration;
      }
      // The product may land on the wrong side of a tenth; n / 10.0 is exactly the number that
      // the decimal n/10 is read as, so comparing with it decides.
      double tenths = Math.floor(concentration * 10);
      if (tenths / 10 > concentration) {
        tenths--;
      } else if ((tenths + 1) / 10 <= concentration) {
        tenths++;
      }
      return tenths / 10;
    }
  };

  /** From 2⁴⁹ on, the product with 10 is not exact enough to tell tenths, which don't matter. */
  public static final double WHOLE_FROM = 0x1p49;

  abstract double apply(double concentration);
}
