package org.balsam.process.engine;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.balsam.process.engine.EngineFixture.Cast;
import org.balsam.testing.Browser;
import org.jspecify.annotations.Nullable;

/** A client as programs and browsers are: with a password, or with a session and its tokens. */
final class Http extends Browser {

  private final @Nullable String person;

  private Http(int port, @Nullable String person) {
    super(URI.create("http://127.0.0.1:" + port));
    this.person = person;
  }

  static Http anonymous(int port) {
    return new Http(port, null);
  }

  static Http basic(int port, String person) {
    return new Http(port, person);
  }

  /** Signs in on the page and opens Tasklist. */
  static Http browser(int port, String person) throws Exception {
    var http = new Http(port, null);
    http.signIn(person, Cast.password(person));
    http.get("/camunda/app/tasklist/default/");
    return http;
  }

  @Override
  public HttpRequest.Builder request(String path) {
    var request = super.request(path);
    if (person != null) {
      var pair = (person + ":" + Cast.password(person)).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return request;
  }
}
