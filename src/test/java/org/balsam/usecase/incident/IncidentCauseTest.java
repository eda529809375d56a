package org.balsam.usecase.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentCauseTest {

  private static final String ROUND = "lfs-2026-q3-r0";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          storage: no answer from http://minio:9000              | storage: no answer from http://minio:9000
          forge: it answered 503 for lfs/main                    | forge: it answered 503 for …
          forge: it answered 401 for lfs/main                    | forge: it answered 401 for …
          job lfs-2026-q3-r0-g54-impute-a1b2 is lost             | job … is lost
          no answer within 30000 ms since 2026-11-22T07:00:00.1Z | no answer within … ms since …
          commit 0123456789abcdef0123456789abcdef01234567 is gone | commit … is gone
          no job 01234567-89ab-cdef-0123-456789abcdef            | no job …
          ENGINE-02042 object nsi-dev-lfs-raw/2006-01/ces.csv    | ENGINE-02042 object …
          the word facade is a word, lfsx another                | the word facade is a word, lfsx another
          it needs 17 bytes of 2147483648                        | it needs … bytes of …
          """)
  void namesAndMomentsAreLeftOutAndShortNumbersStay(String message, String cause) {
    assertThat(IncidentCause.of(message, ROUND, "lfs")).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({"lfs-2026-q3-r0, lfs", "cpi-2026-10-r1, cpi"})
  void theSameTroubleOfTwoProjectsIsOneCause(String round, String project) {
    var message = "compute: the node of %s in %s has no room for %s/raw/x.csv";
    assertThat(IncidentCause.of(message.formatted(round, project, project), round, project))
        .isEqualTo("compute: the node of … in … has no room for …");
  }

  @ParameterizedTest
  @CsvSource({"''", "' '"})
  void whatNobodySaidIsNoCause(String message) {
    assertThat(IncidentCause.of(message, null, null)).isEmpty();
  }
}
