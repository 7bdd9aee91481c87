package org.airlens.app.node;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.airlens.app.config.Setting;
import org.airlens.app.config.SettingException;
import org.airlens.app.config.Settings;
import org.airlens.collect.archive.ArchiveTree;
import org.airlens.collect.archive.FolderTree;
import org.airlens.collect.archive.HttpTree;
import org.airlens.collect.http.HttpFiles;
import org.airlens.collect.http.HttpSettings;

/** Opens what {@code --archive} says. */
public final class Archives {

  /** A month of all sensors of a make; more is no archive file. */
  private static final long LARGEST_FILE = 64L << 30;

  private static final int MOST_CONNECTIONS = 16;

  /** Files are large, and servers of archives slow: only silence means that nothing comes. */
  private static final HttpSettings.Timeouts TIMEOUTS =
      new HttpSettings.Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofHours(6));

  private Archives() {}

  /**
   * Opens the archive; the caller closes it.
   *
   * @throws NodeException when it is not there
   * @throws org.airlens.app.config.SettingException when a setting is wrong
   */
  public static ArchiveTree open(Settings settings, InstantSource clock) {
    String text = settings.text(Setting.ARCHIVE);
    if (text.isEmpty()) {
      throw new SettingException(
          "--archive is missing: name a folder in the archive's layout, or its address, as in"
              + " https://archive.sensor.community/");
    }
    if (text.contains("://")) {
      return new HttpTree(
          files(
              WebAddress.of(
                  text,
                  Setting.ARCHIVE,
                  settings,
                  "is no URL of an archive; write https://HOST/PATH/"),
              settings,
              clock));
    }
    return new FolderTree(folder(settings));
  }

  /**
   * The archive's folder, for those who can't read over HTTP.
   *
   * @throws NodeException when it is not there, or is no folder
   */
  public static Path folder(Settings settings) {
    String text = settings.text(Setting.ARCHIVE);
    if (text.isEmpty() || text.contains("://")) {
      throw new SettingException(
          "--archive must name a folder for this engine: many machines would be too much for"
              + " the archive's server; see docs/spark.md");
    }
    Path folder = settings.path(Setting.ARCHIVE);
    if (Files.isDirectory(folder)) {
      return folder.toAbsolutePath();
    }
    throw new NodeException(
        Files.exists(folder)
            ? "'%s' is no folder; --archive takes one in the archive's layout, or a URL"
                .formatted(text)
            : "there is no folder '%s'; --archive takes one in the archive's layout, or a URL"
                .formatted(text));
  }

  private static HttpFiles files(URI url, Settings settings, InstantSource clock) {
    int connections = settings.count(Setting.CONNECTIONS);
    if (connections > MOST_CONNECTIONS) {
      throw settings.wrong(
          Setting.CONNECTIONS,
          "is more than a guest takes; %d are enough".formatted(MOST_CONNECTIONS));
    }
    HttpSettings http =
        new HttpSettings(
            UserAgent.of(settings, url),
            LARGEST_FILE,
            LARGEST_FILE,
            TIMEOUTS,
            HttpSettings.Pace.DEFAULT,
            HttpSettings.Retrying.DEFAULT);
    return new HttpFiles(url, http, connections, HttpFiles.PATIENCE, clock);
  }
}
