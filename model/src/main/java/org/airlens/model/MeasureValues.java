package org.airlens.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What one reading measured: a finite value per measure name, in the order reported. Immutable;
 * equality does not depend on the order.
 */
public final class MeasureValues {

  private static final MeasureValues NONE = new MeasureValues(new String[0], new double[0]);

  private final String[] names;
  private final double[] values;

  private MeasureValues(String[] names, double[] values) {
    this.names = names;
    this.values = values;
  }

  /** No values at all. */
  public static MeasureValues none() {
    return NONE;
  }

  /** One value. */
  public static MeasureValues of(String name, double value) {
    return builder().add(name, value).build();
  }

  /** Two values. */
  public static MeasureValues of(String name1, double value1, String name2, double value2) {
    return builder().add(name1, value1).add(name2, value2).build();
  }

  /** A reusable collector of values. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many measures there are. */
  public int size() {
    return names.length;
  }

  /** The name of the measure at {@code index}, from 0. */
  public String name(int index) {
    return names[index];
  }

  /** The value of the measure at {@code index}, from 0, in the measure's unit. */
  public double value(int index) {
    return values[index];
  }

  /** The value of a measure, empty when it was not reported. */
  public OptionalDouble get(String name) {
    int index = indexOf(names, names.length, name);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(values[index]);
  }

  /** Whether the measure was reported. */
  public boolean has(String name) {
    return indexOf(names, names.length, name) >= 0;
  }

  /** The values as a map in the order reported. */
  public Map<String, Double> toMap() {
    Map<String, Double> map = LinkedHashMap.newLinkedHashMap(names.length);
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], values[i]);
    }
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MeasureValues that
        && names.length == that.names.length
        && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    StringJoiner joined = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < names.length; i++) {
      joined.add(names[i] + "=" + values[i]);
    }
    return joined.toString();
  }

  private static int indexOf(String[] names, int size, String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Collects values; not thread-safe; can be used again after {@link #build()}. */
  public static final class Builder {

    private String[] names = new String[12];
    private double[] values = new double[12];
    private int size;

    private Builder() {}

    /**
     * Adds a finite value.
     *
     * @throws IllegalArgumentException when the value is not finite or the measure is there already
     */
    public Builder add(String name, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " is not finite: " + value);
      }
      if (has(name)) {
        throw new IllegalArgumentException(name + " is there already");
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size] = value;
      size++;
      return this;
    }

    /** Whether the measure has been added. */
    public boolean has(String name) {
      return indexOf(names, size, name) >= 0;
    }

    /** How many values have been added. */
    public int size() {
      return size;
    }

    /** Drops what was added. */
    public void clear() {
      size = 0;
    }

    /** The values added since the last call, which empties this builder. */
    public MeasureValues build() {
      MeasureValues built =
          size == 0
              ? NONE
              : new MeasureValues(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
      clear();
      return built;
    }
  }
}
