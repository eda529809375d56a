package org.balsam.process.engine;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** What an engine command is about; the engine keeps it in fields without getters. */
final class CommandFields {

  private static final Map<String, Optional<Field>> KNOWN = new ConcurrentHashMap<>();

  private CommandFields() {}

  /**
   * The value of a field.
   *
   * @throws IllegalStateException if the command has no such field: another engine version
   */
  static @Nullable Object read(Command<?> command, String name) {
    return ReflectionUtils.getField(
        field(command, name)
            .orElseThrow(
                () -> new IllegalStateException(command.getClass() + " has no field " + name)),
        command);
  }

  static @Nullable String text(Command<?> command, String name) {
    return (String) read(command, name);
  }

  private static boolean has(Command<?> command, String name) {
    return field(command, name).isPresent();
  }

  /** The text in a field; null where it is empty or the command has no such field. */
  static @Nullable String optional(Command<?> command, String name) {
    return has(command, name) ? text(command, name) : null;
  }

  /** Whatever is in a field; null where it is empty or the command has no such field. */
  static @Nullable Object optionalValue(Command<?> command, String name) {
    return has(command, name) ? read(command, name) : null;
  }

  private static Optional<Field> field(Command<?> command, String name) {
    return KNOWN.computeIfAbsent(
        command.getClass().getName() + "#" + name, key -> find(command.getClass(), name));
  }

  private static Optional<Field> find(Class<?> type, String name) {
    var field = ReflectionUtils.findField(type, name);
    if (field != null) {
      ReflectionUtils.makeAccessible(field);
    }
    return Optional.ofNullable(field);
  }
}
