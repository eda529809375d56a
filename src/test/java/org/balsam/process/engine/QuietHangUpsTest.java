package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;

class QuietHangUpsTest {

  @Test
  void onlyBrowsersThatWentAwayAreLeftOut() {
    var context = new LoggerContext();
    QuietHangUps.install(context);
    QuietHangUps.install(context);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var logger = context.getLogger("org.glassfish.jersey");
    logger.addAppender(lines);
    var gone = new ClientAbortException(new IOException("Broken pipe"));
    logger.error("while writing", new UncheckedIOException(gone));
    logger.error("while writing", new IOException("No space left on device"));
    logger.error("without a cause");
    assertThat(context.getTurboFilterList()).hasSize(1);
    assertThat(lines.list).hasSize(2);
  }
}
