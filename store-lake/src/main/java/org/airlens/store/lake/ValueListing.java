package org.airlens.store.lake;

import java.util.List;
import org.airlens.model.Reading;

/** Reads what one statement sorts. */
final class ValueListing extends Listing {

  private final Cursor<Reading> rows;

  ValueListing(Lake lake, String sql) {
    rows = lake.database().cursor("find readings", sql, RowReading::read);
  }

  @Override
  List<Reading> more() {
    return rows.read(Cursor.PAGE);
  }

  @Override
  public void close() {
    rows.close();
  }
}
