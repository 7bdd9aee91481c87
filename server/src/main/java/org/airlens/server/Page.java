package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.Band;
import org.airlens.aqi.Pollutant;
import org.airlens.model.Reading;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/** Writes the page. Whatever comes from outside is escaped. */
final class Page {

  private static final int ROWS = 100;

  /** What is older than the newest reading by more than this says nothing about the air of now. */
  private static final Duration CURRENT = Duration.ofHours(1);

  private static final AqiStandard INDEX = AqiStandards.find("uk-daqi").orElseThrow();
  private static final int HIGHEST_INDEX = 10;

  private static final Comparator<Reading> WORST_FIRST =
      Comparator.comparingInt((Reading reading) -> reading.aqi().orElse(0))
          .thenComparingDouble(reading -> reading.value("P2").orElse(-1))
          .thenComparing(Reading::timestamp)
          .reversed()
          .thenComparingLong(reading -> reading.sensor().id());

  private final Services services;
  private final Readiness readiness;
  private final String template;

  Page(Services services, Readiness readiness, String stylePath) {
    this.services = services;
    this.readiness = readiness;
    template = Resources.text("web/page.html").replace("${style}", stylePath);
  }

  /** The page as it is now. */
  String html() {
    List<Reading> current = current();
    return template
        .replace("${status}", status())
        .replace("${facts}", facts())
        .replace("${latest}", current.isEmpty() ? NOTHING_YET : latest(current));
  }

  private static final String NOTHING_YET =
      "<p class=\"empty\">No readings yet. They appear here as soon as a source has delivered"
          + " some.</p>";

  private List<Reading> current() {
    Optional<Instant> newest = services.view().snapshot().newest();
    if (newest.isEmpty()) {
      return List.of();
    }
    Instant oldest = newest.get().minus(CURRENT);
    List<Reading> current = new ArrayList<>();
    for (Reading reading : services.view().snapshot().all()) {
      if (!reading.timestamp().isBefore(oldest)) {
        current.add(reading);
      }
    }
    return current;
  }

  private String status() {
    List<String> reasons = readiness.reasons();
    if (reasons.isEmpty()) {
      return "<p class=\"status ready\">Ready</p>";
    }
    StringBuilder html = new StringBuilder("<ul class=\"status waiting\">");
    reasons.forEach(reason -> html.append("<li>").append(escaped(reason)).append("</li>"));
    return html.append("</ul>").toString();
  }

  private String facts() {
    StringBuilder html = new StringBuilder();
    Optional<Instant> newest = services.view().snapshot().newest();
    fact(html, "Sensors", grouped(services.view().snapshot().size()));
    fact(html, "Newest reading", newest.map(Page::shown).orElse("none yet"));
    fact(html, "Lag", newest.map(this::age).orElse("–"));
    try {
      StoreStatus store = readiness.storeStatus();
      String megabytes = String.format(Locale.ROOT, "%,.0f MB", store.bytes() / 1e6);
      fact(html, "Readings kept", grouped(store.readings()) + " in " + megabytes);
    } catch (StoreException e) {
      fact(html, "Store", "can't answer");
    }
    services.ingest().map(supplier -> supplier.get()).ifPresent(ingest -> ingest(html, ingest));
    return html.toString();
  }

  private void ingest(StringBuilder html, IngestStatus ingest) {
    if (ingest.lastCycle().isPresent()) {
      IngestStatus.CycleStatus cycle = ingest.lastCycle().get();
      fact(
          html,
          "Last cycle",
          "%s ago: %s new of %s seen"
                  .formatted(age(cycle.startedAt()), grouped(cycle.stored()), grouped(cycle.seen()))
              + cycle.problem().map(problem -> "; " + problem).orElse(""));
    }
    for (IngestStatus.SourceStatus source : ingest.sources()) {
      html.append("<div class=\"source\"><dt>Source ").append(escaped(source.name()));
      html.append("</dt><dd>").append(escaped(source.state()));
      source.problem().ifPresent(problem -> html.append(": ").append(escaped(problem)));
      html.append("</dd></div>");
    }
  }

  private static String latest(List<Reading> current) {
    StringBuilder html = new StringBuilder();
    List<Reading> worst = worst(current);
    html.append("<p class=\"note\">");
    if (worst.size() == current.size()) {
      html.append("All ").append(grouped(current.size())).append(" sensors");
    } else {
      html.append("The worst ").append(worst.size()).append(" of ");
      html.append(grouped(current.size())).append(" sensors");
    }
    html.append(
        " that reported in the hour up to the newest reading. The index is the UK Daily Air"
            + " Quality Index of each reading by itself, not of a 24-hour mean; PM in µg/m³, times"
            + " in UTC.</p>");
    bands(html, current);
    html.append(
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"latest\" tabindex=\"0\"><table>"
            + "<thead><tr><th scope=\"col\">Index</th><th scope=\"col\" class=\"number\">PM2.5</th>"
            + "<th scope=\"col\" class=\"number\">PM10</th>"
            + "<th scope=\"col\" class=\"number wide\">°C</th>"
            + "<th scope=\"col\" class=\"number wide\">Humidity %</th>"
            + "<th scope=\"col\">Sensor</th><th scope=\"col\" class=\"wide\">Type</th>"
            + "<th scope=\"col\" class=\"wide\">Country</th>"
            + "<th scope=\"col\">Time</th></tr></thead>\n<tbody>\n");
    worst.forEach(reading -> row(html, reading));
    return html.append("</tbody></table></div>").toString();
  }

