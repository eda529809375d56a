package org.balsam.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory.Membership;
import org.balsam.platform.identity.Directory.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every directory does. The people ann, bob and adm exist; adm administers the platform. */
public abstract class DirectoryContract {

  private static final ProjectId LFS = new ProjectId("lfs");
  private static final ProjectId CPI = new ProjectId("cpi");

  private Directory directory;

  /** A directory with the three people and no groups. */
  protected abstract Directory directory();

  @BeforeEach
  void prepare() {
    directory = directory();
    directory.ensureGroups(LFS, ProjectKind.PRODUCTION);
    directory.ensureGroups(CPI, ProjectKind.PRODUCTION);
  }

  @Test
  void findsPeopleByExactlyTheirId() {
    assertThat(directory.person("ann")).contains(new Person("ann", "Ann Berg", "ann@nsi.example"));
    assertThat(directory.person("an")).isEmpty();
    assertThat(directory.person("ANN")).isEmpty();
    assertThat(directory.person("ann'--")).isEmpty();
    assertThat(directory.person("a\u0000b")).isEmpty();
  }

  @Test
  void knowsWhatSeveralPeopleAreCalled() {
    assertThat(directory.names(List.of("ann", "bob", "ann", "nobody", "a\u0000b", "x'--")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("ann", "Ann Berg", "bob", "Bob"));
    assertThat(directory.names(List.of())).isEmpty();
  }

  @Test
  void searchesIdsAndNamesWithoutPatterns() {
    assertThat(directory.search("BERG", 10)).extracting(Person::id).containsExactly("ann");
    assertThat(directory.search("", 2)).extracting(Person::id).containsExactly("adm", "ann");
    assertThat(directory.search("%", 10)).isEmpty();
    assertThat(directory.search("_", 10)).isEmpty();
  }

  @Test
  void rolesAreGroupsOfTheProject() {
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER, Role.QUALITY));
    directory.setRoles(CPI, "ann", Set.of(Role.AUDITOR));
    directory.setRoles(LFS, "bob", Set.of(Role.QUALITY));
    assertThat(directory.groupsOf("ann"))
        .containsExactlyInAnyOrder("lfs/owner", "lfs/quality", "cpi/auditor");
    assertThat(directory.membersOf("lfs/quality")).containsExactly("ann", "bob");
    assertThat(directory.members(LFS))
        .containsExactly(
            new Membership("ann", "Ann Berg", Set.of(Role.OWNER, Role.QUALITY)),
            new Membership("bob", "Bob", Set.of(Role.QUALITY)));
  }

  @Test
  void settingRolesReplacesAndCanBeRepeated() {
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER));
    directory.setRoles(LFS, "ann", Set.of(Role.SUBJECT));
    directory.setRoles(LFS, "ann", Set.of(Role.SUBJECT));
    assertThat(directory.groupsOf("ann")).containsExactly("lfs/subject");
    directory.setRoles(LFS, "ann", Set.of());
    assertThat(directory.groupsOf("ann")).isEmpty();
    assertThat(directory.members(LFS)).isEmpty();
  }

  @Test
  void groupsGoWithTheirMemberships() {
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER));
    directory.setRoles(CPI, "ann", Set.of(Role.OWNER));
    directory.removeGroups(LFS);
    directory.removeGroups(LFS);
    assertThat(directory.groupsOf("ann")).containsExactly("cpi/owner");
    assertThatThrownBy(() -> directory.setRoles(LFS, "ann", Set.of(Role.OWNER)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("lfs");
    directory.ensureGroups(LFS, ProjectKind.PRODUCTION);
    directory.ensureGroups(LFS, ProjectKind.PRODUCTION);
    assertThat(directory.members(LFS)).isEmpty();
  }

  @Test
  void unknownPeopleHaveNothing() {
    assertThat(directory.groupsOf("nobody")).isEmpty();
    assertThat(directory.membersOf("none/owner")).isEmpty();
    assertThat(directory.membersOf("nonsense")).isEmpty();
    assertThatThrownBy(() -> directory.setRoles(LFS, "nobody", Set.of(Role.OWNER)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void administratorsAreAGroupOutsideAllProjects() {
    assertThat(directory.groupsOf("adm")).containsExactly(Actor.PLATFORM_ADMINISTRATORS);
    assertThat(directory.membersOf(Actor.PLATFORM_ADMINISTRATORS)).containsExactly("adm");
  }
}
