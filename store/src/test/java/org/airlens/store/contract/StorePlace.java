package org.airlens.store.contract;

import org.airlens.store.Store;

/** Where a tested store keeps its readings: it can be opened there again and again. */
public interface StorePlace extends AutoCloseable {

  /** Opens the store; only one is open at a time, and whoever asked closes it. */
  Store open();

  /** Removes what is left, after the store was closed. */
  @Override
  void close();
}
