package org.airlens.store.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lake:DIR?…}. */
class LakeAddressTest {

  @Test
  void aFolderIsEnough() {
    LakeAddress address = LakeAddress.parse("lake:data/lake");

    assertThat(address.folder()).isEqualTo(Path.of("data/lake"));
    assertThat(address.memory()).isEqualTo("1GB");
    assertThat(address.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(address.statementTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(address.description()).isEqualTo("lake:data/lake");
  }

  @Test
  void whatItTakesCanBeSaid() {
    assertThat(LakeAddress.parse("lake:/srv/lake?memory=512MB&threads=3&statementTimeout=5"))
        .isEqualTo(new LakeAddress(Path.of("/srv/lake"), "512MB", 3, Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "lake:, names no folder",
    "lake:?memory=1GB, names no folder",
    "lake:x?memory=much, option 'memory' of a lake's address is a size",
    "lake:x?threads=0, option 'threads' of a lake's address is a number from 1 to 999",
    "lake:x?statementTimeout=-1, option 'statementTimeout' of a lake's address is a number of",
    "lake:x?memory, an option of the store's address is name=value",
    "lake:x?colour=red, has no option 'colour'"
  })
  void whatIsWrongIsSaid(String uri, String complaint) {
    assertThatThrownBy(() -> LakeAddress.parse(uri))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void isFoundByItsSchemeAndNotOpenedToWrite() {
    assertThatThrownBy(() -> Stores.open(settings(OptionalInt.empty())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("lake:nowhere can only be read");
    assertThatThrownBy(() -> Stores.openForReading(settings(OptionalInt.empty())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no folder nowhere");
    assertThatThrownBy(() -> Stores.openForReading(settings(OptionalInt.of(8812))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a lake has no SQL port");
  }

  private static StoreSettings settings(OptionalInt sqlPort) {
    return new StoreSettings("lake:nowhere", Path.of("data"), Durability.PROCESS, sqlPort);
  }
}
