package org.airlens.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.StoreException;

/** A store of nothing but identities, which tells what it was asked. */
public final class KeptIdentities implements ReadingReader {

  /** A sensor and a second. */
  public record Identity(long sensorId, long epochSecond) implements Comparable<Identity> {
    @Override
    public int compareTo(Identity other) {
      int bySecond = Long.compare(epochSecond, other.epochSecond);
      return bySecond == 0 ? Long.compare(sensorId, other.sensorId) : bySecond;
    }
  }

  private final TreeSet<Identity> kept = new TreeSet<>();
  private final List<String> asked = new ArrayList<>();
  private boolean down;

  /** Keeps one. */
  public void add(long sensorId, long epochSecond) {
    kept.add(new Identity(sensorId, epochSecond));
  }

  void addAll(Set<Identity> identities) {
    kept.addAll(identities);
  }

  void breakDown(boolean isDown) {
    down = isDown;
  }

  /** The spans of time it was asked for. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    asked.add("[%d, %d)".formatted(from.getEpochSecond(), to.getEpochSecond()));
    if (down) {
      throw new StoreException(FaultyStore.FAULT);
    }
    kept.subSet(new Identity(0, from.getEpochSecond()), new Identity(0, to.getEpochSecond()))
        .forEach(identity -> visitor.visit(identity.sensorId(), identity.epochSecond()));
  }

  @Override
  public List<Reading> latest() {
    throw new UnsupportedOperationException("it keeps identities only");
  }

  @Override
  public Optional<Instant> newest() {
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(kept.getLast().epochSecond()));
  }

  @Override
  public Stream<Reading> find(ReadingQuery query) {
    throw new UnsupportedOperationException("it keeps identities only");
  }

  @Override
  public List<String> measures() {
    throw new UnsupportedOperationException("it keeps identities only");
  }
}
