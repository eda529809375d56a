package org.balsam.cli.demo;

import java.util.Optional;
import org.balsam.kernel.BalsamHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Fills demo mode and ends the start-up log with where to go next. */
@Component
class Welcome {

  private static final Logger LOG = LoggerFactory.getLogger("org.balsam.Balsam");

  private final Optional<DemoSeed> seed;
  private final BalsamHome home;
  private volatile boolean closing;
  private String base = "";

  Welcome(Optional<DemoSeed> seed, BalsamHome home) {
    this.seed = seed;
    this.home = home;
  }

  @EventListener
  void listening(WebServerInitializedEvent event) {
    base =
        "http://localhost:"
            + event.getWebServer().getPort()
            + event
                .getApplicationContext()
                .getEnvironment()
                .getProperty("server.servlet.context-path", "");
  }

  @EventListener(ContextClosedEvent.class)
  void closing() {
    closing = true;
  }

  /** In a thread of its own: filling needs the engine's jobs, which begin after this event. */
  @EventListener(ApplicationReadyEvent.class)
  void welcome() {
    var thread = new Thread(this::fillAndExplain, "welcome");
    thread.setDaemon(true);
    thread.start();
  }

  private void fillAndExplain() {
    boolean waits;
    try {
      waits = seed.map(DemoSeed::fill).orElse(false);
    } catch (RuntimeException failure) {
      if (closing) {
        LOG.info("Balsam was stopped before demo mode was filled; the next start goes on with it");
        return;
      }
      LOG.error("demo mode could not be filled; the server goes on without it", failure);
      return;
    }
    LOG.info("Balsam is ready on {}, its state is in {}", base, home.home());
    LOG.info("  Console   {}/", base);
    LOG.info("  Tasklist  {}/camunda/app/tasklist", base);
    LOG.info("  API       {}/swagger-ui.html", base);
    seed.ifPresent(demo -> explainDemo(waits));
  }

  private static void explainDemo(boolean waits) {
    LOG.info("Demo mode: public passwords, so it listens on this machine only.");
    LOG.info(
        "  Users     {}, {}; the password of each is '{}'",
        DemoPeople.ADMINISTRATOR,
        String.join(", ", DemoPeople.roles().keySet()),
        DemoPeople.PASSWORD);
    if (waits) {
      LOG.info(
          "Next: open the console, sign in as '{}', open 'Confirm inputs' of the first round",
          DemoPeople.OWNER);
    }
  }
}
