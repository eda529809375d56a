package org.balsam.standard.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.standard.catalogue.CatalogueFixture.of;
import static org.balsam.standard.catalogue.CatalogueFixture.put;
import static org.balsam.standard.catalogue.CatalogueFixture.text;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Invalid;
import org.balsam.standard.catalogue.CatalogueProperties.Pinned;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.workspace.TemplateFixture;
import org.balsam.testing.GitServer;
import org.balsam.testing.GitServer.Entry;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates from the jar, from folders, and from real Git over real HTTP. */
class WorkspaceCatalogueTest {

  private static final String SMALL = "hardware: [small]";

  @TempDir static Path repositories;
  @TempDir Path folder;
  private static GitServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = new GitServer(repositories);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static List<String> ids(WorkspaceCatalogue catalogue) {
    return catalogue.offered().stream().map(one -> one.template().id()).toList();
  }

  private static String refused(WorkspaceCatalogue catalogue) {
    return String.join("\n", catalogue.refused().stream().map(Object::toString).toList());
  }

  private static Pinned pinned(String repository, String commit, @Nullable Path token) {
    return new Pinned(server.url(repository), commit, "reader", token);
  }

  @Test
  void aJupyterOfEachSizeIsBuiltIn() {
    var catalogue = of(null, Map.of());
    assertThat(ids(catalogue))
        .containsExactly("jupyter-gpu", "jupyter-large", "jupyter-medium", "jupyter-small");
    assertThat(catalogue.refused()).isEmpty();
    for (var size : HardwareProfile.values()) {
      var template = catalogue.find("jupyter-" + size.value()).orElseThrow();
      assertThat(template.template().use().hardware()).containsExactly(size);
      assertThat(template.source()).isEqualTo("built-in");
    }
  }

  @Test
  void oneOfTheFolderReplacesABuiltInOneEvenWhenItIsRefused() {
    put(folder, "jupyter-small", SMALL + "\nroles: [owner]");
    put(folder, "jupyter-gpu", "hardware: [gpu]\nroles: [onwer]");
    put(folder, "own", SMALL);
    var catalogue = of(folder);
    assertThat(ids(catalogue))
        .containsExactly("jupyter-large", "jupyter-medium", "jupyter-small", "own");
    assertThat(catalogue.find("jupyter-small").orElseThrow().source()).isEqualTo("folder");
    assertThat(refused(catalogue))
        .startsWith(
            "folder, jupyter-gpu: workspace.yaml, roles: 'onwer' is not a role that explores;");
  }

  @Test
  void theDigestIsAnotherOneWhenAnyFileChanges() {
    put(folder, "own", SMALL);
    var before = of(folder).find("own").orElseThrow().template().digest();
    assertThat(of(folder).find("own").orElseThrow().template().digest()).isEqualTo(before);
    put(folder, "own", SMALL + "\n# a comment");
    assertThat(of(folder).find("own").orElseThrow().template().digest()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "roles: [owner]                          | hardware is missing, for example",
        "hardware: [huge]                        | hardware: 'huge'",
        "hardware: []                            | hardware: is not a list of one or more",
        "hardware: [small], roles: owner         | is not",
        "hardware: [small]; roles: []            | roles: is not a list of one or more",
        "hardware: [small]; roles: [steward]     | roles: 'steward' is not a role that explores; allowed: owner, subject, methodology, production",
        "hardware: [small]; roles: [1]           | roles: '1' is not a role that explores",
        "hardware: [small]; url-file: a.yaml     | has service, and manifests or url-file",
        "hardware: [small]; size: 3              | the key 'size' is not known",
        "hardware: [small]; deprecated: {until: 2027-01-31} | reason is missing",
        "hardware: [small]; deprecated: {reason: old, until: soon} | until is 'soon'; needed: a date",
        "hardware: [small]; deprecated: {reason: old, successor: ../x} | the successor '../x' is not",
        "hardware: [small]; deprecated: {reason: old, since: 1} | the key 'since' is not known",
        "hardware: [small]; parameters: [{name: port, schema: {type: integer}}] | needs minimum and maximum",
        "hardware: [small]; parameters: [{name: port, default: 80, schema: {type: integer, minimum: 1024, maximum: 9999}}] | port: '80' must have a minimum value of 1024",
        "hardware: [small]; parameters: [{name: who, default: Åsa, schema: {type: string, maxLength: 9}}] | who: 'Åsa' is not allowed"
      })
  void aTemplateIsRefusedAsAWholeWithItsPlace(String more, String reason) {
    put(folder, "own", more.strip().replace("; ", "\n"));
    var catalogue = of(folder);
    assertThat(catalogue.find("own")).isEmpty();
    assertThat(refused(catalogue)).startsWith("folder, own: ").contains(reason);
  }

