package org.airlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

  @Test
  void readsEveryPart() {
    PostgresAddress address =
        PostgresAddress.parse(
            "postgresql://air:s%40cret@db.example:5433/readings?sslmode=require"
                + "&currentSchema=other&connections=4&statementTimeout=5");

    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/readings");
    assertThat(address.properties())
        .containsEntry("user", "air")
        .containsEntry("password", "s@cret")
        .containsEntry("sslmode", "require");
    assertThat(address.schema()).isEqualTo("other");
    assertThat(address.connections()).isEqualTo(4);
    assertThat(address.statementTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://db/air, db, '', ''",
    "postgresql:///air, localhost, '', ''",
    "postgresql://u@db/air, db, u, ''",
    "postgresql://u:p@[::1]:5432/air, [::1]:5432, u, p",
    "postgresql://u:p@q/r?s@db/air, db, u, p@q/r?s",
    "postgresql://u:a+b@db/air, db, u, a+b",
    "'postgresql://u:p@one:1,two:2/air', 'one:1,two:2', u, p",
    "postgresql://db/air?user=u&password=p, db, u, p",
  })
  void readsWhatMayBeMissingOrOdd(String uri, String hosts, String user, String password) {
    PostgresAddress address = PostgresAddress.parse(uri);

    assertThat(address.hosts()).isEqualTo(hosts);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.properties().getOrDefault("password", "")).isEqualTo(password);
    assertThat(address.schema()).isEqualTo("airlens");
  }

  @Test
  void takesTheNamesThatOtherClientsUse() {
    PostgresAddress address =
        PostgresAddress.parse("postgresql://db/air?connect_timeout=3&application_name=me");

    assertThat(address.properties())
        .containsEntry("connectTimeout", "3")
        .containsEntry("ApplicationName", "me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:geheim@db",
        "postgresql://u:geheim@db/",
        "postgresql:u:geheim@db/air",
        "postgresql://u:geheim@db:port/air",
        "postgresql://u:geheim@d b/air",
        "postgresql://u:geheim%@db/air",
        "postgresql://u:geheim@db/air?connections=0",
        "postgresql://u:geheim@db/air?statementTimeout=soon",
        "postgresql://u:geheim@db/air?sslmod=require",
      })
  void refusesOthersWithoutTellingThePassword(String uri) {
    assertThatThrownBy(() -> PostgresAddress.parse(uri))
        .isInstanceOf(StoreException.class)
        .message()
        .contains("PostgreSQL store")
        .doesNotContain("geheim");
  }

  @Test
  void describesItselfWithoutSecrets() {
    PostgresAddress address =
        PostgresAddress.parse(
            "postgresql://air:geheim@db/air?sslpassword=geheim&currentSchema=other");

    assertThat(address.description()).isEqualTo("postgresql://air@db/air?currentSchema=other");
    assertThat(address.toString()).doesNotContain("geheim");
  }
}
