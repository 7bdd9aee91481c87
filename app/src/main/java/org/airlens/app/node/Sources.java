package org.airlens.app.node;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.collect.Source;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.collect.capture.FileSource;
import org.airlens.collect.capture.SampleSource;
import org.airlens.collect.http.HttpSettings;
import org.airlens.collect.http.HttpSource;

/** Makes sources from what {@code --source} says. */
final class Sources {

  private static final URI LIVE = URI.create("https://data.sensor.community/static/v2/data.json");
  private static final URI LIVE_DAY =
      URI.create("https://data.sensor.community/static/v2/data.24h.json");

  private Sources() {}

  /**
   * The sources, each once; the caller closes them.
   *
   * @throws NodeException when one of them is not there
   */
  static List<Source> open(Settings settings, InstantSource clock) {
    List<Source> sources = new ArrayList<>();
    for (String text : new LinkedHashSet<>(settings.texts(Setting.SOURCE))) {
      sources.add(open(text, settings, clock));
    }
    if (sources.isEmpty()) {
      throw settings.wrong(Setting.SOURCE, "names no source; leave it out for the live feed");
    }
    return sources;
  }

  private static Source open(String text, Settings settings, InstantSource clock) {
    long maxBytes = settings.bytes(Setting.MAX_FEED_SIZE);
    if (text.equals(SampleSource.NAME)) {
      return new SampleSource();
    }
    if (text.equals("live")) {
      return http(LIVE, settings, clock);
    }
    if (text.equals("live-24h")) {
      return http(LIVE_DAY, settings, clock);
    }
    if (text.contains("://")) {
      return http(
          WebAddress.of(
              text, Setting.SOURCE, settings, "is no URL of a feed; write https://HOST/PATH"),
          settings,
          clock);
    }
    Path path = path(text, settings);
    if (Files.isDirectory(path)) {
      return new CaptureFolder(path, maxBytes, settings.count(Setting.SPEED));
    }
    if (Files.exists(path)) {
      return new FileSource(path, maxBytes);
    }
    throw new NodeException(
        "there is no file or folder '%s'; a source is live, live-24h, an https: URL, a file, a folder of captures, or sample"
            .formatted(text));
  }

  private static Source http(URI url, Settings settings, InstantSource clock) {
    String agent = UserAgent.of(settings, url);
    return new HttpSource(
        url, HttpSettings.of(agent, settings.bytes(Setting.MAX_FEED_SIZE)), clock);
  }

  private static Path path(String text, Settings settings) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw settings.wrong(Setting.SOURCE, "can't be a path");
    }
  }
}
