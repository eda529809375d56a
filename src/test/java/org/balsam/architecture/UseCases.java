package org.balsam.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What a use case is, and how a delegate finds it. */
final class UseCases {

  private UseCases() {}

  static ArchRule doOneThing(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".usecase..")
        .and(describe("have a public handle", UseCases::isUseCase))
        .should(
            new ArchCondition<>("have handle(Command) as their only public method") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                var methods = publicMethods(type);
                if (methods.size() != 1 || !takesItsCommand(methods.get(0))) {
                  events.add(violated(type, type.getName() + " offers " + methods));
                }
              }
            });
  }

  static ArchRule areCalledByTheirDelegate(String root) {
    return classes()
        .that()
        .areAssignableTo(JavaDelegate.class)
        .and()
        .doNotHaveModifier(ABSTRACT)
        .and()
        .resideInAPackage(root + ".process..")
        .should(
            new ArchCondition<>("call the use case of their name and no other") {
              @Override
              public void check(JavaClass delegate, ConditionEvents events) {
                var called =
                    delegate.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getName().equals("handle"))
                        .map(call -> call.getTargetOwner())
                        .filter(type -> type.getPackageName().startsWith(root + ".usecase."))
                        .map(JavaClass::getSimpleName)
                        .distinct()
                        .toList();
                var expected = delegate.getSimpleName().replaceFirst("Delegate$", "");
                if (!called.equals(List.of(expected))) {
                  events.add(violated(delegate, delegate.getName() + " calls " + called));
                }
              }
            });
  }

  private static boolean isUseCase(JavaClass type) {
    return publicMethods(type).stream().anyMatch(method -> method.getName().equals("handle"));
  }

  private static boolean takesItsCommand(JavaMethod method) {
    var parameters = method.getRawParameterTypes();
    return parameters.size() == 1
        && parameters.get(0).getName().equals(method.getOwner().getName() + "$Command");
  }

  private static List<JavaMethod> publicMethods(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(PUBLIC))
        .filter(method -> !method.getModifiers().contains(SYNTHETIC))
        .toList();
  }
}
