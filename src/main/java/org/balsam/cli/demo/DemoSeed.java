package org.balsam.cli.demo;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.standard.template.ProjectTemplates;
import org.balsam.usecase.dataset.FreezeInputs;
import org.balsam.usecase.dataset.StoreObject;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestProject;
import org.balsam.usecase.project.SetMemberRoles;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.task.TaskInbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Fills an empty Balsam the way its people would: a project through its onboarding, members, the
 * deliveries known by then, and a first round that waits for its inputs to be confirmed. Every part
 * is left alone when it is already there.
 */
@Component
@ConditionalOnBooleanProperty(DemoMode.ENABLED)
public class DemoSeed {

  /** The template of the demo project. */
  public static final String TEMPLATE = "statistical-production";

  static final ProjectId PROJECT = new ProjectId(DemoStory.PROJECT);
  private static final RoundId FIRST = new RoundId(PROJECT, new Period("2008-q4"), 0);
  private static final YearMonth TAKEN_OVER = YearMonth.of(2008, 9);
  private static final YearMonth KNOWN = YearMonth.of(2008, 11);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedPeople people;
  private final Directory directory;
  private final RequestProject requestProject;
  private final SetMemberRoles setMemberRoles;
  private final StoreObject storeObject;
  private final FreezeInputs freezeInputs;
  private final StartRound startRound;
  private final TaskInbox inbox;
  private final Projects projects;
  private final Forge forge;
  private final ProjectTemplates templates;

  DemoSeed(
      EmbeddedPeople people,
      Directory directory,
      RequestProject requestProject,
      SetMemberRoles setMemberRoles,
      StoreObject storeObject,
      FreezeInputs freezeInputs,
      StartRound startRound,
      TaskInbox inbox,
      Projects projects,
      Forge forge,
      ProjectTemplates templates) {
    this.people = people;
    this.directory = directory;
    this.requestProject = requestProject;
    this.setMemberRoles = setMemberRoles;
    this.storeObject = storeObject;
    this.freezeInputs = freezeInputs;
    this.startRound = startRound;
    this.inbox = inbox;
    this.projects = projects;
    this.forge = forge;
    this.templates = templates;
  }

  /**
   * Does it. Blocks until the first round waits for a person when this call started it; a round
   * that was there already is where its people have led it.
   *
   * @return whether the first round waits for its inputs to be confirmed
   */
  boolean fill() {
    seedPeople();
    as(DemoPeople.OWNER, this::requestProject);
    as(DemoPeople.ADMINISTRATOR, this::approveProject);
    as(DemoPeople.ADMINISTRATOR, this::seedMembers);
    as(DemoPeople.PRODUCTION, this::deliver);
    if (startFirstRound()) {
      await("the first round to wait for its inputs to be confirmed", this::waitsForOwner);
    }
    return waitsForOwner();
  }

  private void seedPeople() {
    ensure(DemoPeople.ADMINISTRATOR);
    people.ensureAdministrator(DemoPeople.ADMINISTRATOR);
    DemoPeople.roles().keySet().forEach(this::ensure);
  }

  private void ensure(String person) {
    var name = Character.toUpperCase(person.charAt(0)) + person.substring(1) + " (demo)";
    people.ensurePerson(person, name, person + "@example.invalid", DemoPeople.PASSWORD);
  }

  private void requestProject(Actor owner) {
    ignoringRepetition(
        () ->
            requestProject.handle(
                new RequestProject.Command(
                    PROJECT,
                    "Employment by industry",
                    "Quarterly employment by industry, flash and revision",
                    TEMPLATE,
                    Map.of(),
                    owner.id(),
                    Classification.PUBLIC,
                    owner)));
  }

  private void approveProject(Actor administrator) {
    await(
        "the project to be set up",
        () -> {
          inbox.open(DemoStory.PROJECT, 1, null, administrator).items().stream()
              .filter(task -> task.activity().equals("userTask_approveProject"))
              .forEach(
                  task ->
                      inbox.complete(
                          task.id(), Map.of("approvalDecision", "approve"), administrator));
          return projects.get(PROJECT, administrator).state() == ProjectState.ACTIVE;
        });
  }

  private void seedMembers(Actor administrator) {
    DemoPeople.roles()
        .forEach(
            (person, roles) ->
                setMemberRoles.handle(
                    new SetMemberRoles.Command(PROJECT, person, roles, administrator)));
  }

  private void deliver(Actor production) {
    var deliveries = templates.demoDeliveries(TEMPLATE).get("raw/ces");
    var dataset = new DatasetId(PROJECT, Layer.RAW, "ces");
    for (var month : deliveries.headMap(Period.month(TAKEN_OVER.plusMonths(1))).keySet()) {
      deliver(dataset, month, deliveries.get(month), production);
    }
    var takenOver = new RoundId(PROJECT, new Period("2008-q3"), 1);
    var commit = forge.resolve(PROJECT, "main").orElseThrow();
    freezeInputs.handle(new FreezeInputs.Command(takenOver, commit));
    for (var month = TAKEN_OVER.plusMonths(1); !month.isAfter(KNOWN); month = month.plusMonths(1)) {
      var period = Period.month(month);
      deliver(dataset, period, deliveries.get(period), production);
    }
  }

  private void deliver(DatasetId dataset, Period month, byte[] csv, Actor production) {
    storeObject.handle(
        new StoreObject.Command(
            dataset, month, 0, "ces.csv", new ByteArrayInputStream(csv), production));
  }

  private boolean startFirstRound() {
    var owner = actor(DemoPeople.OWNER);
    var command =
        new StartRound.Command(PROJECT, FIRST.period(), null, Trigger.PERSON, owner, null);
    return CallContext.of(owner).call(() -> ignoringRepetition(() -> startRound.handle(command)));
  }

  private boolean waitsForOwner() {
    return inbox.open(FIRST.value(), 1, null, actor(DemoPeople.OWNER)).items().stream()
        .anyMatch(task -> task.activity().equals("userTask_confirmInputs"));
  }

  private void as(String person, Consumer<Actor> work) {
    var actor = actor(person);
    CallContext.of(actor).run(() -> work.accept(actor));
  }

  private Actor actor(String person) {
    return Actor.user(person, directory.groupsOf(person));
  }

  /** Whether the work was done, and not before. */
  private static boolean ignoringRepetition(Runnable work) {
    try {
      work.run();
      return true;
    } catch (Rejection alreadyThere) {
      if (alreadyThere.code() != ErrorCode.ALREADY_EXISTS) {
        throw alreadyThere;
      }
      return false;
    }
  }

  private static void await(String what, BooleanSupplier done) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!done.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "demo mode waited in vain for " + what + "; the log above says why");
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
