package org.airlens.store.timestream;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.airlens.store.Store;
import org.airlens.store.contract.StorePlace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * A fake service with a clock that stands where the shared readings are. The store looks back as
 * far as they reach, and counts anew whenever asked.
 */
final class FakePlace implements StorePlace {

  static final Instant NOW = Instant.parse("2019-01-02T12:00:00Z");
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("AKIAEXAMPLE", "not-a-secret-of-anyone"));

  private static final String OPTIONS = "create=true&lookback=5000d&counted=0s&refresh=60s";

  private final FakeTimestream fake;
  private final String options;

  FakePlace() throws IOException {
    this(OPTIONS);
  }

  FakePlace(String options) throws IOException {
    fake = new FakeTimestream(NOW);
    this.options = options;
  }

  FakeTimestream fake() {
    return fake;
  }

  FakeTable table() {
    return fake.table("airlens", "readings");
  }

  /** The store as it is, which can't be emptied. */
  TimestreamStore openPlainly() {
    fake.at(fake.now().plusMillis(1)); // Time goes on between two openings.
    TimestreamAddress address =
        TimestreamAddress.parse(
            "timestream://eu-central-1/airlens/readings?endpoint=%s&%s"
                .formatted(fake.uri(), options));
    Service service =
        Service.connect(
            address,
            CREDENTIALS,
            UrlConnectionHttpClient.builder().build(),
            Service.retries(Duration.ofMillis(1), Duration.ofMillis(1)));
    return TimestreamStore.open(address, service, new FakeClock());
  }

  @Override
  public Store open() {
    return new EmptiedStore(this);
  }

  @Override
  public void close() {
    fake.close();
  }

  /** The fake's own time. */
  private final class FakeClock extends Clock {
    @Override
    public Instant instant() {
      return fake.now();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
