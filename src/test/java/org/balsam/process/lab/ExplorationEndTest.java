package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.forge.Forge;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.Workspaces;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of an exploration at its end, and what is gone, whatever people did in it. */
class ExplorationEndTest extends LabTest {

  /** Ignores signals that ask, and starts a child of its own session that does the same. */
  private static final String SERVICE =
      """
      #!/bin/sh
      trap '' TERM INT HUP
      /usr/bin/setsid /bin/sh -c 'trap "" TERM; /bin/sleep 300' &
      /bin/sleep 300
      """;

  private static final String NOTEBOOK =
      """
      {"cells": [{"cell_type": "code", "execution_count": 3, "metadata": {},
        "outputs": [{"output_type": "stream", "text": ["income of Mrs. Miller"]}],
        "source": ["print(row)"]}],
       "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
      """;

  @AfterEach
  void noService() throws IOException {
    Files.deleteIfExists(home.resolve("bin/jupyter-lab"));
  }

  private static void stop(ExplorationId id) {
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.driver().runJobs();
    lab.complete("rita", Map.of("outcomeDecision", "stop", "outcomeReason", "done"));
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
  }

  private static Map<String, String> archive(ExplorationId id) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var zip =
        new ZipInputStream(lab.bean(Explorations.class).archive(id, lab.person("olga")))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return contents;
  }

  private static String committed(ExplorationId id, String path) {
    var forge = lab.bean(Forge.class);
    var tip = forge.resolve(id.project(), "refs/heads/" + lab.view(id).branch()).orElseThrow();
    return forge.read(id.project(), tip, path).map(String::new).orElse("not committed");
  }

  /** The processes whose home is in the workspace. */
  private static long processes(Path folder) {
    var mark = "HOME=" + folder.resolve("home");
    return ProcessHandle.allProcesses()
        .filter(process -> List.of(environment(process.pid()).split("\0")).contains(mark))
        .count();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  @Test
  void itsServiceOutlivesTheServerAndEndsWithItLeavingNoCredential() throws IOException {
    var program = Files.createDirectories(home.resolve("bin")).resolve("jupyter-lab");
    Files.writeString(program, SERVICE);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var id = lab.opened(lab.project(Classification.PUBLIC));
    var workspace = lab.view(id).workspace();
    var folder = lab.folder(id);
    await().atMost(Duration.ofSeconds(60)).until(() -> processes(folder) >= 3);
    var token = token(id, workspace);

    lab.restart();

    assertThat(processes(folder)).isGreaterThanOrEqualTo(3);
    assertThat(token(id, workspace)).isEqualTo(token);
    assertThat(filesWith(token)).isNotEmpty();
    stop(id);

    assertThat(processes(folder)).isZero();
    assertThat(filesWith(token)).isEmpty();
    lab.assertNothingIsLeft(id);
  }

  private static String token(ExplorationId id, String workspace) {
    return lab.bean(Workspaces.class)
        .credential(id.project(), workspace, lab.person("rita"))
        .token();
  }

  private static Set<Path> filesWith(String text) throws IOException {
    try (var files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> holds(file, text))
          .collect(java.util.stream.Collectors.toSet());
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (NoSuchFileException goneMeanwhile) {
      return false;
    } catch (IOException trouble) {
      throw new java.io.UncheckedIOException(trouble);
    }
  }

  @Test
  void dataAndCredentialsStayOutOfGitAndLinksOutOfTheArchive() throws IOException {
    var id = lab.opened(lab.project(Classification.CONFIDENTIAL));
    var code = lab.folder(id).resolve("code");
    Files.writeString(code.resolve("explore.ipynb"), NOTEBOOK);
    Files.writeString(code.resolve("people.csv"), "Mrs. Miller,30000\n");
    Files.writeString(code.resolve("clean.py"), "print('clean')\n");
    Files.writeString(code.resolve(".env"), "TOKEN=secret-of-rita\n");
    Files.createSymbolicLink(code.resolve("hosts.py"), Path.of("/etc/hosts"));
    Files.createSymbolicLink(lab.folder(id).resolve("out/etc"), Path.of("/etc"));
    Files.createSymbolicLink(
        lab.folder(id).resolve("out/other"), lab.folder(id).resolve("../..").normalize());

    stop(id);

    assertThat(archive(id))
        .containsKeys("code/people.csv", "code/clean.py", "LEFT_OUT.txt")
        .containsEntry("code/explore.ipynb", NOTEBOOK)
        .allSatisfy(
            (name, text) -> {
              assertThat(name).startsWith(name.equals("LEFT_OUT.txt") ? "" : "code/");
              assertThat(text).doesNotContain("secret-of-rita", "localhost");
            });
    assertThat(committed(id, "clean.py")).contains("clean");
    assertThat(committed(id, "explore.ipynb")).contains("print(row)").doesNotContain("Miller");
    assertThat(committed(id, "people.csv")).isEqualTo("not committed");
    assertThat(committed(id, "hosts.py")).isEqualTo("not committed");
    assertThat(committed(id, ".env")).isEqualTo("not committed");
    lab.assertNothingIsLeft(id);
  }

  private static File repository(ExplorationId id) throws IOException {
    try (var repositories = Files.walk(home.resolve("git"), 2)) {
      return repositories
          .filter(path -> path.endsWith(id.project() + ".git"))
          .findFirst()
          .orElseThrow()
          .toFile();
    }
  }

  @Test
  void itEndsThoughItsBranchIsRemovedAndItsFilesAreTurnedIntoFolders() throws Exception {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    var branch = "refs/heads/" + lab.view(id).branch();
    var code = lab.folder(id).resolve("code");
    try (var git = Git.open(repository(id))) {
      git.branchDelete().setBranchNames(branch).setForce(true).call();
    }
    assertThat(lab.bean(Forge.class).resolve(id.project(), branch)).isEmpty();
    Files.delete(code.resolve("balsam.yaml"));
    Files.createDirectories(code.resolve("balsam.yaml"));
    Files.writeString(code.resolve("balsam.yaml/more.py"), "print(1)\n");
    Files.writeString(code.resolve("kept.py"), "print(2)\n");

    stop(id);

    assertThat(archive(id)).containsKeys("code/balsam.yaml/more.py", "code/kept.py");
    assertThat(committed(id, "kept.py")).contains("print(2)");
    assertThat(committed(id, "balsam.yaml")).contains("product:");
    lab.assertNothingIsLeft(id);
  }

  @Test
  void itEndsThoughSomebodyRemovedItsWorkspace() throws IOException {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    lab.workspaces().removeWorkspace(id.project(), lab.view(id).workspace());

    stop(id);

    assertThat(lab.view(id).archived()).isFalse();
    lab.assertNothingIsLeft(id);
  }
}
