package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.testing.RejectionFixture.assertRejected;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.standard.step.StepState;
import org.balsam.testing.MovableClock;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.RecordedNotices;
import org.balsam.testing.ScriptedJobs;
import org.balsam.testing.TestDatabase;
import org.balsam.usecase.task.EscalateTask;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootTest(classes = RoundSlice.class, webEnvironment = WebEnvironment.NONE)
class RoundRequestsTest {

  @Autowired RoundFixture fixture;
  @Autowired RequestCancel cancel;
  @Autowired RequestWithdraw withdraw;
  @Autowired RequestPostponement postpone;
  @Autowired CancelRound cancelRound;
  @Autowired WithdrawPublication withdrawPublication;
  @Autowired EscalateTask escalate;
  @Autowired EnterState enter;
  @Autowired Rounds rounds;
  @Autowired RecordedProcess process;
  @Autowired RecordedNotices notices;
  @Autowired RecordedWorkspaces workspaces;
  @Autowired RecordedAudit audit;
  @Autowired ScriptedJobs jobs;
  @Autowired MovableClock clock;
  @Autowired JdbcTemplate jdbc;
  @Autowired DatabaseAccess access;

  @Test
  void letsTheOwnerCancelWithAReason() {
    var round = fixture.opened();
    var owner = RoundFixture.owner(round.project());

    assertRejected(
        () -> cancel.handle(new RequestCancel.Command(round, " ", owner)),
        ErrorCode.REASON_REQUIRED);
    cancel.handle(new RequestCancel.Command(round, "no budget", owner));

    assertThat(process.calls).contains("cancel " + round + " no budget");
    assertThatThrownBy(
            () ->
                cancel.handle(
                    new RequestCancel.Command(
                        round, "x", RoundFixture.person("su", round.project(), Role.SUBJECT))))
        .isInstanceOf(Forbidden.class);
    assertThatThrownBy(
            () ->
                cancel.handle(
                    new RequestCancel.Command(
                        round,
                        "x",
                        RoundFixture.person("sam", new ProjectId("other"), Role.OWNER))))
        .isInstanceOf(NotFound.class);
    assertThat(audit.separately())
        .filteredOn(entry -> round.value().equals(entry.subject()))
        .extracting(entry -> entry.action())
        .contains("round.cancel.requested");
  }

