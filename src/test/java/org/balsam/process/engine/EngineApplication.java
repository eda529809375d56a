package org.balsam.process.engine;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The parts of the application that stand between a person and the engine. No stereotype: tests of
 * the whole application must not find it.
 */
@EnableAutoConfiguration
@ConfigurationPropertiesScan("org.balsam")
@ComponentScan(
    basePackages = {
      "org.balsam.kernel",
      "org.balsam.platform.database",
      "org.balsam.platform.identity",
      "org.balsam.process.engine"
    },
    excludeFilters =
        @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
class EngineApplication {}
