# SPDX-License-Identifier: BSD-2-Clause
#
# What do the figures say? From build/bench/rows (tests/bench/run) and the peers' figures
# (tests/bench/peers) to JSON, tables and pictures; tests/bench/report calls it.
#
# -v want=json|gates|missed|paths|boot|picture-calls|picture-boot; files: peers, then rows
# -v want=held -v of=requests|boot|size; files: docs/bench.md, peers, rows. Is each gate of these
# that the document calls met met by these figures? A gate without a figure is not.

function value(name, i, pair) {
	for (i = 1; i <= NF; i++) {
		if (split($i, pair, "=") == 2 && pair[1] == name) { return pair[2] + 0 }
	}
	return 0
}

# 1234567 -> 1,234,567
function human(n, text) {
	text = ""
	for (n = int(n + 0.5) ""; length(n) > 3; n = substr(n, 1, length(n) - 3)) {
		text = "," substr(n, length(n) - 2) text
	}
	return n text
}

FILENAME ~ /md$/ {
	if ($0 ~ /\| (met|\*\*missed\*\*.*) \|$/) {
		is_met = /\| met \|$/
		sub(/ \| .*/, "")
		met[substr($0, 3)] = is_met
	}
	next
}

FILENAME ~ /peers$/ {
	if ($1 == "gate") {
		key[++gates] = $2; gate[gates] = $3; title[gates] = after(3)
	} else if ($1 == "calls" || $1 == "boot") {
		peer_chart[++peers] = $1; peer_n[peers] = $2; peer_name[peers] = after(2)
	}
	next
}

function after(fields, i, text) {
	for (i = fields + 1; i <= NF; i++) { text = text (i > fields + 1 ? " " : "") $i }
	return text
}

{ row[++rows] = $0 }
$1 == "path" {
	path[++paths] = $2
	first[$2] = value("first"); warm[$2] = value("warm"); spread[$2] = value("spread")
	vtl0[$2] = value("vtl0"); host[$2] = value("host"); apart[$2] = value("apart")
	calls[$2] = value("hypercalls"); returns[$2] = value("returns")
	seen["path:" $2] = warm[$2]
	seen["rest:" $2] = warm[$2] - apart[$2]
	seen["round:" $2] = vtl0[$2] + host[$2] + warm[$2]
	if (spread[$2] > worst) { worst = spread[$2] }
	seen["spread"] = worst + 0
}
$1 == "boot" {
	boot[$2, $3] = value("vtl2"); seen["boot:" $2 ":" $3] = value("vtl2")
	if ($2 + 0 > most_vps) { most_vps = $2 + 0 }
	sets = sets " " ($3 == "plain" ? $2 : "")
}
$1 == "started" && $2 + 0 == most_vps { seen["started:" $3] = value("vtl2") }
$1 == "phase" {
	phase[$2, $3, $4] = value("vtl2")
	if ($2 == 1 && $3 == "plain") { step[++steps] = $4 }
}
$1 == "stay" && value("vtl2") >= seen["stay"] { seen["stay"] = value("vtl2") }
$1 == "byte" { millis[$2] = value("millis") }
$1 == "payload" { payload[$2] = value("bytes") }
$1 == "memory" { seen["memory:" $2] = value("kib") }
$1 == "size" { seen["size:" $2] = value("bytes") }
$1 == "linux" {
	seen["linux:" $2] = int(value("vtl2") * 1000000 / value("vtl0") + 0.5)
	linux[++linuxes] = "| " $2 " | " human(value("vtl0")) " | " human(value("vtl2")) " | " \
		human(seen["linux:" $2]) " | " human(value("host")) " | " \
		human(value("returns") - 1) " |"
}
$1 == "part" {
	part_of[++part_rows] = $2 ":" $3
	part_name[part_rows] = $4
	part_n[part_rows] = value("n")
}

# What follows from several rows.
function derive() {
	if (("boot:1:plain" in seen) && ("plain" in millis)) {
		seen["boot:1:bare"] = int(boot[1, "plain"] - \
			payload["plain"] * millis["plain"] / 1000 + 0.5)
	}
	if (most_vps > 1) {
		seen["per-vp"] = (boot[most_vps, "plain"] - boot[1, "plain"]) / (most_vps - 1)
	}
}

function json(i, n, part, field, j) {
	print "{\n  \"schema\": 1,\n  \"unit\": \"instructions\",\n  \"figures\": ["
	for (i = 1; i <= rows; i++) {
		n = split(row[i], part, " ")
		printf "    {\"kind\": \"%s\"", part[1]
		field = 0
		for (j = 2; j <= n; j++) {
			if (part[j] ~ /=/) {
				split(part[j], pair, "=")
				printf ", \"%s\": %s", pair[1], pair[2]
			} else {
				printf ", \"of%d\": \"%s\"", ++field, part[j]
			}
		}
		print i < rows ? "}," : "}"
	}
	print "  ]\n}"
}