  @Test
  void stopsTheJobsAndTheWorkspaceOfACancelledRoundAndKeepsTheRest() {
    var round = fixture.opened();
    var run = fixture.planned(round);
    var job = fixture.submitted(round, run, 0);
    for (int i = 0; i < 2; i++) {
      enter.handle(new EnterState.Command(round, RoundState.CANCELLED));
      cancelRound.handle(new CancelRound.Command(round, "no budget"));
    }

    assertThat(jobs.cancelled).contains(job);
    assertThat(workspaces.existing).doesNotContainKey(round.value());
    var view = rounds.get(round);
    assertThat(view.state()).isEqualTo(RoundState.CANCELLED);
    assertThat(view.endReason()).isEqualTo("no budget");
    assertThat(view.steps()).extracting(RoundView.Step::state).containsOnly(StepState.CANCELLED);
    assertThat(notices.about(round.project()))
        .extracting(notice -> notice.key())
        .containsExactly(round + "/cancelled");
    assertRejected(
        () -> enter.handle(new EnterState.Command(round, RoundState.PROCESSING)),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void withdrawsOnlyWhatIsReleased() {
    var open = fixture.opened();
    var owner = RoundFixture.owner(open.project());
    assertRejected(
        () -> withdraw.handle(new RequestWithdraw.Command(open, "error", owner)),
        ErrorCode.WRONG_STATE,
        "open");
    assertRejected(
        () -> withdrawPublication.handle(new WithdrawPublication.Command(open, "error")),
        ErrorCode.WRONG_STATE);

    var round = fixture.released();
    withdraw.handle(
        new RequestWithdraw.Command(round, "error", RoundFixture.owner(round.project())));
    assertThat(process.calls).contains("withdraw " + round + " error");
    withdrawPublication.handle(new WithdrawPublication.Command(round, "error"));
    withdrawPublication.handle(new WithdrawPublication.Command(round, "error"));
    assertThat(rounds.get(round).state()).isEqualTo(RoundState.WITHDRAWN);
    assertRejected(
        () -> cancelRound.handle(new CancelRound.Command(round, "x")), ErrorCode.WRONG_STATE);
    assertRejected(
        () ->
            cancel.handle(
                new RequestCancel.Command(round, "x", RoundFixture.owner(round.project()))),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void withdrawsAClosedRoundOnceWithoutItsProcess() {
    var round = fixture.released();
    fixture.bean(CloseRound.class).handle(new CloseRound.Command(round, true));
    var release = RoundFixture.person("rita", round.project(), Role.RELEASE);

    assertRejected(
        () -> withdraw.handle(new RequestWithdraw.Command(round, " ", release)),
        ErrorCode.REASON_REQUIRED);
    withdraw.handle(new RequestWithdraw.Command(round, "wrong industry codes ", release));

    assertThat(process.calls).noneMatch(call -> call.startsWith("withdraw " + round));
    var view = rounds.get(round);
    assertThat(view.state()).isEqualTo(RoundState.WITHDRAWN);
    assertThat(view.endReason()).isEqualTo("wrong industry codes");
    assertThat(view.evaluated()).isTrue();
    assertThat(notices.about(round.project()))
        .extracting(notice -> notice.key())
        .containsOnlyOnce(round + "/withdrawn");
    assertRejected(
        () -> withdraw.handle(new RequestWithdraw.Command(round, "again", release)),
        ErrorCode.WRONG_STATE,
        "withdrawn");
    assertThat(audit.together())
        .filteredOn(entry -> entry.action().equals("round.withdrawn"))
        .extracting(entry -> entry.subject())
        .containsOnlyOnce(round.value());
    assertRejected(
        () -> enter.handle(new EnterState.Command(round, RoundState.CLOSED)),
        ErrorCode.WRONG_STATE);
  }

  @Test
  void postponesAnEmbargoedRoundToALaterMomentOnly() {
    var round = fixture.opened();
    var owner = RoundFixture.owner(round.project());
    var at = clock.instant().plus(Duration.ofDays(1));
    assertRejected(
        () -> postpone.handle(new RequestPostponement.Command(round, at, "late", owner)),
        ErrorCode.WRONG_STATE,
        "embargoed");
    fixture.approved(round, fixture.checked(round, RoundFixture.GOOD).evidence(), at);

    assertRejected(
        () -> postpone.handle(new RequestPostponement.Command(round, at, "same", owner)),
        ErrorCode.WRONG_STATE,
        "later");
    assertRejected(
        () -> postpone.handle(new RequestPostponement.Command(round, at.plusSeconds(1), "", owner)),
        ErrorCode.REASON_REQUIRED);
    postpone.handle(new RequestPostponement.Command(round, at.plusSeconds(1), "late", owner));
    assertThat(process.calls).contains("postpone " + round + " " + at.plusSeconds(1) + " late");
  }

  @Test
  void remindsTheOwnerOfAnOverdueTaskOnceADay() {
    var round = fixture.opened();
    var command =
        new EscalateTask.Command(round.project(), round.value(), "userTask_confirmInputs");
    escalate.handle(command);
    escalate.handle(command);

    assertThat(notices.about(round.project()))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.subject()).isEqualTo("Overdue: Confirm inputs, " + round);
              assertThat(notice.groups()).containsExactly(round.project() + "/owner");
            });
  }

  @Test
  void pagesThroughRoundsNewestFirst() {
    var project = fixture.project(RoundFixture.YAML);
    for (var period : List.of("2008-q3", "2008-q4", "2009-q1")) {
      fixture
          .bean(StartRound.class)
          .handle(
              new StartRound.Command(
                  project,
                  new Period(period),
                  null,
                  Trigger.SCHEDULE,
                  org.balsam.kernel.Actor.schedule("quarterly"),
                  null));
    }
    var filter = new Rounds.Filter(null, Set.of(), 2);

    var first = rounds.page(project, filter, null);
    var second = rounds.page(project, filter, first.next());

    assertThat(first.items())
        .extracting(round -> round.id().period().value())
        .containsExactly("2009-q1", "2008-q4");
    assertThat(second.items())
        .extracting(round -> round.id().period().value())
        .containsExactly("2008-q3");
    assertThat(second.next()).isNull();
    var open = new Rounds.Filter(new Period("2008-q3"), EnumSet.of(RoundState.OPEN), 2);
    assertThat(rounds.page(project, open, null).items()).isEmpty();
  }

  @Test
  void keepsDecisionsAgainstTheApplicationAndTheOwnerOfTheTables() throws SQLException {
    var round = fixture.opened();
    fixture.decide(
        round,
        "userTask_confirmInputs",
        "cancel",
        "no data",
        RoundFixture.owner(round.project()),
        null,
        Map.of());

    assertThatThrownBy(() -> jdbc.update("update round_decision set decision = 'confirm'"))
        .hasRootCauseMessage("ERROR: permission denied for table round_decision");
    try (var superuser = TestDatabase.superuser(access);
        var statement = superuser.createStatement()) {
      for (var sql :
          List.of(
              "update balsam.round_decision set decision = 'confirm'",
              "delete from balsam.round_decision",
              "truncate balsam.round_decision",
              "truncate balsam.round_announcement")) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("append-only");
      }
    }
  }
}
