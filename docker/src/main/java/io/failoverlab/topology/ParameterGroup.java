package io.failoverlab.topology;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A DB parameter group: settings of the server by name, over those of the instance class. Which names and values there are
 * is for MySQL to say; here only what no group of RDS may change is refused.
 *
 * @param family such as {@code mysql9.7}; empty for that of the engine there is
 * @param parameters value by name; values may be formulas over the memory of the class
 */
public record ParameterGroup(String name, Optional<String> family, SortedMap<String, String> parameters) {
    static final String FAMILY_FORM = "a family of MySQL, such as mysql8.4 or mysql9.7,";

    /** The group that a database has when none is named. */
    public static final ParameterGroup DEFAULT = new ParameterGroup("default", Optional.empty(), new TreeMap<>());

    private static final Pattern FAMILY = Pattern.compile("mysql[0-9]{1,2}\\.[0-9]{1,2}");
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)?");

    /** What keeps the server reachable, recoverable and the lab's own. RDS does not let them be modified either. */
    private static final Pattern NOT_MODIFIABLE = Pattern.compile(
            "datadir|basedir|tmpdir|plugin_.*|socket|port|pid_file|bind_address|skip_.*|mysqlx.*|admin_.*|init_file"
                    + "|secure_file_priv|log_error.*|log_bin|log_bin_.*|binlog_format|gtid_mode|enforce_gtid_consistency"
                    + "|server_id|server_uuid|read_only|super_read_only|offline_mode|relay_log.*|log_replica_updates"
                    + "|replica_.*|rpl_.*|persist.*|lc_messages_dir|character_sets_dir|performance_schema.*");

    public ParameterGroup {
        Names.require(name);
        family.ifPresent(ParameterGroup::requireFamily);
        parameters.forEach(ParameterGroup::requireParameter);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    static String requireFamily(String family) {
        if (!FAMILY.matcher(family).matches()) {
            throw new IllegalArgumentException("expected " + FAMILY_FORM + " found " + family);
        }
        return family;
    }

    /**
     * Checks what can be checked without a server.
     *
     * @throws IllegalArgumentException if no group may set that parameter, or the value is not one line
     */
    public static void requireParameter(String name, String value) {
        if (!PARAMETER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of a parameter, such as max_connections, found '" + name + "'");
        }
        if (NOT_MODIFIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a parameter that can be modified, found " + name + ", which RDS keeps to itself");
        }
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl) || value.contains("#")) {
            throw new IllegalArgumentException(
                    "expected one line without # as the value of " + name + ", found '" + value + "'");
        }
    }

    /** The same group with one parameter set. */
    public ParameterGroup with(String parameter, String value) {
        SortedMap<String, String> changed = new TreeMap<>(parameters);
        changed.put(parameter, value);
        return new ParameterGroup(name, family, changed);
    }

    /**
     * Checks that the group is made for the engine that will run.
     *
     * @param engineVersion of MySQL, such as {@code 9.7.4}
     * @throws IllegalArgumentException with both families
     */
    public void requireEngine(String engineVersion) {
        family.filter(named -> !named.equals(familyOf(engineVersion))).ifPresent(named -> {
            throw new IllegalArgumentException("expected the parameter group " + name + " to be of the family "
                    + familyOf(engineVersion) + ", since the engine is MySQL " + engineVersion + ", found " + named);
        });
    }

    /** The family of an engine: its major and minor version. */
    public static String familyOf(String engineVersion) {
        String[] parts = engineVersion.split("\\.");
        return "mysql" + parts[0] + "." + (parts.length > 1 ? parts[1] : "0");
    }

    /** The values that a server of that class gets: RDS's defaults of the class and the group's own over them. */
    public Map<String, String> effective(InstanceType type) {
        Map<String, String> values = new TreeMap<>();
        ClassMemory.DEFAULTS.forEach((parameter, formula) -> values.put(parameter, ClassMemory.value(formula, type)));
        parameters.forEach((parameter, value) -> values.put(parameter, ClassMemory.value(value, type)));
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
