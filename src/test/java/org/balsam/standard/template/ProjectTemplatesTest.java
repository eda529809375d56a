package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTemplatesTest {

  private static final String ID = "statistical-production";
  private static final Path SOURCE = Path.of("templates", ID);

  @TempDir Path folder;

  @Test
  void thePackagedTemplateIsInTheCatalogue() {
    assertThat(packaged().list())
        .extracting(ProjectTemplate::id)
        .containsExactly("exploration", "ml-project", ID);
    var template =
        packaged().list().stream().filter(one -> one.id().equals(ID)).findFirst().orElseThrow();

    assertThat(template.version()).isEqualTo("1.0.0");
    assertThat(template.parameters())
        .extracting(ProjectTemplate.Parameter::name)
        .containsExactly("title");
    assertThat(template.steps()).hasSize(4).allMatch(step -> step.kind() == Kind.SQL);
    assertThat(template.hardware()).containsExactly(HardwareProfile.SMALL);
    assertThat(template.network()).isEqualTo(NetworkClass.OFFLINE);
    assertThat(template.roles()).contains(Role.OWNER, Role.QUALITY);
  }

  @Test
  void everyManualIsThere() {
    for (var template : packaged().list()) {
      assertThat(template.manuals())
          .isNotEmpty()
          .allMatch(
              manual ->
                  Files.isRegularFile(
                      manual.startsWith("docs/")
                          ? Path.of(manual)
                          : Path.of("templates", template.id(), manual)));
    }
  }

  @Test
  void refusesAParameterThatItsSchemaDoesNotAllow() {
    assertThatThrownBy(
            () ->
                packaged()
                    .render("ml-project", Map.of("project", "ml-x", "title", "x".repeat(101))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("title: ");
  }

  @Test
  void rendersTheFirstCommitWithoutTheData() {
    var files =
        packaged().render(ID, Map.of("project", "emp-industry", "title", "Jobs in Åland (2009)"));

    assertThat(files)
        .containsOnlyKeys(
            "README.md",
            "balsam.yaml",
            "steps/integrate.sql",
            "steps/aggregate.sql",
            "steps/tables.sql",
            "steps/revisions.sql",
            "steps/no-previous-release.csv");
    assertThat(text(files.get("README.md")))
        .startsWith("# Jobs in Åland (2009)\n")
        .contains("Project `emp-industry`")
        .doesNotContain("{{");
    var project = new ProjectFileParser().parse(files.get("balsam.yaml"), "balsam.yaml");
    assertThat(project.product().title()).isEqualTo("Jobs in Åland (2009)");
    assertThat(project.stages()).extracting(ProjectFile.Stage::name).hasSize(3);
    assertThat(project.stepCount(2)).isEqualTo(2);
  }

  @Test
  void usesTheDefaultOfAParameterThatIsLeftOut() {
    var files = packaged().render(ID, Map.of("project", "emp-industry"));

    assertThat(text(files.get("README.md"))).startsWith("# Employment by industry\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x\" : {",
        "a\nbalsam: 2",
        "{{project}}",
        "a\\nb",
        "$1",
        "# x",
        "é\u202Ee"
      })
  void refusesValuesThatCouldBecomeMoreThanText(String title) {
    assertThatThrownBy(
            () -> packaged().render(ID, Map.of("project", "emp-industry", "title", title)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("title: ");
  }

  @Test
  void tellsEverythingThatIsWrongWithTheValues() {
    var refusal =
        catchThrowableOfType(
            Invalid.class, () -> packaged().render(ID, Map.of("title", "<b>", "colour", "red")));

    assertThat(refusal.problems())
        .extracting(Invalid.Problem::where)
        .containsExactlyInAnyOrder("project", "title", "colour");
    assertThatThrownBy(() -> packaged().render(ID, Map.of("project", "../etc")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> packaged().render("nope", Map.of()))
        .isInstanceOf(NotFound.class)
        .hasMessage(
            "there is no template 'nope'; there are: exploration, ml-project, statistical-production");
  }

  @Test
  void theExampleDataAreTheSourcesBytes() throws Exception {
    var csv = Files.readAllBytes(SOURCE.resolve("data/us-employment.csv"));
    var blob = MessageDigest.getInstance("SHA-1");
    blob.update(("blob " + csv.length + "\0").getBytes(StandardCharsets.UTF_8));

    assertThat(HexFormat.of().formatHex(blob.digest(csv)))
        .isEqualTo("8795be57cf1e004f4ecba44cab2b324a074330df");
    assertThat(text(Files.readAllBytes(SOURCE.resolve("data/DATASHEET.md"))))
        .contains("8795be57cf1e004f4ecba44cab2b324a074330df");
  }

  @Test
  void theExampleDataComeAsMonthlyDeliveriesUnchanged() throws Exception {
    var lines = Files.readAllLines(SOURCE.resolve("data/us-employment.csv"));

    var deliveries = packaged().demoDeliveries(ID);

    assertThat(deliveries).containsOnlyKeys("raw/ces");
    var months = deliveries.get("raw/ces");
    assertThat(months).hasSize(120);
    assertThat(months.firstKey()).isEqualTo(new Period("2006-01"));
    assertThat(months.lastKey()).isEqualTo(new Period("2015-12"));
    assertThat(text(months.get(new Period("2009-02"))))
        .isEqualTo(lines.get(0) + "\n" + lines.get(38) + "\n")
        .startsWith("month,")
        .contains("utilties", "\n2009-02-01,");
  }

  @Test
  void refusesExampleDataThatCannotBeCut() {
    assertThatThrownBy(() -> DemoData.byMonth("a,b\n1,2\n".getBytes(), "month"))
        .hasMessageContaining("line 1: has no column 'month'");
    assertThatThrownBy(() -> DemoData.byMonth("month\n2009-02-01\n2009\n".getBytes(), "month"))
        .hasMessageContaining("line 3: '2009' is not a date");
    assertThatThrownBy(
            () -> DemoData.byMonth("month\n2009-02-01\n2009-02-01\n".getBytes(), "month"))
        .hasMessageContaining("line 3: repeats the month 2009-02");
  }

  @Test
  void readsTemplatesOfAMountedFolder() throws IOException {
    mount();

    assertThat(mounted().list()).extracting(ProjectTemplate::id).containsExactly(ID);
    assertThat(mounted().demoDeliveries(ID).get("raw/ces")).hasSize(120);
  }

  @Test
  void readsTemplatesInsideAJar() throws IOException {
    var jar = folder.resolve("templates.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(SOURCE)) {
      out.putNextEntry(new ZipEntry("templates/"));
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = SOURCE.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new ZipEntry("templates/" + ID + "/" + name));
        out.write(Files.readAllBytes(file));
      }
    }

    var templates = load("jar:" + jar.toUri() + "!/templates");

    assertThat(templates.render(ID, Map.of("project", "emp-industry"))).hasSize(7);
  }

  @Test
  void refusesATemplateThatWouldNotWork() throws IOException {
    var template = mount();

    broken(template, "version: 1.0.0", "version: one", "the version is not x.y.z");
    broken(
        template, "id: statistical-production", "id: other", "the folder does not have the name");
    broken(template, "  - steps/tables.sql\n", "", "the repository lacks 'steps/tables.sql'");
    broken(template, "  - balsam.yaml\n", "", "the repository lacks balsam.yaml");
    broken(template, "steps/tables.sql", "steps/nothing.sql", "'steps/nothing.sql' is not there");
    broken(template, "steps/tables.sql", "../../../pom.xml", "'../../../pom.xml' is not a plain");
    broken(template, "steps/tables.sql", ".git/config", "'.git/config' is not a plain path");
    broken(template, "name: title", "name: caption", "unknown placeholders: title");
    broken(template, "title: Statistical", "titel: Statistical", "titel");
    broken(template, "month: month", "month: mouth", "has no column 'mouth'");
    broken(template, "name: tables, kind: sql", "name: tables, kind: r", "tables SQL");
    broken(template, "hardware: [small]", "hardware: [gpu]", "needs the hardware small");
    broken(template, "[README.md, docs", "[NOTES.md, docs", "the manual 'NOTES.md' is neither");
    broken(template, "schema: {", "form: {", "form");
    broken(
        template, "    schema: { type: string, minLength: 1, maxLength: 100 }\n", "", "no schema");
    broken(template, "minLength: 1", "minLength: 50", "must be at least 50 characters");
    broken(template, "maximum: 32 ", "maximum: many ", "the bound 'many' of '**.resources.cpu'");
    broken(template, ", maximum: 32 ", " ", "'**.resources.cpu' needs either allowed, or");
    broken(template, "**.resources.cpu", "resources/cpu", "'resources/cpu' is not keys joined");
    broken(
        template,
        "\"**.network\", allowed: [offline, internal]",
        "product.type, allowed: [experimental]",
        "the setting 'product.type' is 'official', which the policy of the template");

    var projectFile = template.resolve("balsam.yaml");
    Files.writeString(
        projectFile, Files.readString(projectFile).replace("type: official", "type: secret"));
    assertThatThrownBy(this::mounted)
        .hasMessageContaining("statistical-production/balsam.yaml:4: 'secret' is not allowed");
  }

  @Test
  void refusesALocationWithoutTemplates() {
    assertThatThrownBy(() -> load("file:" + folder))
        .hasMessageContaining("balsam.templates.location=file:")
        .hasMessageContaining("holds no template");
    assertThatThrownBy(() -> load("file:/nowhere/at/all"))
        .hasMessageContaining("balsam.templates.location=file:/nowhere/at/all/");
  }

  private void broken(Path template, String good, String bad, String message) throws IOException {
    var description = template.resolve("template.yaml");
    var text = Files.readString(description);
    assertThat(text).contains(good);
    Files.writeString(description, text.replace(good, bad));
    assertThatThrownBy(this::mounted).isInstanceOf(Invalid.class).hasMessageContaining(message);
    Files.writeString(description, text);
  }

  private Path mount() throws IOException {
    var target = folder.resolve(ID);
    try (var files = Files.walk(SOURCE)) {
      for (var file : files.toList()) {
        var copy = target.resolve(SOURCE.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return target;
  }

  private ProjectTemplates mounted() {
    return load(folder.toUri().toString());
  }

  private static ProjectTemplates packaged() {
    return load("classpath*:/templates/");
  }

  private static ProjectTemplates load(String location) {
    return new ProjectTemplates(new TemplatesProperties(location), new ProjectFileParser());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
