package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.ContainerSpec.Mount;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {
    private static final Topology TWO = TopologyFile.named("two-web-one-db");
    private static final StackImages SHOP = new StackImages("web:1", "lb:2", "db:3");
    private static final Path SCRIPTS = Path.of("/lab/docker/images");

    private static ContainerPlan plan(StackImages images) {
        return new ContainerPlan(
                TWO,
                images,
                Identities.random(TWO, new SecureRandom()),
                Path.of("/run/lab"),
                new DbEndpoint("db-1", "ap-northeast-1", Path.of("/run/lab")),
                Optional.empty());
    }

    private static Application application(Optional<String> image, Optional<String> jar) {
        return new Application(image, jar, 9090, Map.of(), List.of("serve", "--now"), List.of("/var/run"), false);
    }

    @Test
    void anApplicationOfOnesOwnIsStartedAsAnInstanceByItsOwnCommand() {
        ContainerPlan plan = plan(SHOP.with(application(Optional.of("mine:1"), Optional.empty()), SCRIPTS));
        Instance web = TWO.web().getFirst();

        ContainerSpec spec = plan.web(web, 1);

        assertThat(spec.image()).isEqualTo("mine:1");
        assertThat(spec.entrypoint()).containsExactly("sh", "/run/failover-lab/application");
        assertThat(spec.command()).containsExactly("serve", "--now");
        assertThat(spec.tmpfs()).containsExactly("/tmp", "/var/run");
        assertThat(spec.mounts())
                .contains(
                        new Mount(SCRIPTS.resolve("application"), "/run/failover-lab/application"),
                        new Mount(SCRIPTS.resolve("instance"), "/run/failover-lab/instance"));
        assertThat(spec.environment())
                .containsEntry("MYSQL_HOST", "db-1.ap-northeast-1.rds.lab")
                .doesNotContainKey("SHOP_PORT")
                .noneSatisfy((name, value) -> assertThat(name).isIn("MYSQL_PASSWORD", "SPRING_DATASOURCE_PASSWORD"));
        assertThat(plan.webPort()).isEqualTo(9090);
        assertThat(plan.applicationsTellIdentity()).isFalse();
    }

    @Test
    void aPreparedOneWaitsUntilItIsLaunched() {
        ContainerPlan plan = plan(SHOP.with(application(Optional.of("mine:1"), Optional.empty()), SCRIPTS));

        assertThat(plan.prepared(TWO.web().getFirst(), 1).environment()).containsKey("INSTANCE_LAUNCHED_FILE");
    }

    @Test
    void aJarRunsOnTheShopsRuntime() {
        ContainerPlan plan = plan(SHOP.with(application(Optional.empty(), Optional.of("/home/me/mine.jar")), SCRIPTS));

        ContainerSpec spec = plan.web(TWO.web().getFirst(), 1);

        assertThat(spec.image()).isEqualTo("web:1");
        assertThat(spec.mounts())
                .contains(new Mount(Path.of("/home/me/mine.jar"), "/run/failover-lab/application.jar"));
    }

    @Test
    void theShopIsStartedAsItsImageSays() {
        ContainerPlan plan = plan(SHOP);

        ContainerSpec spec = plan.web(TWO.web().getFirst(), 1);

        assertThat(spec.image()).isEqualTo("web:1");
        assertThat(spec.entrypoint()).isEmpty();
        assertThat(spec.environment()).containsEntry("SHOP_PORT", "8080").doesNotContainKey("MYSQL_HOST");
        assertThat(plan.webPort()).isEqualTo(8080);
        assertThat(plan.applicationsTellIdentity()).isTrue();
    }
}
