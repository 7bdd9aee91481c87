package org.airlens.store.timestream;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.timestreamquery.model.Datum;
import software.amazon.awssdk.services.timestreamquery.model.QueryResponse;
import software.amazon.awssdk.services.timestreamquery.model.Row;

/**
 * The rows of a statement, fetched page by page as they are taken. A page may be empty and not the
 * last. One who leaves early stops the query, which would go on to cost.
 */
final class QueryRows implements Iterator<List<Datum>>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryRows.class);

  private final Table table;
  private final String sql;
  private Iterator<Row> page = List.<Row>of().iterator();
  private @Nullable String token;
  private @Nullable String queryId;
  private boolean begun;

  QueryRows(Table table, String sql) {
    this.table = table;
    this.sql = sql;
    if (sql.getBytes(StandardCharsets.UTF_8).length > Limits.QUERY_BYTES) {
      throw new StoreException(
          "%s: the question is longer than Timestream takes; ask for fewer sensors, or for a"
                  .formatted(table.address().description())
              + " simpler area");
    }
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && (!begun || token != null)) {
      fetch();
    }
    return page.hasNext();
  }

  @Override
  public List<Datum> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next().data();
  }

  private void fetch() {
    String from = token;
    QueryResponse response =
        table
            .service()
            .call(
                "can't query",
                () ->
                    table
                        .service()
                        .query()
                        .query(request -> request.queryString(sql).nextToken(from)));
    begun = true;
    queryId = response.queryId();
    token = response.nextToken();
    page = response.rows().iterator();
    if (token == null && response.queryStatus() != null) {
      Long bytes = response.queryStatus().cumulativeBytesMetered();
      table.metered(sql, bytes == null ? 0 : bytes);
    }
  }

  @Override
  public void close() {
    if (begun && token != null && queryId != null) {
      String id = queryId;
      token = null;
      try {
        table.service().query().cancelQuery(request -> request.queryId(id));
      } catch (SdkException | IllegalStateException | RejectedExecutionException e) {
        LOG.debug("a query that nobody reads was not stopped", e);
      }
    }
  }
}
