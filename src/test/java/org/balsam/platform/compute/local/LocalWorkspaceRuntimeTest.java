package org.balsam.platform.compute.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntimeContract;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.RefSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceRuntimeTest extends WorkspaceRuntimeContract {

  @TempDir Path temporary;
  private CodeRepository code;
  private ObjectStore store;
  private LocalWorkspaceRuntime runtime;

  @BeforeEach
  void open() {
    code = CodeRepository.in(temporary.resolve("repository"), Map.of("steps/a.sql", "select 1"));
    store = DetachedStorage.filesystem(temporary.resolve("objects"), Clock.systemUTC());
    store.ensureBucket(JobSpecFixture.BUCKET, PROJECT);
    runtime = runtime(store);
  }

  private LocalWorkspaceRuntime runtime(ObjectStore objects) {
    return new LocalWorkspaceRuntime(
        temporary.resolve("workspaces"), objects, WorkspaceCodeFixture.of(code), "/nowhere");
  }

  @Override
  protected WorkspaceRuntime runtime() {
    return runtime;
  }

  @Override
  protected String commit() {
    return code.commit();
  }

  private Input input(String content) {
    var stored =
        store.put(
            JobSpecFixture.BUCKET,
            "2026-q3/x.csv",
            new ByteArrayInputStream(content.getBytes()),
            Map.of());
    return new Input(
        "in/x/x.csv",
        stored.bucket(),
        stored.key(),
        stored.versionId(),
        stored.size(),
        stored.sha256());
  }

  private Path folder() {
    return Path.of(runtime.find(PROJECT, ID).orElseThrow().location());
  }

  @Test
  void holdsCodeInputsEnvironmentAndReadme() throws IOException {
    runtime.ensureWorkspace(spec(input("a\n1\n")));

    assertThat(folder().resolve("code/steps/a.sql")).hasContent("select 1");
    assertThat(folder().resolve("in/x/x.csv")).hasContent("a\n1\n");
    assertThat(Files.getPosixFilePermissions(folder().resolve("in/x/x.csv")))
        .noneMatch(permission -> permission.name().endsWith("_WRITE"));
    assertThat(folder().resolve("environment"))
        .hasContent(
            """
            BALSAM_PROJECT=lfs
            BALSAM_WORKSPACE=ws-lfs-ujdoe01
            BALSAM_BRANCH=main
            BALSAM_COMMIT=%s
            BALSAM_NETWORK=offline
            """
                .formatted(commit()));
    assertThat(folder().resolve("README.md")).content().contains("ws-lfs-ujdoe01", commit());
  }

  @Test
  void aStorageThatDoesNotAnswerIsTriedAgainAndRefusesNothing() throws IOException {
    var input = input("a\n1\n");
    var down = new AtomicBoolean(true);
    var tried = runtime(whileDown(down));

    assertThatThrownBy(() -> tried.ensureWorkspace(spec(input)))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue())
        .hasMessageContaining("no answer");
    assertThat(temporary.resolve("workspaces/.parts")).isEmptyDirectory();

    down.set(false);
    tried.ensureWorkspace(spec(input));
    assertThat(folder().resolve("in/x/x.csv")).hasContent("a\n1\n");
  }

  private ObjectStore whileDown(AtomicBoolean down) {
    var outage = new ExternalFailure("object storage", true, "no answer", null);
    return (ObjectStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (down.get()) {
                throw outage;
              }
              return method.invoke(store, arguments);
            });
  }

  @Test
  void keepsWorkAndTakesNewerInputs() throws IOException {
    runtime.ensureWorkspace(spec(input("a\n1\n")));
    Files.writeString(folder().resolve("code/steps/a.sql"), "select 2");

    runtime.ensureWorkspace(spec(input("a\n2\n")));

    assertThat(folder().resolve("code/steps/a.sql")).hasContent("select 2");
    assertThat(folder().resolve("in/x/x.csv")).hasContent("a\n2\n");
  }

  @Test
  void refusesAnInputThatIsNotTheGrantedOne() {
    var given = input("a\n1\n");
    var other =
        new Input(
            given.path(),
            given.bucket(),
            given.key(),
            given.versionId(),
            given.size(),
            Sha256.of("other"));

    assertThatThrownBy(() -> runtime.ensureWorkspace(spec(other)))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("expected sha256 " + Sha256.of("other"));
    assertThat(folder().resolve("in/x/x.csv")).doesNotExist();
  }

  @Test
  void removalLeavesNothing() throws IOException {
    runtime.ensureWorkspace(spec(input("a\n1\n")));
    var closed = Files.createDirectory(folder().resolve("out/closed"));
    Files.writeString(closed.resolve("x"), "x");
    closed.toFile().setWritable(false);
    Files.createSymbolicLink(folder().resolve("out/link"), temporary.resolve("objects"));

    runtime.removeSpace(PROJECT);

    assertThat(temporary.resolve("workspaces/lfs")).doesNotExist();
    assertThat(temporary.resolve("workspaces/.parts")).isEmptyDirectory();
    assertThat(temporary.resolve("objects")).isNotEmptyDirectory();
  }

  @Test
  void anInteractiveOneIsAWorkingCopyOfItsBranch() throws Exception {
    runtime.ensureWorkspace(interactive());
    var bare = Path.of(code.uri());
    try (var git = Git.open(folder().resolve("code").toFile())) {
      assertThat(git.status().call().isClean()).isTrue();
      assertThat(git.getRepository().getFullBranch()).isEqualTo("refs/heads/main");
      Files.writeString(folder().resolve("code/steps/b.sql"), "select 2");
      git.add().addFilepattern(".").call();
      git.commit().setMessage("more").setSign(false).setAuthor("T", "t@example.invalid").call();
      git.push().setRefSpecs(new RefSpec("HEAD:refs/heads/lab/ujdoe/more")).call();
      try (var origin = Git.open(bare.toFile())) {
        assertThat(origin.getRepository().resolve("refs/heads/lab/ujdoe/more"))
            .isEqualTo(git.getRepository().resolve("HEAD"));
      }
    }
    assertThat(archived()).containsExactly("code/steps/a.sql", "code/steps/b.sql");
  }

  @Test
  void anArchiveHoldsResultsAndLeavesLinksAndRubbishOut() throws IOException {
    runtime.ensureWorkspace(interactive());
    Files.writeString(folder().resolve("out/result.csv"), "a");
    Files.createDirectories(folder().resolve("code/__pycache__"));
    Files.writeString(folder().resolve("code/__pycache__/a.pyc"), "a");
    Files.createSymbolicLink(folder().resolve("out/link"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(folder().resolve("out/folder"), Path.of("/etc"));

    assertThat(archived()).containsExactly("code/steps/a.sql", "out/result.csv");
  }

  @Test
  void anArchiveHoldsNoCredentialsAndNoNameThatLeadsOutOfIt() throws IOException {
    runtime.ensureWorkspace(interactive());
    Files.writeString(folder().resolve("code/.env"), "PASSWORD=secret-of-rita");
    Files.createDirectories(folder().resolve("code/.ssh"));
    Files.writeString(folder().resolve("code/.ssh/config"), "secret-of-rita");
    Files.writeString(folder().resolve("out/server.PEM"), "secret-of-rita");
    Files.writeString(
        folder().resolve("out/notes.txt"),
        "see\n-----BEGIN OPENSSH PRIVATE KEY-----\nsecret-of-rita");
    Files.writeString(folder().resolve("out/..\\..\\evil.csv"), "a");
    Files.writeString(folder().resolve("out/.._.._evil.csv"), "b");

    var zip = new ByteArrayOutputStream();
    runtime.archive(PROJECT, ID, zip);

    assertThat(contents(zip))
        .containsOnlyKeys(
            "code/steps/a.sql", "out/.._.._evil.csv", "out/.._.._evil.csv~", "LEFT_OUT.txt")
        .containsEntry(
            "LEFT_OUT.txt", "code/.env\ncode/.ssh/config\nout/notes.txt\nout/server.PEM\n");
    assertThat(contents(zip).values()).noneMatch(text -> text.contains("secret-of-rita"));
  }

  private static Map<String, String> contents(ByteArrayOutputStream zip) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var entries = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        contents.put(entry.getName(), new String(entries.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  @Test
  void anEnvironmentFileThatPeopleBrokeHindersNothing() throws IOException {
    runtime.ensureWorkspace(interactive());
    var folder = folder();
    for (var broken :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, '\n'},
            "BALSAM_PROJECT=a\0b\n".getBytes(StandardCharsets.UTF_8),
            new byte[1 << 20])) {
      Files.write(folder.resolve("environment"), broken);
      assertThat(runtime.find(PROJECT, ID)).isPresent();
      assertThat(runtime.suspend(PROJECT, ID, "why").state()).isEqualTo(State.SUSPENDED);
      assertThat(runtime.resume(PROJECT, ID).state()).isEqualTo(State.READY);
    }
    runtime.removeWorkspace(PROJECT, ID);
    assertThat(folder).doesNotExist();
  }

  @Test
  void activityIsTheNewestChangeOfCodeOrResults() throws IOException {
    var before = runtime.ensureWorkspace(interactive()).lastActivity();
    var later = before.plusSeconds(3600);
    var file = Files.writeString(folder().resolve("out/result.csv"), "a");
    Files.setLastModifiedTime(file, FileTime.from(later));

    assertThat(runtime.find(PROJECT, ID).orElseThrow().lastActivity()).isEqualTo(later);
  }

  private List<String> archived() throws IOException {
    var zip = new ByteArrayOutputStream();
    runtime.archive(PROJECT, ID, zip);
    return names(zip);
  }
}
