package org.balsam.kernel;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf and as part of what the current thread works, so that effects deep below know
 * whom to record. Set at the edges only: the HTTP filter, the engine's job, the command line.
 *
 * @param project the project's slug, where known
 * @param subject the round, dataset version or other thing that the call is about, where known
 * @param processInstance the engine's process instance, inside a process
 * @param activity the BPMN element, inside a process
 * @param correlation joins everything that one request caused
 * @param source the network address that the request came from
 */
public record CallContext(
    Actor actor,
    @Nullable String project,
    @Nullable String subject,
    @Nullable String processInstance,
    @Nullable String activity,
    @Nullable String correlation,
    @Nullable String source) {

  private static final CallContext NONE =
      new CallContext(Actor.BALSAM, null, null, null, null, null, null);
  private static final ThreadLocal<CallContext> CURRENT = ThreadLocal.withInitial(() -> NONE);

  /** The context of this thread; Balsam itself when nobody set one. */
  public static CallContext current() {
    return CURRENT.get();
  }

  /** A context in which only the actor is known. */
  public static CallContext of(Actor actor) {
    return new CallContext(actor, null, null, null, null, null, null);
  }

  /** The same context about another subject. */
  public CallContext about(String project, String subject) {
    return new CallContext(actor, project, subject, processInstance, activity, correlation, source);
  }

  /** Runs {@code work} in this context and restores the former one, whatever happens. */
  public <T> T call(Supplier<T> work) {
    var before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Like {@link #call} for work that throws checked exceptions. */
  public <T> T callChecked(Callable<T> work) throws Exception {
    var before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.call();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Like {@link #call} for work without a result. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }
}
