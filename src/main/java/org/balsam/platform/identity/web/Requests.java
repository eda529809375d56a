package org.balsam.platform.identity.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.balsam.kernel.CallContext;

/** Runs the rest of a request in a call context. */
final class Requests {

  private Requests() {}

  /** What is left of a request. */
  interface Rest {
    void run() throws ServletException, IOException;
  }

  static void in(CallContext context, Rest rest) throws ServletException, IOException {
    try {
      context.callChecked(
          () -> {
            rest.run();
            return null;
          });
    } catch (ServletException | IOException | RuntimeException expected) {
      throw expected;
    } catch (Exception impossible) {
      throw new ServletException(impossible);
    }
  }
}
