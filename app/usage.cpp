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
                  [--max-iterations N] [--max-keys N] [--max-seconds S] [--use-keys] [--pace gentle|balanced|full]
                  [--max-memory MEGABYTES] [--replicas masters|replicas|both] [--databases 0,2-4|all]
                  [--ttl none|some] [--ttl-below S] [--ttl-above S] [--bytes-below N] [--bytes-above N]
                  [--idle-below S] [--idle-above S] [--freq-below N] [--freq-above N]
                  [--format json|lines|jsonl|count | --columns type,ttl_ms,…] [--ledger]
  keyglass value  --uri URI KEY [--range FROM..TO | --field F | --match GLOB | --path PATH | --groups]
                  [--decode gzip,json | --decode auto] [--format json|raw|lines|csv]
  keyglass exec   --uri URI [--all] [--node HOST:PORT] [--yes] 'COMMAND LINE' | WORD WORD… | -
  keyglass bulk   delete | expire --ttl T|--at TIME|--add T|--cap T [--jitter T] | persist
                  | rename --to Q [--regex R] [--collision skip|overwrite|number]
                  | copy --to-uri URI|--to-profile NAME|--to-db N [--replace] [--move]
                  | set-field --field F --value V | template --command 'COMMAND *'
                  | export --file FILE [--format jsonl|csv|commands|resp|archive] [--overwrite]
                  --uri URI --prefix P | --pattern P | --key K | --keys-file F [--raw-lines] | --all  [--type T]
                  [--databases 0,2-4|all] [HOW]
  keyglass bulk   import --file FILE [--format F] [--conflict skip|replace|fail] --uri URI [HOW]
  keyglass bulk   run PLAN.json --uri URI [--to-uri URI|--to-profile NAME|--to-db N] [--databases 0,2-4|all]
                  [--overwrite] [HOW]
                  a plan as --dry-run has written it, or the window saved it
                  HOW, with each of these:
                  [--dry-run [--memory]] [--yes] [--confirm NAME]… [--archive FILE | --no-archive]
                  [--refuse-changed | --accept-changed] [--unarchived-too] [--seal [--passphrase-stdin]]
                  [--rate N] [--pace gentle|balanced|full] [--report FILE.csv|FILE.json]
                  [--only-unchanged] [--seen FILE]
  keyglass bulk   undo ARCHIVE --uri URI [--key K]… [--keys-file F] [--conflict skip|replace] [--keep-expired]
                  [--aside] [--dry-run] [--yes] [--confirm NAME] [--report FILE.csv|FILE.json] [--passphrase-stdin]
                  [--archive FILE | --no-archive] [--rate N]
  keyglass bulk   show ARCHIVE    what is archived there, as JSON
  keyglass bulk   archives [--folder DIR] [--find TEXT | --key K] [--prune [--days N] [--megabytes N]]
                  all undo archives, as JSON, with the keys that are looked for
  keyglass table  list --uri URI [--namespace NS] [--no-bytes]
                  | schema T | rows T [--from ID] [--limit N] [--format json|jsonl|csv|sql]
                  | query T 'COL>=VALUE' [AND|OR 'COL=VALUE']… [--limit N] [--no-index] [--format F] [--dry-run]
                          [--module]
                  | insert T COL=VALUE… [--dry-run]
                  | update T --id ID… | --where 'COL=VALUE'…  --set COL=VALUE… [--unset COL]… [--dry-run] [--yes]
                  | delete T --id ID… | --where 'COL=VALUE'…  [--dry-run] [--yes]
                  | alter T create-table COL:TYPE[:index]… [--keep-rows] | add-column COL TYPE | change-type COL TYPE
                          | add-index COL | drop-index COL | repair-index COL | drop-column COL | drop-table
                  | alter NS create-namespace | drop-namespace     [--dry-run] [--save-plan FILE] [--yes | --confirm T]
                  | alter --plan FILE
                          [--at TIME] [--quiet-below N [--quiet-for SECONDS]] [--bgsave before|after|both]
                          [--bgrewriteaof before|after|both] [--archive FILE | --no-archive] [--seal]
                  | undo ARCHIVE --yes | --dry-run
                  | import T FILE.csv|- [--map FIELD=COL]… [--leave-out-faulty] [--dry-run]
                  | check T [--no-keys] [--repair [--remove-ghosts]]
  keyglass nodes  --uri URI    the nodes of a cluster with their slots and keys, or the master, replicas and Sentinels
                  behind a Sentinel URI with state and lag, as JSON
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

