package org.airlens.app.node;

import java.util.List;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/**
 * Shows what another process writes as if this one had.
 *
 * @param view learns the newest readings
 * @param live tells of each reading; of those that were not told one by one, it can't
 */
record Followed(LatestView view, LiveReadings live) implements ReadingChanges.Listener {

  @Override
  public void written(List<Reading> readings) {
    view.apply(readings);
    live.publish(readings);
  }

  @Override
  public void missed(List<Reading> latest) {
    view.apply(latest);
  }
}
