package org.balsam.usecase.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Branches while Git or storage fails and while the process is killed, in a real database,
 * repository and storage.
 */
class BranchTroubleTest {

  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final Actor OWNER = Actor.user("olga", Set.of("emp-industry/owner"));
  private static final Set<String> BROKEN = new HashSet<>();

  /** {@code put before}: the process is killed before, or after, its first call of the method. */
  private static @Nullable String killedAt;

  private static boolean isDead;

  @TempDir static Path temporary;
  private static final RecordedAudit AUDIT = new RecordedAudit();
  private static AnnotationConfigApplicationContext context;
  private static LocalForge forge;
  private static FilesystemObjectStore store;
  private static BucketNames buckets;

  /** The process is gone: nothing of it runs any more, no clean-up either. */
  private static final class Killed extends Error {}

  @ImportAutoConfiguration({
    HibernateJpaAutoConfiguration.class,
    JpaRepositoriesAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  @EntityScan(basePackageClasses = ExplorationEntity.class)
  @EnableJpaRepositories(basePackageClasses = ExplorationEntity.class)
  static class Rows {}

  @BeforeAll
  static void open() {
    forge = new LocalForge(temporary.resolve("git"), Clock.systemUTC());
    store = new FilesystemObjectStore(temporary.resolve("objects"), Clock.systemUTC());
    buckets = new BucketNames(new Installation("nsi", "dev"));
    forge.ensureRepository(
        PROJECT, Map.of("README.md", "x".getBytes(UTF_8)), new Forge.Author("O", "o@nsi.invalid"));
    store.ensureBucket(buckets.of(PROJECT, "work"), PROJECT);
    var database = MigratedDatabase.create();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> database);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(Forge.class, () -> breakable(Forge.class, forge));
    context.registerBean(ObjectStore.class, () -> breakable(ObjectStore.class, store));
    context.registerBean(BucketNames.class, () -> buckets);
    context.registerBean(AuditTrail.class, () -> breakable(AuditTrail.class, AUDIT));
    TestPropertyValues.of(
            "spring.jpa.hibernate.ddl-auto=validate",
            "spring.jpa.properties.hibernate.default_schema=balsam",
            "spring.jpa.properties.hibernate.jdbc.time_zone=UTC")
        .applyTo(context);
    context.register(
        Rows.class,
        BranchAdmission.class,
        BranchLedger.class,
        BranchRemains.class,
        Branches.class,
        CreateBranch.class,
        DeleteBranch.class);
    context.refresh();
  }

  @AfterAll
  static void close() {
    context.close();
  }

  @BeforeEach
  void repair() {
    BROKEN.clear();
    killedAt = null;
    isDead = false;
  }

  /** The real thing, whose broken methods do not even begin. */
  private static <T> T breakable(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (BROKEN.contains(method.getName())) {
                throw new ExternalFailure("test", true, method.getName() + " is broken", null);
              }
              try {
                dieAt(method.getName() + " before");
                var result = method.invoke(real, arguments);
                dieAt(method.getName() + " after");
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  private static void dieAt(String moment) {
    isDead = isDead || moment.equals(killedAt);
    if (isDead) {
      throw new Killed();
    }
  }

  private static BranchView create(String name) {
    return context
        .getBean(CreateBranch.class)
        .handle(new CreateBranch.Command(PROJECT, name, "", "main", "main", OWNER))
        .branch();
  }

  private static void delete(String id) {
    context.getBean(DeleteBranch.class).handle(new DeleteBranch.Command(PROJECT, id, OWNER));
  }

  private static void assertNobodyWorksOn(String id) {
    assertThatThrownBy(() -> context.getBean(Branches.class).get(PROJECT, id, OWNER))
        .isInstanceOf(NotFound.class);
  }

  private static void assertNothingIsLeftOf(String id) {
    assertThat(isInGit(id)).isFalse();
    assertThat(isInStorage(id)).isFalse();
    assertThat(isKnown(id)).isFalse();
  }

  private static boolean isInGit(String id) {
    return forge.resolve(PROJECT, "work/" + id).isPresent();
  }

  private static boolean isInStorage(String id) {
    return store.find(buckets.of(PROJECT, "work"), "branch/" + id + "/.branch").isPresent();
  }

  private static boolean isKnown(String id) {
    return context.getBean(BranchLedger.class).find(PROJECT, id).isPresent();
  }

  @Test
  void whereStorageFailsNothingIsLeft() {
    BROKEN.add("put");
    assertThatThrownBy(() -> create("No storage")).isInstanceOf(ExternalFailure.class);
    assertThat(isInGit("no-storage")).isFalse();
    assertThat(isKnown("no-storage")).isFalse();
    BROKEN.clear();
    assertThat(create("No storage").id()).isEqualTo("no-storage");
    assertThat(isInStorage("no-storage")).isTrue();
  }

  @Test
  void whereGitFailsNothingIsLeft() {
    BROKEN.add("ensureBranch");
    assertThatThrownBy(() -> create("No git")).isInstanceOf(ExternalFailure.class);
    assertThat(isInStorage("no-git")).isFalse();
    assertThat(isKnown("no-git")).isFalse();
  }

  @Test
  void whatCouldNotBeUndoneIsUndoneByTheNextRequest() {
    BROKEN.addAll(Set.of("put", "removeBranch"));
    assertThatThrownBy(() -> create("Stuck"))
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("put")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(isInGit("stuck")).isTrue();
    assertThat(context.getBean(BranchLedger.class).find(PROJECT, "stuck"))
        .hasValueSatisfying(row -> assertThat(row.state()).isEqualTo(BranchLedger.State.MAKING));
    assertThatThrownBy(() -> context.getBean(Branches.class).get(PROJECT, "stuck", OWNER))
        .hasMessageContaining("no branch 'stuck'");
    BROKEN.clear();
    assertThat(create("Stuck").id()).isEqualTo("stuck");
    assertThat(isInGit("stuck")).isTrue();
    assertThat(isInStorage("stuck")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve before",
        "refs before",
        "ensureBranch before",
        "ensureBranch after",
        "put before",
        "put after",
        "record before",
        "record after"
      })
  void oneThatIsKilledWhileItIsMadeIsMadeByRepeatingIt(String moment) {
    var name = "Made, killed at " + moment;
    var id = BranchNames.id(name);
    killedAt = moment;
    assertThatThrownBy(() -> create(name)).isInstanceOf(Killed.class);
    repair();
    assertNobodyWorksOn(id);

    assertThat(create(name).id()).isEqualTo(id);
    assertThat(forge.resolve(PROJECT, "work/" + id)).isEqualTo(forge.resolve(PROJECT, "main"));
    assertThat(isInStorage(id)).isTrue();
    assertThatThrownBy(() -> create(name))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve before",
        "list before",
        "delete before",
        "delete after",
        "removeBranch before",
        "removeBranch after",
        "record before",
        "record after"
      })
  void oneThatIsKilledWhileItIsRemovedIsRemovedByRepeatingIt(String moment) {
    var id = create("Removed, killed at " + moment).id();
    var tip = forge.commit(PROJECT, "work/" + id, change(moment));
    killedAt = moment;
    assertThatThrownBy(() -> delete(id)).isInstanceOf(Killed.class);
    repair();
    if (!moment.equals("resolve before")) {
      assertNobodyWorksOn(id);
    }

    delete(id);
    assertNothingIsLeftOf(id);
    var told = AUDIT.together().get(AUDIT.together().size() - 1);
    assertThat(told.action()).isEqualTo("project.branch-deleted");
    assertThat(told.details()).containsEntry("commit", tip);
    assertThatThrownBy(() -> delete(id)).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "delete", "removeBranch"})
  void oneThatCouldNotBeRemovedIsRemovedByRepeatingIt(String broken) {
    var id = create("Not removed by " + broken).id();
    BROKEN.add(broken);
    assertThatThrownBy(() -> delete(id)).isInstanceOf(ExternalFailure.class);
    assertNobodyWorksOn(id);
    BROKEN.clear();
    delete(id);
    assertNothingIsLeftOf(id);
  }

  @Test
  void noOtherBranchLooksLikeTheDefaultOne() {
    var command = new CreateBranch.Command(PROJECT, "Trunk", "", "main", "trunk", OWNER);
    assertThatThrownBy(() -> context.getBean(CreateBranch.class).handle(command))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    assertNothingIsLeftOf("trunk");
  }

  private static Forge.Change change(String text) {
    return new Forge.Change(
        Map.of("try.txt", text.getBytes(UTF_8)),
        "Try",
        new Forge.Author("O", "o@nsi.invalid"),
        false);
  }

  @Test
  void ofSimultaneousRequestsForOneNameOneWins() throws Exception {
    var workers = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> attempt =
          () -> {
            try {
              create("Contested");
              return true;
            } catch (Rejection taken) {
              assertThat(taken.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
              return false;
            }
          };
      var won = 0;
      for (var outcome :
          workers.invokeAll(IntStream.range(0, 8).mapToObj(number -> attempt).toList())) {
        won += outcome.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
      assertThat(isInGit("contested")).isTrue();
      assertThat(isInStorage("contested")).isTrue();
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void aProjectHasAtMostAHundred() {
    var ledger = context.getBean(BranchLedger.class);
    var other = new ProjectId("emp-full");
    forge.ensureRepository(
        other, Map.of("README.md", "x".getBytes(UTF_8)), new Forge.Author("O", "o@nsi.invalid"));
    IntStream.range(0, 100)
        .forEach(
            number ->
                ledger.begin(
                    new BranchLedger.Row(
                        "emp-full",
                        "b" + number,
                        "b",
                        "",
                        BranchLedger.State.MAKING,
                        "olga",
                        null)));
    var owner = Actor.user("olga", Set.of("emp-full/owner"));
    assertThatThrownBy(
            () ->
                context
                    .getBean(CreateBranch.class)
                    .handle(new CreateBranch.Command(other, "One more", "", "main", "main", owner)))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    assertThat(ledger.find(other, "one-more")).isEmpty();
  }
}
