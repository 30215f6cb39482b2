package io.drey.engine.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Relational;

/**
 * The number of a checkpoint in its store: equal values belong together, in whatever events they
 * are.
 */
@MetadataDefinition
@Relational
@Label("Checkpoint")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface CheckpointNumber {}
