package org.airlens.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Does what the manifests for clusters say, on this machine and in another folder. */
class ManifestsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path MANIFESTS = ROOT.resolve("deploy/spark");

  @TempDir private Path folder;

  @Test
  void aBackfillOnKubernetesAndAnotherIndexOnEmr() throws Exception {
    Object spec = part(yaml("kubernetes/backfill.yaml").getFirst(), "spec");
    Object options = part(part(spec, "driver"), "javaOptions");
    assertThat(part(spec, "sparkVersion")).isEqualTo(property("spark.version"));
    assertThat(options).isEqualTo(property("spark.jvm"));
    assertThat(part(part(spec, "executor"), "javaOptions")).isEqualTo(options);

    Path day = Files.createDirectories(folder.resolve("archive/2018-03-24"));
    Files.writeString(
        day.resolve("2018-03-24_sds011_sensor_1.csv"),
        """
        sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2
        1;SDS011;1;57.1;-2.1;2018-03-24T00:00:00;4.2;;;2.1;;
        """);
    List<String> arguments =
        ((List<?>) part(spec, "arguments"))
            .stream().map(one -> one.toString().replace("/history", folder.toString())).toList();
    String said = run(options.toString(), part(spec, "mainClass").toString(), arguments);
    assertThat(said).contains("1 stored");
    assertThat(folder.resolve("lake/versions/00000001.txt")).exists();

    Object job = part(part(json("emr-serverless/reprocess.json"), "jobDriver"), "sparkSubmit");
    List<String> submit = words(part(job, "sparkSubmitParameters").toString());
    assertThat(submit)
        .contains("spark.driver.extraJavaOptions=" + options)
        .contains("spark.executor.extraJavaOptions=" + options);
    List<String> anew =
        ((List<?>) part(job, "entryPointArguments"))
            .stream().map(one -> one.toString().replace("s3://BUCKET", folder.toString())).toList();
    run(options.toString(), submit.get(submit.indexOf("--class") + 1), anew);
    assertThat(folder.resolve("lake/versions/00000002.txt")).exists();
  }

  @Test
  void kubernetesHasWhatABackfillNeeds() throws Exception {
    assertThat(yaml("kubernetes/airlens.yaml"))
        .extracting(object -> part(object, "kind").toString())
        .containsExactly(
            "Namespace", "ServiceAccount", "Role", "RoleBinding", "PersistentVolumeClaim");
  }

  private static Object part(Object object, String name) {
    return Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
  }

  private static List<Object> yaml(String name) throws Exception {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().setLabel(name).build())
        .loadAllFromString(Files.readString(MANIFESTS.resolve(name)))
        .forEach(documents::add);
    return documents;
  }

  /** JSON is YAML. */
  private static Object json(String name) throws Exception {
    return yaml(name).getFirst();
  }

  /** A command's words, of which some are in quotes. */
  private static List<String> words(String command) {
    return Pattern.compile("(?:'[^']*'|[^ '])+")
        .matcher(command)
        .results()
        .map(word -> word.group().replace("'", ""))
        .toList();
  }

  private static String property(String name) throws Exception {
    Matcher found =
        Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(Pattern.quote(name)))
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private String run(String javaOptions, String mainClass, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(javaOptions.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
