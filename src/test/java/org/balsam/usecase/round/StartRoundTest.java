package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class StartRoundTest {

  @Autowired RoundFixture fixture;
  @Autowired StartRound start;
  @Autowired ReviseRound revise;
  @Autowired Rounds rounds;
  @Autowired RecordedProcess process;
  @Autowired RecordedAudit audit;

  @Test
  void startsTheProcessOfANewRound() {
    var round = fixture.start(fixture.project(RoundFixture.YAML));

    assertThat(round.revision()).isZero();
    assertThat(rounds.get(round).state()).isEqualTo(RoundState.PLANNED);
    assertThat(rounds.get(round).requestedBy()).isEqualTo("olga");
    assertThat(process.calls).contains("start " + round + " PERSON");
    assertThat(audit.together())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("round.requested");
              assertThat(entry.subject()).isEqualTo(round.value());
            });
  }

  @Test
  void letsExactlyOneOfThirtyTwoSimultaneousRequestsWin() throws Exception {
    var project = fixture.project(RoundFixture.YAML);
    var go = new CountDownLatch(1);
    var attempts = new ArrayList<Callable<String>>();
    for (int i = 0; i < 32; i++) {
      attempts.add(
          () -> {
            go.await();
            return attempt(project);
          });
    }
    var pool = Executors.newFixedThreadPool(32);
    try {
      var results = attempts.stream().map(pool::submit).toList();
      go.countDown();
      var codes = new ArrayList<String>();
      for (var result : results) {
        codes.add(result.get());
      }
      assertThat(codes).filteredOn("started"::equals).hasSize(1);
      assertThat(codes).filteredOn(ErrorCode.ALREADY_EXISTS.name()::equals).hasSize(31);
    } finally {
      pool.shutdownNow();
    }
    var name = project + "-2009-q1-r0";
    assertThat(process.calls).filteredOn(("start " + name + " PERSON")::equals).hasSize(1);
    assertThat(audit.separately())
        .filteredOn(entry -> name.equals(entry.subject()))
        .hasSize(31)
        .allSatisfy(entry -> assertThat(entry.details()).containsEntry("code", "already-exists"));
  }

  private String attempt(ProjectId project) {
    try {
      fixture.start(project);
      return "started";
    } catch (BalsamException no) {
      return no.code().name();
    }
  }

  @Test
  void refusesAPeriodOfAnotherLength() {
    var project = fixture.project(RoundFixture.YAML);

    assertThatThrownBy(() -> start.handle(command(project, "2009-01")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("'2009-01' is a month")
        .hasMessageContaining("by quarter");
  }

  @Test
  void refusesAReleaseInThePast() {
    var project = fixture.project(RoundFixture.YAML);
    var past =
        new StartRound.Command(
            project,
            new Period("2009-q1"),
            null,
            Trigger.PERSON,
            RoundFixture.owner(project),
            Instant.parse("2020-01-01T00:00:00Z"));

    assertThatThrownBy(() -> start.handle(past))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("2020-01-01T00:00:00Z has passed");
  }

  @Test
  void aProjectThatOnlyTrainsModelsHasNoRounds() {
    var head = RoundFixture.YAML.substring(0, RoundFixture.YAML.indexOf("stages:"));
    var project =
        fixture.project(
            head
                + """
                models:
                  industry:
                    { title: Industry, method: v1.0.0, task: classification, target: code, positive: "A", row: id,
                      classes: ["A", "B"], features: { text: category }, seed: 1, personal-data: false,
                      rollback: previous, card: model-card.yaml, inputs: [ces], artefact: proc/model,
                      sets: { train: std/aa, validation: std/bb, test: std/cc, latest: std/dd },
                      predict: { name: score, sql: steps/score.sql },
                      stages: [
                        { name: prepare, steps: [{ name: prepare, sql: steps/prepare.sql, inputs: [ces], outputs: [
                          { dataset: std/aa, file: a.csv }, { dataset: std/bb, file: b.csv },
                          { dataset: std/cc, file: c.csv }, { dataset: std/dd, file: d.csv } ] }] },
                        { name: train, steps: [{ name: train, sql: steps/train.sql, inputs: [std/aa], outputs: [
                          { dataset: proc/model, file: model.csv } ] }] } ] }
                """);

    assertThatThrownBy(() -> start.handle(command(project, "2009-q1")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("has no 'stages', so " + project + " has no rounds");
  }

  @Test
  void namesTheLineOfAMalformedProjectFileAndStartsNothing() {
    var project =
        fixture.project(RoundFixture.YAML.replace("frequency: quarter", "frequency: day"));

    assertThatThrownBy(() -> start.handle(command(project, "2009-q1")))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_PROJECT_FILE);
              assertThat(invalid.problems().get(0).where()).isEqualTo("balsam.yaml:5");
            });
    assertThatThrownBy(() -> rounds.get(RoundId.parse(project + "-2009-q1-r0")))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void hidesAProjectFromStrangersAndRefusesMembersWithoutTheRole() {
    var project = fixture.project(RoundFixture.YAML);
    var stranger = RoundFixture.person("sam", new ProjectId("other"), Role.OWNER);
    var auditor = RoundFixture.person("ada", project, Role.AUDITOR);

    assertThatThrownBy(
            () ->
                start.handle(
                    new StartRound.Command(
                        project, RoundFixture.PERIOD, null, Trigger.PERSON, stranger, null)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(
            () ->
                start.handle(
                    new StartRound.Command(
                        project, RoundFixture.PERIOD, null, Trigger.PERSON, auditor, null)))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void doesNotKnowAProjectWithoutARepository() {
    assertThatThrownBy(() -> start.handle(command(new ProjectId("nowhere"), "2009-q1")))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void revisesAReleasedRoundWithTheNextRevision() {
    var first = fixture.released();

    var second = revise(first, "late returns").round();

    assertThat(second.revision()).isEqualTo(1);
    var view = rounds.get(second);
    assertThat(view.revision())
        .isEqualTo(new RoundView.Revision(first, RevisionType.ROUTINE, "late returns"));
    assertThatThrownBy(() -> revise(first, "once more"))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
  }

  @Test
  void startsAPeriodAgainAfterItsRoundWasCancelledAndNeverUsesANumberTwice() {
    var project = fixture.project(RoundFixture.YAML);
    cancelled(fixture.start(project));
    cancelled(fixture.start(project));

    var third = fixture.start(project);

    assertThat(third.revision()).isEqualTo(2);
    assertThat(rounds.get(third).revision()).isNull();
    assertThat(process.calls).contains("start " + third + " PERSON");
    assertThatThrownBy(() -> fixture.start(project))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining(third + " exists and is planned");
  }

  @Test
  void leavesACancelledPeriodToPeople() {
    var project = fixture.project(RoundFixture.YAML);
    cancelled(fixture.start(project));

    assertThatThrownBy(
            () ->
                start.handle(
                    new StartRound.Command(
                        project,
                        RoundFixture.PERIOD,
                        null,
                        Trigger.SCHEDULE,
                        Actor.schedule(project + "-quarterly"),
                        null)))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining("only a person");
  }

  @Test
  void revisesThePublishedRoundAgainAfterACancelledRevision() {
    var first = fixture.released();
    var second = revise(first, "late returns").round();
    cancelled(second);

    assertThatThrownBy(() -> fixture.start(first.project()))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining(first + " exists and is released")
        .hasMessageContaining("next revision");
    assertThatThrownBy(() -> revise(second, "late returns"))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.WRONG_STATE))
        .hasMessageContaining("is cancelled; only a released round");

    var third = revise(first, "late returns").round();

    assertThat(third.revision()).isEqualTo(2);
    assertThat(rounds.get(third).revision().predecessor()).isEqualTo(first);
  }

  private void cancelled(RoundId round) {
    fixture.bean(CancelRound.class).handle(new CancelRound.Command(round, "no data"));
  }

  @Test
  void refusesToReviseWhatIsNotReleasedOrWithoutReason() {
    var open = fixture.opened();
    var released = fixture.released();

    assertThatThrownBy(() -> revise(open, "why"))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.WRONG_STATE));
    assertThatThrownBy(() -> revise(released, " "))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.REASON_REQUIRED));
  }

  private ReviseRound.Result revise(RoundId round, String reason) {
    return revise.handle(
        new ReviseRound.Command(
            round, RevisionType.ROUTINE, reason, RoundFixture.owner(round.project()), null));
  }

  private static StartRound.Command command(ProjectId project, String period) {
    return new StartRound.Command(
        project, new Period(period), null, Trigger.PERSON, RoundFixture.owner(project), null);
  }
}
