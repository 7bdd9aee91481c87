package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Finding the service and the table. */
class OpeningTest {

  @Test
  void aTableIsMadeWhenAskedFor() throws IOException {
    try (FakePlace place = new FakePlace("create=true&memory=12h&magnetic=400d");
        Store store = place.openPlainly()) {
      assertThat(place.table().memory()).isEqualTo(Duration.ofHours(12));
      assertThat(place.table().magnetic()).isEqualTo(Duration.ofDays(400));
      assertThat(place.table().takesLate()).isTrue();
      assertThat(place.table().isBySensor()).isTrue();
      assertThat(store.status().description())
          .isEqualTo(
              "timestream://eu-central-1/airlens/readings"
                  + " (memory store 12 h, magnetic store 400 d, late readings taken)");
      try (Store again = place.openPlainly()) {
        assertThat(again.readings().latest()).isEmpty();
      }
      assertThat(place.fake().count("CreateTable")).isEqualTo(1);
    }
  }

  @Test
  void andNotOtherwise() throws IOException {
    try (FakePlace place = new FakePlace("create=false")) {
      assertThatThrownBy(place::openPlainly)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("there is no such table")
          .hasMessageContaining("?create=true");
    }
  }

  @Test
  void aDatabaseOrTableThatAnotherNodeMadeMeanwhileWillDo() throws IOException {
    try (FakePlace place = new FakePlace("create=true")) {
      place.fake().failNext("DescribeTable", ServiceError.notFound("The table readings"), 1);
      place.fake().table("airlens", "readings", Duration.ofHours(24), Duration.ofDays(9_000), true);

      try (Store store = place.openPlainly()) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
        assertThat(place.fake().count("CreateTable")).isEqualTo(1);
      }
    }
  }

  @Test
  void theServiceIsAskedWhereToSendRequests() throws IOException {
    try (FakePlace place = new FakePlace()) {
      Redirected http = new Redirected(place.fake().uri());
      TimestreamAddress address =
          TimestreamAddress.parse("timestream://eu-central-1/airlens/readings?create=true");
      Service service =
          Service.connect(
              address,
              FakePlace.CREDENTIALS,
              http,
              Service.retries(Duration.ofMillis(1), Duration.ofMillis(1)));
      try (Store store =
          TimestreamStore.open(address, service, Clock.fixed(FakePlace.NOW, ZoneOffset.UTC))) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
        assertThat(store.readings().newest()).contains(NOON);
      }

      assertThat(http.hosts)
          .containsExactlyInAnyOrder(
              "DescribeEndpoints@ingest.timestream.eu-central-1.amazonaws.com",
              "DescribeEndpoints@query.timestream.eu-central-1.amazonaws.com",
              "DescribeTable@cell7.timestream.eu-central-1.amazonaws.com",
              "CreateDatabase@cell7.timestream.eu-central-1.amazonaws.com",
              "CreateTable@cell7.timestream.eu-central-1.amazonaws.com",
              "WriteRecords@cell7.timestream.eu-central-1.amazonaws.com",
              "Query@cell7.timestream.eu-central-1.amazonaws.com");
      assertThat(place.fake().count("DescribeEndpoints")).isEqualTo(2);
    }
  }

  @Test
  void withoutCredentialsItSaysWhereTheyAreLookedFor() throws IOException {
    try (FakePlace place = new FakePlace()) {
      TimestreamAddress address =
          TimestreamAddress.parse(
              "timestream://eu-central-1/airlens/readings?endpoint=" + place.fake().uri());
      Service service =
          Service.connect(
              address,
              () -> {
                throw SdkClientException.create("Unable to load credentials from any provider");
              });

      assertThatThrownBy(() -> TimestreamStore.open(address, service, Clock.systemUTC()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageContaining("role");
    }
  }

  @Test
  void theSchemeOpensItWithCredentialsFromTheProcess() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    System.setProperty("aws.accessKeyId", "AKIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "not-a-secret-of-anyone");
    try (FakeTimestream fake = new FakeTimestream(now);
        Store store = Stores.open(settings(fake.uri(), OptionalInt.empty()))) {
      store.writer().write(List.of(dust(1, now, 1, 1)));
      assertThat(store.readings().latest()).containsExactly(dust(1, now, 1, 1));
      assertThat(fake.table("airlens", "readings").size()).isEqualTo(1);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void thereIsNoSqlPort() {
    assertThatThrownBy(
            () -> Stores.open(settings(URI.create("http://127.0.0.1:9"), OptionalInt.of(8812))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no SQL port");
  }

  private static StoreSettings settings(URI endpoint, OptionalInt sqlPort) {
    return new StoreSettings(
        "timestream://eu-central-1/airlens/readings?create=true&endpoint=" + endpoint,
        Path.of("unused"),
        Durability.POWER,
        sqlPort);
  }

  /** Sends to the fake what is meant for AWS, and notes for which host. */
  private static final class Redirected implements SdkHttpClient {

    private final SdkHttpClient real = UrlConnectionHttpClient.builder().build();
    private final URI fake;
    private final Set<String> hosts = new ConcurrentSkipListSet<>();

    Redirected(URI fake) {
      this.fake = fake;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String target =
          request
              .httpRequest()
              .firstMatchingHeader("X-Amz-Target")
              .orElse("")
              .replaceAll(".*\\.", "");
      hosts.add(target + "@" + request.httpRequest().host());
      return real.prepareRequest(
          HttpExecuteRequest.builder()
              .request(
                  request.httpRequest().toBuilder()
                      .protocol("http")
                      .host(fake.getHost())
                      .port(fake.getPort())
                      .build())
              .contentStreamProvider(request.contentStreamProvider().orElse(null))
              .build());
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
