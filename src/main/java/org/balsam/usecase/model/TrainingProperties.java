package org.balsam.usecase.model;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Trainings of models.
 *
 * @param openPerProject how many trainings of a project may be open before another one needs
 *     somebody's approval of its resources
 * @param evidenceRetention how long the evidence of a promotion cannot be deleted
 */
@ConfigurationProperties("balsam.training")
record TrainingProperties(
    @DefaultValue("4") int openPerProject, @DefaultValue("P10Y") Period evidenceRetention) {}
