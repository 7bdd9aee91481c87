package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.airlens.collect.EntrySink;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;

/**
 * A process that reads a feed of a gigabyte from a server of its own, to be run with a small heap.
 * It prints how many readings it took and how the feed ended.
 */
final class GigabyteFeed {

  /** So many times the capture of a megabyte. */
  static final int COPIES = 1_080;

  private GigabyteFeed() {}

  /** Takes the path of a real capture and the size limit in bytes. */
  public static void main(String[] arguments) throws Exception {
    String capture = Files.readString(Path.of(arguments[0])).strip();
    String entries = capture.substring(1, capture.length() - 1);
    byte[] first = ScriptedServer.gzip(("[" + entries).getBytes(UTF_8));
    byte[] more = ScriptedServer.gzip(("," + entries).getBytes(UTF_8));
    byte[] last = ScriptedServer.gzip("]".getBytes(UTF_8));
    HttpSettings settings = HttpSettings.of("AirLens-test", Long.parseLong(arguments[1]));
    try (ScriptedServer server =
            ScriptedServer.streaming(
                "Content-Encoding: gzip\r\n",
                (out, self) -> {
                  out.write(first);
                  for (int i = 1; i < COPIES; i++) {
                    out.write(more);
                  }
                  out.write(last);
                });
        HttpSource source = new HttpSource(server.url(), settings, InstantSource.system());
        FeedContent feed = TestSettings.content(source)) {
      System.out.println(parse(feed));
    }
  }

  private static String parse(FeedContent feed) {
    Counter counter = new Counter();
    String end;
    try {
      long bytes = new FeedParser(InstantSource.system()).parse("", feed.body(), counter).bytes();
      end = "read " + bytes;
    } catch (IOException e) {
      end = e.getMessage();
    }
    return counter.readings + " readings, " + end;
  }

  private static final class Counter implements EntrySink {

    private long readings;

    @Override
    public void reading(Reading reading) {
      readings++;
    }

    @Override
    public void rejected(Rejection rejection) {}
  }
}
