package org.balsam.api;

import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
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
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
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
    registry.addInterceptor(new QueryGuard()).addPathPatterns("/api/**", "/launch/**");
  }

  /** Bodies are looked through as JSON; YAML and others would pass unseen. */
  @Override
  public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
    converters.removeIf(
        converter ->
            converter instanceof AbstractJackson2HttpMessageConverter
                && !(converter instanceof MappingJackson2HttpMessageConverter));
  }

  /** Threads of those who follow the trail; {@link FollowerPlaces} limits how many there are. */
  @Override
  public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
    var threads = new SimpleAsyncTaskExecutor("follower-");
    threads.setDaemon(true);
    configurer.setTaskExecutor(threads);
    configurer.setDefaultTimeout(2_000L * TrailStreamController.MOST_SECONDS);
  }

  /** Neither is a number taken for a text, nor for a number of days since 1970. */
  @Bean
  Jackson2ObjectMapperBuilderCustomizer whatIsNotInQuotesIsNoText() {
    return builder ->
        builder.postConfigurer(
            mapper -> {
              for (var type : List.of(LogicalType.Textual, LogicalType.DateTime)) {
                var given = mapper.coercionConfigFor(type);
                given.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                given.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                given.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              }
            });
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
