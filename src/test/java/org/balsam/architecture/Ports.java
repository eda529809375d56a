package org.balsam.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Locale;

/** What a port is, and how the classes around it are named and published. */
final class Ports {

  private Ports() {}

  /**
   * Public interfaces directly in a package of the platform; all packages unless some are named.
   */
  static DescribedPredicate<JavaClass> in(String platform, String... packages) {
    return describe(
        "ports",
        type -> {
          var rest = type.getPackageName().replace(platform, "");
          return type.isInterface()
              && !type.isAnnotation()
              && type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
              && type.isTopLevelClass()
              && type.getPackageName().startsWith(platform)
              && !rest.contains(".")
              && (packages.length == 0 || List.of(packages).contains(rest));
        });
  }

  static ArchRule adaptersAreNamedByVendor(String root) {
    return classes()
        .that()
        .areNotInterfaces()
        .and()
        .resideInAPackage(root + ".platform..")
        .should(
            new ArchCondition<>(
                "be called Audited<Port> beside their port, <Vendor><Port> in the vendor's package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getAllRawInterfaces().stream()
                    .filter(in(root + ".platform."))
                    .filter(port -> !type.isAnonymousClass() && !rightlyNamed(type, port))
                    .forEach(port -> events.add(violated(type, misnamed(type, port))));
              }
            });
  }

  private static boolean rightlyNamed(JavaClass type, JavaClass port) {
    if (type.getPackageName().equals(port.getPackageName())) {
      return type.getSimpleName().equals("Audited" + port.getSimpleName());
    }
    var name = type.getPackageName();
    var vendor = name.substring(name.lastIndexOf('.') + 1);
    return type.getSimpleName().endsWith(port.getSimpleName())
        && type.getSimpleName()
            .toLowerCase(Locale.ROOT)
            .equals(vendor + port.getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static String misnamed(JavaClass type, JavaClass port) {
    return type.getName() + " implements " + port.getSimpleName() + " but is not called after it";
  }

  static ArchCondition<JavaMethod> beMadeByAnAuditedDecorator() {
    return new ArchCondition<>("be made by an audited decorator") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        var decorator = "Audited" + method.getRawReturnType().getSimpleName();
        if (method.getConstructorCallsFromSelf().stream()
            .noneMatch(call -> call.getTargetOwner().getSimpleName().equals(decorator))) {
          events.add(violated(method, method.getFullName() + " does not make a " + decorator));
        }
      }
    };
  }
}
