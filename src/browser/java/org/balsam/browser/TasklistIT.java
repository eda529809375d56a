package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first tasks of the README, in Tasklist in a real browser: a newcomer confirms the inputs by
 * clicks, then a reviewer reads the results and answers with the keys.
 */
class TasklistIT {

  private static final double PATIENCE_MILLIS = 180_000;
  private static final String ROUND = "emp-industry-2008-q4-r0";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeAll
  static void needsChromium() {
    Chromium.isNeeded(PATIENCE_MILLIS);
  }

  @Test
  void aNewcomerConfirmsInputsAndAReviewerApproves() {
    try (var server = new ChildServer(folder);
        var playwright = Chromium.playwright();
        var browser = Chromium.launch(playwright)) {
      server.start(List.of());
      var rounds = new RoundClient(new Api(server.base()));
      RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_confirmInputs"));
      confirmByClicks(new TasklistPage(browser, server.base(), PATIENCE_MILLIS));
      RoundClient.await(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
      approveByKeys(new TasklistPage(browser, server.base(), PATIENCE_MILLIS));
      RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_approveRelease"));
    }
  }

  private static void confirmByClicks(TasklistPage tasklist) {
    tasklist.slowly();
    tasklist.signIn("owner");
    tasklist.open("Confirm inputs · " + ROUND);
    tasklist.button("Claim").click();
    assertThat(tasklist.page().getByLabel("Changes against the previous round"))
        .hasValue(Pattern.compile("2 new .*33 unchanged", Pattern.DOTALL));
    tasklist.button("Complete").click();
    assertThat(tasklist.page().getByText("Field is required.").first()).isVisible();
    tasklist.page().getByLabel("Wait for more data").check();
    tasklist.button("Complete").click();
    assertThat(tasklist.messages()).containsText("The task is not completed");
    assertThat(tasklist.messages()).containsText("a reason is needed for 'Wait for more data");
    tasklist.page().getByLabel("Confirm: produce the figures").check();
    tasklist.button("Complete").click();
    assertThat(tasklist.page().getByText("There is no task here now.")).isVisible();
  }

  private static void approveByKeys(TasklistPage tasklist) {
    tasklist.signIn("quality");
    tasklist.open("Review results · " + ROUND);
    assertThat(tasklist.page().getByText("May these results be published?")).isVisible();
    Assertions.assertThat(tasklist.unlabelledFields()).isZero();
    var table = tasklist.page().getByText("out/employment/employment.csv");
    var file = tasklist.page().request().get(tasklist.address(table.getAttribute("href")));
    Assertions.assertThat(file.status()).isEqualTo(200);
    Assertions.assertThat(file.text()).contains("2008-Q4,nonfarm");
    tasklist.button("Claim").click();
    assertThat(tasklist.button("Complete")).isEnabled();
    tasklist.narrow();
    Assertions.assertThat(tasklist.overflow()).isLessThanOrEqualTo(0);
    tasklist.chooseByKey("Approve the results");
    assertThat(tasklist.page().getByText("There is no task here now.")).isVisible();
  }
}
