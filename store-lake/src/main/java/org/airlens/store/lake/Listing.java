package org.airlens.store.lake;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.airlens.model.Reading;

/** A listing of readings that is read page by page. */
abstract class Listing implements Iterator<Reading>, AutoCloseable {

  private Iterator<Reading> page = List.<Reading>of().iterator();
  private boolean done;

  /** The next readings; none at the end. */
  abstract List<Reading> more();

  @Override
  public final boolean hasNext() {
    if (!page.hasNext() && !done) {
      List<Reading> next = more();
      page = next.iterator();
      if (next.isEmpty()) {
        done = true;
        close();
      }
    }
    return page.hasNext();
  }

  @Override
  public final Reading next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }

  /** Gives back what the listing holds; twice does no harm. */
  @Override
  public abstract void close();
}
