package org.airlens.app.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The panels of one of the dashboards in {@code deploy/grafana}, with Grafana's macros and
 * variables expanded as its documentation says.
 *
 * @param dashboard the dashboard's document
 * @param measure what {@code measure_name} is set to
 * @param locations what {@code location_id} is set to; none for All
 * @param from the time range's begin
 * @param to the time range's end
 */
record GrafanaPanels(
    JsonNode dashboard, String measure, List<String> locations, Instant from, Instant to) {

  private static final String INTERVAL = "5m";
  private static final int INTERVAL_SECONDS = 300;

  static JsonNode read(String name) {
    return JsonMapper.shared()
        .readTree(Path.of("..", "deploy", "grafana", "dashboards", name + ".json").toFile());
  }

  /** The one target of the panel of this type and title. */
  JsonNode target(String type, String titleEnd) {
    for (JsonNode panel : dashboard.get("panels")) {
      if (panel.get("type").asString().equals(type)
          && panel.get("title").asString().endsWith(titleEnd)) {
        return panel.get("targets").get(0);
      }
    }
    throw new IllegalArgumentException("no panel " + type + " " + titleEnd);
  }

  /** A variable of the dashboard. */
  JsonNode variable(String name) {
    for (JsonNode variable : dashboard.get("templating").get("list")) {
      if (variable.get("name").asString().equals(name)) {
        return variable;
      }
    }
    throw new IllegalArgumentException("no variable " + name);
  }

  /** A SQL target's statement, as the PostgreSQL data source sends it. */
  String sql(JsonNode target) {
    String text = target.get("rawSql").asString();
    text =
        text.replaceAll(
            "\\$__timeGroupAlias\\(([^,]+), \\$__interval\\)",
            "floor(extract(epoch from $1)/%1$d)*%1$d AS \"time\"".formatted(INTERVAL_SECONDS));
    text =
        text.replaceAll(
            "\\$__timeFilter\\(([^)]+)\\)", "$1 BETWEEN '%s' AND '%s'".formatted(from, to));
    return finished(text.replace("$__interval", INTERVAL));
  }

  /** An HTTP target's address, as the Infinity data source asks for it. */
  String url(JsonNode target) {
    return finished(
        target
            .get("url")
            .asString()
            .replace("${__from:date:iso}", from.toString())
            .replace("${__to:date:iso}", to.toString()));
  }

  /** The selectors of an HTTP target's columns. */
  List<String> selectors(JsonNode target) {
    List<String> selectors = new ArrayList<>();
    target
        .get("columns")
        .forEach(column -> selectors.add(finished(column.get("selector").asString())));
    return selectors;
  }

  private String finished(String text) {
    String all = variable("location_id").path("allValue").asString("");
    String expanded =
        text.replace("${measure_name:raw}", measure)
            .replace("${measure_name}", measure)
            .replace("${location_id:pipe}", locations.isEmpty() ? all : String.join("|", locations))
            .replace("${location_id:csv}", String.join(",", locations));
    if (expanded.contains("${") || expanded.contains("$__")) {
      throw new IllegalArgumentException("not expanded: " + expanded);
    }
    return expanded;
  }
}
