package org.balsam.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobIdTest {

  @ParameterizedTest
  @CsvSource({
    "lfs-2026-q3-r0-g54-impute-a1b2, lfs",
    "emp-industry-2026-09-r12-load-0000, emp-industry",
    "a-b-c-d1-2026-r0-load-zzzz, a-b-c-d1",
    "ml-coicop-train-a1b2c3, ml-coicop",
    "ml-train-train-a1b2c3, ml-train",
    "abc-r1-2026-w09-r0-g88-x1-0000, abc-r1"
  })
  void namesItsProject(String job, String project) {
    assertThat(new JobId(job).project()).isEqualTo(new ProjectId(project));
  }
}
