package org.balsam.process.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.times;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.messaging.Messenger;
import org.balsam.usecase.project.ClosureStage;
import org.balsam.usecase.project.GiveUpClosure;
import org.balsam.usecase.project.ProjectArchives;
import org.balsam.usecase.project.ProjectClosure;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.RequestClosure;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Closes projects with the real embedded adapters, and lets each step fail in turn. */
class ClosureTest extends ProjectScene {

  private static final List<Directory.Membership> MEMBERS =
      List.of(
          new Directory.Membership("aud", "Auda Auditor", Set.of(Role.AUDITOR)),
          new Directory.Membership("olga", "Olga Owner", Set.of(Role.OWNER)),
          new Directory.Membership("quinn", "Quinn Quality", Set.of(Role.QUALITY, Role.SUBJECT)));

  @Autowired RequestClosure requestClosure;
  @Autowired GiveUpClosure giveUpClosure;
  @Autowired ProjectArchives archives;
  @TempDir Path folder;

  @Test
  void archivesFirstAndKeepsWhatWasReleased() throws Exception {
    work();
    var released = release();
    var refs = forge.refs(project);
    close();

    assertClosed();
    var order = inOrder(forge, directory, messenger, workspaces, store);
    order.verify(forge).bundle(eq(project), any());
    order.verify(directory).removeGroups(project);
    order.verify(forge).ensureMembers(project, Map.of());
    order.verify(forge).endReading(project);
    order.verify(messenger).removeChannel(project);
    order.verify(workspaces).removeSpace(project);
    order.verify(store, times(2)).retain(eq(buckets.of(project, "prov")), any(), any(), any());
    var closure = archives.closure(project, ADMINISTRATOR);
    assertThat(closure.archive())
        .extracting(ProjectClosure.ArchivedFile::key)
        .containsExactly("closure/1/repository.bundle", "closure/1/manifest.json");
    assertThat(clonedRefs()).containsAllEntriesOf(heads(refs));
    var rel = manifest().at("/buckets/" + buckets.of(project, "rel")).get(0);
    assertThat(rel.path("version").asText()).isEqualTo(released);
    assertThat(rel.path("retainUntil").asText()).isNotEmpty();
    assertThat(manifest().at("/members/quinn")).hasSize(2);
    assertThat(manifest().path("repository").fieldNames())
        .toIterable()
        .as("the same after each restart")
        .containsExactly("bundle", "sha256");
    assertThat(new String(read("rel", "figures.csv", olga()), UTF_8)).isEqualTo("1,2");
    assertThat(read("rel", "figures.csv", Actor.user("aud", Set.of()))).hasSize(3);
    assertThatThrownBy(() -> read("rel", "figures.csv", Actor.user("quinn", Set.of())))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> read("raw", "x", ADMINISTRATOR)).hasMessageContaining("rel or prov");
    assertLocked(closure);
    assertThat(forge.refs(project)).as("the repository stays").isEqualTo(refs);
    assertThat(trail()).contains("project.closure.requested", "project.archived", "project.closed");
    assertThatThrownBy(this::requestProject).hasMessageContaining("taken");
  }

  @Test
  void isDecidedByAnotherPerson() {
    work();
    people.ensureAdministrator("olga");
    ask();
    assertThatThrownBy(() -> decide("olga", "approve")).hasStackTraceContaining("olga");
    assertThatThrownBy(() -> decide("quinn", "approve")).hasStackTraceContaining("quinn");
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThatThrownBy(this::ask).hasMessageContaining("on its way already");
    decide("anna", "approve");
    runJobs();
    assertClosed();
  }

  @Test
  void aSecondOwnerMayDecide() {
    work();
    directory.setRoles(project, "quinn", Set.of(Role.OWNER));
    ask();
    decide("quinn", "approve");
    runJobs();
    assertClosed();
  }

  @Test
  void goesOnWhenItIsRejected() {
    work();
    ask();
    var task = task();
    decide(
        ADMINISTRATOR,
        task,
        Map.of("approvalDecision", "reject", "approvalReason", "still needed"));
    runJobs();
    assertThat(closure().stage()).isEqualTo(ClosureStage.REJECTED);
    assertThat(closure().outcome()).isEqualTo("still needed");
    assertGoesOn();
    assertThatItCanBeClosedNow();
  }

  @Test
  void isGivenUpBeforeTheDecision() {
    work();
    ask();
    giveUp();
    assertThat(closure().stage()).isEqualTo(ClosureStage.FAILED);
    assertGoesOn();
  }

  @Test
  void onlyOwnersAndAdministratorsAsk() {
    work();
    assertThatThrownBy(() -> ask(member("quinn", Role.QUALITY))).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> ask(Actor.user("zoe", Set.of()))).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> archives.closure(project, ADMINISTRATOR)).isInstanceOf(NotFound.class);
  }

  @Test
  void isRefusedWhileWorkIsOpen() {
    work();
    begin("exploration", project + "-lab-one");
    beginEmbargoed(project + "-2026-q1-r0");
    assertThatThrownBy(this::ask)
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.WRONG_STATE))
        .hasMessageContaining("exploration " + project + "-lab-one")
        .hasMessageContaining("round " + project + "-2026-q1-r0 (under embargo)");
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
  }

  @Test
  void isRefusedWhenWorkWasBegunSinceItWasAskedFor() {
    work();
    ask();
    beginEmbargoed(project + "-2026-q1-r0");
    decide("anna", "approve");
    runJobs();
    assertThat(closure().stage()).isEqualTo(ClosureStage.FAILED);
    assertThat(closure().outcome()).contains("2026-q1-r0");
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(directory.members(project)).isEqualTo(MEMBERS);
  }

  @Test
  void nothingBeginsOnceItIsFrozen() {
    work();
    ask();
    doThrow(new ExternalFailure("test", true, "no bundle", null)).when(forge).bundle(any(), any());
    decide("anna", "approve");
    runJobs();
    assertThat(view().state()).isEqualTo(ProjectState.CLOSING);
    assertThatThrownBy(() -> begin("exploration", project + "-lab-late"))
        .hasStackTraceContaining("is being closed");
  }

  @Test
  void takesWhatPeopleDidUntilTheirAccessEndedIntoTheArchive() throws Exception {
    work();
    ask();
    doThrow(new ExternalFailure("test", true, "no groups", null))
        .when(directory)
        .removeGroups(any());
    decide("anna", "approve");
    runJobs();
    var late = forge.ensureBranch(project, "work/late", "main");
    stopFailing();
    retryIncidents();
    assertClosed();
    assertThat(clonedRefs()).containsEntry("refs/heads/work/late", late);
    assertThat(manifest().at("/refs").has("refs/heads/work/late")).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void goesOnToTheEndWhenAFailedStepIsRetried(String step, Fault fault) throws Exception {
    failAt(fault, new ExternalFailure("test", true, "no " + step, null));
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    stopFailing();
    retryIncidents();
    assertClosed();
    assertLocked(closure());
    assertThat(clonedRefs()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingHalfDoneWhenAFailingStepIsGivenUp(String step, Fault fault) {
    failAt(fault, new ExternalFailure("test", true, "no " + step, null));
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    stopFailing();
    giveUp();
    assertThat(closure().stage()).isEqualTo(ClosureStage.FAILED);
    assertThat(closure().outcome()).isEqualTo("too long");
    assertGoesOn();
    assertThatItCanBeClosedNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingHalfDoneWhenAStepIsRefused(String step, Fault fault) {
    failAt(fault, new Rejection(ErrorCode.WRONG_STATE, "no " + step));
    stopFailing();
    if (incidentsAt("serviceTask_failClosure") > 0) {
      retryIncidents();
    }
    if (runtime.createIncidentQuery().count() > 0) {
      assertThat(closure().stage()).isEqualTo(ClosureStage.APPROVED);
      giveUp();
    } else {
      assertThat(closure().outcome()).isEqualTo("no " + step);
    }
    assertGoesOn();
    assertThatItCanBeClosedNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("restorations")
  void leavesNothingHalfDoneWhenGivingBackFailsOnce(String step, Fault fault) {
    failAt(
        (test, failure) -> test.after(failure).when(test.store).retain(any(), any(), any(), any()),
        new ExternalFailure("test", true, "no lock", null));
    stopFailing();
    fault.put(this, new ExternalFailure("test", true, "no " + step, null));
    giveUp();
    assertThat(view().state()).isEqualTo(ProjectState.CLOSING);
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    stopFailing();
    retryIncidents();
    assertGoesOn();
  }

  /** Makes a step fail after it has had its effect, or part of it. */
  interface Fault {
    void put(ClosureTest test, Throwable failure);
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        step("people", (t, f) -> doThrow(f).when(t.directory).members(any())),
        step("bundle", (t, f) -> t.after(f).when(t.forge).bundle(any(), any())),
        step("archive", (t, f) -> t.after(f).when(t.store).put(any(), any(), any(), any())),
        step("groups", (t, f) -> t.after(f).when(t.directory).removeGroups(any())),
        step("access", (t, f) -> t.after(f).when(t.forge).ensureMembers(any(), any())),
        step("tokens", (t, f) -> t.after(f).when(t.forge).endReading(any())),
        step("channel", (t, f) -> t.after(f).when(t.messenger).removeChannel(any())),
        step("namespace", (t, f) -> t.after(f).when(t.workspaces).removeSpace(any())),
        step("lock", (t, f) -> t.after(f).when(t.store).retain(any(), any(), any(), any())),
        step("notice", (t, f) -> doThrow(f).when(t.messenger).send(any())));
  }

  static Stream<Arguments> restorations() {
    return Stream.of(
        step("namespace", (t, f) -> t.after(f).when(t.workspaces).ensureSpace(any())),
        step("channel", (t, f) -> t.after(f).when(t.messenger).ensureChannel(any())),
        step("access", (t, f) -> t.after(f).when(t.forge).ensureMembers(any(), any())),
        step("groups", (t, f) -> t.after(f).when(t.directory).ensureGroups(any(), any())),
        step("roles", (t, f) -> t.after(f).when(t.directory).setRoles(any(), any(), any())),
        step("notice", (t, f) -> doThrow(f).when(t.messenger).send(any())));
  }

  private static Arguments step(String name, Fault fault) {
    return Arguments.of(name, fault);
  }

  private long incidentsAt(String activity) {
    return runtime.createIncidentQuery().activityId(activity).count();
  }

  private void failAt(Fault fault, Throwable failure) {
    work();
    ask();
    fault.put(this, failure);
    decide("anna", "approve");
    runJobs();
  }

  private void work() {
    onboard();
    people.ensurePerson("aud", "Auda Auditor", "", "secret of aud");
    people.ensurePerson("quinn", "Quinn Quality", "", "secret of quinn");
    directory.setRoles(project, "aud", Set.of(Role.AUDITOR));
    directory.setRoles(project, "quinn", Set.of(Role.QUALITY, Role.SUBJECT));
  }

  private String release() {
    var bucket = buckets.of(project, "rel");
    var stored =
        store.put(bucket, "figures.csv", new ByteArrayInputStream("1,2".getBytes(UTF_8)), Map.of());
    store.retain(bucket, "figures.csv", stored.versionId(), Instant.now().plusSeconds(86_400));
    return stored.versionId();
  }

  private void close() {
    ask();
    decide("anna", "approve");
    runJobs();
  }

  private void ask() {
    ask(member("olga", Role.OWNER));
  }

  private void ask(Actor person) {
    var command = new RequestClosure.Command(project, "The survey has ended", person);
    CallContext.of(person).run(() -> requestClosure.handle(command));
  }

  private void giveUp() {
    var person = Actor.user("olga", Set.of());
    var command = new GiveUpClosure.Command(project, "too long", person);
    CallContext.of(person).run(() -> giveUpClosure.handle(command));
    runJobs();
  }

  private void decide(String person, String decision) {
    var actor = Actor.user(person, directory.groupsOf(person));
    decide(actor, task(), Map.of("approvalDecision", decision));
  }

  private String task() {
    return tasks
        .createTaskQuery()
        .processDefinitionKey("projectClosure")
        .processInstanceBusinessKey(project.value())
        .singleResult()
        .getId();
  }

  private void begin(String process, String key) {
    engine.asSystem(
        () -> {
          runtime.startProcessInstanceByKey(process, key, Map.of("project", project.value()));
        });
  }

  private void beginEmbargoed(String round) {
    engine.asSystem(
        () -> {
          runtime
              .createProcessInstanceByKey("statisticalRound")
              .businessKey(round)
              .setVariables(Map.of("project", project.value(), "releaseAt", "2099-01-01T00:00:00Z"))
              .startBeforeActivity("eventGateway_embargo")
              .execute(true, false);
        });
  }

  private void assertClosed() {
    assertThat(view().state()).isEqualTo(ProjectState.CLOSED);
    assertThat(closure().stage()).isEqualTo(ClosureStage.CLOSED);
    assertThat(directory.members(project)).isEmpty();
    assertThatThrownBy(() -> directory.setRoles(project, "olga", Set.of(Role.OWNER)))
        .isInstanceOf(NotFound.class);
    assertThat(rows("messaging_channel")).isZero();
    assertThat(rows("project_identifier")).as("its names are nobody else's").isEqualTo(9);
    assertThat(
            jdbc.sql("select step from balsam.project_provision where project = ? order by step")
                .param(project.value())
                .query(String.class)
                .list())
        .containsExactly("BUCKETS", "REPOSITORY");
    assertThat(messenger.inbox(Set.of(Actor.PLATFORM_ADMINISTRATORS), 200))
        .filteredOn(received -> received.notice().key().startsWith(project + "/closed/"))
        .hasSize(1);
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  private void assertGoesOn() {
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(directory.members(project)).isEqualTo(MEMBERS);
    assertThat(rows("messaging_channel")).isEqualTo(1);
    assertThat(rows("project_provision")).isEqualTo(5);
    assertThat(forge.refs(project)).containsKey("refs/heads/main");
    assertThat(closure().archive()).isEmpty();
    assertThat(messenger.inbox(Set.of(Role.OWNER.group(project)), 200))
        .extracting(Messenger.Received::notice)
        .extracting(Messenger.Notice::key)
        .contains(project + "/goes-on/1");
    try (var left = store.list(buckets.of(project, "prov"), "closure/")) {
      assertThat(left).allMatch(file -> file.retainUntil() != null);
    }
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  private void assertThatItCanBeClosedNow() {
    close();
    assertClosed();
    assertThat(closure().attempt()).isEqualTo(2);
  }

  private void assertLocked(ProjectClosure closure) {
    var prov = buckets.of(project, "prov");
    for (var file : closure.archive()) {
      var stored = store.find(prov, file.key(), file.version()).orElseThrow();
      assertThat(stored.sha256()).isEqualTo(file.sha256());
      assertThat(stored.retainUntil()).isAfter(Instant.now().plus(Duration.ofDays(3650)));
      assertThatThrownBy(() -> store.destroy(prov, file.key(), file.version()))
          .isInstanceOf(Rejection.class);
    }
  }

  private Map<String, String> clonedRefs() throws Exception {
    var bundle = Files.createTempFile(folder, "repository", ".bundle");
    Files.write(bundle, read("prov", closure().archive().get(0).key(), ADMINISTRATOR));
    try (var git =
        Git.cloneRepository()
            .setURI(bundle.toUri().toString())
            .setMirror(true)
            .setDirectory(Files.createTempDirectory(folder, "clone").toFile())
            .call()) {
      return git.getRepository().getRefDatabase().getRefsByPrefix("refs/heads/").stream()
          .collect(
              java.util.stream.Collectors.toMap(
                  ref -> ref.getName(), ref -> ref.getObjectId().name()));
    }
  }

  private static Map<String, String> heads(Map<String, String> refs) {
    return refs.entrySet().stream()
        .filter(ref -> ref.getKey().startsWith("refs/heads/"))
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper()
        .readTree(read("prov", closure().archive().get(1).key(), ADMINISTRATOR));
  }

  private byte[] read(String kind, String key, Actor reader) throws IOException {
    try (var content = archives.open(project, kind, key, reader)) {
      return content.readAllBytes();
    }
  }

  private List<String> trail() {
    return jdbc.sql("select action from balsam.audit_event where project = ?")
        .param(project.value())
        .query(String.class)
        .list();
  }

  private long rows(String table) {
    return jdbc.sql("select count(*) from balsam." + table + " where project = ?")
        .param(project.value())
        .query(Long.class)
        .single();
  }

  private ProjectClosure closure() {
    return archives.closure(project, ADMINISTRATOR);
  }

  private Actor member(String person, Role role) {
    return Actor.user(person, Set.of(role.group(project)));
  }

  private void requestProject() {
    request();
  }
}
