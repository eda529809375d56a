package org.balsam.process.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.usecase.project.GiveUpProject;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.ProjectView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Onboards projects with the real embedded adapters, and lets each step fail in turn. */
class OnboardingTest extends ProjectScene {

  @Autowired @FlywayDataSource DataSource owner;

  @Test
  void makesEverythingThatAProjectNeeds() {
    onboard();

    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(view().decidedBy()).isEqualTo("anna");
    assertThat(directory.members(project))
        .containsExactly(new Directory.Membership("olga", "Olga Owner", Set.of(Role.OWNER)));
    var first = forge.resolve(project, "mth/v1.0.0").orElseThrow();
    assertThat(forge.list(project, first)).contains("balsam.yaml").doesNotContain("WELCOME.md");
    var main = forge.resolve(project, "main").orElseThrow();
    assertThat(new String(forge.read(project, main, "WELCOME.md").orElseThrow()))
        .contains("Employment by industry", buckets.of(project, "raw").value());
    assertThat(store.list(buckets.of(project, "prov"), "")).isEmpty();
    assertThat(projects.page(null, 200, olga()).items())
        .extracting(ProjectView::id)
        .contains(project);
    assertThat(projects.page(null, 200, Actor.user("zoe", Set.of())).items()).isEmpty();
  }

  @Test
  void refusesTheRequesterAsApprover() {
    people.ensureAdministrator("rita");
    request();
    assertThatThrownBy(() -> approve(Actor.user("rita", ADMINISTRATOR.groups())))
        .hasStackTraceContaining("rita");
    assertThat(view().state()).isEqualTo(ProjectState.REQUESTED);
    approve(ADMINISTRATOR);
    assertThat(view().state()).isEqualTo(ProjectState.PROVISIONING);
  }

