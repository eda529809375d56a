package org.balsam.usecase.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
class ProjectPeopleTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Actor ADMINISTRATOR =
      Actor.user("anna", Set.of(Actor.PLATFORM_ADMINISTRATORS));

  @Autowired ProjectRepository rows;
  @Autowired SetMemberRoles setMemberRoles;
  @Autowired RemoveMember removeMember;
  @Autowired ChangeProject changeProject;
  @Autowired ProjectMembers members;
  @Autowired Projects projects;
  @Autowired Directory directory;
  @Autowired EmbeddedPeople people;
  @Autowired Forge forge;
  @Autowired TransactionTemplate transaction;

  private final ProjectId project = new ProjectId("people" + COUNT.incrementAndGet());

  @BeforeEach
  void anActiveProjectWithOneOwner() {
    for (var person : List.of("olga", "otto", "sam", "zoe")) {
      people.ensurePerson(person, person, "", "secret of " + person);
    }
    directory.ensureGroups(project, ProjectKind.PRODUCTION);
    forge.ensureRepository(project, Map.of(), new Forge.Author("Olga", "olga@nsi.invalid"));
    directory.setRoles(project, "olga", Set.of(Role.OWNER));
    directory.setRoles(project, "sam", Set.of(Role.SUBJECT));
    transaction.executeWithoutResult(
        status -> {
          var row = new ProjectEntity(request(), Instant.now());
          row.decide(true, "anna", Instant.now());
          row.activate();
          rows.saveAndFlush(row);
        });
  }

  @Test
  void ownersAndAdministratorsGiveRoles() {
    give("otto", Set.of(Role.OWNER, Role.RELEASE), actor("olga"));
    give("zoe", Set.of(Role.QUALITY), ADMINISTRATOR);
    assertThat(members.list(project, actor("sam")))
        .extracting(Directory.Membership::person)
        .containsExactly("olga", "otto", "sam", "zoe");
    assertThatThrownBy(() -> give("zoe", Set.of(Role.OWNER), actor("sam")))
        .isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> give("zoe", Set.of(), actor("olga"))).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> give("nobody", Set.of(Role.OWNER), actor("olga")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void peopleOutsideDoNotLearnThatTheProjectExists() {
    var stranger = Actor.user("zoe", Set.of());
    assertThatThrownBy(() -> members.list(project, stranger)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> projects.get(project, stranger)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> give("zoe", Set.of(Role.OWNER), stranger))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> change(stranger, version(), "New name")).isInstanceOf(NotFound.class);
    assertThat(projects.page(null, 200, stranger).items()).isEmpty();
  }

  @Test
  void theLastOwnerStays() {
    assertLastOwner(() -> remove("olga", actor("olga")));
    assertLastOwner(() -> remove("olga", ADMINISTRATOR));
    assertLastOwner(() -> give("olga", Set.of(Role.SUBJECT), actor("olga")));
    give("otto", Set.of(Role.OWNER), actor("olga"));
    remove("olga", actor("otto"));
    assertThat(directory.membersOf(Role.OWNER.group(project))).containsExactly("otto");
  }

  @Test
  void twoOwnersCannotRemoveEachOtherAtOnce() throws Exception {
    give("otto", Set.of(Role.OWNER), actor("olga"));
    var olga = actor("olga");
    var otto = actor("otto");
    var pool = Executors.newFixedThreadPool(2);
    List<Callable<Boolean>> removals =
        List.of(
            () -> succeeds(() -> remove("otto", olga)), () -> succeeds(() -> remove("olga", otto)));
    var succeeded = 0;
    for (var removal : pool.invokeAll(removals)) {
      succeeded += removal.get() ? 1 : 0;
    }
    pool.shutdown();
    assertThat(succeeded).isEqualTo(1);
    assertThat(directory.membersOf(Role.OWNER.group(project))).hasSize(1);
  }

  @Test
  void aChangeNeedsTheVersionThatWasRead() {
    var version = version();
    var changed = change(actor("olga"), version, "Jobs by industry");
    assertThat(changed.name()).isEqualTo("Jobs by industry");
    assertThat(changed.purpose()).isEqualTo("Figures");
    assertThatThrownBy(() -> change(actor("olga"), version, "Other name"))
        .isInstanceOfSatisfying(
            Rejection.class, stale -> assertThat(stale.code()).isEqualTo(ErrorCode.STALE));
    assertThatThrownBy(() -> change(actor("sam"), changed.version(), "Other name"))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void hostileTextIsRefused() {
    for (var name : List.of("a", "two\nlines", "nul\0byte", "right\u202Eleft", "x".repeat(101))) {
      assertThatThrownBy(() -> change(actor("olga"), version(), name))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("name");
    }
  }

  private void assertLastOwner(Runnable removal) {
    assertThatThrownBy(removal::run)
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("last owner");
  }

  private static boolean succeeds(Runnable work) {
    try {
      work.run();
      return true;
    } catch (Rejection lastOwner) {
      return false;
    }
  }

  private void give(String person, Set<Role> roles, Actor actor) {
    setMemberRoles.handle(new SetMemberRoles.Command(project, person, roles, actor));
  }

  private void remove(String person, Actor actor) {
    removeMember.handle(new RemoveMember.Command(project, person, actor));
  }

  private ProjectView change(Actor actor, long version, String name) {
    return changeProject.handle(
        new ChangeProject.Command(project, version, name, null, null, null, actor));
  }

  private long version() {
    return projects.get(project, ADMINISTRATOR).version();
  }

  private Actor actor(String person) {
    return Actor.user(person, directory.groupsOf(person));
  }

  private RequestProject.Command request() {
    return new RequestProject.Command(
        project,
        "Employment",
        "Figures",
        "statistical-production",
        Map.of(),
        "olga",
        Classification.INTERNAL,
        Actor.user("rita", Set.of()));
  }
}
