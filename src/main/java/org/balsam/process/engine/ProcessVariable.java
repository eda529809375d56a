package org.balsam.process.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a process model: its name as the model writes it, and the type of its value.
 *
 * @param type String, Long, Boolean or Date
 */
public record ProcessVariable<T>(String name, Class<T> type) {

  /** A variable of text, an id, or a decision. */
  public static ProcessVariable<String> text(String name) {
    return new ProcessVariable<>(name, String.class);
  }

  /** The value; empty when it is not set or null. */
  public Optional<T> find(VariableScope scope) {
    return Optional.ofNullable(type.cast(scope.getVariable(name)));
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when it is not set
   */
  public T get(VariableScope scope) {
    return find(scope)
        .orElseThrow(
            () -> new IllegalStateException("the process variable '" + name + "' is not set"));
  }

  /** Sets the value for the whole instance. */
  public void set(VariableScope scope, @Nullable T value) {
    scope.setVariable(name, value);
  }

  /** Sets the value in this scope only. */
  public void setLocal(VariableScope scope, @Nullable T value) {
    scope.setVariableLocal(name, value);
  }

  /** Removes the variable. */
  public void remove(VariableScope scope) {
    scope.removeVariable(name);
  }
}
