package org.balsam.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import org.balsam.Balsam;
import org.balsam.testing.GeneratedPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

class ModulesTest {

  private static final ApplicationModules BALSAM = ApplicationModules.of(Balsam.class);

  @Test
  void everyModuleUsesOnlyWhatItDeclares() {
    BALSAM.verify();
    new Documenter(BALSAM).writeModulesAsPlantUml();
  }

  @Test
  void everyModuleDeclaresWhatItUses() {
    assertThat(BALSAM.stream().map(ModulesTest::declaration))
        .hasSizeGreaterThanOrEqualTo(18)
        .allSatisfy(
            module ->
                assertThat(module.allowedDependencies())
                    .as(module.displayName())
                    .doesNotContain(ApplicationModule.OPEN_TOKEN));
  }

  @ParameterizedTest
  @CsvSource({
    "undeclared, Module 'usecase.dataset' depends on module 'usecase.round'",
    "internal, Module 'usecase.dataset' depends on non-exposed type",
    "cycle, Cycle detected"
  })
  void aModuleThatDoesNotKeepToItIsFound(String fixture, String complaint) {
    var modules =
        ApplicationModules.of("fixtures.modules." + fixture, new ImportOption.OnlyIncludeTests());
    assertThat(modules.detectViolations().getMessages())
        .anySatisfy(message -> assertThat(message).startsWith(complaint));
  }

  @Test
  void theDiagramInTheDocumentationIsTheGeneratedOne() {
    GeneratedPart.of("architecture.md", "modules").mustBe(new ModuleDiagram(BALSAM).mermaid());
  }

  private static ApplicationModule declaration(
      org.springframework.modulith.core.ApplicationModule module) {
    return module.getBasePackage().getAnnotation(ApplicationModule.class).orElseThrow();
  }
}
