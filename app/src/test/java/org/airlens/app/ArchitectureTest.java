package org.airlens.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the classes to the directions that docs/architecture.md draws. */
class ArchitectureTest {

  private static final String ROOT = "org.airlens.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.airlens");

  /** Each module and those it may depend on. */
  private static final Map<String, Set<String>> MAY_DEPEND_ON =
      new TreeMap<>(
          Map.of(
              "aqi", Set.of(),
              "model", Set.of("aqi"),
              "store", Set.of("aqi", "model"),
              "store.embedded", Set.of("aqi", "model", "store"),
              "store.postgres", Set.of("aqi", "model", "store"),
              "store.timestream", Set.of("aqi", "model", "store"),
              "collect", Set.of("aqi", "model"),
              "pipeline", Set.of("aqi", "model", "collect", "store"),
              "server", Set.of("aqi", "model", "store")));

  static Set<String> modules() {
    return MAY_DEPEND_ON.keySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleDependsOnlyOnThoseBeneathIt(String module) {
    List<String> allowed = new ArrayList<>(packagesOf(module));
    Set<String> beneath = new TreeSet<>(MAY_DEPEND_ON.getOrDefault(module, Set.of()));
    beneath.forEach(other -> allowed.addAll(packagesOf(other)));
    assertThat(CLASSES.that(resideInAnyPackage(packagesOf(module).toArray(String[]::new))))
        .isNotEmpty();
    classes()
        .that(resideInAnyPackage(packagesOf(module).toArray(String[]::new)))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new))
                .or(resideInAPackage("org.airlens..").negate()))
        .check(CLASSES);
  }

  @Test
  void indicesNeedNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("org.airlens.aqi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.airlens.aqi..", "org.jspecify.annotations..")
        .check(CLASSES);
  }

  @Test
  void nobodyNeedsSparkButItsOwnModule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.airlens.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "org.airlens.spark..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.airlens.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nobodyIsNamedAsAHelperOrManager() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(CLASSES);
  }

  /** A module's packages; a store's own module lies below that of the SPI. */
  private static List<String> packagesOf(String module) {
    return module.equals("store")
        ? List.of(ROOT + "store", ROOT + "store.live..")
        : List.of(ROOT + module + "..");
  }
}
