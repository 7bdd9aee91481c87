package org.airlens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, and no more. */
final class RawClient implements AutoCloseable {

  private static final int HANGS_AFTER_MILLIS = 30_000;

  private final Socket socket = new Socket();

  RawClient(TestNode node) {
    this(node.port());
  }

  RawClient(int port) {
    try {
      socket.setReceiveBufferSize(8 * 1024);
      socket.setSoTimeout(HANGS_AFTER_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawClient say(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says it unless the server has hung up. */
  boolean trySay(String text) {
    try {
      say(text);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Asks for a path and keeps the connection. */
  RawClient ask(String path) {
    return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** Asks for a path, and for nothing after it. */
  RawClient askOnce(String path) {
    return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /** Everything until the server hangs up, however it does. */
  String hearToTheEnd() {
    StringBuilder heard = new StringBuilder();
    try {
      byte[] buffer = new byte[1 << 14];
      while (true) {
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
          return heard.toString();
        }
        heard.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server does not hang up; it said: " + heard, e);
    } catch (IOException e) {
      return heard.toString();
    }
  }

  /** What comes until this text has come. */
  String hearUntil(String end) {
    StringBuilder heard = new StringBuilder();
    try {
      while (heard.indexOf(end) < 0) {
        int one = socket.getInputStream().read();
        if (one < 0) {
          throw new AssertionError("the server hung up after: " + heard);
        }
        heard.append((char) one);
      }
      return heard.toString();
    } catch (IOException e) {
      throw new AssertionError("heard only: " + heard, e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
