package org.airlens.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class tells people while this is open. */
final class HeardLog implements AutoCloseable {

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        }
      };

  private HeardLog(Class<?> speaker) {
    logger = (Logger) LoggerFactory.getLogger(speaker);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  static HeardLog of(Class<?> speaker) {
    return new HeardLog(speaker);
  }

  /** The lines from INFO up, each with its level. */
  List<String> lines() {
    return lines;
  }

  /** The lines that warn. */
  List<String> warnings() {
    return lines.stream().filter(line -> line.startsWith("WARN ")).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
