package org.airlens.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.airlens.pipeline.engine.Engine;
import org.junit.jupiter.api.Test;

/** Holds this module to the direction that docs/architecture.md draws. */
class ModuleTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.airlens.spark");

  @Test
  void dependsOnThePipelineAndWhatIsBeneathIt() {
    classes()
        .that()
        .resideInAPackage("org.airlens.spark..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "org.airlens.spark..",
                    "org.airlens.aqi..",
                    "org.airlens.model..",
                    "org.airlens.collect..",
                    "org.airlens.store",
                    "org.airlens.store.lake",
                    "org.airlens.pipeline..")
                .or(resideInAPackage("org.airlens..").negate()))
        .check(CLASSES);
  }

  @Test
  void itsPackagesHaveNoCycles() {
    slices().matching("org.airlens.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void isFoundByItsName() {
    assertThat(Engine.find("spark")).isPresent();
    assertThat(Engine.find("flink")).isEmpty();
  }
}