function verdict(figure, limit) {
	return figure <= limit ? "met" : sprintf("**missed**, %.1f times",
		figure / (limit ? limit : 1))
}

function table_gates(i, figure) {
	print "| figure | gate | seen | |\n| --- | ---: | ---: | --- |"
	for (i = 1; i <= gates; i++) {
		if (!(key[i] in seen)) { print "bench: no figure " key[i] >"/dev/stderr"; bad = 1 }
		figure = seen[key[i]]
		printf "| %s | %s | %s | %s |\n", title[i], human(gate[i]), human(figure),
			verdict(figure, gate[i])
	}
}

# The parts of one figure, largest first, as text; how: all, without what counts apart, or the
# difference between most_vps and 1.
function shares(of, minus, without, i, j, n, name, best, text, rest, list) {
	split("", n)
	for (i = 1; i <= part_rows; i++) {
		if (without && part_name[i] ~ /^apart:/) { continue }
		name = part_name[i]
		sub(/^apart:/, "", name)
		if (part_of[i] == of) { n[name] += part_n[i] }
		if (part_of[i] == minus) { n[name] -= part_n[i] }
	}
	for (name in n) { rest += n[name] / (minus == "" ? 1 : most_vps - 1) }
	for (j = 1; j <= 8; j++) {
		best = ""
		for (name in n) {
			if (best == "" || n[name] > n[best] || \
				(n[name] == n[best] && name < best)) {
				best = name
			}
		}
		if (best == "" || n[best] <= 0) { break }
		i = n[best] / (minus == "" ? 1 : most_vps - 1)
		text = text (j > 1 ? ", " : "") "`" best "` " human(i)
		rest -= i
		delete n[best]
	}
	return text (rest >= 1 ? ", all others " human(rest) : "")
}

# What no part stands for: relocations, merged strings.
function others(of, i, rest) {
	rest = seen[of]
	for (i = 1; i <= part_rows; i++) { rest -= part_of[i] == of ? part_n[i] : 0 }
	return rest > 0 ? ", all others " human(rest) : ""
}

function counted_out(k, part, n) {
	n = split(k, part, ":")
	if (part[1] == "path") { return shares("path:" part[2]) }
	if (part[1] == "rest") { return shares("path:" part[2], "", 1) }
	if (part[1] == "round") {
		return "VTL0 " vtl0[part[2]] ", the host " human(host[part[2]]) ", " \
			shares("path:" part[2])
	}
	if (part[1] == "boot") { return shares("boot:" part[2]) }
	if (k == "per-vp") { return shares("boot:" most_vps, "boot:1") }
	if (part[1] == "started") { return shares("started:" most_vps) }
	if (part[1] ~ /^(size|memory)$/) { return shares(k) others(k) }
	if (part[1] == "linux") { return shares("linux:" part[2]) }
	return ""
}

function table_missed(i, n) {
	for (i = 1; i <= gates; i++) {
		if (seen[key[i]] <= gate[i]) { continue }
		if (!n++) { print "| over its gate | of which |\n| --- | --- |" }
		printf "| %s | %s |\n", title[i], counted_out(key[i])
	}
	if (!n) { print "None is." }
}

# Which figures does a --check count?
function is_of(k) {
	if (of == "requests") { return k ~ /^(path|rest|round):|^(spread|stay|size:all)$/ }
	if (of == "boot") { return k ~ /^(boot|started):|^(per-vp|memory:2)$/ }
	return k == "size:core"
}

function held(i, n, k) {
	for (i = 1; i <= gates; i++) {
		k = key[i]
		if (!is_of(k)) { continue }
		if (!(title[i] in met)) { print "docs/bench.md has no " title[i]; bad = 1 }
		if (!(k in seen)) { print "not counted: " title[i]; bad = 1 }
		if (!met[title[i]]) { continue }
		n++
		if (seen[k] > gate[i]) {
			print title[i] ": " human(seen[k]) " is over the gate of " human(gate[i]) \
				", which docs/bench.md calls met (make bench)"
			bad = 1
		}
	}
	print n + 0 " gates that docs/bench.md calls met " (bad ? "looked at" : "are met")
}

