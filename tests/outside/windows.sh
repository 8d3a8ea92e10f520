#!/usr/bin/env bash
# The program for Windows, run by Wine: windows.sh calc-series.exe calc-series FOLDER
#
# It must print the bytes that the program prints here, from paths, line ends and consoles as Windows has them.
# FOLDER is a folder to work in, which holds bcryptprimitives.dll where Wine lacks it.
set -euo pipefail
exe=$(realpath "$1") native=$(realpath "$2") work=$3
wine=$(command -v wine64 || command -v wine || echo /usr/lib/wine/wine64)
export WINEDEBUG=-all WINEPREFIX=$work/prefix
series=data/cutaneous-calcinosis-2021
cp "$exe" "$work/calc-series.exe"
# The first run makes the prefix, and says so.
"$wine" "$work/calc-series.exe" --version >/dev/null 2>&1
folder="$work/Klinik Süd/Fälle 2021"
mkdir -p "$folder"
sed 's/$/\r/' $series/cases.csv >"$folder/cases.csv"
cp $series/cases.schema.json $series/claims.toml "$folder"
cd "$folder"
windows() { echo "Z:${1//\//\\}"; }
# Wine reports faults of its own, at times, beside an output that is whole.
same() {
    diff <({ "$wine" "$work/calc-series.exe" "$@" 2>&1 || echo "exit code $?"; } | grep -v '^wine: ') \
        <("$native" "${@//\\//}" 2>&1 || echo "exit code $?") || { echo "not the same: $*" && exit 1; }
}

# Blanks and umlauts in a path, backslashes, CRLF; every format of text.
for format in text json csv markdown html latex ard; do
    same summarize '.\cases.csv' --format "$format"
done
same summarize '..\Fälle 2021\cases.csv' --by etiology --tests
same cases cases.csv
same check claims.toml cases.csv
same validate cases.csv
same plot swimmer cases.csv
# The program itself expands what no shell of Windows expands.
diff <("$wine" "$work/calc-series.exe" get 'ca*.csv' age.mean 2>/dev/null) <(echo 5.9)
# Files, and one that another program has open.
"$wine" "$work/calc-series.exe" summarize cases.csv -o 'Tabelle ü.docx' -o out.json 2>/dev/null
"$native" summarize cases.csv -o native.docx -o native.json 2>/dev/null
cmp 'Tabelle ü.docx' native.docx
cmp out.json native.json
printf 'old' >open.json
"$wine" cmd /c "$(windows "$work/calc-series.exe") summarize cases.csv -o open.json 9>>open.json" 2>message || true
grep -q old open.json || cmp open.json native.json
# A console of code page 850.
"$wine" cmd /c "chcp 850 >nul & $(windows "$work/calc-series.exe") get cases.csv followup.median" 2>/dev/null |
    tr -d '\r' | diff - <(echo '≥30' | sed 's/≥/>=/')
ls -A | grep -v -e cases -e claims -e native -e Tabelle -e json -e message && exit 1
echo "Windows prints the same bytes"
