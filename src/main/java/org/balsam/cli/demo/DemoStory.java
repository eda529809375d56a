package org.balsam.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.kernel.Period;

/**
 * The story that the demo tells: for each quarter a flash, then the revision by the full quarter.
 */
public final class DemoStory {

  static final String PROJECT = "emp-industry";
  private static final String API = "/api/v1/projects/" + PROJECT;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PrintStream out = System.out;
  private final Map<String, DemoClient> people = new HashMap<>();
  private final Map<Period, byte[]> deliveries;
  private final Map<String, Released> results = new LinkedHashMap<>();
  private final URI base;
  private final Path home;
  private boolean selfApprovalTried;

  private record Released(String level, String change, String changeYear, String note) {}

  /**
   * Tells the story to the Balsam at {@code base}, whose home folder is {@code home}.
   *
   * @param deliveries the content of each month's delivery
   */
  public DemoStory(URI base, Path home, Map<Period, byte[]> deliveries) {
    this.base = base;
    this.home = home;
    this.deliveries = deliveries;
  }

  /**
   * Plays {@code quarters} quarters from {@code first} on.
   *
   * @return whether everything ended as it should and the audit trail verifies
   */
  public boolean play(Period first, int quarters) throws Exception {
    awaitSeed(PROJECT + "-" + first + "-r0");
    var quarter = first;
    for (var i = 0; i < quarters; i++, quarter = quarter.next()) {
      flash(quarter, i == 0);
      revision(quarter);
    }
    table();
    return verify();
  }

