package org.airlens.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.lake.LakeLayout;
import org.airlens.store.lake.LakePartition;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of Parquet files with versions, laid out as {@link LakeLayout} says. A commit is one
 * rename, so that a reader sees all of it or nothing, and a writer that is killed leaves only
 * folders that no version names. One writer at a time.
 */
final class Lake {

  /**
   * Those who read a version when others are made may go on: the newest, and all that are young.
   */
  private static final int VERSIONS_KEPT = 2;

  private static final Duration KEPT_FOR = Duration.ofMinutes(10);

  private static final DateTimeFormatter COMMIT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

  /** The column of the folder of a commit. */
  static final String COMMIT_COLUMN = "commit";

  /** The columns of the files and those of their folders. */
  static final StructType SCHEMA =
      ReadingColumns.INDEXED
          .add(ReadingColumns.INDEX, DataTypes.DoubleType)
          .add(ReadingColumns.STANDARD, DataTypes.StringType)
          .add(ReadingColumns.CALIBRATION, DataTypes.StringType)
          .add(
              ReadingColumns.REPORTED,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false))
          .add(COMMIT_COLUMN, DataTypes.StringType)
          .add(ReadingColumns.DAY, DataTypes.DateType)
          .add(ReadingColumns.SENSOR_TYPE, DataTypes.StringType);

  private final SparkSession spark;
  private final Path root;
  private final Path data;
  private final Path versions;
  private final FileSystem files;
  private final IcebergTable iceberg;

  /**
   * What a version consists of.
   *
   * @param recipe what its rows were made by, all of them
   * @param partitions several of a slot have different readings
   */
  record Version(int number, Recipe recipe, List<LakePartition> partitions) {}

  /** The lake in a folder, which is made with the first commit. */
  Lake(SparkSession spark, String folder) throws IOException {
    this(spark, folder, false);
  }

  /**
   * The lake in a folder, which is made with the first commit.
   *
   * @param isIceberg whether it is to be an Iceberg table, too, if it is none yet
   */
  Lake(SparkSession spark, String folder, boolean isIceberg) throws IOException {
    this.spark = spark;
    Path named = new Path(folder);
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    files = named.getFileSystem(configuration);
    root = files.makeQualified(named);
    data = new Path(root, LakeLayout.DATA);
    versions = new Path(root, LakeLayout.VERSIONS);
    iceberg = new IcebergTable(root, files, configuration, isIceberg);
  }

  /**
   * The version that counts, for who is about to make the next; the Iceberg table, if there is one,
   * is brought to it, for the writer before may have died between the two.
   */
  Version versionToFollow() throws IOException {
    Version version = version();
    iceberg.follow(version);
    return version;
  }

  /** The version that counts; one without partitions before the first commit. */
  Version version() throws IOException {
    NavigableMap<Integer, Path> numbered = numbered();
    return numbered.isEmpty()
        ? new Version(0, Recipe.PLAIN, List.of())
        : read(numbered.lastEntry().getKey(), numbered.lastEntry().getValue());
  }

  /** The name of a commit to write below. */
  String newCommit() {
    return COMMIT_COLUMN + "=" + COMMIT.format(Instant.now());
  }

  private String path(String commit) {
    return new Path(data, commit).toString();
  }

  /** The rows of partitions, of which there is one at least. */
  Dataset<Row> read(List<LakePartition> partitions) {
    String[] paths =
        partitions.stream().map(partition -> data + "/" + partition.path()).toArray(String[]::new);
    return spark.read().schema(SCHEMA).option("basePath", data.toString()).parquet(paths);
  }

  /**
   * Writes a commit.
   *
   * @param rows what the version's recipe made; other columns are left out
   */
  void write(Dataset<Row> rows, String commit) {
    Column[] columns =
        Arrays.stream(SCHEMA.fieldNames())
            .filter(name -> !name.equals(COMMIT_COLUMN))
            .map(functions::col)
            .toArray(Column[]::new);
    rows.select(columns)
        .write()
        .partitionBy(ReadingColumns.DAY, ReadingColumns.SENSOR_TYPE)
        .parquet(path(commit));
  }

  /** What a commit has written. */
  List<LakePartition> written(String commit) throws IOException {
    List<LakePartition> found = new ArrayList<>();
    Path folder = new Path(data, commit);
    if (!files.exists(folder)) {
      return found;
    }
    for (FileStatus day : files.listStatus(folder, path -> path.getName().startsWith("day="))) {
      for (FileStatus type : files.listStatus(day.getPath())) {
        String slot = day.getPath().getName() + "/" + type.getPath().getName();
        found.add(new LakePartition(commit, slot));
      }
    }
    return found;
  }

  /**
   * Makes a new version: the former one, in which these partitions stand in the place of all those
   * of the same slots.
   *
   * @throws IOException when it can't be, or somebody else has made a version meanwhile
   */
  Version replace(Version former, List<LakePartition> changed) throws IOException {
    Set<String> slots = changed.stream().map(LakePartition::slot).collect(Collectors.toSet());
    List<LakePartition> gone =
        former.partitions().stream().filter(each -> slots.contains(each.slot())).toList();
    return replace(former, gone, changed);
  }

  /**
   * Makes a new version: the former one with some partitions in the place of others.
   *
   * @throws IOException when it can't be, or somebody else has made a version meanwhile
   */
  Version replace(Version former, List<LakePartition> gone, List<LakePartition> added)
      throws IOException {
    Set<LakePartition> all = new LinkedHashSet<>(former.partitions());
    gone.forEach(all::remove);
    all.addAll(added);
    return publish(former, former.recipe(), List.copyOf(all));
  }

  /**
   * Makes a new version by another recipe.
   *
   * @param all its partitions
   * @throws IOException when it can't be, or somebody else has made a version meanwhile
   */
  Version remake(Version former, Recipe recipe, List<LakePartition> all) throws IOException {
    return publish(former, recipe, all);
  }

  private Version publish(Version former, Recipe recipe, List<LakePartition> all)
      throws IOException {
    int number = former.number() + 1;
    Path published = new Path(versions, LakeLayout.list(number));
    Path draft = new Path(versions, "." + newCommit());
    files.mkdirs(versions);
    try (OutputStream out = files.create(draft, true)) {
      String lines =
          Stream.concat(
                  recipe.lines().stream(),
                  all.stream()
                      .sorted(Comparator.comparing(LakePartition::slot))
                      .map(LakePartition::path))
              .collect(Collectors.joining("\n", "", "\n"));
      out.write(lines.getBytes(UTF_8));
    }
    if (files.exists(published) || !files.rename(draft, published)) {
      files.delete(draft, false);
      throw new IOException(
          "%s was changed by somebody else meanwhile; run it again".formatted(root));
    }
    Version made = new Version(number, recipe, all);
    iceberg.follow(made);
    return made;
  }

  /** How many bytes the files of a partition have. */
  long bytes(LakePartition partition) throws IOException {
    return files.getContentSummary(new Path(data, partition.path())).getLength();
  }

  /** Drops a commit that no version names. */
  void drop(String commit) throws IOException {
    files.delete(new Path(data, commit), true);
  }

  /** Deletes what only old versions name, or none. */
  void prune() throws IOException {
    NavigableMap<Integer, Path> numbered = numbered();
    if (numbered.isEmpty()) {
      return;
    }
    long young = System.currentTimeMillis() - KEPT_FOR.toMillis();
    NavigableMap<Integer, Path> old = new TreeMap<>();
    for (Map.Entry<Integer, Path> version : numbered.entrySet()) {
      if (version.getKey() <= numbered.lastKey() - VERSIONS_KEPT
          && files.getFileStatus(version.getValue()).getModificationTime() <= young) {
        old.put(version.getKey(), version.getValue());
      }
    }
    numbered.keySet().removeAll(old.keySet());
    List<Version> kept = new ArrayList<>();
    for (Map.Entry<Integer, Path> version : numbered.entrySet()) {
      kept.add(read(version.getKey(), version.getValue()));
    }
    iceberg.follow(kept.getLast());
    iceberg.keep(numbered.keySet());
    for (Path list : old.values()) {
      files.delete(list, false);
    }
    Set<String> named = new HashSet<>();
    kept.forEach(version -> version.partitions().forEach(partition -> named.add(partition.path())));
    for (FileStatus commit : files.listStatus(data)) {
      String name = commit.getPath().getName();
      List<LakePartition> partitions = written(name);
      List<LakePartition> unnamed =
          partitions.stream().filter(partition -> !named.contains(partition.path())).toList();
      if (unnamed.size() == partitions.size()) {
        drop(name);
      } else {
        for (LakePartition partition : unnamed) {
          files.delete(new Path(data, partition.path()), true);
        }
      }
    }
  }

  private NavigableMap<Integer, Path> numbered() throws IOException {
    TreeMap<Integer, Path> numbered = new TreeMap<>();
    if (files.exists(versions)) {
      for (FileStatus list : files.listStatus(versions)) {
        LakeLayout.version(list.getPath().getName())
            .ifPresent(number -> numbered.put(number, list.getPath()));
      }
    }
    return numbered;
  }

  private Version read(int number, Path path) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(path), UTF_8))) {
      List<String> all = lines.lines().toList();
      return new Version(
          number,
          Recipe.of(all),
          all.stream().flatMap(line -> LakePartition.of(line).stream()).toList());
    }
  }
}
