package io.failoverlab.elb;

/** In which way an instance is gone; decides what becomes of a request that it has got and that may not be repeated. */
enum Absence {
    /** It never answers: the request fails now, rather than after the idle time-out. */
    DEAD,
    /** It may go on and answer: the request is left with it until the idle time-out, as by an Application Load Balancer. */
    FROZEN
}
