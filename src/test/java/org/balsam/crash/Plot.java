package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;

/**
 * Subjects whose processes run one after the other, each through the places where the server is
 * killed. Several plots go on at once.
 */
abstract class Plot {

  private static final Pattern REMINDER = Pattern.compile("(?:escalate|remindOf)([A-Z])(\\w+)");

  /**
   * One subject.
   *
   * @param subject how its business key begins
   * @param begin makes it
   * @param ended whether its process has ended as it should
   * @param kills in the order in which its process comes to them
   */
  record Scene(
      String name, String subject, Runnable begin, BooleanSupplier ended, List<Kill> kills) {}

  final World world;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> over = new HashSet<>();
  private @Nullable Deque<Kill> left;

  Plot(World world) {
    this.world = world;
  }

  /** The models of which every service task is killed. */
  abstract List<String> models();

  /** In their order. */
  abstract List<Scene> scenes();

  /** What is there before the first kill. */
  abstract void prepare();

  /** Does in a scene what only a person or the clock does, so that its process comes to a place. */
  abstract void provoke(Scene scene, Kill kill);

  /** The answer to a task and who gives it; null when nobody does. */
  abstract @Nullable Answer answer(Scene scene, String activity);

  /** Fails when something happened twice or not at all. */
  abstract void assertOnce() throws Exception;

  record Answer(String person, Map<String, ?> variables) {}

  final List<Kill> kills() {
    return scenes().stream().flatMap(scene -> scene.kills.stream()).toList();
  }

  /** Whether what it needs is there. */
  boolean isReady() {
    return true;
  }

  /** The next death, or null when there is none, or none yet. */
  final @Nullable Kill next() {
    return hasNext() && isReady() ? left.peek() : null;
  }

  final boolean hasNext() {
    if (left == null) {
      left = new ArrayDeque<>(kills());
    }
    return !left.isEmpty();
  }

  final void survived() {
    left.remove();
  }

  /** Brings the plot nearer to the place where the server is to die. */
  final void advance(Kill kill) {
    var scene = current();
    if (scene == null) {
      throw new IllegalStateException("every scene has ended, but not at " + kill);
    }
    if (!scene.kills.contains(kill)) {
      goOn(scene);
      return;
    }
    var reminder = REMINDER.matcher(kill.task());
    if (reminder.matches()) {
      var task = reminder.group(1).toLowerCase(Locale.ROOT) + reminder.group(2);
      world.elapse(kill.subject(), "boundaryTimer_" + task + "Overdue");
      provoke(scene, kill);
      work(scene, Set.of("userTask_" + task));
    } else {
      provoke(scene, kill);
      work(scene, held(kill));
    }
  }

  /** The tasks that nobody touches while it is waited for a kill. */
  Set<String> held(Kill kill) {
    return Set.of();
  }

  /** Goes on without being killed; whether everything has ended. */
  final boolean finish() {
    var scene = current();
    if (scene != null) {
      goOn(scene);
    }
    return scene == null;
  }

  private void goOn(Scene scene) {
    wrapUp(scene);
    work(scene, Set.of());
  }

  /** Does what ends a scene after its last kill, where answers do not. */
  void wrapUp(Scene scene) {}

  /** The first scene that has not ended. */
  private @Nullable Scene current() {
    for (var scene : scenes()) {
      if (over.contains(scene.name)) {
        continue;
      }
      if (begun.add(scene.name)) {
        scene.begin.run();
      }
      if (!scene.ended.getAsBoolean()) {
        return scene;
      }
      over.add(scene.name);
    }
    return null;
  }

  private void work(Scene scene, Set<String> held) {
    for (var task : world.tasks(scene.subject)) {
      var answer = held.contains(task.activity()) ? null : answer(scene, task.activity());
      if (answer != null) {
        world.complete(answer.person, task, answer.variables);
      }
    }
  }

  static List<Kill> at(String subject, Moment moment, String... tasks) {
    return Stream.of(tasks).map(task -> new Kill(subject, "serviceTask_" + task, moment)).toList();
  }

  final void assertDistinct(String sql, Object... parameters) {
    assertThat(world.column(sql, parameters)).as(sql).isNotEmpty().doesNotHaveDuplicates();
  }

  final void assertOneVersion(BucketName bucket, String key) {
    try (var versions = world.objects().versions(bucket, key)) {
      assertThat(versions).as(key).hasSize(1);
    }
  }

  /** What use cases say they have done, is said once. */
  final void assertNothingRepeated(ProjectId project, String actions) {
    assertDistinct(
        "select concat_ws(' ', subject, action, details) from audit_event"
            + " where project = ? and outcome = 'done' and action ~ ?",
        project.value(),
        actions);
  }

  /** The messages of a branch's commits. */
  final List<String> messages(ProjectId project, String branch)
      throws IOException, GitAPIException {
    try (var repositories = Files.walk(world.home().resolve("git"), 2)) {
      var repository =
          repositories.filter(path -> path.endsWith(project + ".git")).findFirst().orElseThrow();
      try (var git = Git.open(repository.toFile())) {
        var messages = new ArrayList<String>();
        var tip = git.getRepository().resolve("refs/heads/" + branch);
        git.log().add(tip).call().forEach(commit -> messages.add(commit.getFullMessage()));
        return messages;
      }
    }
  }
}
