package io.failoverlab.experiment;

import io.failoverlab.ec2.NotRunning;
import io.failoverlab.fault.Fault;
import io.failoverlab.fis.Plan;
import io.failoverlab.fis.Plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks before the load whether what an experiment is to do can be done: a kernel may lack what a fault takes. */
final class Sites {
    /** Looks at one place, and does nothing. */
    interface Look {
        /** @return what a fault would hit there */
        List<String> at(Fault fault, String where);
    }

    private Sites() {}

    /** @throws IllegalArgumentException with a line for each fault that cannot strike */
    static void require(List<Experiment.Injection> injections, Optional<Plan> fis, Look look) {
        List<String> problems = new ArrayList<>();
        injections.forEach(it -> add(it.fault(), it.where(), look, problems));
        fis.ifPresent(plan -> plan.actions().forEach(action -> {
            if (action.work() instanceof Work.Inject inject) {
                inject.where().forEach(where -> add(inject.fault(), where, look, problems));
            }
        }));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private static void add(Fault fault, String where, Look look, List<String> problems) {
        try {
            look.at(fault, where);
        } catch (NotRunning | IllegalArgumentException impossible) {
            problems.add(fault.name() + " of " + where + ": " + impossible.getMessage());
        }
    }
}
