// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/commandtable.h"

namespace keyglass {

namespace {

/// Commands with the same traits. Flags: r readonly, w write, a admin, d @dangerous, s @scripting, m movable keys.
struct Group {
    std::string_view flags;
    int firstKey;
    int lastKey;
    int keyStep;
    std::string_view names;
};

// As Redis 7.0 flags them; what is younger (7.2 to 8.0, Valkey 8) stands in the second row of its group. A test
// compares this with what a real server says.
constexpr Group groups[] = {
    {"", 0, 0, 0,
        "acl|cat acl|genpass acl|help acl|whoami asking auth client|caching client|getname client|getredir client|help "
        "client|id client|info client|reply client|setname client|tracking client|trackinginfo cluster|countkeysinslot "
        "cluster|getkeysinslot cluster|help cluster|info cluster|keyslot cluster|links cluster|myid cluster|nodes "
        "cluster|shards cluster|slots command command|count command|docs command|getkeys command|getkeysandflags "
        "command|help command|info command|list config|help discard echo exec hello latency|help memory|doctor "
        "memory|help "
        "memory|malloc-stats memory|purge memory|stats module|help multi object|help ping psubscribe publish "
        "pubsub|channels pubsub|help pubsub|numpat pubsub|numsub pubsub|shardchannels pubsub|shardnumsub punsubscribe "
        "quit "
        "readonly readwrite reset select slowlog|help subscribe time unsubscribe unwatch wait xgroup|help xinfo|help"},
    {"", 0, 0, 0,
        "client|no-touch client|setinfo client|capa cluster|myshardid cluster|slot-stats commandlog|help waitaof"},
    {"", 1, -1, 1, "ssubscribe sunsubscribe watch"},
    {"", 1, 1, 1, "spublish"},
    {"ad", 0, 0, 0,
        "acl|deluser acl|dryrun acl|getuser acl|list acl|load acl|log acl|save acl|setuser acl|users bgrewriteaof "
        "bgsave "
        "client|kill client|list client|no-evict client|pause client|unblock client|unpause cluster|addslots "
        "cluster|addslotsrange cluster|bumpepoch cluster|count-failure-reports cluster|delslots cluster|delslotsrange "
        "cluster|failover cluster|flushslots cluster|forget cluster|meet cluster|replicas cluster|replicate "
        "cluster|reset "
        "cluster|saveconfig cluster|set-config-epoch cluster|setslot cluster|slaves config|get config|resetstat "
        "config|rewrite config|set debug failover latency|doctor latency|graph latency|histogram latency|history "
        "latency|latest latency|reset module|list module|load module|loadex module|unload monitor pfselftest psync "
        "replconf replicaof save shutdown slaveof slowlog|get slowlog|len slowlog|reset sync"},
    {"ad", 0, 0, 0, "client|import-source commandlog|get commandlog|len commandlog|reset"},
    {"ad", 0, 0, 0,
        "sentinel|ckquorum sentinel|config sentinel|debug sentinel|failover sentinel|flushconfig "
        "sentinel|get-master-addr-by-name sentinel|help sentinel|info-cache sentinel|is-master-down-by-addr "
        "sentinel|master sentinel|masters sentinel|monitor sentinel|myid sentinel|pending-scripts sentinel|remove "
        "sentinel|replicas sentinel|reset sentinel|sentinels sentinel|set sentinel|simulate-failure sentinel|slaves"},
    {"d", 0, 0, 0, "info lastsave role"},
    {"r", 0, 0, 0, "dbsize lolwut randomkey scan"},
    {"r", 1, -1, 1, "exists mget pfcount sdiff sinter sunion touch"},
    {"r", 1, 1, 1,
        "bitcount bitfield_ro bitpos dump expiretime geodist geohash geopos georadius_ro georadiusbymember_ro "
        "geosearch get "
        "getbit getrange hexists hget hgetall hkeys hlen hmget hrandfield hscan hstrlen hvals lindex llen lpos lrange "
        "pexpiretime pttl scard sismember smembers smismember srandmember sscan strlen substr ttl type xlen xpending "
        "xrange "
        "xrevrange zcard zcount zlexcount zmscore zrandmember zrange zrangebylex zrangebyscore zrank zrevrange "
        "zrevrangebylex zrevrangebyscore zrevrank zscan zscore"},
    {"r", 1, 1, 1,
        "hexpiretime hpexpiretime hpttl httl vcard vdim vemb vgetattr vinfo vismember vlinks vrandmember vsim"},
    {"r", 1, 2, 1, "lcs"},
    {"r", 2, 2, 1,
        "memory|usage object|encoding object|freq object|idletime object|refcount xinfo|consumers xinfo|groups "
        "xinfo|stream"},
    {"rd", 0, 0, 0, "keys"},
    {"rdm", 1, 1, 1, "sort_ro"},
    {"rm", 0, 0, 0, "sintercard stralgo xread zdiff zinter zintercard zunion"},
    {"rsm", 0, 0, 0, "eval_ro evalsha_ro fcall_ro"},
    {"s", 0, 0, 0,
        "function|dump function|help function|kill function|list function|stats script|debug script|exists "
        "script|flush "
        "script|help script|kill script|load script|show"},
    {"sm", 0, 0, 0, "eval evalsha fcall"},
    {"w", 1, -2, 1, "blpop brpop bzpopmax bzpopmin"},
    {"w", 1, -1, 1, "del pfmerge sdiffstore sinterstore sunionstore unlink"},
    {"w", 1, -1, 2, "mset msetnx"},
    {"w", 1, 1, 1,
        "append bitfield decr decrby expire expireat geoadd getdel getex getset hdel hincrby hincrbyfloat hmset hset "
        "hsetnx "
        "incr incrby incrbyfloat linsert lpop lpush lpushx lrem lset ltrim move persist pexpire pexpireat pfadd psetex "
        "rpop "
        "rpush rpushx sadd set setbit setex setnx setrange spop srem xack xadd xautoclaim xclaim xdel xsetid xtrim "
        "zadd "
        "zincrby zpopmax zpopmin zrem zremrangebylex zremrangebyrank zremrangebyscore"},
    {"w", 1, 1, 1, "hexpire hexpireat hgetdel hgetex hpersist hpexpire hpexpireat hsetex vadd vrem vsetattr"},
    {"w", 1, 2, 1, "blmove brpoplpush copy geosearchstore lmove rename renamenx rpoplpush smove zrangestore"},
    {"w", 2, -1, 1, "bitop"},
    {"w", 2, 2, 1, "xgroup|create xgroup|createconsumer xgroup|delconsumer xgroup|destroy xgroup|setid"},
    {"wad", 2, 2, 1, "pfdebug"},
    {"wd", 0, 0, 0, "flushall flushdb swapdb"},
    {"wd", 1, 1, 1, "restore restore-asking"},
    {"wdm", 1, 1, 1, "sort"},
    {"wdm", 3, 3, 1, "migrate"},
    {"wm", 0, 0, 0, "blmpop bzmpop lmpop xreadgroup zmpop"},
    {"wm", 1, 1, 1, "georadius georadiusbymember zdiffstore zinterstore zunionstore"},
    {"ws", 0, 0, 0, "function|delete function|flush function|load function|restore"},
};

} // namespace

void CommandTable::addGroup(std::string_view flags, int firstKey, int lastKey, int keyStep, std::string_view names)
{
    const auto has = [flags](char flag) { return flags.find(flag) != std::string_view::npos; };
    const CommandTraits traits{has('r'), has('w'), has('a'), has('d'), has('s'), has('m'), firstKey, lastKey, keyStep};
    while (!names.empty()) {
        const std::size_t end = names.find(' ');
        add(std::string(names.substr(0, end)), traits);
        names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
    }
}

std::shared_ptr<const CommandTable> CommandTable::makeBuiltIn()
{
    auto table = std::make_shared<CommandTable>();
    for (const Group& group : groups) {
        table->addGroup(group.flags, group.firstKey, group.lastKey, group.keyStep, group.names);
    }
    return table;
}

std::shared_ptr<const CommandTable> CommandTable::builtIn()
{
    static const std::shared_ptr<const CommandTable> table = makeBuiltIn();
    return table;
}

} // namespace keyglass
