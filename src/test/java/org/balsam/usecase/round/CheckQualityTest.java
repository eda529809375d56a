package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Role;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.testing.StorageTampering;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class CheckQualityTest {

  @Autowired RoundFixture fixture;
  @Autowired CheckQuality check;
  @Autowired Rounds rounds;
  @Autowired ObjectStore store;
  @Autowired BalsamHome home;
  @Autowired RecordDecision record;

  @Test
  void fixesEvidenceThatOnlyDependsOnTheFacts() {
    var round = fixture.opened();
    var first = fixture.checked(round, RoundFixture.GOOD);
    var again = check.handle(new CheckQuality.Command(round, 1));

    assertThat(again).isEqualTo(first);
    assertThat(first.verdict()).isEqualTo("pass");
    assertThat(first.warned()).isFalse();
    assertThat(first.summary()).startsWith("All 2 checks pass.\npass ");
    assertThat(first.evidence()).hasSize(64);
    var outputs = Manifest.read(store, Manifest.Reference.parse(first.outputSet()));
    assertThat(outputs.entries())
        .extracting(Manifest.Entry::input, Manifest.Entry::datasetVersion)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "out/employment", round.project() + "/out/employment@2009-q1-r0.1"),
            org.assertj.core.groups.Tuple.tuple(
                "std/months", round.project() + "/std/months@2009-q1-r0.1"));
  }

  @Test
  void blocksAnUnbalancedTableUntilTheQualityRoleWaives() {
    var round = fixture.opened();
    var result = fixture.checked(round, RoundFixture.UNBALANCED);

    assertThat(result.verdict()).isEqualTo("block");
    assertThat(result.summary())
        .contains("1 of 2 checks need an answer", "BLOCK parts (GSBPM 5.3)", "threshold 0")
        .contains("waive it with a reason")
        .hasSizeLessThanOrEqualTo(4000);
    var project = round.project();
    assertThatThrownBy(
            () -> waive(round, "known rounding", RoundFixture.person("su", project, Role.SUBJECT)))
        .isInstanceOf(Forbidden.class);
    var quality = RoundFixture.person("quinn", project, Role.QUALITY);
    assertRejected(() -> waive(round, " ", quality), ErrorCode.REASON_REQUIRED);
    waive(round, "known rounding", quality);

    var parts = rounds.get(round).checks().get(0);
    assertThat(parts.answer()).isEqualTo("waive");
    assertThat(parts.explanation()).isEqualTo("known rounding");
    assertThat(parts.explainedBy()).isEqualTo("quinn");
    assertThat(rounds.get(round).checks().get(1).answer()).isNull();
  }

  @Test
  void asksForAnExplanationOfAJump() {
    var round = fixture.opened();
    var result = fixture.checked(round, RoundFixture.JUMPING);

    assertThat(result.verdict()).isEqualTo("explain");
    assertThat(result.warned()).isTrue();
    assertThat(result.summary()).contains("EXPLAIN growth");
    fixture.decide(
        round,
        "userTask_explainWarnings",
        "explain",
        "the recession",
        RoundFixture.owner(round.project()),
        result.evidence(),
        Map.of());
    assertThat(rounds.get(round).checks().get(1).explanation()).isEqualTo("the recession");
  }

  @Test
  void blocksOutputsThatLackAColumnAndNamesItAndCannotBeWaived() {
    var round = fixture.opened();
    var result = fixture.checked(round, "period,total,a\n2009-q1,11,5\n");

    assertThat(result.verdict()).isEqualTo("block");
    assertThat(result.summary())
        .contains("outputs-readable", "out/employment, column b: is missing");
    assertRejected(
        () -> waive(round, "please", RoundFixture.person("quinn", round.project(), Role.QUALITY)),
        ErrorCode.WRONG_STATE,
        "nothing can be waived");
  }

  @Test
  void checksOnlyARunWhoseStepsAllSucceeded() {
    var round = fixture.opened();
    var run = fixture.planned(round);
    fixture.submitted(round, run, 0);
    assertRejected(
        () -> check.handle(new CheckQuality.Command(round, run)),
        ErrorCode.WRONG_STATE,
        "integrate",
        "running");
  }

  @Test
  void stopsAtAnOutputThatWasChangedInStorage() throws IOException {
    var round = fixture.opened();
    var run = fixture.ran(round, RoundFixture.GOOD);
    var output = rounds.get(round).steps().get(1).outputs().get(0);
    StorageTampering.flip(home.resolve("objects").resolve(output.bucket()), output.key());

    assertRejected(
        () -> check.handle(new CheckQuality.Command(round, run)),
        ErrorCode.DATA_CHANGED,
        output.key());
  }

  @Test
  void keepsOneDecisionPerTask() {
    var round = fixture.opened();
    var command =
        new RecordDecision.Command(
            round,
            "userTask_confirmInputs",
            UUID.randomUUID().toString(),
            "confirm",
            null,
            RoundFixture.owner(round.project()),
            null,
            Map.of("inputSet", fixture.inputSet(round, "2009-01", "2009-02")));
    record.handle(command);
    record.handle(command);
    assertThat(rounds.get(round).decisions()).hasSize(1);
  }

  @Test
  void refusesToConfirmIncompleteInputs() {
    var round = fixture.opened();
    var incomplete = Map.of("inputSet", fixture.inputSet(round, "2009-02"));
    assertRejected(
        () ->
            fixture.decide(
                round,
                "userTask_confirmInputs",
                "confirm",
                null,
                RoundFixture.owner(round.project()),
                null,
                incomplete),
        ErrorCode.INPUTS_MISSING,
        "2009-01");
    assertThat(rounds.get(round).decisions()).isEmpty();
  }

  private void waive(
      org.balsam.kernel.RoundId round, String reason, org.balsam.kernel.Actor actor) {
    fixture.decide(
        round,
        "userTask_correctOrWaive",
        "waive",
        reason,
        actor,
        rounds.get(round).runs().get(0).evidence(),
        Map.of());
  }
}
