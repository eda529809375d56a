package org.balsam.process.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Sign-in and engine on a real port and a real PostgreSQL, with the models of these tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = EngineApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "balsam.processes.location=src/test/resources/engine-models",
      "camunda.bpm.job-execution.wait-time-in-millis=500"
    })
@Import({EngineFixture.class, ContextProbeDelegate.class})
@interface EngineTest {}
