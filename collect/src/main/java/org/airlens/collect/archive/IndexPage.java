package org.airlens.collect.archive;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder's page as web servers write it: a link to each file and folder in it. */
final class IndexPage {

  private static final Pattern LINK =
      Pattern.compile(
          "<a\\s[^>]{0,500}?href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+))",
          Pattern.CASE_INSENSITIVE);

  /** Names of the archive; nothing that could lead out of a folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*/?");

  private IndexPage() {}

  /**
   * The names that a page links to, those of folders ending in {@code /}.
   *
   * @param html the page
   * @param path the folder's path as it was asked for, beginning and ending in {@code /}
   */
  static List<String> children(String html, String path) {
    Set<String> names = new LinkedHashSet<>();
    Matcher links = LINK.matcher(html);
    while (links.find()) {
      String link = links.group(1);
      if (link == null) {
        link = links.group(2) == null ? links.group(3) : links.group(2);
      }
      String name = relative(link.replace("&amp;", "&"), path);
      if (NAME.matcher(name).matches()) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static String relative(String link, String path) {
    String local = link;
    int scheme = local.indexOf("://");
    if (scheme >= 0) {
      int slash = local.indexOf('/', scheme + 3);
      local = slash < 0 ? "" : local.substring(slash);
    }
    if (local.startsWith(path)) {
      local = local.substring(path.length());
    }
    if (local.startsWith("./")) {
      local = local.substring(2);
    }
    try {
      return URLDecoder.decode(local.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
