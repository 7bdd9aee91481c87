package org.airlens.app.node;

import java.net.URI;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who asks, as servers are told. */
final class UserAgent {

  private static final Logger LOG = LoggerFactory.getLogger(UserAgent.class);

  private UserAgent() {}

  /**
   * The header's text.
   *
   * @throws org.airlens.app.config.SettingException when the contact can't be sent
   */
  static String of(Settings settings, URI url) {
    String contact = settings.optional(Setting.CONTACT).orElse("");
    if (contact.isEmpty() && url.getHost().endsWith("sensor.community")) {
      LOG.info("good manners: name yourself to Sensor.Community with --contact MAIL");
    }
    if (!contact.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw settings.wrong(Setting.CONTACT, "holds more than plain ASCII, which HTTP can't carry");
    }
    return "AirLens/%s (%s)"
        .formatted(
            Version.text(), contact.isEmpty() ? "air-quality platform; no contact given" : contact);
  }
}
