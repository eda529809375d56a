package org.balsam.platform.compute.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.storage.DetachedStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service of a workspace: a program that starts others, and a real Jupyter where there is one.
 */
class WorkspaceServiceTest {

  private static final ProjectId PROJECT = new ProjectId("lfs");
  private static final String ID = "ws-lfs-ujdoe01";

  /** Ignores signals that ask, leaves its process group, and starts a child that does the same. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      trap '' TERM INT HUP
      cp "${1#--config=}" "$HOME/seen"
      env > "$HOME/environment"
      /usr/bin/setsid /bin/sh -c 'trap "" TERM; sleep 300' &
      sleep 300
      """;

  @TempDir Path temporary;
  private CodeRepository code;

  @BeforeEach
  void makeRepository() {
    code = CodeRepository.in(temporary.resolve("repository"), Map.of("a.py", "print(1)"));
  }

  @AfterEach
  void stopEverything() {
    runtime("/nowhere").removeSpace(PROJECT);
    assertThat(living()).isEmpty();
  }

  private LocalWorkspaceRuntime runtime(String path) {
    return new LocalWorkspaceRuntime(
        temporary.resolve("workspaces"),
        DetachedStorage.filesystem(temporary.resolve("objects"), Clock.systemUTC()),
        WorkspaceCodeFixture.of(code),
        path);
  }

  private LocalWorkspaceRuntime withProgram() throws IOException {
    var folder = Files.createDirectories(temporary.resolve("bin"));
    var program = folder.resolve("jupyter-lab");
    Files.writeString(program, PROGRAM);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return runtime(folder + ":/usr/bin:/bin");
  }

  private WorkspaceSpec spec() {
    return new WorkspaceSpec(
        ID,
        PROJECT,
        "main",
        code.commit(),
        List.of(),
        NetworkClass.OFFLINE,
        true,
        Map.of("BALSAM_PARAMETER_PORT_1", "$(HOME) a=b"),
        new Size(1, 512, 0),
        null);
  }

  private Path folder() {
    return temporary.resolve("workspaces/lfs").resolve(ID);
  }

  /** Processes whose home is in the workspace. */
  private List<Long> living() {
    var mark = "HOME=" + folder().resolve("home");
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> Arrays.asList(read("/proc/" + pid + "/environ").split("\0")).contains(mark))
        .toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  @Test
  void withoutJupyterTheStateSaysSo() {
    var workspace = runtime("/nowhere").ensureWorkspace(spec());

    assertThat(workspace.state()).isEqualTo(State.READY);
    assertThat(workspace.url()).isNull();
    assertThat(workspace.message()).contains("No Jupyter is installed in /nowhere");
    assertThat(living()).isEmpty();
  }

