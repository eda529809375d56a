package org.balsam.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Rules on single classes and packages. */
final class Names {

  private static final List<String> EMPTY_WORDS =
      List.of("Impl", "Util", "Utils", "Helper", "Manager");

  private Names() {}

  static DescribedPredicate<JavaClass> areNotPrograms() {
    return describe(
        "are not programs of their own",
        type -> type.tryGetMethod("main", String[].class).isEmpty());
  }

  static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package with @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(violated(type, type.getName() + " is in a package without @NullMarked"));
        }
      }
    };
  }

  /** A subclass of a library's class may keep the library's word. */
  static ArchCondition<JavaClass> sayWhatTheClassDoes() {
    return new ArchCondition<>("not end with one of " + EMPTY_WORDS) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        EMPTY_WORDS.stream()
            .filter(word -> type.getSimpleName().endsWith(word))
            .filter(word -> !type.getRawSuperclass().orElseThrow().getSimpleName().endsWith(word))
            .forEach(word -> events.add(violated(type, type.getName() + " ends with " + word)));
      }
    };
  }
}
