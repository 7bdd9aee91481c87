package org.airlens.app.config;

import java.util.regex.Pattern;

/** Keeps secrets out of what is printed. */
public final class Secrets {

  private static final Pattern USER_INFO = Pattern.compile("(?<=//)([^/@:?#]*):[^/@?#]*(?=@)");

  /**
   * A store's address has no @ but the one after the password, which may hold what it should not.
   */
  private static final Pattern STORE_USER_INFO =
      Pattern.compile("(?<=^postgresql://)([^/@:?#]*):.*(?=@)");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)(?<=[?&])([^=&]*(?:password|secret|token|key|signature)[^=&]*)=[^&\\s]*");

  private Secrets() {}

  /** The text with the passwords, tokens and keys of its URIs replaced by {@code ***}. */
  public static String masked(String text) {
    String named = STORE_USER_INFO.matcher(text).replaceAll("$1:***");
    return PARAMETER.matcher(USER_INFO.matcher(named).replaceAll("$1:***")).replaceAll("$1=***");
  }
}