  @Test
  void theTokenIsInOneFileOnlyAndTheRemovalKillsWhateverWasStarted() throws IOException {
    var runtime = withProgram();
    var workspace = runtime.ensureWorkspace(spec());
    var seen = folder().resolve("home/environment");
    await().atMost(Duration.ofSeconds(60)).until(() -> living().size() >= 3 && Files.exists(seen));

    assertThat(workspace.state()).isEqualTo(State.STARTING);
    assertThat(workspace.message()).contains("'offline' is not enforced on this machine");
    var credential = runtime.credential(PROJECT, ID).orElseThrow();
    assertThat(credential.token()).matches("[0-9a-f]{64}");
    assertThat(credential).asString().doesNotContain(credential.token());
    assertThat(workspace.toString()).doesNotContain(credential.token());
    assertThat(Files.readString(folder().resolve("home/seen"))).contains(credential.token());
    assertThat(Files.readString(seen))
        .contains("BALSAM_PROJECT=lfs\n", "BALSAM_PARAMETER_PORT_1=$(HOME) a=b\n")
        .doesNotContain(credential.token());
    assertThat(living())
        .allSatisfy(
            pid ->
                assertThat(read("/proc/" + pid + "/cmdline")).doesNotContain(credential.token()));
    var services = temporary.resolve("workspaces/.services/lfs").resolve(ID);
    assertThat(Files.getPosixFilePermissions(services.resolve("service/token"))).hasSize(2);

    assertThat(withProgram().ensureWorkspace(spec()).url()).isEqualTo(workspace.url());

    withProgram().removeWorkspace(PROJECT, ID);
    assertThat(living()).isEmpty();
    assertThat(services).doesNotExist();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void suspendingStopsEverythingAndResumingStartsItWithANewToken() throws IOException {
    var runtime = withProgram();
    runtime.ensureWorkspace(spec());
    await().atMost(Duration.ofSeconds(60)).until(() -> living().size() >= 3);
    var before = runtime.credential(PROJECT, ID).orElseThrow();
    Files.writeString(folder().resolve("out/kept.txt"), "kept");

    runtime.suspend(PROJECT, ID, "nothing happened");

    assertThat(living()).isEmpty();
    assertThat(folder().resolve("out/kept.txt")).hasContent("kept");
    assertThat(runtime.credential(PROJECT, ID)).isEmpty();

    assertThat(runtime.resume(PROJECT, ID).state()).isEqualTo(State.STARTING);
    assertThat(runtime.credential(PROJECT, ID).orElseThrow().token()).isNotEqualTo(before.token());
  }

  @Test
  void aRenewedSignInOpensNothingThatTheOneBeforeDid() throws IOException {
    var runtime = withProgram();
    runtime.ensureWorkspace(spec());
    await().atMost(Duration.ofSeconds(60)).until(() -> living().size() > 0);
    var before = living();
    var token = runtime.credential(PROJECT, ID).orElseThrow().token();

    runtime.renewCredential(PROJECT, ID);

    assertThat(runtime.credential(PROJECT, ID).orElseThrow().token()).isNotEqualTo(token);
    assertThat(living()).doesNotContainAnyElementsOf(before);
    runtime.suspend(PROJECT, ID, "lunch");
    runtime.renewCredential(PROJECT, ID);
    assertThat(runtime.find(PROJECT, ID).orElseThrow().state()).isEqualTo(State.SUSPENDED);
    assertThat(living()).isEmpty();
    runtime.removeWorkspace(PROJECT, ID);
  }

  @Test
  void aServiceThatEndedIsStartedAgainByResuming() throws IOException {
    var runtime = withProgram();
    runtime.ensureWorkspace(spec());
    await().atMost(Duration.ofSeconds(60)).until(() -> living().size() >= 3);
    living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> runtime.find(PROJECT, ID).orElseThrow().state() == State.STOPPED);

    assertThat(runtime.find(PROJECT, ID).orElseThrow().message()).contains("ended by itself");
    assertThat(runtime.resume(PROJECT, ID).state()).isEqualTo(State.STARTING);
  }

  @Test
  void whatSignsInIsNotInItsLogAsItIsShown() throws IOException {
    var runtime = withProgram();
    runtime.ensureWorkspace(spec());
    var token = runtime.credential(PROJECT, ID).orElseThrow().token();
    var log = temporary.resolve("workspaces/.services/lfs").resolve(ID).resolve("service");
    var line = "404 GET /api/kernels/7/channels?token=" + token + " (127.0.0.1): no kernel\n";
    Files.writeString(log.resolve("service.log"), line.repeat(200) + token + " end\n");

    for (var bytes = 1; bytes < 400; bytes++) {
      assertThat(runtime.logTail(PROJECT, ID, bytes)).doesNotContain(token.substring(56));
    }
    assertThat(runtime.logTail(PROJECT, ID, 32 << 10))
        .contains("?token=*** (127.0.0.1): no kernel\n")
        .endsWith("*** end\n")
        .doesNotContain(token.substring(56));
    assertThat(Files.getPosixFilePermissions(log.resolve("service.log"))).hasSize(2);
    living().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> runtime.find(PROJECT, ID).orElseThrow().state() == State.STOPPED);
    assertThat(runtime.find(PROJECT, ID).orElseThrow().message())
        .contains("*** end")
        .doesNotContain(token.substring(56));
  }

  @Test
  void aRealJupyterAnswersToItsTokenOnly() throws Exception {
    var path = System.getenv("PATH");
    Assumptions.assumeTrue(
        Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jupyter-lab"))),
        "JupyterLab is not installed on this machine");
    var runtime = runtime(path);
    runtime.ensureWorkspace(spec());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> runtime.find(PROJECT, ID).orElseThrow().state() == State.RUNNING);

    var workspace = runtime.find(PROJECT, ID).orElseThrow();
    var credential = runtime.credential(PROJECT, ID).orElseThrow();
    assertThat(workspace.message()).startsWith("JupyterLab runs.");
    assertThat(status(credential.url() + "api/contents", credential.token())).isEqualTo(200);
    assertThat(status(credential.url() + "api/contents", "0".repeat(64))).isEqualTo(403);
    assertThat(runtime.logTail(PROJECT, ID, 100_000))
        .isNotEmpty()
        .doesNotContain(credential.token());

    runtime.removeWorkspace(PROJECT, ID);
    assertThat(living()).isEmpty();
    assertThat(folder()).doesNotExist();
  }

  private static int status(String uri, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(java.net.URI.create(uri))
                .header("Authorization", "token " + token)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
