package org.balsam.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers in the same form what the web server refuses before any filter sees it, for example an
 * encoded slash in the address.
 */
final class ProblemReportValve extends ErrorReportValve {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    var status = HttpStatus.resolve(response.getStatus());
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("UTF-8");
      var reporter = response.getReporter();
      if (reporter != null) {
        reporter.write(JSON.writeValueAsString(ProblemErrorController.fields(status)));
        response.finishResponse();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException("the client did not take the answer", gone);
    }
  }
}
