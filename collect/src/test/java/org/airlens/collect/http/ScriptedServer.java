package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A server that answers each connection byte for byte as the test says, however badly. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket door;
  private final Script script;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();
  private final Semaphore hangUps = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);

  private ScriptedServer(Script script) throws IOException {
    this.script = script;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static ScriptedServer start(Script script) throws IOException {
    ScriptedServer server = new ScriptedServer(script);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /** A server whose body is written bit by bit, chunked, after a head that says 200. */
  static ScriptedServer streaming(String headers, Body body) throws IOException {
    return start((out, server) -> {
      write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n");
      body.write(new Chunked(out), server);
      write(out, "0\r\n\r\n");
    });
  }

  /** A server that sends a body at once. */
  static ScriptedServer sending(String headers, byte[] body) throws IOException {
    return start((out, server) -> {
      write(out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n".formatted(body.length, headers));
      out.write(body);
    });
  }

  URI url() {
    return URI.create("http://localhost:" + door.getLocalPort() + "/data.json");
  }

  /** How many connections were made. */
  int connections() {
    return connections.size();
  }

  /** The lines of each request's head. */
  List<List<String>> requests() {
    return List.copyOf(requests);
  }

  /** Does nothing more until the server is closed. */
  void silence() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hangs up once the test has said {@link #nowHangUp}: it has read what came before. */
  void hangUp() throws IOException {
    try {
      hangUps.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("hang up");
  }

  void nowHangUp() {
    hangUps.release();
  }

  /** Is slow: the time between two drops. */
  void rest() throws IOException {
    try {
      if (closing.await(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    hangUps.release(connections.size());
    door.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket connection = door.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
      while (true) {
        List<String> head = in.lines().takeWhile(line -> !line.isEmpty()).toList();
        if (head.isEmpty()) {
          return;
        }
        requests.add(head);
        script.answer(connection.getOutputStream(), this);
        connection.getOutputStream().flush();
      }
    } catch (IOException | UncheckedIOException e) {
      // The client has gone, or the script wanted the connection to end.
    }
  }

  /** Answers one request; an {@link IOException} ends the connection. */
  interface Script {
    void answer(OutputStream out, ScriptedServer server) throws IOException;
  }

  /** Writes one body. */
  interface Body {
    void write(OutputStream out, ScriptedServer server) throws IOException;
  }

  /** Each write is a chunk of its own. */
  private static final class Chunked extends OutputStream {

    private final OutputStream out;

    Chunked(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
        out.write(bytes, offset, length);
        out.write("\r\n".getBytes(ISO_8859_1));
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
