package org.airlens.store.embedded;

import io.questdb.DefaultFactoryProvider;
import io.questdb.FactoryProvider;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.security.ReadOnlySecurityContextFactory;
import io.questdb.cairo.security.SecurityContextFactory;
import io.questdb.cutlass.pgwire.DefaultPGCircuitBreakerRegistry;
import io.questdb.cutlass.pgwire.DefaultPGConfiguration;
import io.questdb.cutlass.pgwire.PGServer;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.mp.WorkerPool;
import io.questdb.network.NetworkError;
import org.airlens.store.StoreException;

/**
 * The PostgreSQL wire on loopback, read-only, for SQL tools: user {@code airlens}, password {@code
 * airlens}, database {@code airlens}.
 */
final class SqlPort implements AutoCloseable {

  private static final int LOOPBACK = 0x7f000001;

  /** Who comes through the port may look and change nothing. */
  private static final FactoryProvider READ_ONLY =
      new DefaultFactoryProvider() {
        @Override
        public SecurityContextFactory getSecurityContextFactory() {
          return ReadOnlySecurityContextFactory.INSTANCE;
        }
      };

  private final PGServer server;
  private final WorkerPool workers;

  private SqlPort(PGServer server, WorkerPool workers) {
    this.server = server;
    this.workers = workers;
  }

  /** Listens on a port of 127.0.0.1; 0 picks a free one. */
  static SqlPort open(CairoEngine engine, int port) {
    DefaultPGConfiguration configuration =
        new DefaultPGConfiguration() {
          @Override
          public int getBindIPv4Address() {
            return LOOPBACK;
          }

          @Override
          public int getBindPort() {
            return port;
          }

          @Override
          public String getDefaultUsername() {
            return "airlens";
          }

          @Override
          public String getDefaultPassword() {
            return "airlens";
          }

          @Override
          public FactoryProvider getFactoryProvider() {
            return READ_ONLY;
          }
        };
    WorkerPool workers = new WorkerPool(() -> 1);
    try {
      PGServer server =
          new PGServer(
              configuration,
              engine,
              workers,
              new DefaultPGCircuitBreakerRegistry(configuration, engine.getConfiguration()),
              () -> new SqlExecutionContextImpl(engine, 1));
      workers.start();
      return new SqlPort(server, workers);
    } catch (RuntimeException | NetworkError e) {
      workers.close();
      throw new StoreException(
          "the SQL port %d can't be opened (%s); choose another with --pg-port"
              .formatted(port, e.getMessage()));
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    workers.halt();
    server.close();
  }
}
