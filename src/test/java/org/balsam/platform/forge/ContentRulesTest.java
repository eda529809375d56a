package org.balsam.platform.forge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.clean.CleanForge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.standard.template.ProjectFileParser;
import org.balsam.standard.template.ProjectTemplates;
import org.balsam.standard.template.TemplatesProperties;
import org.balsam.testing.Papermill;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What enters a repository through Balsam. */
class ContentRulesTest {

  private static final ProjectId PROJECT = new ProjectId("lfs");
  private static final Forge.Author OLA = new Forge.Author("Ola Owner", "ola@nsi.invalid");
  private static final String NOTEBOOK =
      """
      {"cells":[{"cell_type":"code","source":"1","execution_count":7,"metadata":{},
        "outputs":[{"output_type":"stream","text":"Ola earns 500000"}]}],
       "metadata":{"widgets":{"a":"Ola"}},"nbformat":4,"nbformat_minor":5}
      """;

  @Test
  void aCommitHoldsNotebooksWithoutTheirResults(@TempDir Path folder) {
    var forge = new CleanForge(new LocalForge(folder.resolve("git"), Clock.systemUTC()));
    forge.ensureRepository(PROJECT, Map.of("first.ipynb", NOTEBOOK.getBytes(UTF_8)), OLA);
    forge.ensureBranch(PROJECT, "work", "main");

    var tip =
        forge.commit(
            PROJECT,
            "work",
            new Forge.Change(Map.of("a/B.IPYNB", NOTEBOOK.getBytes(UTF_8)), "add", OLA, false));

    for (var path : new String[] {"first.ipynb", "a/B.IPYNB"}) {
      assertThat(new String(forge.read(PROJECT, tip, path).orElseThrow(), UTF_8))
          .contains("\"source\" : \"1\"", "\"execution_count\" : null")
          .doesNotContain("Ola");
    }
  }

