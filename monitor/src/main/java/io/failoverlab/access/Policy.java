package io.failoverlab.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides as IAM does (User Guide, "Policy evaluation logic"): a statement that denies wins, else one that allows is needed.
 * A policy without statements allows nothing.
 */
public final class Policy {
    private static final String BUILT_IN = "/access/policy.json";

    private final List<Statement> statements;

    Policy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /** What the three roles may do unless a policy of the user's says more. */
    public static Policy builtIn() {
        try (InputStream in = Policy.class.getResourceAsStream(BUILT_IN)) {
            return PolicyDocument.read("the built-in policy", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(BUILT_IN + " cannot be read from the class path", e);
        }
    }

    /** The statements of both. */
    public Policy and(Policy other) {
        return new Policy(
                Stream.concat(statements.stream(), other.statements.stream()).toList());
    }

    /**
     * Decides.
     *
     * @param action such as {@code ec2:StopInstances}
     * @param resource such as {@code instance/web-1a}; {@code *} if there is none to name
     */
    public Decision decide(Role role, String action, String resource) {
        List<Statement> concerned = statements.stream()
                .filter(statement -> statement.concerns(role, action, resource))
                .toList();
        return concerned.stream()
                .filter(statement -> statement.effect() == Statement.Effect.DENY)
                .findFirst()
                .map(denying -> denied(role, action, resource, denying.title() + " denies it"))
                .orElseGet(() -> concerned.isEmpty()
                        ? denied(role, action, resource, "no statement allows it")
                        : new Decision.Allowed());
    }

    private static Decision denied(Role role, String action, String resource, String because) {
        return new Decision.Denied("The role " + role.word() + " is not authorized to perform " + action
                + (resource.equals("*") ? "" : " on " + resource) + ", because " + because + ".");
    }
}