  /** The worst ones, the worst first, without sorting all. */
  private static List<Reading> worst(List<Reading> current) {
    PriorityQueue<Reading> kept = new PriorityQueue<>(ROWS + 1, WORST_FIRST.reversed());
    for (Reading reading : current) {
      kept.add(reading);
      if (kept.size() > ROWS) {
        kept.remove();
      }
    }
    return kept.stream().sorted(WORST_FIRST).toList();
  }

  /** A bar with a piece for each index value, and how many sensors have it. */
  private static void bands(StringBuilder html, List<Reading> current) {
    int[] counts = new int[HIGHEST_INDEX + 1];
    int indexed = 0;
    for (Reading reading : current) {
      if (reading.aqi().isPresent()) {
        counts[reading.aqi().getAsInt()]++;
        indexed++;
      }
    }
    if (indexed == 0) {
      return;
    }
    html.append("<svg class=\"bands\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\"")
        .append(" aria-hidden=\"true\">");
    double from = 0;
    for (int index = 1; index <= HIGHEST_INDEX; index++) {
      double width = 1000.0 * counts[index] / indexed;
      if (counts[index] > 0) {
        html.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"fill-%d\" x=\"%.2f\" width=\"%.2f\" height=\"12\"/>",
                index,
                from,
                width));
      }
      from += width;
    }
    html.append("</svg><ul class=\"legend\">");
    for (Band band : INDEX.bands(Pollutant.PM25)) {
      int sensors = counts[(int) band.indexLower()];
      if (sensors > 0) {
        int index = (int) band.indexLower();
        html.append("<li><span class=\"aqi aqi-").append(index).append("\">").append(index);
        html.append("</span> ").append(grouped(sensors)).append("</li>");
      }
    }
    html.append("</ul>");
  }

  private static void fact(StringBuilder html, String name, String value) {
    html.append("<div><dt>")
        .append(escaped(name))
        .append("</dt><dd>")
        .append(escaped(value))
        .append("</dd></div>");
  }

  private static void row(StringBuilder html, Reading reading) {
    long id = reading.sensor().id();
    html.append("<tr><td>");
    if (reading.aqi().isPresent()) {
      int index = reading.aqi().getAsInt();
      html.append("<span class=\"aqi aqi-").append(index).append("\">").append(index);
      html.append("</span> <span class=\"wide\">").append(escaped(label(index)));
      html.append("</span>");
    } else {
      html.append("<span class=\"none\">none</span>");
    }
    html.append("</td><td class=\"number\">").append(value(reading, "P2"));
    html.append("</td><td class=\"number\">").append(value(reading, "P1"));
    html.append("</td><td class=\"number wide\">").append(value(reading, "temperature"));
    html.append("</td><td class=\"number wide\">").append(value(reading, "humidity"));
    html.append("</td><td><a href=\"/api/v1/sensors/").append(id).append("\">").append(id);
    html.append("</a></td><td class=\"wide\">").append(escaped(reading.sensor().type().name()));
    html.append("</td><td class=\"wide\">").append(escaped(reading.location().country()));
    html.append("</td><td><time datetime=\"").append(reading.timestamp()).append("\">");
    String time = shown(reading.timestamp());
    html.append("<span class=\"wide\">").append(time, 0, time.indexOf(' ') + 1);
    html.append("</span>").append(time, time.indexOf(' ') + 1, time.length());
    html.append("</time></td></tr>\n");
  }

  private static String label(int index) {
    return INDEX.bands(Pollutant.PM25).stream()
        .filter(band -> index >= band.indexLower() && index <= band.indexUpper())
        .findFirst()
        .map(Band::label)
        .orElse("");
  }

  private static String value(Reading reading, String measure) {
    OptionalDouble value = reading.value(measure);
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
  }

  /** {@code 2026-11-23 10:00:00}. */
  private static String shown(Instant instant) {
    return instant.toString().replace('T', ' ').replace("Z", "");
  }

  /** How long ago, roughly. */
  private String age(Instant instant) {
    Duration age = Duration.between(instant, services.clock().instant());
    if (age.toDays() >= 2) {
      return grouped(age.toDays()) + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " h";
    }
    return age.toMinutes() >= 2 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
