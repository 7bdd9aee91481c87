package org.airlens.app.config;

import java.util.regex.Pattern;

/** Keeps secrets out of what is printed. */
public final class Secrets {

  private static final Pattern USER_INFO = Pattern.compile("(?<=//)([^/@:?#]*):[^/@?#]*(?=@)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)(?<=[?&])([^=&]*(?:password|secret|token|key|signature)[^=&]*)=[^&\\s]*");

  private Secrets() {}

  /** The text with the passwords, tokens and keys of its URIs replaced by {@code ***}. */
  public static String masked(String text) {
    return PARAMETER.matcher(USER_INFO.matcher(text).replaceAll("$1:***")).replaceAll("$1=***");
  }
}