function table_paths(i, p) {
	print "| request | VTL2 first | VTL2 warm | apart | spread | host | VTL0 | " \
		"hypercalls | VTL returns |"
	print "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
	for (i = 1; i <= paths; i++) {
		p = path[i]
		printf "| %s | %s | %s | %d | %d | %s | %d | %d | %d |\n", p, human(first[p]),
			human(warm[p]), apart[p], spread[p], human(host[p]), vtl0[p], calls[p],
			returns[p]
	}
}

function table_boot(i, v, n, set) {
	n = split(sets, set, " ")
	printf "| up to |"
	for (v = 1; v <= n; v++) { printf " %d VP | %d VP, hashed |", set[v], set[v] }
	printf "\n| --- |"
	for (v = 1; v <= 2 * n; v++) { printf " ---: |" }
	for (i = 1; i <= steps; i++) {
		printf "\n| `%s` |", step[i]
		for (v = 1; v <= n; v++) {
			printf " %s | %s |", human(phase[set[v], "plain", step[i]]),
				human(phase[set[v], "hashed", step[i]])
		}
	}
	printf "\n| VTL0 |"
	for (v = 1; v <= n; v++) {
		printf " %s | %s |", human(boot[set[v], "plain"]), human(boot[set[v], "hashed"])
	}
	printf "\n\nFor a byte of payload: %.3f instructions, and %.3f more to hash it.\n",
		millis["plain"] / 1000, (millis["hashed"] - millis["plain"]) / 1000
	print "\n| Debian, its console | VTL0 | VTL2 | VTL2 for a million of VTL0 | host | " \
		"VTL returns |\n| --- | ---: | ---: | ---: | ---: | ---: |"
	for (i = 1; i <= linuxes; i++) { print linux[i] }
}

function bar(name, n, ours, scale, width) {
	width = scale * (logarithmic ? log(n) / log(10) - 4 : n)
	y += 22
	printf "<text x=\"290\" y=\"%d\" text-anchor=\"end\">%s</text>\n", y + 14, name
	printf "<rect x=\"300\" y=\"%d\" width=\"%.1f\" height=\"16\"\nfill=\"%s\"/>\n",
		y + 2, width, ours ? "#1f6f8b" : "#b8b8b8"
	printf "<text x=\"%.1f\" y=\"%d\">%s</text>\n", 306 + width, y + 14, human(n)
}

function open_picture(text, bars) {
	print "<!-- SPDX-License-Identifier: BSD-2-Clause -->"
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"820\" height=\"%d\"",
		44 + 22 * bars
	print "\nfont-family=\"sans-serif\" font-size=\"13\">"
	print "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
	printf "<text x=\"10\" y=\"22\" font-size=\"15\">\n%s</text>\n", text
	y = 14
}

function count_of(chart, i, n) {
	for (i = 1; i <= peers; i++) { n += peer_chart[i] == chart }
	return n
}

function picture_calls(i, n, list, most, scale) {
	n = split("version.vtlcall features.vtlcall unknown.vtlcall version.page unknown.page " \
		"features.hvc0 uart-write uart-read", list, " ")
	for (i = 1; i <= n; i++) { if (warm[list[i]] > most) { most = warm[list[i]] } }
	for (i = 1; i <= peers; i++) {
		if (peer_chart[i] == "calls" && peer_n[i] > most) { most = peer_n[i] }
	}
	scale = 430 / most
	open_picture("One request: instructions of the firmware (VTL2), warm",
		n + count_of("calls"))
	for (i = 1; i <= n; i++) { bar("Paravane " list[i], warm[list[i]], 1, scale) }
	for (i = 1; i <= peers; i++) {
		if (peer_chart[i] == "calls") { bar(peer_name[i], peer_n[i], 0, scale) }
	}
	print "</svg>"
}

function picture_boot(i, n, set) {
	logarithmic = 1
	n = split(sets, set, " ")
	open_picture("Boot to the next stage: instructions, each step ten times the last",
		2 * n + count_of("boot"))
	for (i = 1; i <= n; i++) {
		bar("Paravane, " set[i] " VP", boot[set[i], "plain"], 1, 90)
		bar("the same, payload hashed", boot[set[i], "hashed"], 1, 90)
	}
	for (i = 1; i <= peers; i++) {
		if (peer_chart[i] == "boot") { bar(peer_name[i], peer_n[i], 0, 90) }
	}
	print "</svg>"
}

END {
	derive()
	if (want == "held") { held() }
	if (want == "missed") { table_missed() }
	if (want == "json") { json() }
	if (want == "gates") { table_gates() }
	if (want == "paths") { table_paths() }
	if (want == "boot") { table_boot() }
	if (want == "picture-calls") { picture_calls() }
	if (want == "picture-boot") { picture_boot() }
	exit bad
}