  @Test
  void aNumberThatOnlyPythonKnowsHidesNoResults() {
    var notebook = NOTEBOOK.replace("\"text\":", "\"data\":[1.0,NaN,-Infinity],\"text\":");
    assertThat(ContentRules.refusals("a.ipynb", notebook.getBytes(UTF_8))).hasSize(1);
    var cleaned = ContentRules.cleaned(Map.of("a.ipynb", notebook.getBytes(UTF_8)));
    assertThat(new String(cleaned.get("a.ipynb"), UTF_8)).doesNotContain("Ola", "NaN");
    var kept = NOTEBOOK.replace("\"widgets\":", "\"limit\":NaN,\"widgets\":");
    assertThat(
            new String(
                ContentRules.cleaned(Map.of("a.ipynb", kept.getBytes(UTF_8))).get("a.ipynb"),
                UTF_8))
        .contains("\"limit\" : NaN")
        .doesNotContain("Ola");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bad",
        "[]",
        "{\"worksheets\":[{\"cells\":[{\"outputs\":[\"Ola\"]}]}],\"nbformat\":3}",
        "{\"cells\":{},\"nbformat\":4}"
      })
  void aNotebookThatNobodyCanReadDoesNotEnter(String notebook) {
    var bytes = notebook.getBytes(UTF_8);
    assertThat(ContentRules.refusals("a.IPYNB", bytes))
        .singleElement()
        .satisfies(found -> assertThat(found.toString()).contains("a.IPYNB", "format 4"));
    assertThatThrownBy(() -> ContentRules.cleaned(Map.of("a.IPYNB", bytes)))
        .isInstanceOf(Invalid.class);
    assertThat(ContentRules.refusals("empty.ipynb", new byte[0])).isEmpty();
    assertThat(ContentRules.refusals("a.json", bytes)).isEmpty();
  }

  @Test
  void resultsThatAKeyOrANotebookHasTwiceDoNotEnter() {
    var twice = NOTEBOOK.replace("\"outputs\":[", "\"outputs\":[],\"output\\u0073\":[");
    var other = NOTEBOOK.replace("\"execution_count\":7", "\"outputs\":[\"Ola\"]");
    for (var notebook : List.of(twice, other)) {
      assertThat(ContentRules.refusals("a.ipynb", notebook.getBytes(UTF_8)))
          .singleElement()
          .satisfies(
              found ->
                  assertThat(found.message())
                      .startsWith("has the key 'outputs' twice in one place, so what running it"));
    }
    var appended = "{\"cells\":[],\"nbformat\":4}\n" + NOTEBOOK;
    assertThat(ContentRules.allow("a.ipynb", appended.getBytes(UTF_8))).isFalse();
  }

  @Test
  void aNotebookDeeperThanAnybodyReadsDoesNotEnter() {
    var deep = "{\"cells\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThat(ContentRules.refusals("a.ipynb", deep.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void theAttributesOfARepositoryLetNbstripoutMakeACommitThatMayBePushed(@TempDir Path folder)
      throws Exception {
    var program = Papermill.need("nbstripout");
    var forge = new CleanForge(new LocalForge(folder.resolve("git"), Clock.systemUTC()));
    var first = forge.ensureRepository(PROJECT, Map.of(), OLA);
    var attributes = forge.read(PROJECT, first, CleanForge.ATTRIBUTES).orElseThrow();
    try (var git = Git.init().setDirectory(folder.resolve("clone").toFile()).call()) {
      Files.write(folder.resolve("clone/.gitattributes"), attributes);
      Files.writeString(folder.resolve("clone/a.ipynb"), NOTEBOOK);
      var config = git.getRepository().getConfig();
      config.setString("filter", "nbstripout", "clean", program.toString());
      config.save();

      git.add().addFilepattern("a.ipynb").call();

      var entry = git.getRepository().readDirCache().getEntry("a.ipynb");
      var stored = git.getRepository().open(entry.getObjectId()).getBytes();
      assertThat(new String(stored, UTF_8)).contains("\"1\"").doesNotContain("Ola");
      assertThat(ContentRules.refusals("a.ipynb", stored)).isEmpty();
      assertThat(ContentRules.refusals("a.ipynb", NOTEBOOK.getBytes(UTF_8)))
          .singleElement()
          .asString()
          .contains("nbstripout --install");
    }
  }

  @Test
  void attributesThatATemplateBringsStay(@TempDir Path folder) {
    var forge = new CleanForge(new LocalForge(folder.resolve("git"), Clock.systemUTC()));
    var own = "*.bin -diff".getBytes(UTF_8);

    var first = forge.ensureRepository(PROJECT, Map.of(CleanForge.ATTRIBUTES, own), OLA);

    assertThat(forge.read(PROJECT, first, CleanForge.ATTRIBUTES)).contains(own);
  }

  @Test
  void aRefusedCommitChangesNothing(@TempDir Path folder) {
    var forge = new CleanForge(new LocalForge(folder.resolve("git"), Clock.systemUTC()));
    var main = forge.ensureRepository(PROJECT, Map.of("a.txt", new byte[0]), OLA);
    forge.ensureBranch(PROJECT, "work", "main");
    var files = Map.of("good.py", "1".getBytes(UTF_8), "bad.py", key().getBytes(UTF_8));

    assertThatThrownBy(
            () -> forge.commit(PROJECT, "work", new Forge.Change(files, "add", OLA, false)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("bad.py:2: looks like the value of a password, key or token")
        .hasMessageNotContaining("good.py");
    assertThat(forge.resolve(PROJECT, "work")).contains(main);
  }

  @Test
  void aNotebookWithoutResultsStaysAsItIs() {
    var clean = "{ \"cells\": [ {\"source\": \"1\"} ],\n\"nbformat\": 4 }\n".getBytes(UTF_8);

    assertThat(ContentRules.cleaned(Map.of("a.ipynb", clean)).get("a.ipynb")).isEqualTo(clean);
  }

  /** The parts are put together here, so that no scanner takes this file for a leak. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN RSA PRIVATE+ KEY-----",
        "-----BEGIN PRIVATE+ KEY-----",
        "-----BEGIN PGP PRIVATE+ KEY BLOCK-----",
        "aws_access_key_id = AKIA+IOSFODNN7ABCDEFG",
        "glpat-+abcdefghij0123456789",
        "ghp_+abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-+1234567890-abcdefghijkl",
        "url = postgresql://app:+hunter22@db.nsi.example/lfs",
        "DB_PASSWORD=+q7Rz0vKp3LxW9sTd",
        "\"api_key\": \"+0f8a3c5e7b9d1f2a4c6e8b0d2f4a6c8e\"",
        "secret_token: '+aB3dE5gH7jK9mN1pQ2rS'",
        "machine git.nsi.example login ola password +hunter22",
        "machine git.nsi.example\n  login ola\n\n  # of 2026\n  password +hunter22 # mine",
        "default login ola password +hunter22 machine b.example login b password $B",
        "AccountName=nsi;AccountKey=+Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==;",
        "Endpoint=sb://nsi.example/;SharedAccessKey=+Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ=",
        "https://nsi.blob.example/a?sv=2024-11-04&sig=+Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ%3D"
      })
  void secretsAreRefusedByLineAndNeverShown(String text) {
    var secret = text.replace("+", "");

    assertThatThrownBy(
            () -> ContentRules.cleaned(Map.of("a.py", ("x = 1\n" + secret).getBytes(UTF_8))))
        .isInstanceOf(Invalid.class)
        .hasMessageMatching("a[.]py:[26]: looks like .*")
        .hasMessageNotContaining(text.substring(text.indexOf('+') + 1))
        .hasMessageNotContaining("hunter22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "X-UTF-32BE-BOM", "X-UTF-32LE-BOM"})
  void secretsAreFoundInEveryWritingOfUnicode(String charset) {
    var text = "# Lösenord för Åland, 日本\r\n".repeat(3) + key();

    assertThatThrownBy(
            () -> ContentRules.cleaned(Map.of("a.ps1", text.getBytes(Charset.forName(charset)))))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("a.ps1:5: looks like the value of a password, key or token");
  }

  @Test
  void ofWhatIsNoTextOnlyWellKnownFormsAreSearched() {
    var bytes = new byte[4000];
    new Random(7).nextBytes(bytes);
    var key = key().getBytes(UTF_8);
    System.arraycopy(key, 0, bytes, 2000, key.length);

    assertThat(ContentRules.allow("a.bin", bytes)).isTrue();
    var token = ("glpat-" + "xY9".repeat(8)).getBytes(UTF_8);
    System.arraycopy(token, 0, bytes, 2000, token.length);
    assertThat(ContentRules.refusals("a.bin", bytes))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).startsWith("looks like a token of GitLab"));
    assertThat(ContentRules.allow("a.txt", ("a\0b " + new String(token, UTF_8)).getBytes(UTF_8)))
        .isFalse();
    assertThat(ContentRules.allow("empty", new byte[0])).isTrue();
    assertThat(ContentRules.allow("one", new byte[1])).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = os.environ['DB_PASSWORD']",
        "password: ${DB_PASSWORD}",
        "token_count = number_of_words_in_sentence_2",
        "image: registry.nsi.example/py@sha256:0f8a3c5e7b9d1f2a4c6e8b0d2f4a6c8e0f8a3c5e7b9d1f2a4c6e8b0d2f4a6c8e",
        "keys = ['industry', 'period']",
        "see https://nsi.example/a:b/c@d",
        "secret: /run/secrets/database-password",
        "the public key begins with -----BEGIN PUBLIC KEY-----",
        "machine git.nsi.example login ola password $GIT_PASSWORD",
        "machine git.nsi.example\n  login ola\n  password <yours>",
        "machine learning\nlogin: ola\npassword: see the manual",
        "default\nmodel = 1\nlogin ola\npassword hunter22",
        "AccountKey=${AZURE_KEY}",
        "AccountKey=<88 characters>"
      })
  void whatOnlyNamesASecretIsAllowed(String text) {
    assertThatCode(() -> ContentRules.cleaned(Map.of("a.py", text.getBytes(UTF_8))))
        .doesNotThrowAnyException();
  }

  @Test
  void largeDataAreRefusedWithTheWayToStoreThem() {
    var large = new byte[ContentRules.LARGEST_DATA + 1];

    assertThatThrownBy(() -> ContentRules.cleaned(Map.of("data/persons.csv", large)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("data/persons.csv: has 1048577 bytes of data")
        .hasMessageContaining("PUT /api/v1/projects/{project}/datasets/raw/{name}/objects/{file}");
    assertThatCode(() -> ContentRules.cleaned(Map.of("doc/manual.pdf", large)))
        .doesNotThrowAnyException();
    assertThat(ContentRules.allow("data/persons.csv", new byte[100])).isTrue();
  }

  @Test
  void aLargeHostileTextTakesNoTime() {
    for (var text :
        List.of(
            ("password" + "a1".repeat(90) + " ").repeat(20_000),
            "machine a login b password ".repeat(70).concat("\n").repeat(2000))) {
      var allowed =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> ContentRules.allow("a.txt", text.getBytes(UTF_8)));
      assertThat(allowed).isTrue();
    }
  }

  @Test
  void everyTemplateMayBeCommitted() {
    var templates =
        new ProjectTemplates(
            new TemplatesProperties("classpath*:/templates/"), new ProjectFileParser());
    for (var template : templates.list()) {
      var values = new HashMap<>(Map.of("project", "lfs"));
      template.parameters().stream()
          .filter(parameter -> parameter.otherwise() == null)
          .forEach(parameter -> values.put(parameter.name(), "Sample"));
      var files = templates.render(template.id(), values);
      assertThat(ContentRules.cleaned(files)).as(template.id()).isEqualTo(files);
    }
  }

  private static String key() {
    return "x = 1\nPASSWORD = 'q7Rz0v" + "Kp3LxW9sTd'\n";
  }
}
