package io.failoverlab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stack of a test class: on the class, with the name of a pattern or the path of a topology's file; or on a static method
 * of it without parameters that gives a {@link io.failoverlab.topology.Topology}. Without it the stack is {@code
 * two-web-one-db}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface LabTopology {
    /** A pattern's name or a file's path; left out on a method. */
    String value() default "";
}
