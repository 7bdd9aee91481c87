package org.airlens.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.lake.LakeLayout;
import org.airlens.store.lake.LakePartition;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * A lake as an Apache Iceberg table, whose data files are the lake's own. The lake's versions are
 * the truth, and the table follows them: what a version has and the table has not is added by one
 * commit, and what the version has no more is taken out by the same. Iceberg deletes no file of the
 * lake.
 */
final class IcebergTable {

  /** In a snapshot's summary: the number of the lake's version. */
  static final String VERSION = "airlens.version";

  /** In a snapshot's summary: the standard of the version's index. */
  static final String STANDARD = "airlens.standard";

  /** In a snapshot's summary: the rules of the version's calibration. */
  static final String CALIBRATION = "airlens.calibration";

  private static final String FOLDER = "metadata";

  private final Path root;
  private final Path data;
  private final Path folder;
  private final FileSystem files;
  private final Configuration configuration;
  private final HadoopTables tables;
  private final boolean isAsked;

  /** What the table was brought to here; number 0 before. */
  private Lake.Version followed = new Lake.Version(0, Recipe.PLAIN, List.of());

  /**
   * The table of the lake in a folder.
   *
   * @param isAsked whether it is made if there is none
   */
  IcebergTable(Path root, FileSystem files, Configuration configuration, boolean isAsked) {
    this.root = root;
    this.files = files;
    this.configuration = configuration;
    this.isAsked = isAsked;
    data = new Path(root, LakeLayout.DATA);
    folder = new Path(root, FOLDER);
    tables = new HadoopTables(configuration);
  }

  /**
   * Brings the table to a version of the lake, by one commit, unless it is there already; where
   * there is no table, and none is asked for, nothing happens.
   *
   * @throws IOException when it can't; the lake is whole nevertheless
   */
  void follow(Lake.Version version) throws IOException {
    if (version.number() == followed.number()) {
      return;
    }
    try {
      Optional<Table> table = table();
      if (table.isPresent() ? !isAt(table.get(), version) : isAsked) {
        commit(table, version);
      }
      followed = version;
    } catch (RuntimeException e) { // Iceberg throws what its signatures do not say.
      throw failed("follow the lake to version " + version.number(), e);
    }
  }

  /**
   * Forgets the snapshots of other versions than these, and deletes what no snapshot needs of the
   * table's own files.
   *
   * @param kept numbers of versions, with that of the newest
   */
  void keep(Set<Integer> kept) throws IOException {
    try {
      Optional<Table> table = table();
      if (table.isPresent()) {
        forget(table.get(), kept);
        sweep(table.get());
      }
    } catch (RuntimeException e) { // As above.
      throw failed("forget old versions of the lake", e);
    }
  }

