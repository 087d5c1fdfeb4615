package io.failoverlab.junit;

import io.failoverlab.topology.Topology;

/** Brings stacks up; of containers, but for tests of the extension itself. */
interface StackMaker {
    Stack up(Topology topology);
}
