package org.balsam.usecase.round;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFileParser;
import org.junit.jupiter.api.Test;

class InputCompletenessTest {

  private static final RoundId ROUND = RoundId.parse("lfs-2009-q1-r0");

  private static ProjectFile file(String model) {
    var yaml =
        RoundFixture.YAML.replaceFirst(
            "(?m)^inputs:\n", "inputs:\n  coder: { model: " + model + " }\n");
    return new ProjectFileParser().parse(yaml.getBytes(UTF_8), "balsam.yaml");
  }

  private static Manifest frozen(String version) {
    return new Manifest(
        List.of(
            new Manifest.Entry(
                "coder",
                version,
                new BucketName("nsi-prd-lfs-mdl"),
                "damage/lfs-train-a1b2c3/artefact/model.onnx",
                "1",
                7,
                Sha256.of("weights"),
                -1,
                Instant.EPOCH)));
  }

  @Test
  void aModelIsThereWhenTheVersionOfTheFileWasFrozen() {
    assertThat(InputCompleteness.missing(file("damage@1.0.0"), ROUND, frozen("damage@1.0.0")))
        .noneMatch(missing -> missing.contains("coder"));
  }

  @Test
  void aVersionThatACorrectionNamesLaterWasNotFrozen() {
    assertThat(InputCompleteness.missing(file("damage@1.0.1"), ROUND, frozen("damage@1.0.0")))
        .anyMatch(missing -> missing.contains("coder (damage@1.0.1) is not what was frozen"));
    assertThat(
            InputCompleteness.missing(
                file("damage@1.0.1"), ROUND, frozen("lfs/raw/ces@2009-q1-r0.1")))
        .anyMatch(missing -> missing.contains("coder (damage@1.0.1)"));
    assertThat(InputCompleteness.missing(file("damage@1.0.1"), ROUND, new Manifest(List.of())))
        .anyMatch(missing -> missing.contains("coder (damage@1.0.1)"));
  }
}
