package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BalsamTest {

  @Autowired TestRestTemplate http;

  @Test
  void startsHealthy() {
    assertThat(http.getForObject("/actuator/health", String.class)).contains("UP");
  }
}