bulk does one thing to many keys. --prefix takes a prefix byte for byte, --pattern what keys --pattern takes, --keys-file
what keys --format lines has written. T is a time: 90, 90s, 15m, 2h, 7d. Before keys are deleted or changed they are
archived, in ~/.local/share/keyglass/archives or FILE; of a copy what --replace overwrites at its target, where undo
brings it back. --dry-run prints the plan and changes nothing. --yes is needed without a terminal to ask on, --confirm
with the connection's name on a production server, of a copy also with its target's.
undo restores an archive, also one that a killed run has left: keys that are there unchanged are done, changed ones are
left alone and told, or replaced and archived before; those whose time is over are told, or restored without an end.
--seal encrypts the archive by a passphrase, which comes by --passphrase-stdin or in KEYGLASS_ARCHIVE_PASSPHRASE.
--seen keeps what a dry run saw of the keys; a run with it leaves alone those of another type, with --only-unchanged
also those of another value. archives --prune deletes archives older than N days, and the oldest of more than N
megabytes (else as the settings say), but never the newest.

export writes keys with their values and times to live; a file's end tells its format (.jsonl, .csv, .txt, .resp, .kga).
import makes them again: each under a passing name until it is whole; lines that can't be read are told by number and
cost no more than their key. set-field sets one field of hashes; template runs a command for each key, * being the key.

exec runs any command line ("-": each line of the standard input) and writes each reply as a line of JSON. A scan can do
something with its elements: SCAN|SSCAN|HSCAN|ZSCAN … FOREACH|FORALL 'operation' [WITHREPLIES] [DELIM d], where * is
the element (FORALL: all of them), ** with its value or score, @ its position, # their number; \*, \@ and \# are the signs
themselves, and so is all in single quotes. Words behind -- are the command's, also such as begin with two hyphens.
  --all              go on with a scan to its end; in a cluster on all masters
  --node HOST:PORT   run it on this node of a cluster
  --yes              say yes to what is asked about: on a production server, and anywhere for KEYS, FLUSHALL, FLUSHDB
                     and SHUTDOWN

table reads and edits tables of the RedisTABLE module (T is NAMESPACE.TABLE) by their keys, with or without the module,
and never stops the server; edits keep its indexes and reach replicas and the append-only file. query takes one condition
a word, also 'COL is empty' and 'COL is missing', joined by AND and OR from left to right; --dry-run tells by which index
it is answered and how long TABLE.SELECT would stop the server, --module has TABLE.SELECT answer. alter waits for its time
or for a quiet server, keeps what it drops in an undo archive, from which undo brings it back, and has the server save
before or after. update and delete change rows only if they are as they were read.
keys --columns writes a table of the keys as CSV: type, ttl_ms, memory_bytes, length, encoding, idle_s, frequency.

value reads a whole value, or: string bytes, list indexes, sorted-set ranks or stream IDs FROM..TO (both included, either
may be left out, negative ones count from the end); one field of a hash; names and members that match a glob; what a path
leads to in a JSON document; the groups of a stream with consumers and pending entries. Other modules' values are dumps.
--decode takes values through decoders, the outermost first; auto takes a profile's rules, else guesses: plain, json,
hex, base64, gzip, zlib, deflate, zstd, lz4, lz4-block, brotli, snappy, msgpack, cbor, bson, php, php-session, pickle,
java, protobuf, unix-time, uuid, flags, hyperloglog, protobuf:MESSAGE@DESCRIPTOR-SET-FILE, and external:NAME, a program
that the settings allow.

A password can also come in the environment variable KEYGLASS_PASSWORD, the Sentinels' own in
KEYGLASS_SENTINEL_PASSWORD. --ledger adds what was asked of each node (lines and jsonl: on the standard error).
Exit status: 0 done, 1 done in part, 2 bad usage, 3 failed.
)";
}

} // namespace keyglass
