package org.airlens.store;

/** What an acknowledged reading survives. */
public enum Durability {
  /** The end of the process, {@code kill -9} included. */
  PROCESS,
  /** Also the loss of power: data is forced to the disk before it is acknowledged. */
  POWER
}
