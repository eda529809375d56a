package org.balsam.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.balsam.audit.format.SigningKey;

/** Helps the tests of other packages to verify what they exported. */
public final class AuditVerifierTest {

  private AuditVerifierTest() {}

  public static void assertVerifies(Path bundle, SigningKey key) {
    var options = new AuditVerifier.Options(null, null, key.verifier().toString());
    var report = AuditVerifier.verify(bundle, options);
    assertThat(report.verified()).as(report.text()).isTrue();
  }
}
