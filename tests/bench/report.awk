# SPDX-License-Identifier: BSD-2-Clause
#
# What do the figures say? From build/bench/rows (tests/bench/run) and the peers' figures
# (tests/bench/peers) to JSON, tables and pictures; tests/bench/report calls it.
#
# -v want=json|gates|paths|boot|picture-calls|picture-boot; files: peers, then rows

function value(field, part) { split(field, part, "="); return part[2] + 0 }

# 1234567 -> 1,234,567
function human(n, text) {
	text = ""
	for (n = int(n + 0.5) ""; length(n) > 3; n = substr(n, 1, length(n) - 3)) {
		text = "," substr(n, length(n) - 2) text
	}
	return n text
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
	first[$2] = value($3); warm[$2] = value($4); spread[$2] = value($5); vtl0[$2] = value($6)
	host[$2] = value($7); calls[$2] = value($8); returns[$2] = value($9)
	seen["path:" $2] = warm[$2]
	if (spread[$2] > worst) { worst = spread[$2] }
	if ($2 ~ /^trng128/) { seen["path:trng256" substr($2, 8)] = 2 * warm[$2] }
}
$1 == "boot" {
	boot[$2, $3] = value($4); seen["boot:" $2 ":" $3] = value($4)
	if ($2 + 0 > most_vps) { most_vps = $2 + 0 }
	sets = sets " " ($3 == "plain" ? $2 : "")
}
$1 == "started" { seen["started:" $3] = value($4) }
$1 == "phase" {
	phase[$2, $3, $4] = value($5)
	if ($2 == 1 && $3 == "plain") { step[++steps] = $4 }
}
$1 == "stay" { seen["stay"] = value($2) }
$1 == "hash" { hash_millis = value($2) }
$1 == "memory" { seen["memory:" $2] = value($3) }
$1 == "size" { seen["size:" $2] = value($3) }

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
	seen["spread"] = worst
	seen["per-vp"] = (boot[most_vps, "plain"] - boot[1, "plain"]) / (most_vps - 1)
	for (i = 1; i <= gates; i++) {
		if (!(key[i] in seen)) { print "bench: no figure " key[i] >"/dev/stderr"; bad = 1 }
		figure = seen[key[i]]
		printf "| %s | %s | %s | %s |\n", title[i], human(gate[i]), human(figure),
			verdict(figure, gate[i])
	}
}

function table_paths(i, p) {
	print "| request | VTL2 first | VTL2 warm | spread | host | VTL0 | " \
		"hypercalls | VTL returns |"
	print "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
	for (i = 1; i <= paths; i++) {
		p = path[i]
		printf "| %s | %s | %s | %d | %s | %d | %d | %d |\n", p, human(first[p]),
			human(warm[p]), spread[p], human(host[p]), vtl0[p], calls[p], returns[p]
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
	printf "\n\nHashing: %.3f instructions for a byte of payload.\n", hash_millis / 1000
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
	if (want == "json") { json() }
	if (want == "gates") { table_gates() }
	if (want == "paths") { table_paths() }
	if (want == "boot") { table_boot() }
	if (want == "picture-calls") { picture_calls() }
	if (want == "picture-boot") { picture_boot() }
	exit bad
}
