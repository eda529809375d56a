package org.balsam.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;

/**
 * The story of a model: trained for 1998 and anew each year up to 2002, because the mix of the
 * aircraft's operators drifts away from the one that was there before.
 */
public final class TrainingStory {

  /** The template of the story's project. */
  public static final String TEMPLATE = "ml-project";

  private static final String PROJECT = "ml-strikes";
  private static final String API = "/api/v1/projects/" + PROJECT;
  private static final String TRAININGS = API + "/trainings";
  private static final String MODEL = API + "/models/damage";
  private static final Period FIRST = new Period("1998");
  private static final Period SHORT = new Period("1999");
  private static final Period LAST = new Period("2002");

  private record Row(
      Period period,
      String trigger,
      double auc,
      double brier,
      double psi,
      String verdict,
      String version) {}

  private final PrintStream out = System.out;
  private final List<Row> rows = new ArrayList<>();
  private final SortedMap<Period, byte[]> deliveries;
  private final OperatorDrift monitor;
  private final DemoCast cast;
  private final TrainingDesk desk;
  private final Path home;

  /**
   * Tells the story to the Balsam at {@code base}, whose home folder is {@code home}.
   *
   * @param deliveries the content of each month's delivery
   */
  public TrainingStory(URI base, Path home, SortedMap<Period, byte[]> deliveries) {
    this.home = home;
    this.deliveries = deliveries;
    this.monitor = new OperatorDrift(deliveries, FIRST);
    this.cast = new DemoCast(base);
    this.desk = new TrainingDesk(cast, TRAININGS);
  }

  /**
   * Plays it.
   *
   * @return whether everything ended as it should and the audit trail verifies
   */
  public boolean play() throws Exception {
    makeProject();
    out.printf("%nDeliveries up to %s%n", "1997-12");
    deliver(deliveries.headMap(FIRST));
    for (var year = FIRST; !year.start().isAfter(LAST.start()); year = year.next()) {
      year(year);
    }
    var rolledBack = rollBack();
    table();
    var asTold = rolledBack && desk.selfApprovalRefused() && verdictsAreAsTold();
    return verify() && asTold;
  }

  private void makeProject() {
    cast.await("the people of demo mode", this::ownerIsKnown);
    cast.as(DemoPeople.OWNER)
        .post(
            "/api/v1/projects",
            Map.of(
                "id", PROJECT,
                "name", "Damage by wildlife strikes",
                "purpose", "Shows how a model is trained, judged and replaced",
                "template", TEMPLATE,
                "classification", "public"));
    cast.await("the approval of the project", this::approveProject);
    cast.await(
        "the project",
        () -> cast.as(DemoPeople.OWNER).get(API).path("state").asText().equals("active"));
    DemoPeople.roles()
        .forEach(
            (person, roles) ->
                cast.as(DemoPeople.ADMINISTRATOR)
                    .put(
                        API + "/members/" + person,
                        Map.of("roles", roles.stream().map(Role::value).toList())));
    out.println("Project " + PROJECT + " is active");
  }

  private boolean ownerIsKnown() {
    try {
      cast.as(DemoPeople.OWNER).get("/api/v1/me");
      return true;
    } catch (DemoClient.Refused notYet) {
      return false;
    }
  }

  private boolean approveProject() {
    var task = cast.task(DemoPeople.ADMINISTRATOR, PROJECT, "userTask_approveProject");
    task.ifPresent(
        one -> cast.complete(DemoPeople.ADMINISTRATOR, one, Map.of("approvalDecision", "approve")));
    return task.isPresent();
  }

  private void deliver(SortedMap<Period, byte[]> months) {
    months.forEach(
        (month, csv) ->
            cast.as(DemoPeople.PRODUCTION)
                .put(API + "/datasets/raw/strikes/objects/strikes.csv?period=" + month, csv));
    out.printf("  ↓ %d monthly deliveries%n", months.size());
  }

  private void year(Period year) {
    var psi = monitor.psi(year);
    out.printf(Locale.ROOT, "%n%s: operators against those before 1998: PSI %.2f%n", year, psi);
    deliver(deliveries.subMap(year, year.next()));
    var training = start(year, psi);
    out.printf("  %s, by %s%n", training.path("id").asText(), training.path("trigger").asText());
    var ended = desk.play(training.path("id").asText());
    rows.add(row(year, psi, ended));
  }

