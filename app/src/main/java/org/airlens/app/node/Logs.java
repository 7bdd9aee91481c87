package org.airlens.app.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.logging.LogManager;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends every library's log to stderr: readable lines, or a JSON object a line. */
public final class Logs {

  private enum Format {
    TEXT,
    JSON
  }

  private enum Threshold {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private Logs() {}

  /** Begins to log as the settings ask. */
  public static void begin(Settings settings) {
    Format format = settings.word(Setting.LOG_FORMAT, Format.class);
    Level level =
        Level.toLevel(settings.word(Setting.LOG_LEVEL, Threshold.class).name(), Level.INFO);
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // Started by spark-submit, which brings another log and its settings.
    }
    context.reset();
    EncoderBase<ILoggingEvent> encoder = format == Format.JSON ? new JsonEncoder() : lines();
    encoder.setContext(context);
    encoder.start();
    append(context, encoder);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level == Level.DEBUG ? level : Level.WARN);
    context.getLogger("org.airlens").setLevel(level);
    if (level != Level.DEBUG) {
      // Each lost connection is told with its stack; the store tells it in a line.
      context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
      // Warns of what every start on one machine has: no native Hadoop, an unset local address.
      context.getLogger("org.apache.hadoop").setLevel(Level.ERROR);
      context.getLogger("org.apache.spark").setLevel(Level.ERROR);
      // Tells each end of a stream with its stack; the command tells it in a line.
      context.getLogger("org.apache.spark.sql.execution.streaming").setLevel(Level.OFF);
    }
  }

  private static EncoderBase<ILoggingEvent> lines() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss} %-5level %msg%n%ex");
    return encoder;
  }

  private static void append(LoggerContext context, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
  }
}
