<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CellView</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hex</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClusterScan</name>
    <message>
        <source>No node of the cluster owns slot %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DatabaseScan</name>
    <message>
        <source>%1 db %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyEdit</name>
    <message>
        <source>The connection was lost.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyPredicate</name>
    <message>
        <source>Its maxmemory-policy keeps only one of idle time and frequency, and not the one asked for.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>The connection was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply is too large.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NodeScanner</name>
    <message>
        <source>%1; trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>went on from its cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no answer since %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2), trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>began again, as the server does not tell its run_id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>began again, as the server process is another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>began again, as the server&apos;s cursors go backwards</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names no node of the cluster.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message>
        <source>The reply to CLUSTER NODES is not what it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply to CLUSTER SHARDS or SLOTS is not what it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server is not part of a cluster.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ValueHeader</name>
    <message>
        <source>(the empty key)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>There is no profile of this name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>It says how to read --pattern, which is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is larger than any server takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pattern is given as --pattern P</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command takes options only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A command reads the password from KEYGLASS_PASSWORD or by --password-stdin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some elements are larger than one reply may be and were left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes one key, written as &quot;keyglass keys&quot; writes it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass</name>
    <message>
        <source>%1: stopped on request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refuses the login.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: this user may not do that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is read-only here; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: this has to be confirmed first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is still loading its data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer like a Redis or Valkey server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered with an error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds another type than expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not exist any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was changed by someone else in the meantime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a limit was reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be read or written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not support that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the server is up and not busy, or allow more time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address, the port and the network, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the certificate authority, the server name and the client certificate of this profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the user and the password in the connection&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator for this permission, or connect as another user.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the port, and whether the server expects TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was deleted or has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>login refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>not confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>protocol error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bad input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its server ended at once: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: done; it is gone now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else has changed its time to live meanwhile; that was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It moved to another slot by a copy and a deletion, which is not one step for other clients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost before the answer; looking again showed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 exists already; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t get the name %2: there is such a key. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has another time to live by now; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was changed by somebody else since it was loaded; nothing was overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: what was to be changed is not there any more; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not changed: the connection was lost before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not exist any more; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds another type by now (%2); nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is changed by others all the time; nothing was changed. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether %1 was changed is not known: the connection was lost. Reload it to see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has to be a number, inf or -inf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (at position %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes too many steps for the key %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged (%1) and can&apos;t be set aside; changes are not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was damaged (%1). It is kept as %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A host is a name or an address, without spaces, / or @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address: host, or host:port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A client certificate needs its key file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key file needs its client certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the master is missing, as the Sentinels know it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at sentinel %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at sentinels %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path of a socket begins with a slash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Databases are counted from 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keychain is running; passwords are asked for instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An IPv6 address stands in [ ], then comes :port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path of the socket is missing; it comes after three slashes: redis+unix:///run/redis.sock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is a number from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names two different databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name of the master</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the master is missing: redis+sentinel://host:26379/name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is yes or no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not known; it begins with redis://, rediss:// or redis+unix://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The URI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins with redis://, rediss:// or redis+unix://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a / in the password as %2F, a ? as %3F, a # as %23, an @ as %40</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In %1, a percent sign is followed by two hexadecimal digits; itself it is written %25</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its keys take more than the %1 of memory that a list may take (settings).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set “%1” is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no set of keys, or its beginning is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another version of Keyglass wrote it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its beginning is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set “%1” is cut off: %2 of %3 are there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set “%1” is damaged: the file is longer than it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder can&apos;t be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its answer is no address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Sentinels name it as master, but it is a replica.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Sentinels know no master of this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It names no Sentinel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A server that does not tell its version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, a replica</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, a cluster&apos;s node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. It is still loading its data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Database %2 holds %3 keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. How many keys it holds may not be asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cluster that does not tell its version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, a cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 It holds %2 keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 How many keys it holds is not known: a master does not tell.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::CommandGate</name>
    <message>
        <source>The command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This connection only reads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stops the server for everyone while it runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a production server.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::DemoServer</name>
    <message>
        <source>It needs redis-server or valkey-server, and neither is installed. Install one of them, for example the package redis-server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No private folder could be made in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo shop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::GuardedEdit</name>
    <message>
        <source>A part of the change was made: reload the value to see which.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::JsonFile</name>
    <message>
        <source>larger than 64 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder can&apos;t be written, or another program holds the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::KeyRegex::Matcher::Private</name>
    <message>
        <source>The regular expression</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::Profile</name>
    <message>
        <source>cluster at %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ProfileStore</name>
    <message>
        <source>The profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::RenameAcross</name>
    <message>
        <source>The copy is not like the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost: the key is still there, and a copy of it as %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ResultLibrary</name>
    <message>
        <source>The set of keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::SecretStore::Private</name>
    <message>
        <source>It has not answered for two minutes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::Session</name>
    <message>
        <source>a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: connected, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is paused: the loaded keys take %1 of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan: %L1 keys in %2 ms, %L3 calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::cli</name>
    <message>
        <source>It goes without --uri and --profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile is of a kind that this version doesn&apos;t know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no profile of this name in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give either --uri or --profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs --uri URI or --profile NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is one node of a cluster, and only its keys are looked at; redis+cluster:// opens them all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::cli::Options</name>
    <message>
        <source>There is no such option here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs a value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes no value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is given twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a whole number of at least 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is none of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui</name>
    <message>
        <source>%1 M/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 k/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 ms)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>(empty name)</source>
        <translation>(leerer Name)</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>%1 – open</source>
        <translation>%1 – öffnen</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not known. %2</source>
        <translation>%1 ist nicht bekannt. %2</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expires %1</source>
        <translation>läuft ab: %1</translation>
    </message>
    <message>
        <source>1 field</source>
        <translation>1 Feld</translation>
    </message>
    <message>
        <source>%1 fields</source>
        <translation>%1 Felder</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 Mitglied</translation>
    </message>
    <message>
        <source>%1 members</source>
        <translation>%1 Mitglieder</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 Eintrag</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>1 element</source>
        <translation>1 Element</translation>
    </message>
    <message>
        <source>%1 elements</source>
        <translation>%1 Elemente</translation>
    </message>
    <message>
        <source>no expiry</source>
        <translation>kein Ablauf</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1 in memory</source>
        <translation>%1 im Speicher</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Length: %1 bytes</source>
        <translation>Länge: %1 Bytes</translation>
    </message>
    <message>
        <source>TTL: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires: %1 (by this computer&apos;s clock)</source>
        <translation>Läuft ab: %1 (nach der Uhr dieses Rechners)</translation>
    </message>
    <message>
        <source>Memory: %1 bytes; of a collection an estimate from 5 elements</source>
        <translation>Speicher: %1 Bytes; bei einer Sammlung aus 5 Elementen geschätzt</translation>
    </message>
    <message>
        <source>Encoding: %1</source>
        <translation>Kodierung: %1</translation>
    </message>
    <message>
        <source>The length</source>
        <translation>Die Länge</translation>
    </message>
    <message>
        <source>The TTL</source>
        <translation>Die TTL</translation>
    </message>
    <message>
        <source>The memory</source>
        <translation>Der Speicher</translation>
    </message>
    <message>
        <source>The encoding</source>
        <translation>Die Kodierung</translation>
    </message>
    <message>
        <source>KEYS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This database holds %1. KEYS reads them in one go, and the server answers nobody meanwhile.</source>
        <translation>Diese Datenbank enthält %1. KEYS liest sie in einem Zug, und der Server antwortet so lange niemandem.</translation>
    </message>
    <message>
        <source>Expected standstill: about %1. A scan takes longer and stops nobody.</source>
        <translation>Erwarteter Stillstand: etwa %1. Ein Scan dauert länger und hält niemanden auf.</translation>
    </message>
    <message>
        <source>Run KEYS</source>
        <translation>KEYS ausführen</translation>
    </message>
    <message>
        <source>KEYS is not run in production: the server would answer nobody meanwhile. The scan finds the same keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not tell how many keys it holds, so the standstill that KEYS causes can&apos;t be told. The scan finds the same keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This database holds %1. KEYS is for %2 at most: the server would stand still for about %3. The scan finds the same keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KEYS reads one database, and several are open. It can be run once one of them is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cluster %1/%2</source>
        <translation>Cluster %1/%2</translation>
    </message>
    <message>
        <source>%1: no slots</source>
        <translation>%1: keine Slots</translation>
    </message>
    <message>
        <source>%1: slots %2</source>
        <translation>%1: Slots %2</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, does not answer (%1)</source>
        <translation>, antwortet nicht (%1)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer. Its keys can&apos;t be read now; those of the other nodes can.</source>
        <translation>%1 antwortet nicht. Seine Schlüssel können jetzt nicht gelesen werden, die der anderen Knoten schon.</translation>
    </message>
    <message>
        <source>%1 and %2 do not answer. Their keys can&apos;t be read now; those of the other nodes can.</source>
        <translation>%1 und %2 antworten nicht. Ihre Schlüssel können jetzt nicht gelesen werden, die der anderen Knoten schon.</translation>
    </message>
    <message>
        <source>replaced by %1</source>
        <translation>ersetzt durch %1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>scanning</source>
        <translation>scannt</translation>
    </message>
    <message>
        <source>no answer since %1</source>
        <translation>keine Antwort seit %1</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>neuer Versuch</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>done, %1</source>
        <translation>fertig, %1</translation>
    </message>
    <message>
        <source>stopped at the limit</source>
        <translation>am Limit angehalten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>given up: %1</source>
        <translation>aufgegeben: %1</translation>
    </message>
    <message>
        <source>COUNT %1, %2 calls/s, %3 a call</source>
        <translation>COUNT %1, %2 Aufrufe/s, %3 je Aufruf</translation>
    </message>
    <message>
        <source>%1 as user %2</source>
        <translation>%1 als Benutzer %2</translation>
    </message>
    <message>
        <source>%1 over TLS</source>
        <translation>%1 über TLS</translation>
    </message>
    <message>
        <source>%1, database %2</source>
        <translation>%1, Datenbank %2</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>Nicht verbunden mit %1</translation>
    </message>
    <message>
        <source>The connection did not come about.</source>
        <translation>Die Verbindung kam nicht zustande.</translation>
    </message>
    <message>
        <source>%1 is loading its data</source>
        <translation>%1 lädt seine Daten</translation>
    </message>
    <message>
        <source>The server is up and reads its data set from disk. This page tries again by itself.</source>
        <translation>Der Server läuft und liest seine Daten von der Platte. Diese Seite versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>Asked for: keys that begin with “%1”</source>
        <translation>Gesucht: Schlüssel, die mit „%1“ beginnen</translation>
    </message>
    <message>
        <source>Asked for: keys that match “%1”</source>
        <translation>Gesucht: Schlüssel, auf die „%1“ passt</translation>
    </message>
    <message>
        <source>Asked for: the key “%1”</source>
        <translation>Gesucht: der Schlüssel „%1“</translation>
    </message>
    <message>
        <source>Asked for: keys of type %1.</source>
        <translation>Gesucht: Schlüssel vom Typ %1.</translation>
    </message>
    <message>
        <source>%1, of type %2.</source>
        <translation>%1, vom Typ %2.</translation>
    </message>
    <message>
        <source>Asked for: %1.</source>
        <translation>Gesucht: %1.</translation>
    </message>
    <message>
        <source>Only: %1.</source>
        <translation>Nur: %1.</translation>
    </message>
    <message>
        <source>Paused; no key found yet</source>
        <translation>Pausiert; noch kein Schlüssel gefunden</translation>
    </message>
    <message>
        <source>Scanning; no key found yet</source>
        <translation>Scan läuft; noch kein Schlüssel gefunden</translation>
    </message>
    <message>
        <source>The server is loading its data</source>
        <translation>Der Server lädt seine Daten</translation>
    </message>
    <message>
        <source>The keys can&apos;t be read</source>
        <translation>Die Schlüssel können nicht gelesen werden</translation>
    </message>
    <message>
        <source>No key found before the limit</source>
        <translation>Bis zum Limit kein Schlüssel gefunden</translation>
    </message>
    <message>
        <source>Stopped before a key was found</source>
        <translation>Angehalten, bevor ein Schlüssel gefunden wurde</translation>
    </message>
    <message>
        <source>These databases are empty</source>
        <translation>Diese Datenbanken sind leer</translation>
    </message>
    <message>
        <source>Others can be chosen above.</source>
        <translation>Oben können andere gewählt werden.</translation>
    </message>
    <message>
        <source>Database %1 is empty</source>
        <translation>Datenbank %1 ist leer</translation>
    </message>
    <message>
        <source>Another database can be chosen above.</source>
        <translation>Oben kann eine andere Datenbank gewählt werden.</translation>
    </message>
    <message>
        <source>No key matches</source>
        <translation>Kein Schlüssel passt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Edit connection…</source>
        <translation>Verbindung bearbeiten…</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>Passwort eingeben…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Erneut scannen</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>Alle Schlüssel zeigen</translation>
    </message>
    <message>
        <source>Clear the find field</source>
        <translation>Suchfeld leeren</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>Load all</source>
        <translation>Alle laden</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindung zu %1 wird aufgebaut</translation>
    </message>
    <message>
        <source>Disconnected from %1</source>
        <translation>Getrennt von %1</translation>
    </message>
    <message>
        <source>No loaded key matches “%1”</source>
        <translation>Auf keinen geladenen Schlüssel passt „%1“</translation>
    </message>
    <message>
        <source>Looked through %1. Keys that are not loaded are found by the pattern field above.</source>
        <translation>%1 durchsucht. Nicht geladene Schlüssel findet das Musterfeld oben.</translation>
    </message>
    <message>
        <source>The result set holds no key</source>
        <translation>Die Ergebnismenge enthält keinen Schlüssel</translation>
    </message>
    <message>
        <source>Nothing scanned yet</source>
        <translation>Noch nichts gescannt</translation>
    </message>
    <message>
        <source>Disconnected. What is loaded stays readable.</source>
        <translation>Getrennt. Was geladen ist, bleibt lesbar.</translation>
    </message>
    <message>
        <source>Not connected. %1 What is loaded stays readable.</source>
        <translation>Nicht verbunden. %1 Was geladen ist, bleibt lesbar.</translation>
    </message>
    <message>
        <source>Connecting to %1. What is loaded stays readable.</source>
        <translation>Verbindung zu %1 wird aufgebaut. Was geladen ist, bleibt lesbar.</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Connection lost %1 (%2).</source>
        <translation>Verbindung verloren, %1 (%2).</translation>
    </message>
    <message>
        <source>Connection lost %1.</source>
        <translation>Verbindung verloren, %1.</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Nächster Versuch in %1.</translation>
    </message>
    <message>
        <source>Trying to connect.</source>
        <translation>Verbindungsversuch läuft.</translation>
    </message>
    <message>
        <source>What is loaded stays readable.</source>
        <translation>Was geladen ist, bleibt lesbar.</translation>
    </message>
    <message>
        <source>keys that begin with “%1”</source>
        <translation>Schlüssel, die mit „%1“ beginnen</translation>
    </message>
    <message>
        <source>keys that match “%1”</source>
        <translation>Schlüssel, auf die „%1“ passt</translation>
    </message>
    <message>
        <source>the key “%1”</source>
        <translation>der Schlüssel „%1“</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>alle Schlüssel</translation>
    </message>
    <message>
        <source>of type %1</source>
        <translation>vom Typ %1</translation>
    </message>
    <message>
        <source>found by “%1”</source>
        <translation>gefunden mit „%1“</translation>
    </message>
    <message>
        <source>selected by hand</source>
        <translation>von Hand ausgewählt</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1 konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>the scan had not come to its end</source>
        <translation>der Scan war nicht zu Ende</translation>
    </message>
    <message>
        <source>&amp;New connection…</source>
        <translation>&amp;Neue Verbindung…</translation>
    </message>
    <message>
        <source>New &amp;tab on this server</source>
        <translation>Neues &amp;Register auf diesem Server</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>Neues &amp;Fenster</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>&amp;Demo ausprobieren</translation>
    </message>
    <message>
        <source>&amp;Connect again</source>
        <translation>&amp;Wieder verbinden</translation>
    </message>
    <message>
        <source>D&amp;isconnect</source>
        <translation>&amp;Trennen</translation>
    </message>
    <message>
        <source>&amp;Edit connection…</source>
        <translation>Verbindung &amp;bearbeiten…</translation>
    </message>
    <message>
        <source>C&amp;lose key tab</source>
        <translation>Schlüsselregister s&amp;chließen</translation>
    </message>
    <message>
        <source>Close &amp;session</source>
        <translation>&amp;Sitzung schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Copy key name</source>
        <translation>Schlüsselnamen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy key name &amp;escaped</source>
        <translation>Schlüsselnamen &amp;maskiert kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all keys</source>
        <translation>&amp;Alle Schlüssel auswählen</translation>
    </message>
    <message>
        <source>&amp;Find in loaded keys</source>
        <translation>In geladenen Schlüsseln &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Pattern</source>
        <translation>M&amp;uster</translation>
    </message>
    <message>
        <source>&amp;Show all keys</source>
        <translation>Alle Schlüssel &amp;zeigen</translation>
    </message>
    <message>
        <source>Settin&amp;gs…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sitzungen</translation>
    </message>
    <message>
        <source>Message &amp;log</source>
        <translation>&amp;Meldungen</translation>
    </message>
    <message>
        <source>&amp;Memory column</source>
        <translation>S&amp;peicherspalte</translation>
    </message>
    <message>
        <source>&amp;Expand folder</source>
        <translation>Ordner &amp;aufklappen</translation>
    </message>
    <message>
        <source>&amp;Collapse folder</source>
        <translation>Ordner &amp;zuklappen</translation>
    </message>
    <message>
        <source>Se&amp;parator…</source>
        <translation>&amp;Trennzeichen…</translation>
    </message>
    <message>
        <source>La&amp;rger text</source>
        <translation>&amp;Größere Schrift</translation>
    </message>
    <message>
        <source>Sm&amp;aller text</source>
        <translation>&amp;Kleinere Schrift</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>&amp;Keep tab open</source>
        <translation>&amp;Register behalten</translation>
    </message>
    <message>
        <source>Read &amp;value again</source>
        <translation>&amp;Wert neu lesen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>V&amp;orwärts</translation>
    </message>
    <message>
        <source>&amp;Go to key…</source>
        <translation>Zu Schlüssel &amp;gehen…</translation>
    </message>
    <message>
        <source>Go to &amp;row or share…</source>
        <translation>Zu Zeile oder &amp;Anteil gehen…</translation>
    </message>
    <message>
        <source>&amp;Start scan</source>
        <translation>Scan &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Pause scan</source>
        <translation>Scan &amp;pausieren</translation>
    </message>
    <message>
        <source>S&amp;top scan</source>
        <translation>Scan an&amp;halten</translation>
    </message>
    <message>
        <source>Scan &amp;again</source>
        <translation>&amp;Erneut scannen</translation>
    </message>
    <message>
        <source>Scan this &amp;folder again</source>
        <translation>Diesen &amp;Ordner erneut scannen</translation>
    </message>
    <message>
        <source>Load &amp;more</source>
        <translation>&amp;Mehr laden</translation>
    </message>
    <message>
        <source>Load a&amp;ll</source>
        <translation>&amp;Alle laden</translation>
    </message>
    <message>
        <source>&amp;Retry missing nodes</source>
        <translation>Fehlende &amp;Knoten wieder versuchen</translation>
    </message>
    <message>
        <source>Scan l&amp;imits…</source>
        <translation>Scan-&amp;Limits…</translation>
    </message>
    <message>
        <source>Read all at once with &amp;KEYS…</source>
        <translation>Alle auf einmal mit KE&amp;YS lesen…</translation>
    </message>
    <message>
        <source>Save res&amp;ult as…</source>
        <translation>Ergebnis sichern &amp;unter…</translation>
    </message>
    <message>
        <source>R&amp;esult sets…</source>
        <translation>E&amp;rgebnismengen…</translation>
    </message>
    <message>
        <source>E&amp;xport keys…</source>
        <translation>Schlüssel e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>&amp;Next session</source>
        <translation>&amp;Nächste Sitzung</translation>
    </message>
    <message>
        <source>&amp;Previous session</source>
        <translation>&amp;Vorige Sitzung</translation>
    </message>
    <message>
        <source>&amp;About Keyglass</source>
        <translation>&amp;Über Keyglass</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>Key tab 1</source>
        <translation>Schlüsselregister 1</translation>
    </message>
    <message>
        <source>Key tab 2</source>
        <translation>Schlüsselregister 2</translation>
    </message>
    <message>
        <source>Key tab 3</source>
        <translation>Schlüsselregister 3</translation>
    </message>
    <message>
        <source>Key tab 4</source>
        <translation>Schlüsselregister 4</translation>
    </message>
    <message>
        <source>Key tab 5</source>
        <translation>Schlüsselregister 5</translation>
    </message>
    <message>
        <source>Key tab 6</source>
        <translation>Schlüsselregister 6</translation>
    </message>
    <message>
        <source>Key tab 7</source>
        <translation>Schlüsselregister 7</translation>
    </message>
    <message>
        <source>Key tab 8</source>
        <translation>Schlüsselregister 8</translation>
    </message>
    <message>
        <source>Key tab 9</source>
        <translation>Schlüsselregister 9</translation>
    </message>
    <message>
        <source>Stop the scan, then clear the find field</source>
        <translation>Scan anhalten, dann Suchfeld leeren</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 Aufruf</translation>
    </message>
    <message>
        <source>%1 calls</source>
        <translation>%1 Aufrufe</translation>
    </message>
    <message>
        <source>Stopped at the limit of %1: %2 shown after %3, %4 of the keyspace seen.</source>
        <translation>Am Limit von %1 angehalten: %2 gezeigt nach %3, %4 des Schlüsselraums gesehen.</translation>
    </message>
    <message>
        <source>About %1 would show all.</source>
        <translation>Etwa %1 würden alle zeigen.</translation>
    </message>
    <message>
        <source>Slots without a node: %1; their keys can&apos;t be read.</source>
        <translation>Slots ohne Knoten: %1; ihre Schlüssel können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Slots still moving: %1; keys in them may be missing.</source>
        <translation>Slots, die noch umziehen: %1; Schlüssel darin können fehlen.</translation>
    </message>
    <message>
        <source>Whether slots moved is not known: CLUSTER NODES is forbidden on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was given up, %2 of it seen: %3</source>
        <translation>%1 wurde aufgegeben, %2 davon gesehen: %3</translation>
    </message>
    <message>
        <source>The list is partial: %1 of the keyspace was seen.</source>
        <translation>Die Liste ist unvollständig: %1 des Schlüsselraums wurden gesehen.</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: %1 shown, %2 of the keyspace seen.</source>
        <translation>Angehalten: %1 gezeigt, %2 des Schlüsselraums gesehen.</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 Knoten</translation>
    </message>
    <message>
        <source>partial: %1 missing, %2 seen</source>
        <translation>unvollständig: %1 fehlt, %2 gesehen</translation>
    </message>
    <message>
        <source>partial: %1 seen</source>
        <translation>unvollständig: %1 gesehen</translation>
    </message>
    <message>
        <source>partial: slots %1 without a node</source>
        <translation>unvollständig: Slots %1 ohne Knoten</translation>
    </message>
    <message>
        <source>partial: slots %1 still moving</source>
        <translation>unvollständig: Slots %1 ziehen noch um</translation>
    </message>
    <message>
        <source>%1 · db %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 databases</source>
        <translation>%1 Datenbanken</translation>
    </message>
    <message>
        <source>db %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>db %1 and %2</source>
        <translation>db %1 und %2</translation>
    </message>
    <message>
        <source>%1 in %2 by one KEYS call</source>
        <translation>%1 in %2 mit einem KEYS-Aufruf</translation>
    </message>
    <message>
        <source>%1 in %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::AboutDialog</name>
    <message>
        <source>About Keyglass</source>
        <translation>Über Keyglass</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Keyglass %1&lt;/h2&gt;&lt;p&gt;A key browser for Redis and Valkey that opens any keyspace.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. It comes without any warranty.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Keyglass %1&lt;/h2&gt;&lt;p&gt;Ein Schlüsselbrowser für Redis und Valkey, der jeden Schlüsselraum öffnet.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Ohne jede Gewährleistung.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>&lt;p&gt;It is built on (Qt %1 at run time):&lt;/p&gt;</source>
        <translation>&lt;p&gt;Sie baut auf (Qt %1 zur Laufzeit):&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CellView</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How the value is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Break long lines at the window&apos;s edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy escaped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This value is %1 long and was left out of its page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This value is longer than %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load whole</source>
        <translation>Ganz laden</translation>
    </message>
    <message>
        <source>This value is empty.</source>
        <translation>Dieser Wert ist leer.</translation>
    </message>
    <message>
        <source>This value can&apos;t be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>very long lines are broken here; copies are not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; Hex shows all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no JSON: it ends too early; shown as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON nested too deeply or too large to lay out; shown as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no JSON from byte %1 on; shown as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>byte %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an unknown number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ClusterNotice</name>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the whole cluster</source>
        <translation>Den ganzen Cluster öffnen</translation>
    </message>
    <message>
        <source>This server is one node of a cluster: only its own keys are shown.</source>
        <translation>Dieser Server ist ein Knoten eines Clusters: Gezeigt werden nur seine eigenen Schlüssel.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Befehl eintippen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ConnectionDialog</name>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>&amp;Verbindung</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;LS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS to Sentinels</source>
        <translation>TLS zu Sentinels</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Test result</source>
        <translation>Testergebnis</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>S&amp;ichern</translation>
    </message>
    <message>
        <source>Conn&amp;ect</source>
        <translation>Ver&amp;binden</translation>
    </message>
    <message>
        <source>Sentinels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying %1…</source>
        <translation>%1 wird versucht…</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ConnectionNotice</name>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Edit connection…</source>
        <translation>Verbindung bearbeiten…</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DatabaseBox</name>
    <message>
        <source>db %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Database and its number of keys</source>
        <translation>Datenbank und wie viele Schlüssel sie hat</translation>
    </message>
    <message>
        <source>Several databases…</source>
        <translation>Mehrere Datenbanken…</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DatabasesDialog</name>
    <message>
        <source>db %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several databases</source>
        <translation>Mehrere Datenbanken</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Each is a root of the key tree. They are scanned one after the other, and found, filtered and selected together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those with &amp;keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show 1 database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show %1 databases</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ElementTable</name>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ElementsView</name>
    <message>
        <source>Filter fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loaded fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Filter members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 found so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>no more fit in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>some beside a value of over 64 MB can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ExportKeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Save keys as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Lines, escaped as on the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name, from the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name, from the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forma&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FileField</name>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FilterBar</name>
    <message>
        <source>Start scan</source>
        <translation>Scan starten</translation>
    </message>
    <message>
        <source>Pause scan</source>
        <translation>Scan pausieren</translation>
    </message>
    <message>
        <source>Stop scan</source>
        <translation>Scan anhalten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Mehr Filter</translation>
    </message>
    <message>
        <source>Only keys of this time to live, size or use; the server is asked again</source>
        <translation>Nur Schlüssel mit dieser Lebensdauer, Größe oder Nutzung; der Server wird neu gefragt</translation>
    </message>
    <message>
        <source>Drop filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Drop these filters and scan again</source>
        <translation>Diese Filter aufheben und erneut scannen</translation>
    </message>
    <message>
        <source>Type filter</source>
        <translation>Typfilter</translation>
    </message>
    <message>
        <source>Only keys of this type; the server is asked again</source>
        <translation>Nur Schlüssel dieses Typs; der Server wird neu gefragt</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle Typen</translation>
    </message>
    <message>
        <source>String</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Menge</translation>
    </message>
    <message>
        <source>Sorted set</source>
        <translation>Sortierte Menge</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan &amp;again</source>
        <translation>&amp;Erneut scannen</translation>
    </message>
    <message>
        <source>Scan &amp;limits…</source>
        <translation>Scan-&amp;Limits…</translation>
    </message>
    <message>
        <source>Read all at once with &amp;KEYS…</source>
        <translation>Alle auf einmal mit KE&amp;YS lesen…</translation>
    </message>
    <message>
        <source>Go on with the scan</source>
        <translation>Scan fortsetzen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FindField</name>
    <message>
        <source>Aa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>.*</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in loaded keys</source>
        <translation>In geladenen Schlüsseln suchen</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 so far, searching %2</source>
        <translation>%1 bisher, %2 durchsucht</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::GoToDialog</name>
    <message>
        <source>A row number like 1,204,332, or a share like 62 %.</source>
        <translation>Eine Zeilennummer wie 1,204,332 oder ein Anteil wie 62 %.</translation>
    </message>
    <message>
        <source>Go to key</source>
        <translation>Zu Schlüssel gehen</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>Zu Zeile gehen</translation>
    </message>
    <message>
        <source>Key name</source>
        <translation>Schlüsselname</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Exact name, as it is shown</source>
        <translation>Der genaue Name, wie er gezeigt wird</translation>
    </message>
    <message>
        <source>1,204,332 or 62 %</source>
        <translation>1,204,332 oder 62 %</translation>
    </message>
    <message>
        <source>The key is asked for by its name; nothing is scanned.</source>
        <translation>Der Schlüssel wird beim Namen gefragt; nichts wird gescannt.</translation>
    </message>
    <message>
        <source>A row of the tree by its number, or a share of all rows.</source>
        <translation>Eine Zeile des Baums nach ihrer Nummer oder ein Anteil aller Zeilen.</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::HexView</name>
    <message>
        <source>Hex</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyPanel</name>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Partial list</source>
        <translation>Unvollständige Liste</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wieder versuchen</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>Load all</source>
        <translation>Alle laden</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Erneut scannen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyScopeBox</name>
    <message>
        <source>&amp;Selected: %1</source>
        <translation>Au&amp;sgewählt: %1</translation>
    </message>
    <message>
        <source>&amp;Found by “%1”: %2</source>
        <translation>Mit „%1“ &amp;gefunden: %2</translation>
    </message>
    <message>
        <source>&amp;All: %1</source>
        <translation>&amp;Alle: %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTreeHeader</name>
    <message>
        <source>Key columns</source>
        <translation>Schlüsselspalten</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTreeModel</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n Schlüssel</numerusform>
            <numerusform>%n Schlüssel</numerusform>
        </translation>
    </message>
    <message>
        <source>Gone: deleted or expired since the keys were read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation>Typ: %1</translation>
    </message>
    <message>
        <source>Expires in %1, at %2</source>
        <translation>Läuft ab in %1, um %2</translation>
    </message>
    <message>
        <source>Memory: %1 bytes, estimated</source>
        <translation>Speicher: %1 Bytes, geschätzt</translation>
    </message>
    <message>
        <source>%1: this user may not ask for it</source>
        <translation>%1: Dieser Benutzer darf danach nicht fragen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeysPage</name>
    <message>
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>none: a flat list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full: done soonest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced: others hardly notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gentle: others come first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;parator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What parts folders in the names of keys; one or several characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan p&amp;ace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the server&apos;s time reading its keys may take.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LedgerModel</name>
    <message>
        <source>master</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replica</source>
        <translation>Replikat</translation>
    </message>
    <message>
        <source>Server process (run_id): %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cursor: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys/call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COUNT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p99</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of one call on average, from sending it to its answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What one call takes the server itself</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LedgerPanel</name>
    <message>
        <source>Scan ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume this node</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LimitField</name>
    <message>
        <source>%1, limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, unit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LimitsDialog</name>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan ends when the first of these is reached. It can go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most &amp;keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most &amp;calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most &amp;seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan with these limits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Message log</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Work is running</source>
        <translation>Arbeit läuft</translation>
    </message>
    <message>
        <source>Closing ends %1. What it found so far is not kept.</source>
        <translation>Das Schließen beendet %1. Was bisher gefunden wurde, bleibt nicht erhalten.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>End it and close</source>
        <translation>Beenden und schließen</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Keyglass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyglass — %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyglass — %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::MemoryNotice</name>
    <message>
        <source>Memory used up</source>
        <translation>Speicher verbraucht</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop the scan</source>
        <translation>Scan anhalten</translation>
    </message>
    <message>
        <source>The scan is paused: the list of keys takes %1 of memory, and more could make this computer swap. What is loaded can be used. To go on takes up to a quarter more; a pattern makes the list smaller.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::MessageLog</name>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::MessageLogView</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy messages</source>
        <translation>Meldungen kopieren</translation>
    </message>
    <message>
        <source>Clear messages</source>
        <translation>Meldungen löschen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::NodesPage</name>
    <message>
        <source>Sentinels&apos; password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep Sentinels&apos; password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reach all nodes at the host of the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Master name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the Sentinels know it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>host:port, host:port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentinels&apos; user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replicas: spares the masters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masters and replicas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For clusters behind a port forwarding that announce addresses of their own net</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Announced = reachable from here, one a line; a host alone stands for all its ports.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Master name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M&amp;ore nodes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their &amp;user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their pass&amp;word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sca&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M&amp;ore Sentinels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked where the first node does not answer; one that answers tells of all others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked where the first Sentinel does not answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordChoice</name>
    <message>
        <source>None is asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keychain (none is running)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged, in the keychain</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordDialog</name>
    <message>
        <source>Password for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of %1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password for the Sentinels themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of %1 for the Sentinels themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep it in the system&apos;s keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentinels&apos; password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep them in the system&apos;s keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordField</name>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PatternField</name>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>prefix</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>glob</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>All keys: prefix or glob, then Return</source>
        <translation>Alle Schlüssel: Anfang oder Glob, dann Eingabetaste</translation>
    </message>
    <message>
        <source>Problem with the pattern</source>
        <translation>Problem mit dem Muster</translation>
    </message>
    <message>
        <source>Kind of pattern</source>
        <translation>Art des Musters</translation>
    </message>
    <message>
        <source>What the pattern is taken for</source>
        <translation>Wofür das Muster genommen wird</translation>
    </message>
    <message>
        <source>Automatic: glob with *, ? or [, else prefix</source>
        <translation>Automatisch: Glob mit *, ? oder [, sonst Anfang</translation>
    </message>
    <message>
        <source>Prefix: keys that begin with it</source>
        <translation>Anfang: Schlüssel, die damit beginnen</translation>
    </message>
    <message>
        <source>Glob: *, ?, [abc]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact: this very key</source>
        <translation>Genau: eben dieser Schlüssel</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PredicatePopup</name>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than, or none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 less than %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more than %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Mehr Filter</translation>
    </message>
    <message>
        <source>&amp;TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Idle time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Frequency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Scan for these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server counts uses instead of idle times (maxmemory-policy %1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server keeps idle times, not frequencies (maxmemory-policy %1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has a TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frequency</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PreviewTabBar</name>
    <message>
        <source>Open keys</source>
        <translation>Offene Schlüssel</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Register schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ProfileList</name>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>%1&lt;br&gt;last used %2</source>
        <translation>%1&lt;br&gt;zuletzt benutzt %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultCommands</name>
    <message>
        <source>Saving the set “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved the set “%1” of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the set “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys were written to %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultJobs</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultNotice</name>
    <message>
        <source>Result set</source>
        <translation>Ergebnismenge</translation>
    </message>
    <message>
        <source>Result set “%1”, taken %2: %3, %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was taken over the connection %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys may be missing: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the scan</source>
        <translation>Zurück zum Scan</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultSetModel</name>
    <message>
        <source>Keys may be missing: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultSetsDialog</name>
    <message>
        <source>Sets of &amp;all connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result sets of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save keys as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>No set of keys was saved here yet. Tools, Save result as… saves what the key list shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One set of another connection is not listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sets of other connections are not listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New name of the set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” with its %2 is deleted from this computer. The keys on the server stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowAccessible</name>
    <message>
        <source>folder, %1 keys</source>
        <translation>Ordner, %1 Schlüssel</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>Ebene %1</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>about row %1 of %2</source>
        <translation>etwa Zeile %1 von %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SaveResultDialog</name>
    <message>
        <source>Save result</source>
        <translation>Ergebnis sichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Holds %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds %1. Keys may be missing: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ScanStrip</name>
    <message>
        <source>Scan progress</source>
        <translation>Fortschritt des Scans</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>What was asked of each node, and how it answered</source>
        <translation>Was jeder Knoten gefragt wurde und wie er antwortete</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>Pausiert bei %1</translation>
    </message>
    <message>
        <source>Scan %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>No scan yet</source>
        <translation>Noch kein Scan</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ServerPage</name>
    <message>
        <source>URI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read-only: nothing on the server is changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paste redis://…, fills in the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>give it a name to keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single server by unix socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name or address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UR&amp;I</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect &amp;to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ocket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staging and production are marked by a line of colour; production asks more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En&amp;vironment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path of the socket is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A node&apos;s &amp;host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Sentinel&apos;s &amp;host</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SessionBar</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent connections</source>
        <translation>Letzte Verbindungen</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>%1
%2
%3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation>Neue Verbindung…</translation>
    </message>
    <message>
        <source>Close session</source>
        <translation>Sitzung schließen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SessionLine</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>replica</source>
        <translation>Replikat</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SessionPage</name>
    <message>
        <source>No key open</source>
        <translation>Kein Schlüssel offen</translation>
    </message>
    <message>
        <source>A click on a key shows it here, a double click keeps it open. Ctrl+G goes to a key by name.</source>
        <translation>Ein Klick auf einen Schlüssel zeigt ihn hier, ein Doppelklick hält ihn offen. Strg+G geht zu einem Schlüssel mit Namen.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>There is no key “%1” in the open databases.</source>
        <translation>In den offenen Datenbanken gibt es keinen Schlüssel „%1“.</translation>
    </message>
    <message>
        <source>There is no key “%1” in database %2.</source>
        <translation>In Datenbank %2 gibt es keinen Schlüssel „%1“.</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>What parts folders in a key&apos;s name: one or several characters, or nothing for a flat list</source>
        <translation>Was Ordner im Namen eines Schlüssels trennt: ein oder mehrere Zeichen, oder nichts für eine flache Liste</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SessionStatus</name>
    <message>
        <source>Connection state</source>
        <translation>Stand der Verbindung</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>Nothing on this server can be changed from here.</source>
        <translation>Auf diesem Server kann von hier aus nichts geändert werden.</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>wieder versuchen</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SessionValueSource</name>
    <message>
        <source>db %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>node %1 · slot %2</source>
        <translation>Knoten %1 · Slot %2</translation>
    </message>
    <message>
        <source>slot %1, which no node has</source>
        <translation>Slot %1, den kein Knoten hat</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>none: a flat list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What parts folders in a key&apos;s name: one or several characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gentle: the server hardly notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full: as fast as the server answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan &amp;pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> % of this computer&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan pauses, and says so, when the loaded keys take more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M&amp;emory for keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;memory column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Natural order: user:2 before user:10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a &amp;folder of one key as that key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the system has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Closing while work is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Loading the whole of a large value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::Sparkline</name>
    <message>
        <source>Scan speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keys now, %2 at most</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::StartPage</name>
    <message>
        <source>A window onto the keys of Redis and Valkey servers</source>
        <translation>Ein Fenster auf die Schlüssel von Redis- und Valkey-Servern</translation>
    </message>
    <message>
        <source>&amp;New connection</source>
        <translation>&amp;Neue Verbindung</translation>
    </message>
    <message>
        <source>&amp;Try the demo</source>
        <translation>&amp;Demo ausprobieren</translation>
    </message>
    <message>
        <source>A private server with the keys of a shop, started here and removed with the program</source>
        <translation>Ein eigener Server mit den Schlüsseln eines Ladens, hier gestartet und mit dem Programm wieder entfernt</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>No connections yet. A new one takes an address; a URI such as redis://host:6379 can be pasted whole.

To look around first, try the demo: a private server with the keys of a shop, on this machine only, gone when the program ends.</source>
        <translation>Noch keine Verbindungen. Eine neue braucht eine Adresse; eine URI wie redis://host:6379 lässt sich im Ganzen einfügen.

Zum Umsehen gibt es die Demo: ein eigener Server mit den Schlüsseln eines Ladens, nur auf diesem Rechner, weg, wenn das Programm endet.</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten…</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>Starting the demo…</source>
        <translation>Demo wird gestartet…</translation>
    </message>
    <message>
        <source>Delete connection</source>
        <translation>Verbindung löschen</translation>
    </message>
    <message>
        <source>Delete the connection “%1”?</source>
        <translation>Die Verbindung „%1“ löschen?</translation>
    </message>
    <message>
        <source>Its password is taken out of the keychain too. The server and its keys are not touched.</source>
        <translation>Auch ihr Passwort wird aus dem Schlüsselbund genommen. Der Server und seine Schlüssel werden nicht angetastet.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TextEditor</name>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::Theme</name>
    <message>
        <source>development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>staging</source>
        <translation>Vorstufe</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TlsPage</name>
    <message>
        <source>Encry&amp;pt the connection (TLS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encry&amp;pt the connection to the Sentinels (TLS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A unix socket stays on this machine and needs no TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Verify the server&apos;s certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without it, anyone on the way can read and change everything, the password included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the system&apos;s authorities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;A certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cl&amp;ient certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client ke&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server &amp;name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValueHeader</name>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place of the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the value again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>idle time reset by opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server has no CLIENT NO-TOUCH (7.2), so opening a value counts as a use of its key. Lists, columns and filters do not.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValuePane</name>
    <message>
        <source>All fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>No key selected</source>
        <translation>Kein Schlüssel ausgewählt</translation>
    </message>
    <message>
        <source>Select a key to see its value.</source>
        <translation>Einen Schlüssel auswählen, um seinen Wert zu sehen.</translation>
    </message>
    <message>
        <source>Values of this type can&apos;t be shown</source>
        <translation>Werte dieses Typs können nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The key holds a value of the type %1, which belongs to a module of the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>It was there at %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is gone: deleted or expired. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is gone</source>
        <translation>Diesen Schlüssel gibt es nicht mehr</translation>
    </message>
    <message>
        <source>It was deleted or has expired since it was listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>The value can&apos;t be read</source>
        <translation>Der Wert kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>This key has expired by now. What is shown was read at %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValueTableModel</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punktzahl</translation>
    </message>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>keyglass::ui::WindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>%1 d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
