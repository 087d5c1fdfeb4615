package io.failoverlab.fault;

/** Rules of the packet filter that bear the lab's mark, and so are found again. */
final class Marked {
    /**
     * Removes those with the mark that is its argument; says how many packets they hit. It fails if any of them is left. The last
     * rule of a chain goes first, since the numbers of those after it change.
     */
    static final String REMOVE = """
            hits=0
            for place in filter:INPUT filter:OUTPUT nat:PREROUTING; do
                table=${place%:*}
                chain=${place#*:}
                for n in $(iptables -w 5 -t $table -vnxL $chain --line-numbers | grep -- "/\\* $1 \\*/" \\
                        | while read -r n packets rest; do echo "$n:$packets"; done | sort -rn); do
                    iptables -w 5 -t $table -D $chain "${n%%:*}" || exit 1
                    hits=$((hits + ${n#*:}))
                done
            done
            for table in filter nat; do
                ! iptables -w 5 -t $table -S | grep -- "$1" || exit 1
            done
            echo $hits
            """;

    private Marked() {}
}
