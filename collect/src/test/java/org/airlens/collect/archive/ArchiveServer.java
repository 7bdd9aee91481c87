package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A real web server that serves a folder as the archive's does, and misbehaves when told to. */
public final class ArchiveServer implements AutoCloseable {

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Answer>> planned = new ConcurrentHashMap<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile boolean namesVersions = true;

  /** What was asked, and the status of the answer. */
  public record Request(String path, int status, String userAgent) {}

  /** An answer instead of the file. */
  public interface Answer {
    /** Gives it. */
    int give(HttpExchange exchange) throws IOException;
  }

  private ArchiveServer(Path root) throws IOException {
    this.root = root;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Serves a folder on a free port. */
  public static ArchiveServer of(Path root) throws IOException {
    return new ArchiveServer(root);
  }

  /** Where the folder is. */
  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  /** What was asked so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Forgets what was asked. */
  public void forget() {
    requests.clear();
  }

  /** How many requests were under way at once, at most. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** Sends no ETag and no Last-Modified from now on. */
  public void namesNoVersions() {
    namesVersions = false;
  }

  /** Gives this answer the next time that a path is asked for. */
  public void next(String path, Answer answer) {
    planned.computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>()).add(answer);
  }

  /** An answer that is only a status. */
  public static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      return status;
    };
  }

  /** An answer that ends in the middle. */
  public Answer brokenOff() {
    return exchange -> {
      byte[] bytes = Files.readAllBytes(file(exchange.getRequestURI().getPath()));
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      throw new IOException("hang up");
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Queue<Answer> answers = planned.get(path);
      Answer answer = answers == null ? null : answers.poll();
      int status = answer == null ? file(exchange, path) : answer.give(exchange);
      requests.add(new Request(path, status, exchange.getRequestHeaders().getFirst("User-Agent")));
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private int file(HttpExchange exchange, String path) throws IOException {
    Path file = file(path);
    if (!file.startsWith(root) || !Files.exists(file)) {
      exchange.sendResponseHeaders(404, -1);
      return 404;
    }
    if (Files.isDirectory(file)) {
      byte[] page = page(path, file).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
      return 200;
    }
    byte[] bytes = Files.readAllBytes(file);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    String tag = "\"" + HexFormat.of().toHexDigits(crc.getValue()) + "\"";
    if (namesVersions) {
      exchange.getResponseHeaders().set("ETag", tag);
      if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        return 304;
      }
    }
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    return 200;
  }

  private Path file(String path) {
    return root.resolve(path.substring(1)).normalize();
  }

  /** As Apache writes it. */
  private static String page(String path, Path folder) {
    StringBuilder page = new StringBuilder();
    page.append("<html><head><title>Index of ").append(path).append("</title></head><body><table>");
    page.append("<tr><th><a href=\"?C=N;O=D\">Name</a></th></tr>");
    page.append("<tr><td><a href=\"/\">Parent Directory</a></td></tr>\n");
    try (Stream<Path> children = Files.list(folder)) {
      children
          .sorted()
          .forEach(child -> {
            String name = child.getFileName() + (Files.isDirectory(child) ? "/" : "");
            page.append("<tr><td><a href=\"%s\">%s</a></td></tr>\n".formatted(name, name));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.append("</table></body></html>").toString();
  }
}
