package org.balsam.platform.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.DirectoryContract;
import org.balsam.platform.identity.IdentityProperties.Keycloak;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.MovableClock;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.ScriptedServer;
import org.balsam.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class KeycloakDirectoryIT extends DirectoryContract {

  private static TestRealm shared;
  private static DataSource database;
  private static final ProjectId LFS = new ProjectId("lfs");
  private static final String PATH = "/nsi/production/lfs";

  private final ScriptedServer server = ScriptedServer.shared("keycloak");
  private final RecordedAudit audit = new RecordedAudit();
  private TestRealm realm;
  private KeycloakDirectory directory;
  private String ann;

  @Override
  protected Directory directory() {
    realm = emptyRealm(server);
    emptyDatabase();
    ann = realm.addPerson("ann", "Ann", "Berg", "ann@nsi.example", "");
    realm.addPerson("bob", "Bob", "", "bob@nsi.example", "");
    var adm = realm.addPerson("adm", "Adm", "", "adm@nsi.example", "");
    realm.join(adm, realm.group("/nsi/platform/administrator"));
    directory = directory(Duration.ZERO, "balsam", TestRealm.SECRET);
    return directory;
  }

  @Test
  void groupsAreMadeWhereTheGrammarSaysAndCarryALabel() {
    assertThat(realm.group(PATH + "/owner")).isNotEmpty();
    assertThat(realm.group("/nsi/production/cpi/auditor")).isNotEmpty();
    directory.ensureGroups(new ProjectId("coder"), ProjectKind.MODELS);
    assertThat(realm.group("/nsi/models/coder/owner")).isNotEmpty();
  }

  @Test
  void whatIsGivenAndTakenAtKeycloakCounts() {
    realm.join(ann, realm.group(PATH + "/owner"));
    assertThat(directory.groupsOf("ann")).containsExactly("lfs/owner");
    assertThat(directory.membersOf("lfs/owner")).containsExactly("ann");
    realm.leave(ann, realm.group(PATH + "/owner"));
    assertThat(directory.groupsOf("ann")).isEmpty();
  }

  @Test
  void anAnswerIsBelievedForTheConfiguredTimeOnly() {
    var clock = new MovableClock();
    var slow = directory(Duration.ofSeconds(30), clock);
    realm.join(ann, realm.group(PATH + "/owner"));
    assertThat(slow.groupsOf("ann")).containsExactly("lfs/owner");
    realm.leave(ann, realm.group(PATH + "/owner"));
    assertThat(slow.groupsOf("ann")).containsExactly("lfs/owner");
    clock.pass(Duration.ofSeconds(31));
    assertThat(slow.groupsOf("ann")).isEmpty();
    slow.setRoles(LFS, "ann", Set.of(Role.QUALITY));
    assertThat(slow.groupsOf("ann")).containsExactly("lfs/quality");
  }

  @Test
  void lookAlikesAndNestedGroupsGiveNothing() {
    realm.join(ann, realm.addGroup("", "platform/administrator", Map.of()));
    realm.addGroup("", "platform", Map.of());
    realm.join(ann, realm.addGroup("/platform", "administrator", Map.of()));
    realm.join(ann, realm.addGroup("/nsi/platform/administrator", "deputy", Map.of()));
    realm.join(ann, realm.addGroup(PATH + "/owner", "owner", Map.of()));
    realm.join(ann, realm.addGroup(PATH, "Owner", Map.of()));
    realm.join(ann, realm.addGroup(PATH, "ovvner", Map.of()));
    realm.join(ann, realm.addGroup(PATH, "\u043ewner", Map.of()));
    realm.addGroup("/nsi/lab", "lfs", Map.of("balsam", List.of("nsi/dev/lfs")));
    realm.join(
        ann, realm.addGroup("/nsi/lab/lfs", "owner", Map.of("balsam", List.of("nsi/dev/lfs"))));
    realm.join(ann, realm.group("/nsi/production/lfs"));
    assertThat(directory.groupsOf("ann")).isEmpty();
    assertThat(directory.members(LFS)).isEmpty();
    assertThat(directory.membersOf(Actor.PLATFORM_ADMINISTRATORS)).containsExactly("adm");
  }

  @Test
  void aGroupThatIsRenamedIsNoLongerTheRoleThatItsNameClaims() {
    realm.removeGroup(realm.group(PATH + "/owner"));
    var auditor = realm.group(PATH + "/auditor");
    realm.join(ann, auditor);
    realm.renameGroup(auditor, "owner");
    assertThat(directory.groupsOf("ann")).isEmpty();
  }

  @Test
  void groupsOfSomebodyElseAreNeitherTakenNorRemoved() {
    realm.addGroup("/nsi/production", "prices", Map.of());
    var prices = new ProjectId("prices");
    assertThatThrownBy(() -> directory.ensureGroups(prices, ProjectKind.PRODUCTION))
        .isInstanceOfSatisfying(
            Rejection.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining("/nsi/production/prices");
    directory.removeGroups(prices);
    assertThat(realm.group("/nsi/production/prices")).isNotEmpty();
    assertThatThrownBy(() -> anotherInstallation().ensureGroups(LFS, ProjectKind.PRODUCTION))
        .isInstanceOf(Rejection.class);
  }

  @Test
  void whatACrashLeftIsTakenUpAndCanBeRemoved() {
    var owner = realm.group(PATH + "/owner");
    realm.removeGroup(realm.group(PATH + "/release"));
    JdbcClient.create(database).sql("delete from balsam.keycloak_group").update();
    directory.ensureGroups(LFS, ProjectKind.PRODUCTION);
    assertThat(realm.group(PATH + "/owner")).isEqualTo(owner);
    assertThat(realm.group(PATH + "/release")).isNotEmpty();
    JdbcClient.create(database).sql("delete from balsam.keycloak_group").update();
    directory.removeGroups(LFS);
    assertThat(realm.group(PATH)).isEmpty();
    assertThat(realm.group("/nsi/production/cpi")).isNotEmpty();
  }

  @Test
  void aPersonStaysTheSameWhenTheirLoginNameChanges() {
    assertThat(directory.signedIn(ann)).isEqualTo("ann");
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER));
    realm.change(ann, Map.of("username", "anna"));
    assertThat(directory.signedIn(ann)).isEqualTo("ann");
    assertThat(directory.person("ann")).isPresent();
    assertThat(directory.person("anna")).isEmpty();
    assertThat(directory.membersOf("lfs/owner")).containsExactly("ann");
    assertThat(directory.search("Berg", 10))
        .extracting(Directory.Person::id)
        .containsExactly("ann");
  }

  @Test
  void nobodyBecomesAnotherPersonByTakingOverTheirName() {
    assertThat(directory.signedIn(ann)).isEqualTo("ann");
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER));
    realm.removeAccount(ann);
    assertThat(directory.person("ann")).isEmpty();
    var second = realm.addPerson("ann", "Ann", "Other", "other@nsi.example", "");
    realm.join(second, realm.group(PATH + "/quality"));
    assertThatThrownBy(() -> directory.signedIn(second))
        .isInstanceOf(AccountRefused.class)
        .hasMessageContaining("another account");
    assertThat(directory.person("ann")).isEmpty();
    assertThat(directory.membersOf("lfs/quality")).isEmpty();
    assertThat(directory.search("Other", 10)).isEmpty();
  }

  @Test
  void loginNamesOutsideTheGrammarAreRefused() {
    for (var login :
        List.of("ann.berg@nsi.example", "balsam", "anonymous", "1ann", "service-account-x")) {
      var account = realm.addPerson(login, "A", "B", login.replace("@", ".") + "@x.example", "");
      assertThatThrownBy(() -> directory.signedIn(account))
          .as(login)
          .isInstanceOf(AccountRefused.class);
      assertThat(directory.person(login)).as(login).isEmpty();
    }
  }

  @Test
  void aServiceAccountHoldsRolesAndIsMarked() {
    var loader = realm.serviceAccount("loader");
    assertThat(directory.signedIn(loader)).isEqualTo("service-account-loader");
    directory.setRoles(LFS, "service-account-loader", Set.of(Role.PRODUCTION));
    assertThat(directory.groupsOf("service-account-loader"))
        .containsExactlyInAnyOrder("lfs/production", Actor.SERVICE_ACCOUNTS);
    assertThat(directory.membersOf("lfs/production")).containsExactly("service-account-loader");
  }

  @Test
  void aDisabledPersonIsUnknownAndHasNoRoles() {
    directory.setRoles(LFS, "ann", Set.of(Role.OWNER));
    realm.change(ann, Map.of("enabled", false));
    assertThat(directory.person("ann")).isEmpty();
    assertThat(directory.groupsOf("ann")).isEmpty();
    assertThat(directory.membersOf("lfs/owner")).isEmpty();
    realm.change(ann, Map.of("enabled", true));
    assertThat(directory.groupsOf("ann")).containsExactly("lfs/owner");
  }

  @Test
  void manyPeopleAreReadPageByPage() {
    var subject = realm.group(PATH + "/subject");
    for (var i = 0; i < 130; i++) {
      var account = realm.addPerson("p%03d".formatted(i), "Pat", "No" + i, i + "@p.example", "");
      realm.join(account, subject);
    }
    assertThat(directory.membersOf("lfs/subject")).hasSize(130);
    assertThat(directory.search("pat", 120)).hasSize(120);
    assertThat(directory.search("No12", 200)).hasSize(11);
    assertThat(directory.search("Pat No129", 10))
        .extracting(Directory.Person::id)
        .containsExactly("p129");
  }

  @Test
  void outsideTroubleIsNamedWithoutAnySecret() {
    var wrongSecret = directory(Duration.ZERO, "balsam", "not the secret");
    failure(wrongSecret, false, "client");
    failure(directory(Duration.ZERO, "weak", TestRealm.SECRET), false, "rights");
    failure(
        directory(
            settings(
                URI.create("http://127.0.0.1:1/realms/nsi"),
                Duration.ZERO,
                "balsam",
                "not the secret"),
            Clock.systemUTC()),
        true,
        "does not answer");
  }

  @Test
  void theProbeNeedsEveryRightAndLeavesNothing() {
    realm(TestRealm.SECRET, "balsam").probe().check();
    realm(TestRealm.SECRET, "balsam").probe().glance();
    assertThat(realm.childrenOf("/nsi")).noneMatch(name -> name.startsWith("balsam-probe"));
    assertThatThrownBy(() -> realm(TestRealm.SECRET, "weak").probe().check())
        .hasMessageContaining("rights");
    var other = settings("another-api", Duration.ZERO, "balsam", TestRealm.SECRET);
    assertThatThrownBy(
            () -> realm(other, Clock.systemUTC(), new Installation("nsi", "dev")).probe().check())
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("audience");
  }

  private static void failure(KeycloakDirectory directory, boolean retryable, String what) {
    assertThatThrownBy(() -> directory.person("ann"))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isEqualTo(retryable))
        .hasMessageContaining("Keycloak")
        .hasMessageContaining(what)
        .message()
        .doesNotContain("not the secret");
  }

  /** Making a realm takes Keycloak longer than emptying one. */
  private static synchronized TestRealm emptyRealm(ScriptedServer server) {
    if (shared == null) {
      shared = TestRealm.create(server.address(), "directory", "http://127.0.0.1:8080");
      shared.changeRealm(Map.of("editUsernameAllowed", true));
      shared.addClient("weak", "balsam-api");
      shared.addClient("loader", "balsam-api");
    } else {
      shared.clear();
    }
    return shared;
  }

  private static synchronized void emptyDatabase() {
    if (database == null) {
      database = MigratedDatabase.create();
    }
    var jdbc = JdbcClient.create(database);
    jdbc.sql("delete from balsam.keycloak_account").update();
    jdbc.sql("delete from balsam.keycloak_group").update();
  }

  private KeycloakDirectory directory(Duration freshness, Clock clock) {
    return directory(
        settings(URI.create(realm.issuer()), freshness, "balsam", TestRealm.SECRET), clock);
  }

  private KeycloakDirectory directory(Duration freshness, String client, String secret) {
    return directory(
        settings(URI.create(realm.issuer()), freshness, client, secret), Clock.systemUTC());
  }

  private Directory anotherInstallation() {
    return directory(
        settings(URI.create(realm.issuer()), Duration.ZERO, "balsam", TestRealm.SECRET),
        Clock.systemUTC(),
        new Installation("nsi", "tst"));
  }

  private KeycloakDirectory directory(Keycloak settings, Clock clock) {
    return directory(settings, clock, new Installation("nsi", "dev"));
  }

  private KeycloakDirectory directory(Keycloak settings, Clock clock, Installation installation) {
    return (KeycloakDirectory) realm(settings, clock, installation).directory();
  }

  private KeycloakRealm realm(String secret, String client) {
    return realm(
        settings(URI.create(realm.issuer()), Duration.ZERO, client, secret),
        Clock.systemUTC(),
        new Installation("nsi", "dev"));
  }

  private KeycloakRealm realm(Keycloak settings, Clock clock, Installation installation) {
    return new KeycloakRealm(
        settings,
        installation,
        JdbcClient.create(database),
        new TransactionTemplate(new JdbcTransactionManager(database)),
        audit,
        clock);
  }

  private Keycloak settings(String audience, Duration freshness, String client, String secret) {
    return settings(URI.create(realm.issuer()), audience, freshness, client, secret);
  }

  private static Keycloak settings(URI issuer, Duration freshness, String client, String secret) {
    return settings(issuer, "balsam-api", freshness, client, secret);
  }

  private static Keycloak settings(
      URI issuer, String audience, Duration freshness, String client, String secret) {
    return new Keycloak(
        issuer,
        null,
        client,
        null,
        secret,
        audience,
        freshness,
        null,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }
}
