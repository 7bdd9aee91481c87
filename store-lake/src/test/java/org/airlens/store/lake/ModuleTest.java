package org.airlens.store.lake;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds this module to the direction that docs/architecture.md draws. */
class ModuleTest {

  @Test
  void dependsOnTheStorageInterfaceAndWhatIsBeneathIt() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "org.airlens.store.lake",
                    "org.airlens.store",
                    "org.airlens.model..",
                    "org.airlens.aqi..")
                .or(resideInAPackage("org.airlens..").negate()))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.airlens.store.lake"));
  }
}
