package org.balsam.api;

import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.TrainingId;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.model.TrainingState;
import org.balsam.usecase.round.RoundState;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the API reads requests. */
@Configuration
class ApiConfiguration implements WebMvcConfigurer {

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, ProjectId.class, ProjectId::new);
    registry.addConverter(String.class, Period.class, Period::parse);
    registry.addConverter(String.class, Layer.class, Layer::parse);
    registry.addConverter(String.class, RoundId.class, RoundId::parse);
    registry.addConverter(String.class, TrainingId.class, TrainingId::parse);
    registry.addConverter(String.class, ModelName.class, ModelName::new);
    registry.addConverter(String.class, TrainingState.class, TrainingState::parse);
    registry.addConverter(String.class, RoundState.class, RoundState::parse);
    registry.addConverter(String.class, JobId.class, JobId::new);
    registry.addConverter(String.class, ExplorationId.class, ExplorationId::new);
    registry.addConverter(String.class, ModelName.class, ModelName::new);
    registry.addConverter(String.class, RollbackId.class, RollbackId::parse);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new QueryGuard()).addPathPatterns("/api/**");
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(ApiProperties properties) {
    var registration = new FilterRegistrationBean<>(new BodyLimitFilter(properties));
    registration.addUrlPatterns("/api/*");
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheWebServer() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
  }
}
