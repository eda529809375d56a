package org.balsam.kernel;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose installation this is and what for; names of buckets and namespaces begin with it.
 *
 * @param organisation 2 to 10 lower-case letters and digits, a letter first
 * @param environment {@code prd}, {@code tst}, {@code dev} or {@code lab}
 */
@ConfigurationProperties("balsam")
public record Installation(
    @DefaultValue("nsi") String organisation, @DefaultValue("dev") String environment) {

  private static final Pattern ORGANISATION = Grammar.anchored("[a-z][a-z0-9]{1,9}");
  private static final Pattern ENVIRONMENT = Grammar.anchored("(?:prd|tst|dev|lab)");

  public Installation {
    Grammar.check(
        ORGANISATION,
        "balsam.organisation",
        organisation,
        "2 to 10 lower-case letters and digits, a letter first, for example nsi");
    Grammar.check(ENVIRONMENT, "balsam.environment", environment, "prd, tst, dev, lab");
  }
}
