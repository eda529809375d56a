package org.balsam.testing;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/** Plays the job executor, which is off in process tests, one job at a time and without delay. */
public final class EngineDriver {

  private static final int MOST_JOBS = 500;

  private final ProcessEngine engine;

  public EngineDriver(ProcessEngine engine) {
    this.engine = engine;
  }

  /** Executes all jobs that do not wait for a moment, and those they lead to. */
  public void runJobs() {
    for (var count = 0; count < MOST_JOBS; count++) {
      var next = ready().findFirst();
      if (next.isEmpty()) {
        return;
      }
      engine.getManagementService().executeJob(next.get().getId());
    }
    throw new IllegalStateException("the process does not come to rest");
  }

  /** Like {@link #runJobs()}, but jobs that fail are tried until they are incidents. */
  public void runJobsUntilIncident() {
    for (var count = 0; count < MOST_JOBS; count++) {
      var next = ready().findFirst();
      if (next.isEmpty()) {
        return;
      }
      try {
        engine.getManagementService().executeJob(next.get().getId());
      } catch (RuntimeException counted) {
        // the engine has taken one of the job's retries
        if (engine.getManagementService().createJobQuery().jobId(next.get().getId()).count() == 0) {
          throw counted;
        }
      }
    }
    throw new IllegalStateException("the process does not come to rest");
  }

  private Stream<Job> ready() {
    return engine
        .getManagementService()
        .createJobQuery()
        .messages()
        .withRetriesLeft()
        .active()
        .list()
        .stream();
  }

  /** The one timer at an element. */
  public Job timer(String activity) {
    return Objects.requireNonNull(
        engine.getManagementService().createJobQuery().timers().activityId(activity).singleResult(),
        () -> "no timer waits at " + activity);
  }

  /** Moves the clock right behind the moment of the one timer at an element and lets it fire. */
  public void fire(String activity) {
    fireTimer(activity);
    runJobs();
  }

  /** Like {@link #fire}, but jobs that fail are tried until they are incidents. */
  public void fireUntilIncident(String activity) {
    fireTimer(activity);
    runJobsUntilIncident();
  }

  private void fireTimer(String activity) {
    var timer = timer(activity);
    ClockUtil.setCurrentTime(Date.from(timer.getDuedate().toInstant().plusSeconds(1)));
    engine.getManagementService().executeJob(timer.getId());
  }

  /** The elements with an incident of their own. */
  public List<String> incidents() {
    return engine.getRuntimeService().createIncidentQuery().list().stream()
        .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
        .map(incident -> incident.getActivityId())
        .toList();
  }

  /** What an operator does after the cause is repaired. */
  public void retry() {
    engine.getManagementService().createJobQuery().noRetriesLeft().list().stream()
        .map(Job::getId)
        .forEach(job -> engine.getManagementService().setJobRetries(job, 1));
    runJobs();
  }

  /** The one open task. */
  public Task task() {
    return Objects.requireNonNull(
        engine.getTaskService().createTaskQuery().singleResult(), "no task is open");
  }

  /** Whether a task is open. */
  public boolean hasTask() {
    return engine.getTaskService().createTaskQuery().count() > 0;
  }

  /** The variables of an instance. */
  public Map<String, Object> variables(ProcessInstance instance) {
    return engine.getRuntimeService().getVariables(instance.getId());
  }

  /** Ends everything and gives the clock back. */
  public void cleanUp() {
    ClockUtil.reset();
    for (var instance :
        engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list()) {
      try {
        engine.getRuntimeService().deleteProcessInstance(instance.getId(), "test ended");
      } catch (ProcessEngineException failure) {
        throw new IllegalStateException("cannot clean up " + instance.getBusinessKey(), failure);
      }
    }
  }
}
