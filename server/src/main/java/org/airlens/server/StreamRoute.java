package org.airlens.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.airlens.model.Reading;
import org.airlens.server.format.Json;
import org.airlens.store.ReadingFilter;
import org.airlens.store.live.LiveReadings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/v1/stream}: a Server-Sent Event for each new reading. A client that comes back
 * with the last id it got gets what it missed; when that is not held any more, an event {@code
 * reset} tells it to fetch the state anew. One that reads too slowly is dropped and may come back.
 */
final class StreamRoute implements AutoCloseable {

  /** So many readings wait for one client. */
  private static final int QUEUE = 120_000;

  private final Services services;
  private final StallWatch stalls;
  private final Semaphore room;
  private final Set<Listening> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  StreamRoute(Services services, StallWatch stalls) {
    this.services = services;
    this.stalls = stalls;
    room = new Semaphore(services.settings().limits().maxEventStreams());
  }

  Route route() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.MEASURE);
    parameters.addAll(Parameter.FILTERS);
    parameters.add(
        Parameter.query(
            "last_event_id",
            "integer",
            "Go on after this event; browsers send the header Last-Event-ID instead"));
    parameters.add(Parameter.header("Last-Event-ID", "Go on after this event", false));
    return Route.get(
        "/api/v1/stream",
        "New readings as Server-Sent Events",
        List.copyOf(parameters),
        "text/event-stream",
        this::answer);
  }

  /** How many streams are open. */
  int openStreams() {
    return open.size();
  }

  /** Ends all streams; their clients may come back elsewhere. */
  @Override
  public void close() {
    closing = true;
    open.forEach(Listening::end);
  }

  private void answer(Exchange exchange) {
    ReadingFilter filter = Filters.conditions(exchange.query());
    OptionalLong lastId = lastEventId(exchange);
    if (closing || !room.tryAcquire()) {
      throw ProblemException.of(
          503, "Busy", "this node has as many event streams as it bears; try again later");
    }
    Listening listening = new Listening(filter);
    open.add(listening);
    try (LiveReadings.Subscription subscription = services.live().subscribe(lastId, listening)) {
      send(exchange, listening, subscription);
    } finally {
      open.remove(listening);
      room.release();
    }
  }

  private void send(
      Exchange exchange, Listening listening, LiveReadings.Subscription subscription) {
    exchange.response().header("Content-Type", "text/event-stream");
    exchange.response().header("Cache-Control", "no-cache");
    exchange.response().header("X-Accel-Buffering", "no");
    long heartbeatMillis = services.settings().limits().heartbeat().toMillis();
    try (StallWatch.Watched watched = stalls.watch();
        OutputStream out = watched.over(exchange.response().outputStream())) {
      out.write("retry: 3000\n\n".getBytes(StandardCharsets.UTF_8));
      if (subscription.missed()) {
        out.write(
            "id: %d\nevent: reset\ndata: {}\n\n"
                .formatted(subscription.afterId())
                .getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      List<Event> events = new ArrayList<>();
      while (!listening.hasEnded() && !closing) {
        Event first = listening.queue.poll(heartbeatMillis, TimeUnit.MILLISECONDS);
        if (first == null) {
          out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
        } else {
          events.add(first);
          listening.queue.drainTo(events, 500);
          out.write(text(events));
          events.clear();
        }
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] text(List<Event> events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 * events.size());
    for (Event event : events) {
      Reading reading = event.reading();
      if (reading == null) {
        continue; // Only wakes the sender.
      }
      out.write(
          ("id: " + event.id() + "\nevent: reading\ndata: ").getBytes(StandardCharsets.UTF_8));
      try (JsonGenerator json = Json.generator(out)) {
        Json.reading(json, reading);
      }
      out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static OptionalLong lastEventId(Exchange exchange) {
    OptionalLong asked = exchange.query().whole("last_event_id", 0, Long.MAX_VALUE);
    Optional<String> header = exchange.header("Last-Event-ID");
    if (header.isEmpty()) {
      return asked;
    }
    try {
      return OptionalLong.of(Long.parseLong(header.get().strip()));
    } catch (NumberFormatException e) {
      throw ProblemException.parameter(
          "Last-Event-ID", "'" + Query.shown(header.get()) + "' is no event's id");
    }
  }

  /** A reading and its number; without a reading it only wakes the sender. */
  private record Event(long id, @Nullable Reading reading) {}

  /** One client. */
  private static final class Listening implements LiveReadings.Listener {

    private final ReadingFilter filter;
    private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE);
    private volatile boolean ended;

    Listening(ReadingFilter filter) {
      this.filter = filter;
    }

    @Override
    public void stored(long firstId, List<Reading> readings) {
      for (int i = 0; i < readings.size() && !ended; i++) {
        if (filter.matches(readings.get(i))
            && !queue.offer(new Event(firstId + i, readings.get(i)))) {
          ended = true; // Too slow: it may come back with its last id.
        }
      }
    }

    boolean hasEnded() {
      return ended && queue.isEmpty();
    }

    void end() {
      ended = true;
      queue.clear();
      boolean woken = queue.offer(new Event(0, null));
      assert woken;
    }
  }
}
