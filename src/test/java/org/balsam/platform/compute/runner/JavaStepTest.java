package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.junit.jupiter.api.Test;

/** The programs shipped with Balsam, in a Java machine of their own. */
class JavaStepTest extends StepRunnerFixture {

  private static String rows(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> i + "," + "ab".charAt(i % 2) + "," + i % 7 + "," + i % 2)
        .collect(Collectors.joining("\n", "id,letter,size,odd\n", "\n"));
  }

  private JobSpecFixture environment(JobSpecFixture spec) {
    return spec.memoryMib(256)
        .environment("BALSAM_TARGET", "odd")
        .environment("BALSAM_ROW", "id")
        .environment("BALSAM_FEATURES", "letter:category,size:number")
        .environment("BALSAM_CLASSES", "0,1")
        .environment("BALSAM_SEED", "1")
        .environment("BALSAM_PARAM_EPOCHS", "5");
  }

  private JobSpecFixture training() {
    return training(2000);
  }

  private JobSpecFixture training(int rows) {
    return environment(withInput("in/std_train/train.csv", rows(rows)))
        .run(Kind.JAVA, "train-classifier")
        .output("out/model.onnx")
        .output("out/metrics.csv")
        .output("out/training.json");
  }

  @Test
  void trainsInAMachineOfItsOwnAndTwiceTheSameBytes() throws Exception {
    var first = run(training());
    DurableFiles.deleteTree(folder().root());
    var second = run(training().environment("JAVA_TOOL_OPTIONS", "-Dnothing=1"));

    assertThat(first.state()).as(first.message()).isEqualTo(State.SUCCEEDED);
    assertThat(first.runtime())
        .containsEntry("tribuo", "4.3.2")
        .containsEntry("onnxruntime", "1.23.2");
    assertThat(first.runtime().get("network")).startsWith("offline, ");
    assertThat(second.outputs())
        .extracting(Published::sha256)
        .isEqualTo(first.outputs().stream().map(Published::sha256).toList())
        .doesNotHaveDuplicates();
    assertThat(log()).contains("epoch 5: train-loss 0.").doesNotContain("Picked up");
  }

  @Test
  void scoresWhatWasTrained() throws Exception {
    run(training());
    var model = store.bytes("2026-q3/r0/out/result/b001/model.onnx");
    DurableFiles.deleteTree(folder().root());

    var status =
        run(
            environment(withInput("in/set/test.csv", "id,letter,size,odd\n1,a,,0\n2,b,1,1\n"))
                .input(
                    "in/model/model.onnx",
                    "2026-q3/r0/out/result/b001/model.onnx",
                    store
                        .find(JobSpecFixture.BUCKET, "2026-q3/r0/out/result/b001/model.onnx")
                        .orElseThrow()
                        .versionId(),
                    model.length,
                    Sha256.ofDigest(Sha256.digest().digest(model)))
                .run(Kind.JAVA, "score-classifier")
                .output("out/predictions.csv"));

    assertThat(status.state()).as(status.message()).isEqualTo(State.SUCCEEDED);
    assertThat(status.outputs().get(0).rows()).isEqualTo(2);
    assertThat(store.text("2026-q3/r0/out/result/b001/predictions.csv"))
        .containsPattern(
            "\\Arow,truth,p_0,p_1\n1,0,0\\.9\\d*,0\\.0\\d*\n2,1,0\\.0\\d*,0\\.9\\d*\n\\z");
  }

  @Test
  void tellsAnErrorWithoutATrace() throws Exception {
    var status = run(training().environment("BALSAM_TARGET", "even"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.message())
        .startsWith("train-classifier failed with exit code 1; its log ends with:")
        .contains("in/std_train/train.csv:1: the column 'even' is missing; there are [id, letter,")
        .doesNotContain("\tat ");
  }

  @Test
  void isStoppedAtItsLimits() throws Exception {
    var slow = training().environment("BALSAM_PARAM_EPOCHS", "1000");

    assertThat(run(slow.timeLimit(Duration.ofSeconds(3))).state()).isEqualTo(State.TIMED_OUT);
    DurableFiles.deleteTree(folder().root());
    assertThat(run(slow.timeLimit(Duration.ofMinutes(1)).maxOutputBytes(2000)).state())
        .isEqualTo(State.LIMIT_EXCEEDED);
    DurableFiles.deleteTree(folder().root());
    var status = run(training(100_000).memoryMib(16));
    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("16 MiB").contains("resources: memory");
  }

  @Test
  void knowsNoOtherNames() {
    for (var name :
        new String[] {"java.lang.Runtime", "TRAIN_CLASSIFIER", "train\nclassifier", ""}) {
      var spec = spec().network(NetworkClass.OFFLINE).run(Kind.JAVA, name).build();
      assertThatThrownBy(() -> SpecCheck.check(spec))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("is not a Java step")
          .hasMessageContaining("[train-classifier, score-classifier]");
    }
  }
}
