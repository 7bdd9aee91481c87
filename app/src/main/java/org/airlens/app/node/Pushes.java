package org.airlens.app.node;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.airlens.collect.push.AirrohrPush;
import org.airlens.collect.push.RefusedPushException;
import org.airlens.model.Reading;
import org.airlens.pipeline.PushIngest;
import org.airlens.pipeline.PushUnavailableException;
import org.airlens.server.PushReceiver;

/** Takes a station's push from the server to the store. */
final class Pushes implements PushReceiver {

  private final PushIngest ingest;
  private final InstantSource clock;

  Pushes(PushIngest ingest, InstantSource clock) {
    this.ingest = ingest;
    this.clock = clock;
  }

  @Override
  public Outcome receive(Map<String, String> headers, byte[] body) {
    try {
      List<Reading> readings = AirrohrPush.readings(headers, body, clock.instant());
      ingest.take(readings);
      return new Outcome.Stored(readings.size());
    } catch (RefusedPushException e) {
      return new Outcome.Refused(e.parameter(), String.valueOf(e.getMessage()));
    } catch (PushUnavailableException e) {
      return new Outcome.Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
