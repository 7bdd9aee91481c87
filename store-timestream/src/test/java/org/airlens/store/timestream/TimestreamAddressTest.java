package org.airlens.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestreamAddressTest {

  @Test
  void namesRegionDatabaseAndTable() {
    TimestreamAddress address =
        TimestreamAddress.parse("timestream://eu-central-1/airlens/readings");

    assertThat(address.region()).isEqualTo("eu-central-1");
    assertThat(address.database()).isEqualTo("airlens");
    assertThat(address.table()).isEqualTo("readings");
    assertThat(address.endpoint()).isEmpty();
    assertThat(address.creates()).isFalse();
    assertThat(address.lookback()).isEqualTo(Duration.ofDays(7));
    assertThat(address.maxScan()).isEmpty();
    assertThat(address.description()).isEqualTo("timestream://eu-central-1/airlens/readings");
    assertThat(address.sqlName()).isEqualTo("\"airlens\".\"readings\"");
  }

  @Test
  void takesOptions() {
    TimestreamAddress address =
        TimestreamAddress.parse(
            "timestream://us-gov-west-1/a.b-c/r_1?endpoint=http://127.0.0.1:5000&create=true"
                + "&memory=48h&magnetic=365d&lookback=2d&max_scan=31d&refresh=30s&counted=1h"
                + "&writers=16");

    assertThat(address.endpoint()).contains(URI.create("http://127.0.0.1:5000"));
    assertThat(address.creates()).isTrue();
    assertThat(address.memoryHours()).isEqualTo(48);
    assertThat(address.magneticDays()).isEqualTo(365);
    assertThat(address.lookback()).isEqualTo(Duration.ofDays(2));
    assertThat(address.maxScan()).contains(Duration.ofDays(31));
    assertThat(address.refresh()).isEqualTo(Duration.ofSeconds(30));
    assertThat(address.counted()).isEqualTo(Duration.ofHours(1));
    assertThat(address.writers()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestream:",
        "timestream://eu-central-1/airlens",
        "timestream://eu-central-1/airlens/readings/more",
        "timestream://Frankfurt/airlens/readings",
        "timestream://eu-central-1/airlens/re\"adings",
        "timestream://eu-central-1/ab/readings"
      })
  void isNothingElse(String uri) {
    assertThatThrownBy(() -> TimestreamAddress.parse(uri))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("timestream://REGION/DATABASE/TABLE");
  }

  @Test
  void takesNoCredentialsAndDoesNotRepeatThem() {
    assertThatThrownBy(
            () -> TimestreamAddress.parse("timestream://AKIA:hush@eu-central-1/airlens/readings"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("credentials")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() ->
            TimestreamAddress.parse("timestream://eu-central-1/airlens/readings?secret_key=hush"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no option 'secret_key'")
        .hasMessageContaining("lookback")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @CsvSource({
    "memory=10m, memory",
    "memory=9000h, memory",
    "magnetic=0d, magnetic",
    "magnetic=73001d, magnetic",
    "lookback=soon, lookback",
    "writers=0, writers",
    "writers=65, writers",
    "create=yes, create",
    "endpoint=ftp://127.0.0.1, endpoint",
    "endpoint=http://user:hush@127.0.0.1, endpoint"
  })
  void saysWhichOptionIsWrong(String option, String name) {
    assertThatThrownBy(
            () -> TimestreamAddress.parse("timestream://eu-central-1/airlens/readings?" + option))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("option '" + name + "'")
        .hasMessageNotContaining("hush");
  }
}
