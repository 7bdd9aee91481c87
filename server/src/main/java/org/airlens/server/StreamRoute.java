package org.airlens.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.model.Reading;
import org.airlens.server.format.Json;
import org.airlens.store.ReadingFilter;
import org.airlens.store.live.LiveReadings;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/v1/stream}: a Server-Sent Event for each new reading. A client that comes back
 * with the last id it got gets what it missed; when that is not held any more, an event {@code
 * reset} tells it to fetch the state anew. One that reads too slowly is dropped and may come back.
 */
final class StreamRoute implements AutoCloseable {

  private static final String EVENTS = "text/event-stream";

  private static final Batch END = new Batch(0, List.of());

  /** So many bytes are made before they are sent. */
  private static final int MOST_AT_ONCE = 64 * 1024;

  /** A client that is so many readings behind is dropped; they are shared, not copied for each. */
  private static final int MOST_BEHIND = 120_000;

  private final Services services;
  private final Semaphore room;
  private final Set<Listening> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  StreamRoute(Services services) {
    this.services = services;
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
            "Go on after this event; browsers send the header Last-Event-ID instead, which wins"));
    parameters.add(Parameter.header("Last-Event-ID", "Go on after this event", false));
    return Route.get(
        "/api/v1/stream",
        "New readings as Server-Sent Events",
        List.copyOf(parameters),
        Route.Content.text(EVENTS),
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
    exchange.response().header("Cache-Control", "no-cache");
    exchange.response().header("X-Accel-Buffering", "no");
    if (closing || !room.tryAcquire()) {
      throw ProblemException.of(
          503, "this node has as many event streams as it bears; try again later");
    }
    Listening listening = new Listening();
    open.add(listening);
    try (LiveReadings.Subscription subscription = services.live().subscribe(lastId, listening)) {
      exchange.stream(EVENTS, false, out -> send(out, filter, listening, subscription));
    } finally {
      open.remove(listening);
      room.release();
    }
  }

  private void send(
      OutputStream out,
      ReadingFilter filter,
      Listening listening,
      LiveReadings.Subscription subscription)
      throws IOException {
    Duration heartbeat = services.settings().limits().heartbeat();
    out.write("retry: 3000\n\n".getBytes(StandardCharsets.UTF_8));
    if (subscription.missed()) {
      out.write(
          "id: %d\nevent: reset\ndata: {}\n\n"
              .formatted(subscription.afterId())
              .getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
    long silentSince = System.nanoTime();
    while (!closing) {
      Optional<Batch> batch = listening.next(heartbeat.minusNanos(System.nanoTime() - silentSince));
      if (batch.isPresent() && batch.get().readings().isEmpty()) {
        return; // It fell too far behind, or the server closes.
      }
      boolean sent = batch.isPresent() && send(out, filter, batch.get());
      if (!sent && System.nanoTime() - silentSince >= heartbeat.toNanos()) {
        out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
        sent = true;
      }
      if (sent) {
        out.flush();
        silentSince = System.nanoTime();
      }
    }
  }

  private static boolean send(OutputStream out, ReadingFilter filter, Batch batch)
      throws IOException {
    boolean any = false;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    long id = batch.firstId();
    for (Reading reading : batch.readings()) {
      if (filter.matches(reading)) {
        text.write(("id: " + id + "\nevent: reading\ndata: ").getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = Json.generator(text)) {
          Json.reading(json, reading);
        }
        text.write("\n\n".getBytes(StandardCharsets.UTF_8));
        if (text.size() > MOST_AT_ONCE) {
          text.writeTo(out);
          text.reset();
        }
        any = true;
      }
      id++;
    }
    text.writeTo(out);
    return any;
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

  /** Readings with consecutive ids; none at all says that the stream ends. */
  private record Batch(long firstId, List<Reading> readings) {}

  /** One client. */
  private static final class Listening implements LiveReadings.Listener {

    private final LinkedBlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong behind = new AtomicLong();
    private volatile boolean ended;

    @Override
    public void stored(long firstId, List<Reading> readings) {
      if (ended) {
        return;
      }
      if (behind.addAndGet(readings.size()) > MOST_BEHIND) {
        ended = true; // It gets what waits for it, and may come back with its last id.
        waiting.add(END);
      } else {
        waiting.add(new Batch(firstId, readings));
      }
    }

    /** The next batch, if one comes in time. */
    Optional<Batch> next(Duration patience) {
      try {
        Batch batch = waiting.poll(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
        if (batch != null) {
          behind.addAndGet(-batch.readings().size());
        }
        return Optional.ofNullable(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of(END);
      }
    }

    void end() {
      ended = true;
      waiting.clear();
      waiting.add(END);
    }
  }
}
