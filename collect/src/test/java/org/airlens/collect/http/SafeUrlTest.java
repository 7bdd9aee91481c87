package org.airlens.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://h.org/static/v2/data.json,        https://h.org/static/v2/data.json",
    "https://h.org:8443/a?type=SDS011&country=GB, https://h.org:8443/a?type=SDS011&country=GB",
    "'https://h.org/a?box=50.1,4.2,51.2,5.3',  'https://h.org/a?box=50.1,4.2,51.2,5.3'",
    "https://me:pw@h.org/a,                    https://h.org/a",
    "https://h.org/a?token=abc&type=X,         https://h.org/a?token=***&type=X",
    "https://h.org/a?ApiKey=abc,               https://h.org/a?ApiKey=***",
    "https://h.org/a?X-Amz-Signature=abc,      https://h.org/a?X-Amz-Signature=***",
    "https://h.org/a?k=0123456789abcdef01234567, https://h.org/a?k=***",
    "https://h.org/a?0123456789abcdef01234567, https://h.org/a?***",
    "https://h.org/a#secret,                   https://h.org/a",
    "https://h.org,                            https://h.org",
  })
  void showsAnAddressWithoutItsSecrets(String url, String shown) {
    assertThat(SafeUrl.of(URI.create(url))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h.org/a", "file:///etc/passwd", "mailto:a@b", "data.json", "https:///a"})
  void refusesWhatIsNoHttpAddress(String url) {
    assertThatThrownBy(() -> FeedAddress.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no http: or https: address");
  }

  @Test
  void refusesAnAddressWithoutShowingItsPassword() {
    assertThatThrownBy(() -> FeedAddress.of(URI.create("ftp://me:sesame@h.org/a?token=t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the source \"ftp://h.org/a?token=***\" is no http: or https: address with a host");
  }
}