  private Optional<Table> table() throws IOException {
    if (!files.exists(folder)) {
      return Optional.empty();
    }
    try {
      Table table = tables.load(root.toString());
      if (!table.location().equals(root.toString())) {
        throw new IOException(
            ("%s is the Iceberg table of a lake in %s; remove it, and ask for the table again with"
                    + " --iceberg")
                .formatted(folder, table.location()));
      }
      return Optional.of(table);
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static boolean isAt(Table table, Lake.Version version) {
    Snapshot newest = table.currentSnapshot();
    return newest != null
        && Integer.toString(version.number()).equals(newest.summary().get(VERSION));
  }

  private void commit(Optional<Table> table, Lake.Version version) throws IOException {
    Transaction transaction =
        table.isPresent()
            ? table.get().newTransaction()
            : tables.newCreateTableTransaction(
                root.toString(),
                IcebergSchema.COLUMNS,
                IcebergSchema.PARTITIONS,
                IcebergSchema.properties());
    transaction.updateSchema().unionByNameWith(IcebergSchema.COLUMNS).commit();
    Schema schema = transaction.table().schema();
    NameMapping names = MappingUtil.create(schema);
    // Spark's files have no ids of fields.
    transaction
        .updateProperties()
        .set(TableProperties.DEFAULT_NAME_MAPPING, NameMappingParser.toJson(names))
        .commit();
    OverwriteFiles change = transaction.newOverwrite();
    Map<String, LakePartition> missing = new LinkedHashMap<>();
    version.partitions().forEach(partition -> missing.put(path(partition), partition));
    if (table.isPresent()) {
      missing.keySet().removeAll(kept(table.get(), version, missing.keySet(), change));
    }
    added(transaction.table(), names, missing).forEach(change::addFile);
    change
        .set(VERSION, Integer.toString(version.number()))
        .set(STANDARD, version.recipe().standard().id())
        .set(CALIBRATION, version.recipe().calibration().toString())
        .commit();
    transaction.commitTransaction();
  }

  /**
   * Takes out of the table what is not in a version's folders.
   *
   * @return the folders that need not be added
   */
  private Set<String> kept(
      Table table, Lake.Version version, Set<String> folders, OverwriteFiles change)
      throws IOException {
    Set<String> kept = new HashSet<>();
    Expression where = Expressions.alwaysTrue();
    if (isAt(table, followed)) { // Then it is known what the table has, and what goes.
      Set<LakePartition> gone = new HashSet<>(followed.partitions());
      version.partitions().forEach(gone::remove);
      where =
          Expressions.in(
              ReadingColumns.DAY, gone.stream().map(LakePartition::day).distinct().toList());
      followed.partitions().forEach(partition -> kept.add(path(partition)));
    }
    try (CloseableIterable<FileScanTask> there = table.newScan().filter(where).planFiles()) {
      for (FileScanTask task : there) {
        String folder = new Path(task.file().location()).getParent().toString();
        if (folders.contains(folder)) {
          kept.add(folder);
        } else {
          change.deleteFile(task.file());
        }
      }
    }
    return kept;
  }

  private String path(LakePartition partition) {
    return data + "/" + partition.path();
  }

  /** A file that is to be added, and its partition. */
  private record Added(FileStatus file, LakePartition partition) {}

  /** The files of partitions, by their folders, with what their footers tell. */
  private Queue<DataFile> added(
      Table table, NameMapping names, Map<String, LakePartition> partitions) throws IOException {
    List<Added> added = new ArrayList<>();
    for (Map.Entry<String, LakePartition> partition : partitions.entrySet()) {
      for (FileStatus file :
          files.listStatus(
              new Path(partition.getKey()), path -> path.getName().endsWith(".parquet"))) {
        added.add(new Added(file, partition.getValue()));
      }
    }
    MetricsConfig bounds = MetricsConfig.forTable(table);
    ParquetReadOptions options = HadoopReadOptions.builder(configuration).build();
    Queue<DataFile> described = new ConcurrentLinkedQueue<>();
    Tasks.foreach(added)
        .executeWith(ThreadPools.getWorkerPool())
        .stopOnFailure()
        .throwFailureWhenFinished()
        .run(
            each -> {
              // Iceberg's own way to a footer reads Hadoop's settings anew for each file.
              try (ParquetFileReader reader =
                  ParquetFileReader.open(
                      HadoopInputFile.fromStatus(each.file(), configuration), options)) {
                Metrics metrics =
                    ParquetUtil.footerMetrics(reader.getFooter(), Stream.empty(), bounds, names);
                described.add(described(each, table.spec(), metrics));
              }
            },
            IOException.class);
    return described;
  }

  private static DataFile described(Added added, PartitionSpec spec, Metrics metrics) {
    LakePartition partition = added.partition();
    return DataFiles.builder(spec)
        .withPath(added.file().getPath().toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(added.file().getLen())
        .withPartitionValues(
            List.of(partition.day(), ExternalCatalogUtils.unescapePathName(partition.sensorType())))
        .withMetrics(metrics)
        .build();
  }

  private static void forget(Table table, Set<Integer> kept) {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata former = operations.current();
    List<Long> old = new ArrayList<>();
    for (Snapshot snapshot : former.snapshots()) {
      String version = snapshot.summary().getOrDefault(VERSION, "");
      if (kept.stream().noneMatch(number -> version.equals(number.toString()))
          && !snapshot.equals(former.currentSnapshot())) {
        old.add(snapshot.snapshotId());
      }
    }
    if (!old.isEmpty()) {
      operations.commit(former, TableMetadata.buildFrom(former).removeSnapshots(old).build());
    }
  }

  /** Deletes what a forgotten snapshot had, or a writer that was killed has left. */
  private void sweep(Table table) throws IOException {
    table.refresh();
    List<String> needed = new ArrayList<>();
    needed.add(ReachableFileUtil.versionHintLocation(table));
    needed.addAll(ReachableFileUtil.metadataFileLocations(table, false));
    needed.addAll(ReachableFileUtil.manifestListLocations(table));
    needed.addAll(ReachableFileUtil.statisticsFilesLocations(table));
    for (Snapshot snapshot : table.snapshots()) {
      snapshot.allManifests(table.io()).stream().map(ManifestFile::path).forEach(needed::add);
    }
    Set<String> names = new HashSet<>();
    needed.forEach(location -> names.add(new Path(location).getName()));
    for (FileStatus file : files.listStatus(folder)) {
      if (file.isFile() && !names.contains(file.getPath().getName())) {
        files.delete(file.getPath(), false);
      }
    }
  }

  private IOException failed(String what, RuntimeException e) {
    Throwable wrapped = e.getCause();
    Throwable cause = e instanceof UncheckedIOException && wrapped != null ? wrapped : e;
    // Not as its cause: of a chain, the innermost message is told.
    IOException failed =
        new IOException(
            ("the Iceberg table in %s can't %s: %s; the lake itself is whole, and the next run tries"
                    + " again. If the table is damaged, remove it, and ask for it with --iceberg")
                .formatted(folder, what, cause.getMessage()));
    failed.addSuppressed(e);
    return failed;
  }
}