  /** The first year a person trains, the second one too short; later the monitor's alarm does. */
  private JsonNode start(Period year, double psi) {
    if (year.equals(FIRST)) {
      return cast.as(DemoPeople.METHODOLOGY)
          .post(TRAININGS, Map.of("model", "damage", "period", year.value()));
    }
    if (year.equals(SHORT)) {
      out.println("  methodology tries whether one epoch is enough");
      return cast.as(DemoPeople.METHODOLOGY)
          .post(
              TRAININGS,
              Map.of(
                  "model",
                  "damage",
                  "period",
                  year.value(),
                  "parameters",
                  Map.of("epochs", "1", "learning-rate", "0.01")));
    }
    return alarm(year, psi);
  }

  private JsonNode alarm(Period year, double psi) {
    var answer =
        cast.as(DemoPeople.PRODUCTION)
            .post(MODEL + "/drift", Map.of("period", year.value(), "psi", Map.of("operator", psi)));
    out.printf(
        "  ! the monitor reports the drift; allowed up to %s%n", answer.path("threshold").asText());
    return cast.as(DemoPeople.OWNER).get(TRAININGS + "/" + answer.path("training").asText());
  }

  private Row row(Period year, double psi, JsonNode training) {
    var figures =
        cast.as(DemoPeople.AUDITOR)
            .get(TRAININGS + "/" + training.path("id").asText() + "/evaluation")
            .path("test")
            .path("candidate");
    return new Row(
        year,
        training.path("trigger").asText(),
        figures.path("auc").asDouble(),
        figures.path("brier").asDouble(),
        psi,
        training.path("verdict").asText() + ", " + training.path("state").asText(),
        training.path("candidate").asText());
  }

  private boolean rollBack() {
    var before = champion();
    out.printf("%nRoll-back of %s%n", before);
    var asked =
        cast.as(DemoPeople.PRODUCTION)
            .post(
                MODEL + "/rollback",
                Map.of("reason", "The year 2002 is known up to July only; wait for the rest."));
    var id = asked.path("id").asText();
    cast.await("the roll-back to be approved", () -> approveRollback(id));
    cast.await("the roll-back", () -> state(id).equals("completed"));
    out.printf("  · the champion is %s again%n", champion());
    return champion().equals(asked.path("target").asText()) && !champion().equals(before);
  }

  private boolean approveRollback(String id) {
    var task = cast.task(DemoPeople.OWNER, id, "userTask_approveRollback");
    task.ifPresent(
        one -> {
          cast.complete(DemoPeople.OWNER, one, Map.of("rollbackDecision", "approve"));
          out.printf("  ✓ %s: %s%n", DemoPeople.OWNER, one.path("name").asText());
        });
    return task.isPresent();
  }

  private String state(String rollback) {
    return cast.as(DemoPeople.OWNER).get(MODEL + "/rollbacks/" + rollback).path("state").asText();
  }

  private String champion() {
    return cast.as(DemoPeople.OWNER).get(MODEL).path("aliases").path("champion").asText();
  }

  private boolean verdictsAreAsTold() {
    return rows.stream()
        .allMatch(
            row ->
                row.period().equals(SHORT)
                    ? row.verdict().equals("block, stopped")
                    : row.verdict().endsWith(", promoted"));
  }

  private void table() {
    out.printf("%nDamage by wildlife strikes, on the reports of the year%n");
    out.printf(
        "  %-6s %-8s %6s %6s %6s  %-18s %s%n",
        "period", "trigger", "AUC", "Brier", "PSI", "verdict", "version");
    for (var row : rows) {
      out.printf(
          Locale.ROOT,
          "  %-6s %-8s %6.3f %6.3f %6.2f  %-18s %s%n",
          row.period(),
          row.trigger(),
          row.auc(),
          row.brier(),
          row.psi(),
          row.verdict(),
          row.version() + (row.period().equals(LAST) ? ", rolled back" : ""));
    }
    out.println("  champion: " + champion());
  }

  private boolean verify() throws Exception {
    var bundle = home.resolve("audit-bundle.zip");
    cast.as(DemoPeople.ADMINISTRATOR).download("/api/v1/audit/export", bundle);
    var report = AuditVerifier.verify(bundle, AuditVerifier.Options.NONE);
    out.printf("%nOffline verification of %s%n", bundle.toAbsolutePath());
    report.text().lines().forEach(line -> out.println("  " + line));
    out.printf("%nModels and evidence: %s%n", home.resolve("objects").toAbsolutePath());
    return report.verified();
  }
}
