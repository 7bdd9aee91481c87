package org.airlens.store.timestream;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.airlens.store.StoreException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;

/**
 * The connection: one client for writing, one for queries. AWS tells each where to send its
 * requests, and again when that is no longer true; only an emulator is asked where it is. Whatever
 * the SDK throws comes out as a {@link StoreException}.
 */
final class Service implements AutoCloseable {

  /** First try included. */
  private static final int MAX_ATTEMPTS = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE_THROTTLED = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** How long an answer may take; the service holds a query's page back up to a minute. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(70);

  /** Our own bound on a call with all its retries. */
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);

  private final SdkHttpClient http;
  private final TimestreamWriteClient write;
  private final TimestreamQueryClient query;
  private final Failures failures;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Service(
      SdkHttpClient http,
      TimestreamWriteClient write,
      TimestreamQueryClient query,
      Failures failures) {
    this.http = http;
    this.write = write;
    this.query = query;
    this.failures = failures;
  }

  /** Makes the clients; nothing is sent yet. */
  static Service connect(TimestreamAddress address, AwsCredentialsProvider credentials) {
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(ATTEMPT_TIMEOUT)
            .build();
    return connect(address, credentials, http, retries(FIRST_PAUSE, FIRST_PAUSE_THROTTLED));
  }

  /** Makes the clients on an HTTP client that this owns from now on. */
  static Service connect(
      TimestreamAddress address,
      AwsCredentialsProvider credentials,
      SdkHttpClient http,
      StandardRetryStrategy retries) {
    return new Service(
        http,
        configured(TimestreamWriteClient.builder(), address, credentials, retries)
            .endpointDiscoveryEnabled(address.endpoint().isEmpty())
            .httpClient(http)
            .build(),
        configured(TimestreamQueryClient.builder(), address, credentials, retries)
            .endpointDiscoveryEnabled(address.endpoint().isEmpty())
            .httpClient(http)
            .build(),
        new Failures(address));
  }

  /**
   * Retries with exponentially growing pauses of random length; each client also has a budget of
   * retries that only successes fill up again, so that a service in trouble is left alone.
   */
  static StandardRetryStrategy retries(Duration firstPause, Duration firstPauseThrottled) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(BackoffStrategy.exponentialDelay(firstPause, LONGEST_PAUSE))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelay(firstPauseThrottled, LONGEST_PAUSE))
        .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(
      B builder,
      TimestreamAddress address,
      AwsCredentialsProvider credentials,
      StandardRetryStrategy retries) {
    address.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(address.region()))
        .credentialsProvider(credentials)
        .overrideConfiguration(configuration ->
            configuration
                .retryStrategy(retries)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT));
  }

  /**
   * Calls the service.
   *
   * @param doing what for, as in "can't write readings"
   * @throws StoreException for whatever goes wrong, except what the caller catches inside
   */
  <T> T call(String doing, Supplier<T> call) {
    checkOpen();
    try {
      return call.get();
    } catch (SdkException | IllegalStateException | RejectedExecutionException e) {
      checkOpen(); // Clients that are closed under a call fail in many ways.
      throw failures.of(doing, e);
    }
  }

  TimestreamWriteClient write() {
    return write;
  }

  TimestreamQueryClient query() {
    return query;
  }

  void checkOpen() {
    if (closed.get()) {
      throw new StoreException("the store is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      write.close();
      query.close();
      http.close();
    }
  }
}
