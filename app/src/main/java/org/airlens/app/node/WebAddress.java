package org.airlens.app.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;

/** Reads the address of a server that a setting names. */
final class WebAddress {

  private WebAddress() {}

  /**
   * The {@code http:} or {@code https:} address.
   *
   * @param complaint what is said of a text that is none
   * @throws org.airlens.app.config.SettingException when it is none
   */
  static URI of(String text, Setting setting, Settings settings, String complaint) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("https") || scheme.equals("http")) && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw settings.wrong(setting, complaint);
  }
}
