package org.balsam.audit.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that every effect had the approvals that the policy demands, by distinct people. */
final class Meaning {

  private final Policy policy;
  private final Findings findings;
  private final Map<String, Event> decisions = new HashMap<>();
  private final List<Event> effects = new ArrayList<>();

  Meaning(Policy policy, Findings findings) {
    this.policy = policy;
    this.findings = findings;
  }

  void add(Event event) {
    for (var rule : policy.rules()) {
      if (event.is("action", rule.effect()) && event.isDone()) {
        effects.add(event);
      }
    }
    if (event.isDone() && policy.concerns(event) && decisions.put(event.id(), event) != null) {
      findings.add("duplicate-id", event.index(), event.id(), "two decisions have the same id");
    }
  }

  void finish() {
    for (var effect : effects) {
      for (var rule : policy.rules()) {
        if (effect.is("action", rule.effect())) {
          check(effect, rule);
        }
      }
    }
    findings.note(effects.size() + " releases or promotions were checked against the policy");
  }

  private void check(Event effect, Policy.Rule rule) {
    var people = new HashMap<String, Set<String>>();
    rule.approvals()
        .forEach(
            (name, task) -> {
              var approval = approval(effect, task);
              if (approval == null) {
                report(effect, "approval-missing", "the approval '" + name + "' is missing");
              } else {
                people.put(name, Set.of(String.valueOf(approval.text("actor"))));
                evidence(effect, approval, name, rule.evidence().contains(name));
              }
            });
    people.put("authors", authors(effect, rule));
    for (var pair : rule.distinct()) {
      distinct(effect, pair.get(0), pair.get(1), people);
    }
  }

  /** The last approval that the effect names, of the same subject, by a person, and before it. */
  private @Nullable Event approval(Event effect, Policy.Task task) {
    Event found = null;
    for (var id : effect.detailTexts("approvals")) {
      var candidate = decisions.get(id);
      if (candidate != null
          && task.matches(candidate)
          && candidate.is("actorKind", "user")
          && sameSubject(candidate, effect)
          && candidate.index() < effect.index()
          && (found == null || found.index() < candidate.index())) {
        found = candidate;
      }
    }
    return found;
  }

  private Set<String> authors(Event effect, Policy.Rule rule) {
    return decisions.values().stream()
        .filter(event -> event.index() < effect.index() && sameSubject(event, effect))
        .filter(event -> rule.authors().stream().anyMatch(task -> task.matches(event)))
        .map(event -> String.valueOf(event.text("actor")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void evidence(Event effect, Event approval, String name, boolean required) {
    var approved = approval.detailText("evidence");
    var published = effect.detailText("evidence");
    if (approved == null && !required) {
      return;
    }
    if (approved == null || !approved.equals(published)) {
      report(
          effect,
          "evidence-differs",
          "the approval '%s' (%s) was given to evidence %s, the effect has %s"
              .formatted(name, approval.id(), approved, published));
    }
  }

  private void distinct(Event effect, String one, String other, Map<String, Set<String>> people) {
    var both = new TreeSet<>(people.getOrDefault(one, Set.of()));
    both.retainAll(people.getOrDefault(other, Set.of()));
    if (!both.isEmpty()) {
      report(
          effect,
          "same-person",
          "'%s' and '%s' are by the same person, %s"
              .formatted(one, other, String.join(", ", both)));
    }
  }

  private void report(Event effect, String code, String message) {
    var about = effect.text("action") + " of " + effect.text("subject") + ": ";
    findings.add(code, effect.index(), effect.id(), about + message);
  }

  private static boolean sameSubject(Event one, Event other) {
    return one.text("subject") != null
        && one.is("subject", String.valueOf(other.text("subject")))
        && String.valueOf(one.text("project")).equals(String.valueOf(other.text("project")));
  }
}
