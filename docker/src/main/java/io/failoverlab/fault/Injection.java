package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import java.util.List;
import java.util.function.Supplier;

/**
 * A fault that was found possible. Nothing was done yet, so that its undo can be written down first.
 *
 * @param where in words, such as {@code web-1a} or {@code zone ap-northeast-1a}
 * @param undo one for each instance that it will hit
 * @param act injects it, and waits until it is seen to have taken effect, or to have not
 */
public record Injection(String where, List<Undo> undo, Supplier<Effect> act) {
    public Injection {
        undo = List.copyOf(undo);
    }

    static Injection of(Ec2Instance instance, Undo undo, Supplier<Effect> act) {
        return new Injection(instance.name(), List.of(undo), act);
    }
}
