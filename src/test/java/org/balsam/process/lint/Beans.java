package org.balsam.process.lint;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The process layer's classes, by the names that models know them by. */
final class Beans {

  private static final Map<String, Class<?>> COMPONENTS = components();
  private static final Map<String, Class<?>> VARIABLES = variables();

  private Beans() {}

  /** The component with a bean name. */
  static Optional<Class<?>> find(String name) {
    return Optional.ofNullable(COMPONENTS.get(name));
  }

  /** The variables' class of a process, or the one that it shares: projectClosure, project. */
  static Optional<Class<?>> variablesOf(String process) {
    var name = StringUtils.capitalize(process);
    while (!name.isEmpty() && !VARIABLES.containsKey(name + "Variables")) {
      name = name.replaceFirst(".[a-z0-9]*$", "");
    }
    return Optional.ofNullable(VARIABLES.get(name + "Variables"));
  }

  private static Map<String, Class<?>> components() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Component.class));
    return scanner.findCandidateComponents("org.balsam.process").stream()
        .map(Beans::load)
        .collect(
            Collectors.toMap(
                type -> StringUtils.uncapitalize(type.getSimpleName()), type -> type, (a, b) -> a));
  }

  private static Map<String, Class<?>> variables() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(
        new RegexPatternTypeFilter(java.util.regex.Pattern.compile(".*Variables")));
    return scanner.findCandidateComponents("org.balsam.process").stream()
        .map(Beans::load)
        .collect(Collectors.toMap(Class::getSimpleName, type -> type));
  }

  private static Class<?> load(BeanDefinition definition) {
    try {
      return Class.forName(definition.getBeanClassName(), false, Beans.class.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
