package org.airlens.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.store.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void flagsWinOverEnvironmentOverFileOverDefaults() throws IOException {
    Path file = file("port: 1001\nhost: from-file\ninterval: 1s\n");
    Settings settings =
        Settings.resolve(
            Map.of(Setting.PORT, List.of("1003")),
            Map.of("AIRLENS_PORT", "1002", "AIRLENS_HOST", "from-environment"),
            Optional.of(file));
    assertThat(settings.value(Setting.PORT)).isEqualTo(new SettingValue(List.of("1003"), "--port"));
    assertThat(settings.value(Setting.HOST))
        .isEqualTo(new SettingValue(List.of("from-environment"), "AIRLENS_HOST"));
    assertThat(settings.value(Setting.INTERVAL))
        .isEqualTo(new SettingValue(List.of("1s"), file.toString()));
    assertThat(settings.value(Setting.DATA_DIR))
        .isEqualTo(new SettingValue(List.of("./data"), "default"));
  }

  @Test
  void readsSeveralSourcesFromEachPlace() throws IOException {
    assertThat(resolved("source: [sample, 'https://h/a,b']\n").texts(Setting.SOURCE))
        .containsExactly("sample", "https://h/a,b");
    assertThat(
            Settings.resolve(
                    Map.of(), Map.of("AIRLENS_SOURCE", " sample https://h/a,b "), Optional.empty())
                .texts(Setting.SOURCE))
        .containsExactly("sample", "https://h/a,b");
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    Path file = file("port: 1001\n");
    Settings settings =
        Settings.resolve(Map.of(), Map.of("AIRLENS_CONFIG", file.toString()), Optional.empty());
    assertThat(settings.port(Setting.PORT)).hasValue(1001);
  }

  @Test
  void readsValuesWithTheirUnits() {
    Settings settings =
        flags(
            Setting.INTERVAL, "200ms", Setting.MAX_FEED_SIZE, "2GB", Setting.DURABILITY, "process");
    assertThat(settings.duration(Setting.INTERVAL)).contains(Duration.ofMillis(200));
    assertThat(settings.bytes(Setting.MAX_FEED_SIZE)).isEqualTo(2_000_000_000L);
    assertThat(settings.word(Setting.DURABILITY, Durability.class)).isEqualTo(Durability.PROCESS);
    assertThat(settings.duration(Setting.RETAIN)).isEmpty();
    assertThat(settings.port(Setting.PG_PORT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INTERVAL, 0s, --interval: '0s' is no duration above zero; write 200ms",
    "INTERVAL, ten, --interval: 'ten' is no duration",
    "INTERVAL, -5s, --interval: '-5s' is no duration",
    "RETAIN, 1y, --retain: '1y' is no duration",
    "PORT, 65536, --port: '65536' is no port; write 0 to 65535",
    "PORT, tcp://10.0.0.1:80, --port: 'tcp://10.0.0.1:80' is no port",
    "SPEED, 0, --speed: '0' is no whole number",
    "MAX_FEED_SIZE, 1TB, --max-feed-size: '1TB' is no size; write 200kB",
    "MAX_FEED_SIZE, 0, --max-feed-size: '0' is no size",
    "DURABILITY, always, '--durability: ''always'' is none of process, power'"
  })
  void namesTheSettingTheValueAndWhatToWrite(Setting setting, String value, String message) {
    Settings settings = flags(setting, value);
    assertThatThrownBy(
            () -> {
              switch (setting) {
                case INTERVAL, RETAIN -> settings.duration(setting);
                case PORT -> settings.port(setting);
                case SPEED -> settings.count(setting);
                case MAX_FEED_SIZE -> settings.bytes(setting);
                default -> settings.word(setting, Durability.class);
              }
            })
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void namesWhereABadValueCameFrom() throws IOException {
    Path file = file("interval: soon\n");
    assertThatThrownBy(() ->
            Settings.resolve(Map.of(), Map.of(), Optional.of(file)).duration(Setting.INTERVAL))
        .hasMessageEndingWith("(from " + file + ")");
    assertThatThrownBy(() ->
            Settings.resolve(Map.of(), Map.of("AIRLENS_PORT", "x"), Optional.empty())
                .port(Setting.PORT))
        .hasMessageEndingWith("(from AIRLENS_PORT)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prot: 80",
        "- a\n- b",
        "port: {a: b}",
        "port: [1, 2]",
        "port: 1\nport: 2",
        "a: [",
        "\tx",
        "*alias",
        "text"
      })
  void refusesAFileThatIsNoSettings(String yaml) throws IOException {
    Path file = file(yaml);
    assertThatThrownBy(() -> Settings.resolve(Map.of(), Map.of(), Optional.of(file)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "port:\n", "port: ''\n"})
  void takesWhatIsEmptyAsUnset(String yaml) throws IOException {
    assertThat(resolved(yaml).optional(Setting.CONTACT)).isEmpty();
  }

  @Test
  void saysThatTheFileIsMissing() {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> Settings.resolve(Map.of(), Map.of(), Optional.of(missing)))
        .isInstanceOf(SettingException.class)
        .hasMessage("there is no file " + missing + "; check --config");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://airlens:geheim@db:5432/air, postgresql://airlens:***@db:5432/air",
    "postgresql://airlens:ge/h?e@im@db/air, postgresql://airlens:***@db/air",
    "postgresql://db/air?user=a&password=geheim, postgresql://db/air?user=a&password=***",
    "https://h/feed?apiKey=abc&x=1, https://h/feed?apiKey=***&x=1",
    "https://h/a:b@c, https://h/a:b@c",
    "embedded:./data, embedded:./data"
  })
  void masksSecrets(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }

  @Test
  void everySettingHasAKeyThatFindsIt() {
    for (Setting setting : Setting.values()) {
      assertThat(Setting.find(setting.key())).contains(setting);
      assertThat(setting.variable()).matches("AIRLENS_[A-Z_]+");
    }
  }

  private Settings resolved(String yaml) throws IOException {
    return Settings.resolve(Map.of(), Map.of(), Optional.of(file(yaml)));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("airlens.yaml"), yaml);
  }

  private static Settings flags(Setting setting, String value) {
    return Settings.resolve(Map.of(setting, List.of(value)), Map.of(), Optional.empty());
  }

  private static Settings flags(
      Setting one, String first, Setting two, String second, Setting three, String third) {
    return Settings.resolve(
        Map.of(one, List.of(first), two, List.of(second), three, List.of(third)),
        Map.of(),
        Optional.empty());
  }
}
