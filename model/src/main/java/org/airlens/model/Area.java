package org.airlens.model;

/** A part of the Earth's surface. Immutable. */
public sealed interface Area permits Circle, Polygon {

  /** Whether the position lies inside. */
  boolean contains(Position position);

  /** A box that holds all of it, not always the smallest. */
  BoundingBox bounds();
}
