package org.airlens.store.timestream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Timestream's two services on a port of the loopback, over HTTP as they speak it (AWS JSON 1.0),
 * strict: a request that breaks a documented limit is refused as the service refuses it.
 */
final class FakeTimestream implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PAGE = 2_000;
  private static final Pattern SIGNED =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=[A-Za-z0-9]+/\\d{8}/eu-central-1/timestream/aws4_request,"
              + " SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> databases = new HashSet<>();
  private final Map<String, FakeTable> tables = new HashMap<>();
  private final Map<String, Paged> pages = new HashMap<>();
  private final Map<String, Queue<ServiceError>> failures = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final List<JsonNode> writes = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final AtomicInteger beingWritten = new AtomicInteger();
  private final AtomicInteger mostBeingWritten = new AtomicInteger();
  private volatile Instant now;
  private long tokens;

  FakeTimestream(Instant now) throws IOException {
    this.now = now;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Instant now() {
    return now;
  }

  void at(Instant instant) {
    now = instant;
  }

  /** A table that somebody made. */
  synchronized FakeTable table(
      String database, String name, Duration memory, Duration magnetic, boolean takesLate) {
    databases.add(database);
    FakeTable table = new FakeTable(database, name, memory, magnetic, takesLate, true);
    tables.put(database + "/" + name, table);
    return table;
  }

  synchronized FakeTable table(String database, String name) {
    FakeTable table = tables.get(database + "/" + name);
    if (table == null) {
      throw ServiceError.notFound("The table " + name);
    }
    return table;
  }

  /** Forgets all records, as a retention would that has passed. */
  synchronized void clear() {
    tables.values().forEach(FakeTable::clear);
  }

  /** The next so many requests of an operation are answered so. */
  void failNext(String operation, ServiceError error, int times) {
    for (int i = 0; i < times; i++) {
      failures.computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>()).add(error);
    }
  }

  /** How many requests of an operation came. */
  int count(String operation) {
    return counts.computeIfAbsent(operation, _ -> new AtomicInteger()).get();
  }

  /** The bodies of the write requests. */
  List<JsonNode> writes() {
    return writes;
  }

  /** The statements, as often as they were begun. */
  List<String> queries() {
    return queries;
  }

  /** How many write requests were under way at the same time at most. */
  int mostBeingWritten() {
    return mostBeingWritten.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation = target.replace("Timestream_20181101.", "");
    counts.computeIfAbsent(operation, _ -> new AtomicInteger()).incrementAndGet();
    int status = 200;
    ObjectNode answer;
    try {
      answer = answer(exchange, target, operation);
    } catch (ServiceError e) {
      status = e.status();
      answer = refusal(e);
    } catch (RuntimeException e) {
      status = 500;
      answer = refusal(new ServiceError(500, "InternalServerException", String.valueOf(e)));
    }
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private ObjectNode answer(HttpExchange exchange, String target, String operation)
      throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var headers = exchange.getRequestHeaders();
    if (!target.startsWith("Timestream_20181101.")
        || !exchange.getRequestMethod().equals("POST")
        || !"application/x-amz-json-1.0".equals(headers.getFirst("Content-Type"))) {
      throw new ServiceError(400, "UnknownOperationException", target);
    }
    if (!SIGNED.matcher(String.valueOf(headers.getFirst("Authorization"))).matches()
        || !headers.containsKey("X-Amz-Date")) {
      throw new ServiceError(403, "MissingAuthenticationTokenException", "not signed");
    }
    ServiceError failure =
        failures.computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>()).poll();
    if (failure != null) {
      throw failure;
    }
    JsonNode request = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    return switch (operation) {
      case "DescribeEndpoints" -> endpoints();
      case "CreateDatabase" -> createDatabase(request);
      case "CreateTable" -> createTable(request);
      case "DescribeTable" -> described(name(request, "TableName"), tableOf(request));
      case "WriteRecords" -> writeRecords(request);
      case "Query" -> query(request);
      case "CancelQuery" -> JSON.createObjectNode().put("CancellationMessage", "cancelled");
      default -> throw new ServiceError(400, "UnknownOperationException", operation);
    };
  }

  private static ObjectNode refusal(ServiceError error) {
    ObjectNode refusal = JSON.createObjectNode();
    refusal.put("__type", "com.amazonaws.timestream.v20181101#" + error.type());
    refusal.put("message", error.getMessage());
    if (!error.rejected().isEmpty()) {
      ArrayNode records = refusal.putArray("RejectedRecords");
      for (ServiceError.Rejected one : error.rejected()) {
        ObjectNode record = records.addObject();
        record.put("RecordIndex", one.index()).put("Reason", one.reason());
        if (one.existingVersion() != null) {
          record.put("ExistingVersion", one.existingVersion());
        }
      }
    }
    return refusal;
  }

  private static ObjectNode endpoints() {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putArray("Endpoints")
        .addObject()
        .put("Address", "cell7.timestream.eu-central-1.amazonaws.com")
        .put("CachePeriodInMinutes", 1440);
    return answer;
  }

  private synchronized ObjectNode createDatabase(JsonNode request) {
    String database = name(request, "DatabaseName");
    if (!databases.add(database)) {
      throw ServiceError.conflict("The database " + database);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("Database").put("DatabaseName", database);
    return answer;
  }

  private synchronized ObjectNode createTable(JsonNode request) {
    String database = name(request, "DatabaseName");
    String name = name(request, "TableName");
    if (!databases.contains(database)) {
      throw ServiceError.notFound("The database " + database);
    }
    if (tables.containsKey(database + "/" + name)) {
      throw ServiceError.conflict("The table " + name);
    }
    long hours =
        request.path("RetentionProperties").path("MemoryStoreRetentionPeriodInHours").asLong(6);
    long days =
        request
            .path("RetentionProperties")
            .path("MagneticStoreRetentionPeriodInDays")
            .asLong(73_000);
    if (hours < 1 || hours > 8_766 || days < 1 || days > 73_000) {
      throw ServiceError.validation("retention of " + hours + " h and " + days + " d");
    }
    JsonNode key = request.path("Schema").path("CompositePartitionKey").path(0);
    FakeTable table =
        new FakeTable(
            database,
            name,
            Duration.ofHours(hours),
            Duration.ofDays(days),
            request
                .path("MagneticStoreWriteProperties")
                .path("EnableMagneticStoreWrites")
                .asBoolean(false),
            key.path("Name").asString("").equals("sensor_id"));
    tables.put(database + "/" + name, table);
    return described(name, table);
  }

  private static ObjectNode described(String name, FakeTable table) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode described = answer.putObject("Table");
    described.put("TableName", name).put("TableStatus", "ACTIVE");
    described
        .putObject("RetentionProperties")
        .put("MemoryStoreRetentionPeriodInHours", table.memory().toHours())
        .put("MagneticStoreRetentionPeriodInDays", table.magnetic().toDays());
    described
        .putObject("MagneticStoreWriteProperties")
        .put("EnableMagneticStoreWrites", table.takesLate());
    return answer;
  }

  private ObjectNode writeRecords(JsonNode request) {
    writes.add(request);
    mostBeingWritten.accumulateAndGet(beingWritten.incrementAndGet(), Math::max);
    try {
      return written(request);
    } finally {
      beingWritten.decrementAndGet();
    }
  }

  private synchronized ObjectNode written(JsonNode request) {
    FakeTable table = tableOf(request);
    JsonNode records = request.path("Records");
    if (records.isEmpty() || records.size() > 100) {
      throw ServiceError.validation("a request has 1 to 100 records, not " + records.size());
    }
    List<WrittenRecord> batch = new ArrayList<>();
    for (JsonNode record : records) {
      batch.add(WrittenRecord.of(request.path("CommonAttributes"), record));
    }
    List<ServiceError.Rejected> rejected = table.write(batch, now);
    if (!rejected.isEmpty()) {
      throw ServiceError.rejected(rejected);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("RecordsIngested").put("Total", batch.size());
    return answer;
  }

  private synchronized ObjectNode query(JsonNode request) {
    String sql = request.path("QueryString").asString();
    if (sql.isEmpty() || sql.getBytes(StandardCharsets.UTF_8).length > 256 * 1_024) {
      throw ServiceError.validation("QueryString has 1 to 262144 bytes");
    }
    String token = request.path("NextToken").asString("");
    if (token.isEmpty()) {
      queries.add(sql);
      FakeTable table =
          tables.entrySet().stream()
              .filter(entry -> sql.contains("\"" + entry.getKey().replace("/", "\".\"") + "\""))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() -> ServiceError.validation("no such table: " + sql));
      List<List<@Nullable String>> rows = table.query(sql);
      // As it happens in the service: the first page of a long answer is empty.
      return page(new Paged(sql, rows, 0), rows.size() > PAGE ? 0 : PAGE);
    }
    Paged paged = pages.remove(token);
    if (paged == null || !paged.sql().equals(sql)) {
      throw ServiceError.validation("NextToken is of another query, or was used before");
    }
    return page(paged, PAGE);
  }

  private ObjectNode page(Paged paged, int size) {
    int end = Math.min(paged.offset() + size, paged.rows().size());
    ObjectNode answer = JSON.createObjectNode();
    answer.put("QueryId", "Q" + tokens);
    ArrayNode rows = answer.putArray("Rows");
    for (List<@Nullable String> row : paged.rows().subList(paged.offset(), end)) {
      ArrayNode data = rows.addObject().putArray("Data");
      for (String cell : row) {
        ObjectNode datum = data.addObject();
        if (cell == null) {
          datum.put("NullValue", true);
        } else {
          datum.put("ScalarValue", cell);
        }
      }
    }
    answer.putArray("ColumnInfo");
    if (end < paged.rows().size()) {
      String token = "T" + tokens++;
      pages.put(token, new Paged(paged.sql(), paged.rows(), end));
      answer.put("NextToken", token);
    }
    answer
        .putObject("QueryStatus")
        .put("ProgressPercentage", 100.0)
        .put("CumulativeBytesScanned", 1_000L)
        .put("CumulativeBytesMetered", 10_000_000L);
    return answer;
  }

  private synchronized FakeTable tableOf(JsonNode request) {
    return table(name(request, "DatabaseName"), name(request, "TableName"));
  }

  private static String name(JsonNode request, String field) {
    String name = request.path(field).asString("");
    if (!name.matches("[A-Za-z0-9_.-]{3,256}")) {
      throw ServiceError.validation(field + " is '" + name + "'");
    }
    return name;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    synchronized (this) {
      tables.values().forEach(FakeTable::close);
    }
  }

  private record Paged(String sql, List<List<@Nullable String>> rows, int offset) {}
}
