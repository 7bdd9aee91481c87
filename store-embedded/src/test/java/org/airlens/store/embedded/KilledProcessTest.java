package org.airlens.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.SensorSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments: what was acknowledged is there, once. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledProcessTest {

  private static final int KILLS = 20;
  private static final int KILLS_OF_A_FIRST_START = 4;

  private final Random random = new Random();

  @TempDir Path work;

  @Test
  void losesNothingAcknowledgedAndDoublesNothing() throws Exception {
    Path folder = work.resolve("store");
    Map<Identity, Reading> acknowledged = new HashMap<>();
    int next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Durability durability = kill % 2 == 0 ? Durability.PROCESS : Durability.POWER;
      int last = writeUntilKilled(folder, durability, next);
      for (int number = next; number <= last; number++) {
        keep(acknowledged, StoreProgram.batch(number));
      }
      // The batch that was cut off may be there or not, but not half.
      Map<Identity, Reading> withTheNext = new HashMap<>(acknowledged);
      keep(withTheNext, StoreProgram.batch(last + 1));

      try (EmbeddedStore store = EmbeddedStore.open(folder, durability, OptionalInt.empty())) {
        List<Reading> found = StoreProgram.readings(store);
        Set<Reading> distinct = new HashSet<>(found);
        assertThat(distinct).as("after kill %d", kill).hasSameSizeAs(found);
        assertThat(distinct)
            .as("after kill %d", kill)
            .isIn(new HashSet<>(acknowledged.values()), new HashSet<>(withTheNext.values()));
        assertThat(store.status().readings()).isEqualTo(found.size());
        assertThat(RolledUp.counted(store))
            .as("rolled up or not, after kill %d", kill)
            .isEqualTo(found.size());
        for (Reading latest : store.readings().latest()) {
          assertThat(distinct).contains(latest);
        }
        if (found.size() == withTheNext.size()) {
          acknowledged = withTheNext;
        }
      }
      next = last + 1;
    }
    assertThat(next).as("batches written in all").isGreaterThan(KILLS);
  }

  @Test
  void aFirstStartMayBeKilledToo() throws Exception {
    for (int kill = 0; kill < KILLS_OF_A_FIRST_START; kill++) {
      Path folder = work.resolve("first" + kill);
      try (ChildJvm writer =
          ChildJvm.start(
              work,
              StoreProgram.class,
              "write",
              folder.toString(),
              Durability.PROCESS.name(),
              "0")) {
        assertThat(writer.readLine()).isEqualTo("starting");
        assertThat(writer.endsWithin(random.nextLong(1_200_000))).isFalse();
        writer.kill();
      }

      try (EmbeddedStore store =
          EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty())) {
        store.writer().write(StoreProgram.batch(1));
        assertThat(StoreProgram.readings(store)).containsAll(StoreProgram.batch(1));
        assertThat(store.sensors().sensor(1).map(SensorSummary::newest)).isPresent();
      }
    }
  }

  /** The number of the last batch acknowledged, one below {@code first} when none was. */
  private int writeUntilKilled(Path folder, Durability durability, int first) throws Exception {
    try (ChildJvm writer =
        ChildJvm.start(
            work,
            StoreProgram.class,
            "write",
            folder.toString(),
            durability.name(),
            Integer.toString(first))) {
      List<String> lines = new ArrayList<>();
      int enough = random.nextInt(8);
      while (lines.size() < enough) {
        lines.add(String.valueOf(writer.readLine()));
      }
      assertThat(writer.endsWithin(random.nextLong(20_000))).isFalse();
      writer.kill();
      for (String line = writer.readLine(); line != null; line = writer.readLine()) {
        lines.add(line);
      }
      return lines.stream()
          .filter(line -> line.matches("\\d+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(first - 1);
    }
  }

  private static void keep(Map<Identity, Reading> kept, List<Reading> batch) {
    for (Reading reading : batch) {
      kept.put(new Identity(reading.sensor().id(), reading.timestamp()), reading);
    }
  }

  private record Identity(long sensor, Instant timestamp) {}
}
