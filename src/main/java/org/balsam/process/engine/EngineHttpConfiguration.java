package org.balsam.process.engine;

import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The filters before the engine's routes; all after sign-in, which Spring Security does. */
@Configuration
class EngineHttpConfiguration {

  EngineHttpConfiguration() {
    QuietHangUps.install(LoggerFactory.getILoggerFactory());
  }

  private static final int AFTER_SIGN_IN = SecurityProperties.DEFAULT_FILTER_ORDER;

  @Bean
  FilterRegistrationBean<ExpressionKeysFilter> expressionKeysFilter() {
    var registration = new FilterRegistrationBean<>(new ExpressionKeysFilter());
    registration.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
    registration.setOrder(AFTER_SIGN_IN + 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<WebappSignOn> webappSignOn(PersonalFilters filters) {
    var registration = new FilterRegistrationBean<>(new WebappSignOn(filters));
    registration.addUrlPatterns("/camunda/api/*", "/camunda/app/*");
    registration.setOrder(AFTER_SIGN_IN + 2);
    return registration;
  }

  @Bean
  FilterRegistrationBean<EnginePersonFilter> enginePersonFilter(EngineAccess engine) {
    var registration = new FilterRegistrationBean<>(new EnginePersonFilter(engine));
    registration.addUrlPatterns("/engine-rest/*", "/api/*", "/camunda/api/*");
    registration.setOrder(AFTER_SIGN_IN + 3);
    return registration;
  }

  @Bean
  FilterRegistrationBean<WebappCaching> webappCaching() {
    var registration = new FilterRegistrationBean<>(new WebappCaching());
    registration.addUrlPatterns("/camunda/lib/*", "/camunda/assets/*", "/camunda/app/*");
    registration.setOrder(AFTER_SIGN_IN + 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<TasklistTexts> tasklistTexts() {
    var registration = new FilterRegistrationBean<>(new TasklistTexts());
    registration.addUrlPatterns(TasklistTexts.PATH);
    registration.setOrder(AFTER_SIGN_IN + 2);
    return registration;
  }
}