  @Test
  void whatIsNotAFolderOfItsOwnNameIsRefused() throws IOException {
    put(folder, "elsewhere", SMALL);
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("elsewhere"));
    Files.move(folder.resolve("elsewhere"), folder.resolve("moved"));
    Files.createDirectories(folder.resolve("empty"));
    put(folder, ".hidden", SMALL);
    Files.writeString(folder.resolve("README.md"), "not a template");
    assertThat(refused(of(folder)))
        .contains("folder, linked: is not a folder; links are not followed")
        .contains("folder, moved: the folder does not have the name of the id, elsewhere")
        .contains("folder, empty: ", "exactly one says what the template is")
        .doesNotContain("hidden", "README");
  }

  @Test
  void oneOfManifestsIsTriedAndNeedsACluster() {
    TemplateFixture.copyTo(folder.resolve("elyra"));
    assertThat(refused(of(folder)))
        .startsWith("folder, elyra: templateId: is a template of manifests")
        .contains("balsam.compute.type=kubernetes");
    TemplateFixture.change(folder.resolve("elyra"), "service.yaml", "ClusterIP", "NodePort");
    assertThat(refused(of(folder))).contains("spec.type: is 'NodePort'; allowed: ClusterIP");
  }

  @Test
  void aCommitOfGitStaysWhatItIsWhereverTheBranchGoes() throws IOException {
    var first =
        server.commit(
            "methods",
            Map.of(
                "workspaces/lab/workspace.yaml", Entry.file(text("lab", SMALL)),
                "Articles/a.md", Entry.file("# Not a template\n")));
    server.commit(
        "methods",
        Map.of("workspaces/lab/workspace.yaml", Entry.file(text("lab", "hardware: []"))));
    var catalogue = of(null, Map.of("methods", pinned("methods", first, null)));
    assertThat(catalogue.find("lab")).isEmpty();
    assertThat(catalogue.fetch()).isTrue();
    assertThat(catalogue.find("lab").orElseThrow().source()).isEqualTo("git methods");
    assertThat(catalogue.refused()).isEmpty();
    assertThat(catalogue.fetch()).isTrue();
  }

  @Test
  void aRepositoryThatCannotBeFetchedIsSaidAndAskedAgain() throws IOException {
    var commit =
        server.commit(
            "private-lab", Map.of("workspaces/lab/workspace.yaml", Entry.file(text("lab", SMALL))));
    var token = Files.writeString(folder.resolve("token"), "wrong-secret\n");
    var catalogue = of(null, Map.of("lab", pinned("private-lab", commit, token)));
    assertThat(catalogue.fetch()).isFalse();
    assertThat(refused(catalogue))
        .startsWith("git lab: template repository: ")
        .contains("not authorized")
        .doesNotContain("wrong-secret", folder.toString());
    Files.writeString(token, GitServer.TOKEN + "\n");
    var complete = catalogue.fetch();
    assertThat(catalogue.refused()).isEmpty();
    assertThat(complete).isTrue();
    assertThat(catalogue.find("lab")).isPresent();
    var gone = of(null, Map.of("lab", pinned("private-lab", "0".repeat(39) + "1", token)));
    assertThat(gone.fetch()).isFalse();
    assertThat(refused(gone)).startsWith("git lab: template repository: ");
  }

  @Test
  void ofARepositoryWithLinksOrWithoutTemplatesNothingIsTaken() throws IOException {
    var linked = new HashMap<String, Entry>();
    linked.put("workspaces/lab/workspace.yaml", Entry.file(text("lab", SMALL)));
    linked.put("workspaces/lab/more.yaml", new Entry(FileMode.SYMLINK, "/etc/passwd".getBytes()));
    var links = server.commit("links", linked);
    var none = server.commit("none", Map.of("workspaces/README.md", Entry.file("x")));
    var catalogue =
        of(null, Map.of("links", pinned("links", links, null), "none", pinned("none", none, null)));
    assertThat(catalogue.fetch()).isFalse();
    assertThat(ids(catalogue)).hasSize(4);
    assertThat(refused(catalogue))
        .contains("git links: workspaces/lab/more.yaml: it is a symbolic link")
        .contains("git none: has no template; each is a folder in the folder workspaces");
  }

  @Test
  void gitReplacesNothing() throws IOException {
    put(folder, "own", SMALL);
    var commit =
        server.commit(
            "taken",
            Map.of(
                "workspaces/own/workspace.yaml", Entry.file(text("own", SMALL)),
                "workspaces/jupyter-gpu/workspace.yaml", Entry.file(text("jupyter-gpu", SMALL))));
    var catalogue = of(folder, Map.of("taken", pinned("taken", commit, null)));
    assertThat(catalogue.fetch()).isTrue();
    assertThat(catalogue.find("own").orElseThrow().source()).isEqualTo("folder");
    assertThat(catalogue.find("jupyter-gpu").orElseThrow().source()).isEqualTo("built-in");
    assertThat(refused(catalogue))
        .contains("git taken, own: the id is that of a template of folder")
        .contains("git taken, jupyter-gpu: the id is that of a template of built-in");
  }

  @Test
  void settingsThatCannotBeAreNamed() {
    wrong(folder.resolve("none"), Map.of(), "balsam.workspace-templates.folder", "not a folder");
    wrong(null, Map.of("A", pinned("x", "0".repeat(40), null)), "git.A", "a name");
    wrong(null, Map.of("a", pinned("x", "main", null)), "git.a.commit", "40 hexadecimal digits");
    for (var url :
        List.of("http://git.nsi.example/x", "file:///etc", "https://u:p@git.example/x")) {
      var source = new Pinned(URI.create(url), "0".repeat(40), "balsam", null);
      wrong(null, Map.of("a", source), "git.a.url", "allowed: https://host/path");
    }
    assertThatThrownBy(() -> new CatalogueProperties(null, Map.of(), Duration.ofSeconds(1)))
        .hasMessageContainingAll("balsam.workspace-templates.retry", "10s or more");
  }

  private static void wrong(@Nullable Path folder, Map<String, Pinned> git, String... said) {
    assertThatThrownBy(() -> of(folder, git))
        .isInstanceOf(Invalid.class)
        .hasMessageContainingAll(said)
        .hasMessageNotContaining("u:p@");
  }
}
