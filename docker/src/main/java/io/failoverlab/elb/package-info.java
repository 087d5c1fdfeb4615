/**
 * The load balancer: nginx carries the requests, our controller keeps the target group's health and tells nginx whom to
 * serve. Start at {@link io.failoverlab.elb.TargetGroup} for the decisions and at
 * {@link io.failoverlab.elb.LoadBalancerController} for who carries them out.
 */
package io.failoverlab.elb;