  private void awaitSeed(String round) {
    var deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        as(DemoPeople.OWNER).get(API + "/rounds/" + round);
        return;
      } catch (DemoClient.Refused notYet) {
        if (Instant.now().isAfter(deadline)) {
          throw notYet;
        }
        pause();
      }
    }
  }

  private void flash(Period quarter, boolean seeded) {
    var round = PROJECT + "-" + quarter + "-r0";
    if (!seeded) {
      deliver(month(quarter, 0));
      deliver(month(quarter, 1));
      as(DemoPeople.OWNER).post(API + "/rounds", Map.of("period", quarter.value()));
    }
    out.printf("%n%s, flash from the first two months%n", round);
    run(round, quarter);
  }

  private void revision(Period quarter) {
    var former = PROJECT + "-" + quarter + "-r0";
    var round = PROJECT + "-" + quarter + "-r1";
    deliver(month(quarter, 2));
    as(DemoPeople.OWNER)
        .post(
            API + "/rounds/" + former + "/revise",
            Map.of("type", "routine", "reason", "the full quarter has arrived"));
    out.printf("%n%s, revision by the full quarter%n", round);
    run(round, quarter);
  }

  private void run(String round, Period quarter) {
    var notes = new ArrayList<String>();
    var deadline = Instant.now().plus(PATIENCE);
    var state = "";
    while (!state.equals("released") && !state.equals("closed")) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(round + " did not finish; it is " + state);
      }
      var now = as(DemoPeople.OWNER).get(API + "/rounds/" + round).path("state").asText();
      if (!now.equals(state)) {
        state = now;
        out.println("  · " + state);
      }
      work(round, notes);
      pause();
    }
    work(round, notes);
    results.put(round, read(round, quarter, String.join("; ", notes)));
  }

  /** Plays whoever has a task in the round. */
  private void work(String round, List<String> notes) {
    for (var person :
        List.of(DemoPeople.METHODOLOGY, DemoPeople.QUALITY, DemoPeople.SUBJECT, DemoPeople.OWNER)) {
      for (var task : as(person).get("/api/v1/tasks?subject=" + round).path("items")) {
        act(person, task, notes);
      }
    }
  }

  private void act(String person, JsonNode task, List<String> notes) {
    var id = task.path("id").asText();
    var activity = task.path("activity").asText();
    if (activity.equals("userTask_reviewResults") && !selfApprovalTried) {
      if (person.equals(DemoPeople.METHODOLOGY)) {
        selfApprovalTried = true;
        refusedSelfApproval(id);
      }
      return;
    }
    switch (person + " " + activity) {
      case "methodology userTask_confirmInputs" -> {
        show(person, id, "inputChanges");
        complete(person, task, Map.of("inputsDecision", "confirm"));
      }
      case "subject userTask_explainWarnings" -> {
        show(person, id, "checkSummary");
        notes.add("explained");
        complete(
            person,
            task,
            Map.of(
                "explanationDecision",
                "explain",
                "explanationReason",
                "The recession of 2008-2009; the drop is broad over industries and agrees with"
                    + " unemployment insurance claims."));
      }
      case "quality userTask_reviewResults" ->
          complete(person, task, Map.of("reviewDecision", "approve"));
      case "owner userTask_approveRelease" ->
          complete(
              person,
              task,
              Map.of(
                  "releaseDecision",
                  "approve",
                  "releaseLevel",
                  "public",
                  "releaseAt",
                  Instant.now().plusSeconds(1).toString()));
      case "owner userTask_evaluateRound" ->
          complete(
              person,
              task,
              Map.of("evaluationDecision", "closed", "evaluationReason", "on time, no remarks"));
      default -> {
        // a task of somebody else in the story
      }
    }
  }

  private void refusedSelfApproval(String id) {
    try {
      as(DemoPeople.METHODOLOGY)
          .post(
              "/api/v1/tasks/" + id + "/complete",
              Map.of("variables", Map.of("reviewDecision", "approve")));
      throw new IllegalStateException("the self-approval was not refused");
    } catch (DemoClient.Refused refused) {
      out.printf(
          "  ✗ methodology confirmed the inputs and tries to approve the review: refused (%d)%n"
              + "    %s%n",
          refused.status(), refused.getMessage());
    }
  }

  private void show(String person, String task, String variable) {
    var text = as(person).get("/api/v1/tasks/" + task).path("context").path(variable).asText("");
    text.lines().limit(6).forEach(line -> out.println("      " + line));
  }

  private void complete(String person, JsonNode task, Map<String, String> variables) {
    as(person)
        .post(
            "/api/v1/tasks/" + task.path("id").asText() + "/complete",
            Map.of("variables", variables));
    out.printf("  ✓ %s: %s%n", person, task.path("name").asText());
  }

  private Released read(String round, Period quarter, String note) {
    var label = round.substring(PROJECT.length() + 1) + ".1";
    var csv =
        new String(
            as(DemoPeople.AUDITOR)
                .bytes(
                    API + "/datasets/rel/employment/versions/" + label + "/files/employment.csv"),
            StandardCharsets.UTF_8);
    var header = List.of(csv.lines().findFirst().orElse("").split(","));
    var cells =
        csv.lines()
            .map(line -> line.split(",", -1))
            .filter(line -> line[0].equals(quarter.sdmx()) && line[1].equals("nonfarm"))
            .findFirst()
            .orElseThrow();
    return new Released(
        cells[header.indexOf("employment")],
        cells[header.indexOf("change_previous_quarter_percent")],
        cells[header.indexOf("change_year_percent")],
        note);
  }

  private void table() {
    out.printf("%nNonfarm employment, thousand jobs%n");
    out.printf(
        "  %-26s %12s %14s %12s  %s%n", "round", "level", "on quarter, %", "on year, %", "note");
    results.forEach(
        (round, row) ->
            out.printf(
                "  %-26s %12s %14s %12s  %s%n",
                round, row.level, row.change, row.changeYear, row.note));
  }

  private boolean verify() throws Exception {
    var bundle = home.resolve("audit-bundle.zip");
    as(DemoPeople.ADMINISTRATOR).download("/api/v1/audit/export", bundle);
    var report = AuditVerifier.verify(bundle, AuditVerifier.Options.NONE);
    out.printf("%nOffline verification of %s%n", bundle.toAbsolutePath());
    report.text().lines().forEach(line -> out.println("  " + line));
    var objects = home.resolve("objects").toAbsolutePath();
    out.printf(
        "%nReleased files and evidence: %s%n",
        Files.isDirectory(objects) ? objects : "on the storage server");
    return report.verified();
  }

  private void deliver(Period month) {
    var content = deliveries.get(month);
    as(DemoPeople.PRODUCTION)
        .put(API + "/datasets/raw/ces/objects/ces.csv?period=" + month, content);
    out.println("  ↓ delivery for " + month);
  }

  private static Period month(Period quarter, int index) {
    return Period.month(java.time.YearMonth.from(quarter.start()).plusMonths(index));
  }

  private DemoClient as(String person) {
    return people.computeIfAbsent(person, name -> new DemoClient(base, name, DemoPeople.PASSWORD));
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
