package org.balsam.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

  private static final String ROOT = "org.balsam";
  private static final JavaClasses BALSAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @ParameterizedTest
  @EnumSource
  void everyRuleHolds(ArchitectureRule rule) {
    rule.under(ROOT).check(BALSAM);
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleCanFail(ArchitectureRule rule) {
    var fixture = new ClassFileImporter().importPackages(rule.fixture());
    var violations = rule.under(rule.fixture()).evaluate(fixture).getFailureReport().getDetails();
    assertThat(violations).isNotEmpty();
    assertThat(violations).allSatisfy(violation -> assertThat(violation).contains(rule.culprit()));
  }
}
