# SPDX-License-Identifier: BSD-2-Clause
#
# What did one run count? From the plugin's lines to rows of build/bench/rows; tests/bench/run calls
# it and explains the rows.
#
# want=paths, then files: the console's log, with the names of the requests, and the plugin's lines;
# want=boot vps=N hash=hashed|plain, want=stay|linux run=NAME: the plugin's lines

BEGIN { sorted = "LC_ALL=C sort -t= -k2,2nr -k1,1" }

function value(name, i, pair) {
	for (i = 1; i <= NF; i++) {
		if (split($i, pair, "=") == 2 && pair[1] == name) { return pair[2] + 0 }
	}
	return 0
}

want == "paths" && FNR == NR {
	if ($2 == "#" && $3 == "bench") {
		for (i = 0; i < $5; i++) { name[names++] = $4 }
	}
	next
}

$1 != "part" { counts = at_first = is_slowest = 0 }

want == "paths" && $1 == "call" {
	p = name[calls++]
	v = value("vtl2")
	# The host broke a rep call off, by its own random numbers, and it was resumed.
	counts = !(p in times) || value("hypercalls") <= fewest[p]
	if (!counts) { next }
	if (!(p in times)) {
		order[++paths] = p
		first[p] = v
	} else if (times[p] == 1 || value("hypercalls") < fewest[p]) {
		low[p] = high[p] = v
	} else {
		if (v < low[p]) { low[p] = v }
		if (v > high[p]) { high[p] = v }
	}
	fewest[p] = value("hypercalls")
	times[p]++
	rest[p] = "vtl0=" value("vtl0") " host=" value("host") " hypercalls=" fewest[p] \
		" returns=" value("returns")
	apart[p] = shares = 0
	next
}

$1 == "first" {
	at_first = value("cpu") == 0
	vtl2_before = value("vtl2")
	if (want == "boot" && at_first) {
		print "boot", vps, hash, "vtl2=" value("vtl2"), "hypercalls=" value("hypercalls")
	}
	if (want == "boot" && !at_first && value("vtl2") > slowest) {
		slowest = value("vtl2")
		is_slowest = 1
		split("", part_of_started)
	} else {
		is_slowest = 0
	}
	next
}

$1 == "part" && want == "paths" && counts {
	if ($2 ~ /^apart:/) { apart[p] += value("n") }
	share[p, ++shares] = "part path " p " " $2 " " $3
	parts[p] = shares
	next
}
$1 == "part" && want == "linux" {
	in_linux[$2] += after_end ? value("n") : -value("n")
	next
}
$1 == "part" && want == "boot" && hash == "plain" {
	if (at_first) { in_boot[$2] += value("n") }
	if (is_slowest) { part_of_started[$2] += value("n") }
	next
}

$1 == "point" && want == "boot" { print "phase", vps, hash, $2, "vtl2=" value("vtl2") }

$1 == "end" && want == "stay" && value("longest") > longest { longest = value("longest") }
$1 == "end" && want == "linux" {
	after_end = 1
	print "linux", run, "vtl0=" value("vtl0"), "host=" value("host"), \
		"vtl2=" value("vtl2") - vtl2_before, "returns=" value("returns")
}

function print_paths(i, j) {
	if (names != calls || names == 0) {
		print "bench: " names + 0 " names, " calls + 0 " counts" >"/dev/stderr"
		exit 1
	}
	for (i = 1; i <= paths; i++) { all_apart += apart[order[i]] }
	if (!all_apart) {
		print "bench: no request runs a function that tests/bench/peers calls apart" \
			>"/dev/stderr"
		exit 1
	}
	for (i = 1; i <= paths; i++) {
		p = order[i]
		printf "path %s first=%d warm=%d spread=%d %s apart=%d\n", p, first[p], high[p],
			high[p] - low[p], rest[p], apart[p]
		for (j = 1; j <= parts[p]; j++) { print share[p, j] }
	}
}

END {
	if (want == "paths") { print_paths() }
	if (want == "stay") { print "stay", run, "vtl2=" longest + 0 }
	if (want == "boot" && slowest) { print "started", vps, hash, "vtl2=" slowest }
	for (s in in_boot) { print "part boot", vps, s, "n=" in_boot[s] | sorted }
	close(sorted)
	for (s in part_of_started) {
		print "part started", vps, s, "n=" part_of_started[s] | sorted
	}
	close(sorted)
	for (s in in_linux) {
		if (in_linux[s]) { print "part linux", run, s, "n=" in_linux[s] | sorted }
	}
}