  @Test
  void refusesAnIdThatIsTakenAndProposesAnother() {
    onboard();
    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(
            Rejection.class, taken -> assertThat(taken.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining(project + "-b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform", "balsam"})
  void refusesAnIdWhoseGroupsMeanSomethingElse(String id) {
    assertThatThrownBy(() -> request(new ProjectId(id))).isInstanceOf(Invalid.class);
  }

  @Test
  void doesNotTouchWhatSomebodyElseMade() {
    var author = new Forge.Author("Somebody", "somebody@nsi.example");
    var commit = forge.ensureRepository(project, Map.of("theirs.txt", new byte[] {1}), author);
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).contains("repository", "not made by this project");
    assertThat(forge.resolve(project, "main")).contains(commit);
    assertThat(directory.members(project)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingBehindWhenAStepIsRefused(String step, Fault fault) {
    fault.put(this, new Rejection(ErrorCode.ALREADY_EXISTS, "no " + step));
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).isEqualTo("no " + step);
    assertNothingIsLeft();
    assertThatItCanBeMadeNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingBehindWhenAFailingStepIsGivenUp(String step, Fault fault) {
    fault.put(this, new ExternalFailure("test", true, "no " + step, null));
    onboard();
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    assertThat(view().state()).isEqualTo(ProjectState.PROVISIONING);

    giveUpProject.handle(new GiveUpProject.Command(project, "too long", REQUESTER));
    runJobs();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).isEqualTo("too long");
    assertNothingIsLeft();
    assertThatItCanBeMadeNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void goesOnWhenAFailedStepIsRetried(String step, Fault fault) {
    fault.put(this, new ExternalFailure("test", true, "no " + step, null));
    onboard();
    stopFailing();
    retryIncidents();
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(directory.members(project)).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenItsNamesBelongToAnother() {
    jdbc.sql("insert into balsam.project_identifier (project, system, name) values (?, ?, ?)")
        .params("somebody", "repository", project.value())
        .update();
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).contains("belongs to the project 'somebody'");
    assertNothingIsLeft();
    jdbc.sql("delete from balsam.project_identifier where project = 'somebody'").update();
    assertThatItCanBeMadeNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNothingHalfDoneWhenReservingFails(boolean givenUp) {
    var schema = JdbcClient.create(owner);
    schema
        .sql(
            "create function balsam.fail_reserving() returns trigger language plpgsql as"
                + " 'begin raise exception ''no names''; end'")
        .update();
    schema
        .sql(
            "create trigger fail_reserving after insert on balsam.project_identifier"
                + " for each row when (new.system = 'repository')"
                + " execute function balsam.fail_reserving()")
        .update();
    try {
      onboard();
    } finally {
      schema.sql("drop function balsam.fail_reserving() cascade").update();
    }
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    if (givenUp) {
      giveUpProject.handle(new GiveUpProject.Command(project, "too long", REQUESTER));
      runJobs();
      assertNothingIsLeft();
      assertThatItCanBeMadeNow();
    } else {
      retryIncidents();
      assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("removals")
  void leavesNothingBehindWhenUndoingFailsOnce(String removal, Fault fault) {
    doThrow(new Rejection(ErrorCode.ALREADY_EXISTS, "no notice")).when(messenger).send(any());
    fault.put(this, new ExternalFailure("test", true, "no " + removal, null));
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.PROVISIONING);
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    stopFailing();
    retryIncidents();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertNothingIsLeft();
    assertThatItCanBeMadeNow();
  }

  static Stream<Arguments> removals() {
    return Stream.of(
        step("channel", (t, f) -> t.after(f).when(t.messenger).removeChannel(any())),
        step("namespace", (t, f) -> t.after(f).when(t.workspaces).removeSpace(any())),
        step("buckets", (t, f) -> t.after(f).when(t.store).removeEmptyBucket(any(), any())),
        step("repository", (t, f) -> t.after(f).when(t.forge).removeRepository(any())),
        step("groups", (t, f) -> t.after(f).when(t.directory).removeGroups(any())));
  }

  /** Makes a step fail after it has had its effect, or part of it. */
  interface Fault {
    void put(OnboardingTest test, Throwable failure);
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        step("groups", (t, f) -> t.after(f).when(t.directory).setRoles(any(), any(), any())),
        step("groups at all", (t, f) -> t.after(f).when(t.directory).ensureGroups(any(), any())),
        step(
            "repository", (t, f) -> t.after(f).when(t.forge).ensureRepository(any(), any(), any())),
        step(
            "tag", (t, f) -> doThrow(f).when(t.forge).ensureTag(any(), any(), any(), any(), any())),
        step(
            "bucket",
            (t, f) ->
                t.after(f)
                    .when(t.store)
                    .ensureBucket(
                        org.mockito.ArgumentMatchers.eq(t.buckets.of(t.project, "out")), any())),
        step("namespace", (t, f) -> t.after(f).when(t.workspaces).ensureSpace(any())),
        step("channel", (t, f) -> t.after(f).when(t.messenger).ensureChannel(any())),
        step("page", (t, f) -> t.after(f).when(t.forge).commit(any(), any(), any())),
        step("notice", (t, f) -> doThrow(f).when(t.messenger).send(any())));
  }

  private static Arguments step(String name, Fault fault) {
    return Arguments.of(name, fault);
  }

  private void assertNothingIsLeft() {
    stopFailing();
    assertThat(directory.members(project)).isEmpty();
    assertThatThrownBy(() -> directory.setRoles(project, "olga", Set.of(Role.OWNER)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.refs(project)).isInstanceOf(NotFound.class);
    for (var kind : Set.of("raw", "work", "out", "rel", "prov")) {
      assertThatThrownBy(() -> store.list(buckets.of(project, kind), "").close())
          .isInstanceOf(NotFound.class);
    }
    for (var table : Set.of("project_identifier", "project_provision", "messaging_channel")) {
      assertThat(
              jdbc.sql("select count(*) from balsam." + table + " where project = ?")
                  .param(project.value())
                  .query(Long.class)
                  .single())
          .isZero();
    }
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  private void assertThatItCanBeMadeNow() {
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(view().reason()).isNull();
  }
}
