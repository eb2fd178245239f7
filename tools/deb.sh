#!/usr/bin/env bash
# A Debian package from a built program. Usage: deb.sh PROGRAM OUTPUT_FOLDER
# Pages of the manual and completions are made by the program itself. Prints the name of the package.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
program=$1
output=$2
for tool in dpkg-deb dpkg-shlibdeps strip gzip; do
  command -v "$tool" >/dev/null || { echo "deb.sh: $tool is missing: apt-get install dpkg-dev binutils gzip" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
version=$("$program" version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)

install -D -m 0755 "$program" "$tree/usr/bin/anlan"
strip --strip-unneeded "$tree/usr/bin/anlan"
install -D -m 0644 "$root/packaging/anlan.service" "$tree/usr/lib/systemd/system/anlan.service"
install -D -m 0644 "$root/packaging/serve.toml" "$tree/usr/share/doc/anlan/examples/serve.toml"
install -D -m 0644 "$root/LICENSE" "$tree/usr/share/doc/anlan/copyright"
install -d -m 0755 "$tree/etc/anlan"
(cd "$root" && gzip -9nc CHANGELOG.md) > "$tree/usr/share/doc/anlan/changelog.gz"

page() { # LANGUAGE FOLDER NAME [WORD]
  mkdir -p "$tree/usr/share/man/$2"
  "$program" help --man ${4:+"$4"} --lang "$1" | gzip -9n > "$tree/usr/share/man/$2/$3.1.gz"
}
mapfile -t words < <("$program" help --json |
  python3 -c 'import json, sys; print("\n".join(dict.fromkeys(each["name"].split()[0] for each in json.load(sys.stdin))))')
for language in en:man1 zh:zh_CN/man1; do
  page "${language%%:*}" "${language#*:}" anlan
  for word in "${words[@]}"; do
    page "${language%%:*}" "${language#*:}" "anlan-$word" "$word"
  done
done
completion() { # SHELL FILE
  mkdir -p "$tree/$(dirname "$2")"
  "$program" completion "$1" --lang en > "$tree/$2"
}
completion bash usr/share/bash-completion/completions/anlan
completion zsh usr/share/zsh/vendor-completions/_anlan
completion fish usr/share/fish/vendor_completions.d/anlan.fish

mkdir -p "$tree/DEBIAN" "$work/debian"
for script in postinst prerm postrm; do
  install -m 0755 "$root/packaging/$script" "$tree/DEBIAN/$script"
done
# What it is linked with, as Debian names it.
printf 'Source: anlan\nMaintainer: Anlan <anlan@localhost>\n\nPackage: anlan\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O --ignore-missing-info "$tree/usr/bin/anlan" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
size=$(du -sk --exclude=DEBIAN "$tree" | cut -f1)
cat > "$tree/DEBIAN/control" <<CONTROL
Package: anlan
Version: $version
Architecture: $architecture
Maintainer: Anlan <anlan@localhost>
Installed-Size: $size
Depends: $depends, adduser
Recommends: fonts-noto-cjk, poppler-utils
Section: misc
Priority: optional
Description: open cyber-insurance system
 Quotes, policies, protection and its proof, incidents and claims of a licensed
 insurer, in one append-only journal; a command line and a service over HTTP.
CONTROL
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
mkdir -p "$output"
package=$output/anlan_${version}_$architecture.deb
# The times of the files say nothing: the same program gives the same package.
find "$tree" -exec touch -hd @0 {} +
SOURCE_DATE_EPOCH=0 dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" >/dev/null
echo "$package"
