# SPDX-License-Identifier: BSD-2-Clause
#
# How is Debian's archive read without touching this machine's configuration?
#
# To be sourced. An apt state of its own below the cache folder: lists, cache and sources are
# private, the mirrors are those the machine already uses, so that no mirror's name stands in this
# tree. Trust is apt's: the signed index, and in it the SHA-256 of each package.

# One index for all questions. On the command line, because container images switch it off in a
# file that apt reads after ours.
private_apt_index='-o Dir::Cache::pkgcache=pkgcache.bin -o Dir::Cache::srcpkgcache='

# private_apt_mirrors STATE: "URI CODENAME" of each Debian archive this machine knows, one a line.
# Its lists may be missing (a container); then they are fetched into our own folder.
private_apt_mirrors() {
	local format='$(ORIGIN)|$(REPO_URI) $(CODENAME)' found
	found=$(apt-get indextargets --format "$format" 'Created-By: Packages' 2>/dev/null |
		sed -n 's/^Debian|//p' | sort -u)
	if [ -z "$found" ]; then
		mkdir -p "$1/machine/partial"
		apt-get -qq -o "Dir::State::lists=$1/machine" update >&2
		found=$(apt-get -o "Dir::State::lists=$1/machine" indextargets --format "$format" \
			'Created-By: Packages' | sed -n 's/^Debian|//p' | sort -u)
	fi
	printf '%s\n' "$found"
}

# private_apt STATE ARCHITECTURES [SUITE]: makes STATE (an absolute folder) ready and sets
# APT_CONFIG for all apt commands that follow. ARCHITECTURES: the first is the native one. SUITE:
# instead of the machine's own; security archives have none of it and are left out.
# Returns 1 when the archive cannot be reached.
private_apt() {
	local state=$1 architectures=$2 suite=${3:-} uri codename architecture
	local key=/usr/share/keyrings/debian-archive-keyring.gpg
	local list=$state/etc/debian.list
	[ -f "$key" ] || {
		echo "$(basename "$0"): $key is missing: install debian-archive-keyring" >&2
		exit 1
	}
	mkdir -p "$state/etc" "$state/lists/partial" "$state/cache/archives/partial"
	: >"$state/status"
	private_apt_mirrors "$state" | while read -r uri codename; do
		[ -n "$uri" ] || continue
		if [ -n "$suite" ]; then
			case $codename in *-*) continue ;; esac
			codename=$suite
		fi
		echo "deb [signed-by=$key] $uri $codename main"
	done | sort -u >"$list"
	[ -s "$list" ] || {
		echo "$(basename "$0"): apt knows no Debian mirror on this machine" >&2
		return 1
	}
	{
		echo "Dir::Etc::sourcelist \"/dev/null\"; Dir::Etc::sourceparts \"$state/etc\";"
		echo "Dir::State::lists \"$state/lists\"; Dir::Cache \"$state/cache\";"
		echo "Dir::State::status \"$state/status\"; Acquire::Languages \"none\";"
		echo 'Acquire::Retries "1"; Acquire::http::Timeout "20";'
		echo "APT::Architecture \"${architectures%% *}\";"
		for architecture in $architectures; do
			echo "APT::Architectures:: \"$architecture\";"
		done
		[ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";'
	} >"$state/opts"
	export APT_CONFIG=$state/opts
	apt-get -qq $private_apt_index -o APT::Update::Error-Mode=any update \
		2>"$state/update.log" || {
		sed 's/^/  /' "$state/update.log" >&2
		return 1
	}
}

# private_apt_done STATE: drops what can be made again.
private_apt_done() {
	rm -f "$1"/cache/*.bin
}

# private_apt_describe PACKAGE[:ARCH][=VERSION]: "name version sha256 file" of the candidate.
private_apt_describe() {
	apt-cache $private_apt_index show --no-all-versions "$1" 2>/dev/null | awk '
		/^Package:/ { name = $2 }
		/^Version:/ { version = $2 }
		/^Architecture:/ { arch = $2 }
		/^SHA256:/ { sum = $2 }
		END {
			if (sum == "") { exit 1 }
			file = version; gsub(":", "%3a", file)
			print name, version, sum, name "_" file "_" arch ".deb"
		}'
}

# private_apt_depends PACKAGE: names of its direct dependencies, one a line.
private_apt_depends() {
	apt-cache $private_apt_index show --no-all-versions "$1" 2>/dev/null |
		sed -n 's/^\(Pre-\)\?Depends: //p' | tr ',|' '\n\n' |
		sed 's/(.*//; s/:any//; s/ //g'
}

# private_apt_get FOLDER PACKAGE SUM FILE: FILE with that sum is in FOLDER afterwards.
private_apt_get() {
	local folder=$1 package=$2 sum=$3 file=$4
	if ! echo "$sum  $folder/$file" | sha256sum --check --status 2>/dev/null; then
		rm -f "$folder/$file"
		echo "  FETCH   $file" >&2
		(cd "$folder" && apt-get -qq $private_apt_index download "$package" >&2)
		echo "$sum  $folder/$file" | sha256sum --check --status || {
			echo "$(basename "$0"): $file did not arrive, or not whole" >&2
			return 1
		}
	fi
}
