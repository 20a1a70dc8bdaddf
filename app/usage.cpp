// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/usage.h"

namespace keyglass {

const char* usageText()
{
    return R"(Keyglass, a key browser for Redis and Valkey

The window:
  keyglass [--profile NAME | --uri URI] [--config-dir DIR] [--password-stdin]
  keyglass --demo              on a private demo server, started and removed by the app

Without the window:
  keyglass keys   --uri URI [--pattern P] [--match prefix|glob|exact] [--type T] [--count N]
                  [--max-iterations N] [--max-keys N] [--use-keys] [--pace gentle|balanced|full]
                  [--ttl none|some] [--ttl-below S] [--ttl-above S] [--bytes-below N] [--bytes-above N]
                  [--idle-below S] [--idle-above S] [--freq-below N] [--freq-above N]
                  [--format json|lines|jsonl|count | --columns type,ttl_ms,…] [--ledger]
  keyglass value  --uri URI KEY [--range FROM..TO | --field F | --match GLOB | --path PATH | --groups]
                  [--decode gzip,json | --decode auto] [--format json|raw|lines|csv]
  keyglass exec   --uri URI [--all] [--node HOST:PORT] [--yes] 'COMMAND LINE' | WORD WORD… | -
  keyglass bulk   delete | expire --ttl T|--at TIME|--add T|--cap T [--jitter T] | persist
                  | rename --to Q [--regex R] [--collision skip|overwrite|number]
                  | copy --to-uri URI|--to-profile NAME|--to-db N [--replace] [--move]
                  --uri URI --prefix P | --pattern P | --key K | --keys-file F [--raw-lines] | --all  [--type T]
                  [--dry-run [--memory]] [--yes] [--confirm NAME] [--archive FILE | --no-archive] [--refuse-changed]
                  [--unarchived-too] [--rate N] [--pace gentle|balanced|full] [--report FILE.csv|FILE.json]
  keyglass bulk   run PLAN.json --uri URI [--yes]     a plan that --dry-run has shown
  keyglass bulk   undo ARCHIVE --uri URI [--key K]… [--keys-file F] [--conflict skip|replace] [--keep-expired]
                  [--yes] [--confirm NAME] [--report FILE.csv|FILE.json]
  keyglass bulk   show ARCHIVE    what is archived there, as JSON
  keyglass nodes  --uri URI    the nodes of a cluster with their slots and keys, as JSON
  keyglass help | --version

Options:
  --profile NAME     open this saved connection
  --uri URI          redis://, rediss:// (TLS), redis+unix:///path?db=1,
                     redis+cluster://host:port[,host:port], redis+sentinel://host:port[,host:port]/mastername[/db]
                     (both also with rediss)
  --demo             try it without a server of your own
  --config-dir DIR   keep settings, profiles and result sets there instead of the user's config folder
  --password-stdin   read the password from the first line of the standard input
  --timeout SECONDS  bound connecting and each call (default 5; without the window)

bulk does one thing to many keys. --prefix takes a prefix byte for byte, --pattern what keys --pattern takes, --keys-file what
keys --format lines has written. T is a time: 90, 90s, 15m, 2h, 7d. Before keys are deleted or changed they are archived, in
~/.local/share/keyglass/archives or FILE. --dry-run prints the plan and changes nothing. --yes is needed without a
terminal to ask on, --confirm with the connection's name on a production server. undo restores an archive, also one that
a killed run has left: keys that are there unchanged are done, changed ones are left alone and told, or replaced; those
whose time is over are told, or restored without an end.

exec runs any command line ("-": each line of the standard input) and writes each reply as a line of JSON. A scan can do
something with its elements: SCAN|SSCAN|HSCAN|ZSCAN … FOREACH|FORALL 'operation' [WITHREPLIES] [DELIM d], where * is
the element (FORALL: all of them), ** with its value or score, @ its position, # their number.
  --all              go on with a scan to its end; in a cluster on all masters
  --node HOST:PORT   run it on this node of a cluster
  --yes              say yes to what a production server asks about

keys --columns writes a table of the keys as CSV: type, ttl_ms, memory_bytes, length, encoding, idle_s, frequency.

value reads a whole value, or: string bytes, list indexes, sorted-set ranks or stream IDs FROM..TO (both included, either
may be left out, negative ones count from the end); one field of a hash; names and members that match a glob; what a path
leads to in a JSON document; the groups of a stream with consumers and pending entries. Other modules' values are dumps.
--decode takes values through decoders, the outermost first; auto takes a profile's rules, else guesses: plain, json, hex, base64,
gzip, zlib, deflate, zstd, lz4, lz4-block, brotli, snappy, msgpack, cbor, bson, php, php-session, pickle, java, protobuf,
unix-time, uuid, flags, protobuf:MESSAGE@DESCRIPTOR-SET-FILE, and external:NAME, a program that the settings allow.

A password can also come in the environment variable KEYGLASS_PASSWORD, the Sentinels' own in
KEYGLASS_SENTINEL_PASSWORD. --ledger adds what was asked of each node (lines and jsonl: on the standard error).
Exit status: 0 done, 1 done in part, 2 bad usage, 3 failed.
)";
}

} // namespace keyglass
