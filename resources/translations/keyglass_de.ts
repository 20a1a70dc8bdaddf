<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>BatchEdit</name>
    <message>
        <source>There is nothing to look for.</source>
        <translation>Es ist nichts angegeben, wonach zu suchen ist.</translation>
    </message>
    <message>
        <source>This is no regular expression: %1</source>
        <translation>Das ist kein regulärer Ausdruck: %1</translation>
    </message>
    <message>
        <source>This is no number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>er ist kein Text</translation>
    </message>
    <message>
        <source>the sum is too large for 64 bits</source>
        <translation>die Summe ist zu groß für 64 Bit</translation>
    </message>
    <message>
        <source>it is no number</source>
        <translation>er ist keine Zahl</translation>
    </message>
    <message>
        <source>This can&apos;t be done to values of this type.</source>
        <translation>Das geht mit Werten dieses Typs nicht.</translation>
    </message>
    <message>
        <source>it is too long to have been read</source>
        <translation>er ist zu lang, um gelesen worden zu sein</translation>
    </message>
    <message>
        <source>the sum would not be exact</source>
        <translation>die Summe wäre nicht genau</translation>
    </message>
</context>
<context>
    <name>Bulk</name>
    <message>
        <source>no node</source>
        <translation>kein Knoten</translation>
    </message>
    <message>
        <source>No node owns the slots of these keys</source>
        <translation>Kein Knoten besitzt die Slots dieser Schlüssel</translation>
    </message>
    <message>
        <source>The node is not in the cluster any more</source>
        <translation>Der Knoten ist nicht mehr im Cluster</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>“%1” is missing, or says nothing that is known</source>
        <translation>„%1“ fehlt oder sagt nichts Bekanntes</translation>
    </message>
    <message>
        <source>The time to live</source>
        <translation>Die Lebensdauer</translation>
    </message>
    <message>
        <source>It would be over already: that would delete the keys</source>
        <translation>Sie wäre schon vorbei: Das würde die Schlüssel löschen</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>Der Speicher reicht nicht</translation>
    </message>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation>Der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The target</source>
        <translation>Das Ziel</translation>
    </message>
    <message>
        <source>It is where the keys are</source>
        <translation>Dort sind die Schlüssel schon</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>A plan lists at most %1 keys by name. Choose a folder or a pattern, or export the keys to a file</source>
        <translation>Ein Plan führt höchstens %1 Schlüssel mit Namen auf. Wählen Sie einen Ordner oder ein Muster, oder exportieren Sie die Schlüssel in eine Datei</translation>
    </message>
    <message>
        <source>it can&apos;t be undone: %1 in memory, more than the %2 that are archived</source>
        <translation>er lässt sich nicht zurückholen: %1 im Speicher, mehr als die %2, die archiviert werden</translation>
    </message>
    <message>
        <source>The comparison with the preview</source>
        <translation>Der Vergleich mit der Vorschau</translation>
    </message>
    <message>
        <source>There is no preview of the values. Look through the keys first</source>
        <translation>Es gibt keine Vorschau der Werte. Sehen Sie zuerst die Schlüssel durch</translation>
    </message>
    <message>
        <source>Line %1 is none of a report, or the file is not whole</source>
        <translation>Zeile %1 gehört zu keinem Bericht, oder die Datei ist nicht vollständig</translation>
    </message>
    <message>
        <source>Several databases</source>
        <translation>Mehrere Datenbanken</translation>
    </message>
    <message>
        <source>Such a file does not tell which database a key is of. Export to an archive, or each database by itself</source>
        <translation>Eine solche Datei sagt nicht, aus welcher Datenbank ein Schlüssel ist. In ein Archiv exportieren oder jede Datenbank für sich</translation>
    </message>
    <message>
        <source>Their keys would come together in one. Choose the databases one after the other</source>
        <translation>Ihre Schlüssel kämen in einer zusammen. Die Datenbanken nacheinander wählen</translation>
    </message>
    <message>
        <source>%1, database %2</source>
        <translation>%1, Datenbank %2</translation>
    </message>
    <message>
        <source>Several databases are open, and an import is into one. Choose it first</source>
        <translation>Mehrere Datenbanken sind offen, und ein Import geht in eine. Zuerst diese wählen</translation>
    </message>
    <message>
        <source>A plan lists keys of one database by name. Choose keys of one, or a folder</source>
        <translation>Ein Plan nennt die Schlüssel einer Datenbank beim Namen. Schlüssel aus einer oder einen Ordner wählen</translation>
    </message>
    <message>
        <source>The chosen keys</source>
        <translation>Die gewählten Schlüssel</translation>
    </message>
    <message>
        <source>The chosen keys are of databases that are not open any more</source>
        <translation>Die gewählten Schlüssel sind aus Datenbanken, die nicht mehr geöffnet sind</translation>
    </message>
    <message>
        <source>The target is a cluster, which has one database: their keys would come together there. Copy one database after the other</source>
        <translation>Das Ziel ist ein Cluster, der nur eine Datenbank hat: die Schlüssel kämen dort zusammen. Kopieren Sie eine Datenbank nach der anderen</translation>
    </message>
    <message>
        <source>\%1 stands for a group in parentheses, and the expression has %2: all keys would lose that part of their names</source>
        <translation>\%1 steht für eine Gruppe in Klammern, und der Ausdruck hat %2: Alle Schlüssel verlören diesen Teil ihres Namens</translation>
    </message>
    <message>
        <source>The command %1</source>
        <translation>Der Befehl %1</translation>
    </message>
    <message>
        <source>It is of no key: at the first one it would end all of the database or the server, which no undo archive holds. Send it in the console if that is what you want.</source>
        <translation>Er gilt keinem Schlüssel: Schon beim ersten würde er die ganze Datenbank oder den Server beenden, und das hält kein Archiv fest. Senden Sie ihn in der Konsole, wenn Sie das wollen.</translation>
    </message>
    <message>
        <source>It names a database before its key, as lists of several databases do. A job works on one database: give it the lines of that one, without the number.</source>
        <translation>Vor dem Schlüssel steht eine Datenbank, wie in Listen mehrerer Datenbanken. Ein Auftrag bearbeitet eine Datenbank: Geben Sie ihm deren Zeilen, ohne die Nummer.</translation>
    </message>
    <message>
        <source>The new prefix</source>
        <translation>Das neue Präfix</translation>
    </message>
    <message>
        <source>It is the old one: no key would get another name</source>
        <translation>Es ist das alte: Kein Schlüssel bekäme einen anderen Namen</translation>
    </message>
    <message>
        <source>It is no JSON, or cut off (byte %1: %2)</source>
        <translation>Es ist kein JSON oder abgeschnitten (Byte %1: %2)</translation>
    </message>
    <message>
        <source>The rows there came before the job failed: no key of it is done</source>
        <translation>Die Zeilen dort kamen, bevor der Auftrag scheiterte: Kein Schlüssel davon ist erledigt</translation>
    </message>
    <message>
        <source>%1 of its keys are there already, so nothing is imported. An import may skip or replace such keys instead</source>
        <translation>%1 ihrer Schlüssel gibt es schon, darum wird nichts importiert. Ein Import kann solche Schlüssel stattdessen überspringen oder ersetzen</translation>
    </message>
    <message>
        <source>Nothing is imported: line %1: %2</source>
        <translation>Nichts wird importiert: Zeile %1: %2</translation>
    </message>
    <message>
        <source>it is not known whether its new name is taken: %1</source>
        <translation>ob sein neuer Name vergeben ist, ist nicht bekannt: %1</translation>
    </message>
    <message>
        <source>The passing file in %1 by which each key is done once</source>
        <translation>Die vorübergehende Datei in %1, durch die jeder Schlüssel einmal bearbeitet wird,</translation>
    </message>
    <message>
        <source>%1. It needs room in a folder that may be written: make some there, or name another folder by the variable TMPDIR.</source>
        <translation>%1. Sie braucht Platz in einem Ordner, in den geschrieben werden darf: Schaffen Sie dort welchen, oder nennen Sie mit der Variablen TMPDIR einen anderen Ordner.</translation>
    </message>
    <message>
        <source>the key that it would replace: %1</source>
        <translation>der Schlüssel, den er ersetzen würde: %1</translation>
    </message>
</context>
<context>
    <name>Bytes</name>
    <message>
        <source>The line &quot;%1&quot;</source>
        <translation>Die Zeile „%1“</translation>
    </message>
    <message>
        <source>A backslash stands only before another one, n, r, t or xHH</source>
        <translation>Ein Backslash steht nur vor einem weiteren, vor n, r, t oder xHH</translation>
    </message>
</context>
<context>
    <name>ClusterScan</name>
    <message>
        <source>No node of the cluster owns slot %1.</source>
        <translation>Kein Knoten des Clusters besitzt Slot %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n slot(s) moved meanwhile and are read again</source>
        <translation>
            <numerusform>%n Slot ist inzwischen umgezogen und wird noch einmal gelesen</numerusform>
            <numerusform>%n Slots sind inzwischen umgezogen und werden noch einmal gelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColumnType</name>
    <message>
        <source>&quot;%1&quot; in column %2</source>
        <translation>&quot;%1&quot; in Spalte %2</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>The key table</source>
        <translation>Die Schlüsseltabelle</translation>
    </message>
    <message>
        <source>More than four billion keys can&apos;t be sorted by a column</source>
        <translation>Mehr als vier Milliarden Schlüssel lassen sich nicht nach einer Spalte sortieren</translation>
    </message>
</context>
<context>
    <name>CommandGate</name>
    <message>
        <source>It deletes every key of every database. There is no undo.</source>
        <translation>Er löscht jeden Schlüssel jeder Datenbank. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>It deletes every key of this database. There is no undo.</source>
        <translation>Er löscht jeden Schlüssel dieser Datenbank. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>It ends the server, for everyone.</source>
        <translation>Er beendet den Server, für alle.</translation>
    </message>
</context>
<context>
    <name>ConnectionTest</name>
    <message numerus="yes">
        <source>%1 of %n master(s).</source>
        <translation>
            <numerusform>%1, %n Master.</numerusform>
            <numerusform>%1, %n Master.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DatabaseScan</name>
    <message>
        <source>%1 db %2</source>
        <translation>%1 db %2</translation>
    </message>
</context>
<context>
    <name>DialogWords</name>
    <message>
        <source>It expires at %1 now.</source>
        <translation>Er läuft jetzt am %1 ab.</translation>
    </message>
    <message>
        <source>It does not expire now.</source>
        <translation>Er läuft jetzt nicht ab.</translation>
    </message>
</context>
<context>
    <name>DraftStore</name>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation>Der Ordner kann nicht angelegt werden</translation>
    </message>
</context>
<context>
    <name>FileReading</name>
    <message>
        <source>It is no file, but a pipe or a device, and has to be read more than once. Write it to a file first</source>
        <translation>Es ist keine Datei, sondern eine Pipe oder ein Gerät, und muss mehr als einmal gelesen werden. Schreiben Sie es zuerst in eine Datei</translation>
    </message>
</context>
<context>
    <name>GuardedRemoval</name>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ging verloren.</translation>
    </message>
</context>
<context>
    <name>IndexAdvice</name>
    <message>
        <source>%1 queries asked for a value of %2 and looked at %3 rows for it; an index would find them at once.</source>
        <translation>%1 Abfragen fragten nach einem Wert von %2 und sahen dafür %3 Zeilen an; ein Index fände sie sofort.</translation>
    </message>
    <message>
        <source>The index on %1 has answered none of %2 queries; it costs memory and every write.</source>
        <translation>Der Index auf %1 hat keine von %2 Abfragen beantwortet; er kostet Speicher und bei jedem Schreiben Zeit.</translation>
    </message>
</context>
<context>
    <name>KeyEdit</name>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ging verloren.</translation>
    </message>
    <message>
        <source>The group has no name.</source>
        <translation>Die Gruppe hat keinen Namen.</translation>
    </message>
    <message>
        <source>The consumer has no name.</source>
        <translation>Der Verbraucher hat keinen Namen.</translation>
    </message>
    <message>
        <source>The path %1 leads to %2 values by now: choose one of them.</source>
        <translation>Der Pfad %1 führt jetzt zu %2 Werten: Wählen Sie einen davon.</translation>
    </message>
    <message>
        <source>%1 stand behind the place, and at most %2 are moved on: insert nearer to the end.</source>
        <translation>%1 stehen hinter der Stelle, und höchstens %2 werden verschoben: Fügen Sie näher am Ende ein.</translation>
    </message>
</context>
<context>
    <name>KeyPattern</name>
    <message>
        <source>The pattern &quot;%1&quot;</source>
        <translation>Das Muster „%1“</translation>
    </message>
    <message>
        <source>The [ at position %1 has no closing ]. Write \[ for the character itself</source>
        <translation>Der [ an Stelle %1 hat keine schließende ]. Für das Zeichen selbst \[ schreiben</translation>
    </message>
</context>
<context>
    <name>KeyPredicate</name>
    <message>
        <source>Its maxmemory-policy keeps only one of idle time and frequency, and not the one asked for.</source>
        <translation>Die maxmemory-policy des Servers führt von Leerlaufzeit und Häufigkeit nur eine, und nicht die gefragte.</translation>
    </message>
</context>
<context>
    <name>KeyReason</name>
    <message>
        <source>a key of this name came while it was made: it was left alone</source>
        <translation>ein Schlüssel dieses Namens kam hinzu, während er angelegt wurde: er blieb unberührt</translation>
    </message>
    <message>
        <source>another key of this job gets this name</source>
        <translation>ein anderer Schlüssel dieses Auftrags bekommt diesen Namen</translation>
    </message>
    <message>
        <source>it became a key of another type while it was read</source>
        <translation>er bekam einen anderen Typ, während er gelesen wurde</translation>
    </message>
    <message>
        <source>it changed while it was copied: it was not deleted here</source>
        <translation>er hat sich beim Kopieren geändert: hier wurde er nicht gelöscht</translation>
    </message>
    <message>
        <source>it ends sooner</source>
        <translation>er endet früher</translation>
    </message>
    <message>
        <source>it has no time to live</source>
        <translation>er hat keine Lebensdauer</translation>
    </message>
    <message>
        <source>it is too large to be compared with the preview</source>
        <translation>er ist zu groß, um mit der Vorschau verglichen zu werden</translation>
    </message>
    <message>
        <source>it is too large to be copied at once</source>
        <translation>er ist zu groß, um auf einmal kopiert zu werden</translation>
    </message>
    <message>
        <source>it was given twice</source>
        <translation>er wurde zweimal angegeben</translation>
    </message>
    <message>
        <source>it was written to each time that it was read</source>
        <translation>er wurde jedes Mal beschrieben, während er gelesen wurde</translation>
    </message>
    <message>
        <source>it would be over already</source>
        <translation>er wäre schon abgelaufen</translation>
    </message>
    <message>
        <source>it would keep its name</source>
        <translation>er würde seinen Namen behalten</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>seine Zeit ist abgelaufen</translation>
    </message>
    <message>
        <source>its value is not what the preview saw</source>
        <translation>sein Wert ist nicht der, den die Vorschau sah</translation>
    </message>
    <message>
        <source>the file is damaged there</source>
        <translation>die Datei ist dort beschädigt</translation>
    </message>
    <message>
        <source>the key of the new name is changed all the time</source>
        <translation>der Schlüssel des neuen Namens wird ständig geändert</translation>
    </message>
    <message>
        <source>the key of this name changed after it was archived: it was left alone</source>
        <translation>der Schlüssel dieses Namens hat sich nach dem Archivieren geändert: er blieb unberührt</translation>
    </message>
    <message>
        <source>the preview did not see it</source>
        <translation>die Vorschau sah ihn nicht</translation>
    </message>
    <message>
        <source>the rule does not fit its name</source>
        <translation>die Regel passt nicht auf seinen Namen</translation>
    </message>
    <message>
        <source>the rule would give the key of the new name another, too</source>
        <translation>die Regel gäbe auch dem Schlüssel des neuen Namens einen anderen</translation>
    </message>
    <message>
        <source>there is a key of the new name already</source>
        <translation>es gibt schon einen Schlüssel des neuen Namens</translation>
    </message>
    <message>
        <source>there is a key of this name already</source>
        <translation>es gibt schon einen Schlüssel dieses Namens</translation>
    </message>
    <message>
        <source>a key of this name came there while it was copied: it was left alone</source>
        <translation>ein Schlüssel dieses Namens kam dort hinzu, während er kopiert wurde: er blieb unberührt</translation>
    </message>
    <message>
        <source>it could not be compared</source>
        <translation>er ließ sich nicht vergleichen</translation>
    </message>
    <message>
        <source>it was read, but the file was not finished</source>
        <translation>er wurde gelesen, aber die Datei wurde nicht fertig</translation>
    </message>
    <message>
        <source>the key of this name there changed after it was archived: it was left alone</source>
        <translation>der Schlüssel dieses Namens dort hat sich nach dem Archivieren geändert: er blieb unberührt</translation>
    </message>
    <message>
        <source>the key of the new name gets another itself, and is in another slot: rename this one once that is done</source>
        <translation>der Schlüssel des neuen Namens bekommt selbst einen anderen und liegt in einem anderen Slot: benennen Sie diesen um, sobald das getan ist</translation>
    </message>
    <message>
        <source>there is a key of the new name already, in another slot, and no script may compare it with what is archived before it is written over</source>
        <translation>es gibt schon einen Schlüssel des neuen Namens, in einem anderen Slot, und kein Skript darf ihn mit dem Archivierten vergleichen, bevor er überschrieben wird</translation>
    </message>
    <message>
        <source>there is a key of the new name already, in another slot, where a server before 7.0 can&apos;t archive it</source>
        <translation>es gibt schon einen Schlüssel des neuen Namens, in einem anderen Slot, wo ein Server vor 7.0 ihn nicht archivieren kann</translation>
    </message>
    <message>
        <source>it could not be archived: %1</source>
        <translation>er ließ sich nicht archivieren: %1</translation>
    </message>
    <message>
        <source>it is no hash, but a %1</source>
        <translation>er ist kein Hash, sondern: %1</translation>
    </message>
    <message>
        <source>the key of this name there could not be archived: %1</source>
        <translation>der Schlüssel dieses Namens dort ließ sich nicht archivieren: %1</translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ging verloren.</translation>
    </message>
    <message>
        <source>The reply is too large.</source>
        <translation>Die Antwort ist zu groß.</translation>
    </message>
    <message>
        <source>The server answered more than it was asked. Nothing was sent.</source>
        <translation>Der Server hat mehr geantwortet, als er gefragt wurde. Nichts wurde gesendet.</translation>
    </message>
</context>
<context>
    <name>NodeScanner</name>
    <message>
        <source>%1; trying again</source>
        <translation>%1; neuer Versuch</translation>
    </message>
    <message>
        <source>went on from its cursor</source>
        <translation>ab dem Cursor fortgesetzt</translation>
    </message>
    <message>
        <source>%1: no answer since %2</source>
        <translation>%1: keine Antwort seit %2</translation>
    </message>
    <message>
        <source>%1 (%2), trying again</source>
        <translation>%1 (%2), neuer Versuch</translation>
    </message>
    <message>
        <source>began again, as the server does not tell its run_id</source>
        <translation>neu begonnen, da der Server seine run_id nicht nennt</translation>
    </message>
    <message>
        <source>began again, as the server process is another</source>
        <translation>neu begonnen, da es ein anderer Serverprozess ist</translation>
    </message>
    <message>
        <source>began again, as the server&apos;s cursors go backwards</source>
        <translation>neu begonnen, da die Cursor des Servers rückwärts laufen</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ging verloren</translation>
    </message>
    <message>
        <source>The cursor of SCAN went backwards</source>
        <translation>Der Cursor von SCAN ging rückwärts</translation>
    </message>
    <message>
        <source>The reply to SCAN is not a cursor and a list of keys</source>
        <translation>Die Antwort auf SCAN ist kein Cursor mit einer Liste von Schlüsseln</translation>
    </message>
    <message numerus="yes">
        <source>It had to be begun again %n time(s) and never came to its end; the last time: %1</source>
        <translation>
            <numerusform>Er musste %n Mal von vorn begonnen werden und kam nie ans Ende; beim letzten Mal: %1</numerusform>
            <numerusform>Er musste %n Mal von vorn begonnen werden und kam nie ans Ende; beim letzten Mal: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The cursors of its SCAN come again and again, so that there would be no end to it</source>
        <translation>Die Cursor seines SCAN kommen immer wieder, sodass er nie zu Ende käme</translation>
    </message>
</context>
<context>
    <name>RowDialog</name>
    <message>
        <source>New row</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Change row %1</source>
        <translation>Zeile %1 ändern</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
</context>
<context>
    <name>RowEditDialog</name>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>no cell</source>
        <translation>keine Zelle</translation>
    </message>
    <message>
        <source>somebody has changed it; now it is %1</source>
        <translation>jemand hat sie geändert; jetzt ist sie %1</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>sie ist nicht mehr da</translation>
    </message>
    <message>
        <source>others wrote all the time; nothing was done</source>
        <translation>andere schrieben ständig; es wurde nichts getan</translation>
    </message>
    <message>
        <source>the line was lost while it was written; look at it again</source>
        <translation>die Verbindung ging beim Schreiben verloren; sehen Sie noch einmal nach</translation>
    </message>
</context>
<context>
    <name>ScanEngine</name>
    <message>
        <source>Out of memory</source>
        <translation>Der Speicher ist erschöpft</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The profile</source>
        <translation>Das Profil</translation>
    </message>
    <message>
        <source>It names no node of the cluster.</source>
        <translation>Es nennt keinen Knoten des Clusters.</translation>
    </message>
    <message>
        <source>Out of memory</source>
        <translation>Der Speicher ist erschöpft</translation>
    </message>
    <message>
        <source>It is no node of the cluster any more.</source>
        <translation>Er ist kein Knoten des Clusters mehr.</translation>
    </message>
    <message>
        <source>The keys</source>
        <translation>Die Schlüssel</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Speicher reicht nicht.</translation>
    </message>
</context>
<context>
    <name>StringFile</name>
    <message>
        <source>The value was changed while it was read, so nothing was written: try again.</source>
        <translation>Der Wert wurde während des Lesens geändert, daher wurde nichts geschrieben: bitte erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>TableForecast</name>
    <message>
        <source>The server would stand still for about %1 s, and the cluster takes a node for failed after %2 s: a replica would take over that has nothing of the change.</source>
        <translation>Der Server stünde etwa %1 s still, und der Cluster hält einen Knoten nach %2 s für ausgefallen: Ein Replikat übernähme, das nichts von der Änderung hat.</translation>
    </message>
    <message>
        <source>(That is the usual time: cluster-node-timeout may not be asked here.)</source>
        <translation>(Das ist die übliche Zeit: cluster-node-timeout darf hier nicht gefragt werden.)</translation>
    </message>
</context>
<context>
    <name>TableQuery</name>
    <message>
        <source>The rows</source>
        <translation>Die Zeilen</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Speicher reicht nicht.</translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message>
        <source>The reply to CLUSTER NODES is not what it should be.</source>
        <translation>Die Antwort auf CLUSTER NODES ist nicht, was sie sein sollte.</translation>
    </message>
    <message>
        <source>The reply to CLUSTER SHARDS or SLOTS is not what it should be.</source>
        <translation>Die Antwort auf CLUSTER SHARDS oder SLOTS ist nicht, was sie sein sollte.</translation>
    </message>
    <message>
        <source>This server is not part of a cluster.</source>
        <translation>Dieser Server gehört zu keinem Cluster.</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>The line is too long to be one of an export</source>
        <translation>Die Zeile ist zu lang, um aus einem Export zu sein</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
</context>
<context>
    <name>Uncompared</name>
    <message>
        <source>Its value was not read: only its length is compared before it is deleted.</source>
        <translation>Sein Wert wurde nicht gelesen: Vor dem Löschen wird nur seine Länge verglichen.</translation>
    </message>
    <message>
        <source>Its value was not read: it is not compared before it is deleted.</source>
        <translation>Sein Wert wurde nicht gelesen: Er wird vor dem Löschen nicht verglichen.</translation>
    </message>
    <message>
        <source>Not all of it was read: of the rest only the length is compared before it is deleted.</source>
        <translation>Nicht alles davon wurde gelesen: Vom Rest wird vor dem Löschen nur die Länge verglichen.</translation>
    </message>
    <message>
        <source>It is longer than one answer may be: only its ID is compared before it is deleted.</source>
        <translation>Er ist länger, als eine Antwort sein darf: Vor dem Löschen wird nur seine ID verglichen.</translation>
    </message>
    <message>
        <source>The element before it was not read and is not compared.</source>
        <translation>Das Element davor wurde nicht gelesen und wird nicht verglichen.</translation>
    </message>
    <message>
        <source>The element behind it was not read and is not compared.</source>
        <translation>Das Element dahinter wurde nicht gelesen und wird nicht verglichen.</translation>
    </message>
    <message>
        <source>The elements before and behind it were not read and are not compared.</source>
        <translation>Die Elemente davor und dahinter wurden nicht gelesen und werden nicht verglichen.</translation>
    </message>
    <message>
        <source>The value of 1 row was not read: only its length is compared.</source>
        <translation>Der Wert von 1 Zeile wurde nicht gelesen: Nur seine Länge wird verglichen.</translation>
    </message>
    <message>
        <source>The values of %1 rows were not read: only their lengths are compared.</source>
        <translation>Die Werte von %1 Zeilen wurden nicht gelesen: Nur ihre Längen werden verglichen.</translation>
    </message>
    <message>
        <source>The value of 1 row was not read: it is not compared.</source>
        <translation>Der Wert von 1 Zeile wurde nicht gelesen: Er wird nicht verglichen.</translation>
    </message>
    <message>
        <source>The values of %1 rows were not read: they are not compared.</source>
        <translation>Die Werte von %1 Zeilen wurden nicht gelesen: Sie werden nicht verglichen.</translation>
    </message>
    <message>
        <source>Of 1 entry not all was read: of the rest only the length is compared.</source>
        <translation>Von 1 Eintrag wurde nicht alles gelesen: Vom Rest wird nur die Länge verglichen.</translation>
    </message>
    <message>
        <source>Of %1 entries not all was read: of the rest only the lengths are compared.</source>
        <translation>Von %1 Einträgen wurde nicht alles gelesen: Vom Rest werden nur die Längen verglichen.</translation>
    </message>
    <message>
        <source>1 entry is longer than one answer may be: only its ID is compared.</source>
        <translation>1 Eintrag ist länger, als eine Antwort sein darf: Nur seine ID wird verglichen.</translation>
    </message>
    <message>
        <source>%1 entries are longer than one answer may be: only their IDs are compared.</source>
        <translation>%1 Einträge sind länger, als eine Antwort sein darf: Nur ihre IDs werden verglichen.</translation>
    </message>
    <message>
        <source>Beside 1 row stands an element that was not read: it is not compared.</source>
        <translation>Neben 1 Zeile steht ein Element, das nicht gelesen wurde: Es wird nicht verglichen.</translation>
    </message>
    <message>
        <source>Beside %1 rows stand elements that were not read: they are not compared.</source>
        <translation>Neben %1 Zeilen stehen Elemente, die nicht gelesen wurden: Sie werden nicht verglichen.</translation>
    </message>
    <message>
        <source>Its content was not read: only its type, its length and its time to live are compared before it is deleted.</source>
        <translation>Sein Inhalt wurde nicht gelesen: Vor dem Löschen werden nur Typ, Länge und Lebensdauer verglichen.</translation>
    </message>
    <message>
        <source>Its content was not read and is not compared before it is deleted.</source>
        <translation>Sein Inhalt wurde nicht gelesen und wird vor dem Löschen nicht verglichen.</translation>
    </message>
    <message>
        <source>Only what was read of it is compared before it is deleted.</source>
        <translation>Vor dem Löschen wird nur verglichen, was davon gelesen wurde.</translation>
    </message>
    <message>
        <source>The first %1 of its %2 are compared before it is deleted; of the rest only the length.</source>
        <translation>Die ersten %1 von %2 werden vor dem Löschen verglichen, vom Rest nur die Länge.</translation>
    </message>
    <message>
        <source>%1 of its %2 elements are compared before it is deleted; of the others only their number, or length.</source>
        <translation>%1 seiner %2 Elemente werden vor dem Löschen verglichen, von den anderen nur Anzahl oder Länge.</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>It is not in the archive</source>
        <translation>Er steht nicht im Archiv</translation>
    </message>
    <message>
        <source>The undo</source>
        <translation>Das Zurückholen</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>Der Speicher reicht nicht</translation>
    </message>
    <message>
        <source>It can&apos;t be made of its parts here</source>
        <translation>Er lässt sich hier nicht aus seinen Teilen herstellen</translation>
    </message>
</context>
<context>
    <name>UndoArchive</name>
    <message>
        <source>It is sealed: its passphrase is needed.</source>
        <translation>Es ist versiegelt: Seine Passphrase wird gebraucht.</translation>
    </message>
    <message>
        <source>Part of a large key can&apos;t be read any more.</source>
        <translation>Ein Teil eines großen Schlüssels lässt sich nicht mehr lesen.</translation>
    </message>
</context>
<context>
    <name>ValueHeader</name>
    <message>
        <source>(the empty key)</source>
        <translation>(der leere Schlüssel)</translation>
    </message>
</context>
<context>
    <name>ValuePage</name>
    <message>
        <source>HMGET gave another number of values than asked for</source>
        <translation>HMGET gab eine andere Zahl von Werten als verlangt</translation>
    </message>
    <message>
        <source>An answer of another shape than the command&apos;s.</source>
        <translation>Eine Antwort von anderer Form als der des Befehls.</translation>
    </message>
    <message>
        <source>The answer has no cursor</source>
        <translation>Die Antwort hat keinen Cursor</translation>
    </message>
    <message>
        <source>It is a %1 now</source>
        <translation>Er ist jetzt vom Typ %1</translation>
    </message>
    <message>
        <source>It is %1 long, and the server can&apos;t give a part of it; at most %2 are read in one piece</source>
        <translation>Er ist %1 lang, und der Server kann keinen Teil davon geben; höchstens %2 werden auf einmal gelesen</translation>
    </message>
    <message>
        <source>It is longer than the %1 that are read in one piece, and the server can&apos;t give a part of it</source>
        <translation>Er ist länger als die %1, die auf einmal gelesen werden, und der Server kann keinen Teil davon geben</translation>
    </message>
    <message>
        <source>An ID is a time in milliseconds, or such a time, - and a number</source>
        <translation>Eine ID ist eine Zeit in Millisekunden, oder eine solche Zeit, - und eine Zahl</translation>
    </message>
    <message>
        <source>Without it, the end of the value is not known</source>
        <translation>Ohne das ist das Ende des Werts nicht bekannt</translation>
    </message>
    <message>
        <source>It takes %1; JSON of more than %2 is only shown by a path to a part of it, like $.items[0]</source>
        <translation>Es belegt %1; JSON über %2 wird nur über einen Pfad zu einem Teil gezeigt, etwa $.items[0]</translation>
    </message>
    <message>
        <source>It takes %1 of the server&apos;s memory; at most %2 are read in one piece</source>
        <translation>Es belegt %1 im Speicher des Servers; höchstens %2 werden auf einmal gelesen</translation>
    </message>
</context>
<context>
    <name>XmlText</name>
    <message>
        <source>nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>There is no profile of this name.</source>
        <translation>Es gibt kein Profil mit diesem Namen.</translation>
    </message>
    <message>
        <source>The old undo archive %1 was deleted.</source>
        <translation>Das alte Undo-Archiv %1 wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>decoders</name>
    <message>
        <source>It is no descriptor set. protoc --descriptor_set_out=FILE --include_imports makes one</source>
        <translation>Das ist keine Deskriptor-Datei. protoc --descriptor_set_out=DATEI --include_imports schreibt eine</translation>
    </message>
    <message>
        <source>seconds since 1970</source>
        <translation>Sekunden seit 1970</translation>
    </message>
    <message>
        <source>milliseconds since 1970</source>
        <translation>Millisekunden seit 1970</translation>
    </message>
    <message>
        <source>microseconds since 1970</source>
        <translation>Mikrosekunden seit 1970</translation>
    </message>
    <message>
        <source>nanoseconds since 1970</source>
        <translation>Nanosekunden seit 1970</translation>
    </message>
    <message>
        <source>a checksum is another</source>
        <translation>eine Prüfsumme ist eine andere</translation>
    </message>
    <message>
        <source>A chunk of a kind that is not known here</source>
        <translation>Ein Abschnitt von einer Art, die hier nicht bekannt ist</translation>
    </message>
    <message>
        <source>It could not be compressed</source>
        <translation>Es ließ sich nicht komprimieren</translation>
    </message>
</context>
<context>
    <name>keyglass</name>
    <message>
        <source>%1: stopped on request.</source>
        <translation>%1: auf Wunsch angehalten.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached.</source>
        <translation>%1 ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>No secure connection to %1.</source>
        <translation>%1: keine sichere Verbindung.</translation>
    </message>
    <message>
        <source>%1 refuses the login.</source>
        <translation>%1 verweigert die Anmeldung.</translation>
    </message>
    <message>
        <source>%1: this user may not do that.</source>
        <translation>%1: Dieser Benutzer darf das nicht.</translation>
    </message>
    <message>
        <source>%1 is read-only here; nothing was changed.</source>
        <translation>%1: Hier wird nur gelesen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1: this has to be confirmed first.</source>
        <translation>%1: Das muss erst bestätigt werden.</translation>
    </message>
    <message>
        <source>%1 is still loading its data.</source>
        <translation>%1 lädt noch seine Daten.</translation>
    </message>
    <message>
        <source>%1 does not answer like a Redis or Valkey server.</source>
        <translation>%1 antwortet nicht wie ein Redis- oder Valkey-Server.</translation>
    </message>
    <message>
        <source>%1 answered with an error.</source>
        <translation>%1 antwortete mit einem Fehler.</translation>
    </message>
    <message>
        <source>%1 holds another type than expected.</source>
        <translation>%1 hat einen anderen Typ als erwartet.</translation>
    </message>
    <message>
        <source>%1 was changed by someone else in the meantime.</source>
        <translation>%1 wurde inzwischen von jemand anderem geändert.</translation>
    </message>
    <message>
        <source>%1: a limit was reached.</source>
        <translation>%1: Ein Limit ist erreicht.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be used.</source>
        <translation>%1 kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read or written.</source>
        <translation>%1 kann nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 does not support that.</source>
        <translation>%1 unterstützt das nicht.</translation>
    </message>
    <message>
        <source>%1 failed.</source>
        <translation>%1 ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Check that the server is up and not busy, or allow more time.</source>
        <translation>Prüfen, ob der Server läuft und nicht ausgelastet ist, oder mehr Zeit lassen.</translation>
    </message>
    <message>
        <source>Check the address, the port and the network, then try again.</source>
        <translation>Adresse, Port und Netzwerk prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the certificate authority, the server name and the client certificate of this profile.</source>
        <translation>Zertifizierungsstelle, Servername und Client-Zertifikat dieses Profils prüfen.</translation>
    </message>
    <message>
        <source>Check the user and the password in the connection&apos;s settings.</source>
        <translation>Benutzer und Passwort in den Einstellungen der Verbindung prüfen.</translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator for this permission, or connect as another user.</source>
        <translation>Diese Berechtigung beim Administrator des Servers erfragen oder als anderer Benutzer verbinden.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>In einem Moment noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the port, and whether the server expects TLS.</source>
        <translation>Den Port prüfen und ob der Server TLS erwartet.</translation>
    </message>
    <message>
        <source>Reload it and try again.</source>
        <translation>Neu laden und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeitüberschreitung</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>TLS failed</source>
        <translation>TLS fehlgeschlagen</translation>
    </message>
    <message>
        <source>login refused</source>
        <translation>Anmeldung verweigert</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>not confirmed</source>
        <translation>nicht bestätigt</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>protocol error</source>
        <translation>Protokollfehler</translation>
    </message>
    <message>
        <source>server error</source>
        <translation>Serverfehler</translation>
    </message>
    <message>
        <source>wrong type</source>
        <translation>falscher Typ</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>changed meanwhile</source>
        <translation>inzwischen geändert</translation>
    </message>
    <message>
        <source>limit reached</source>
        <translation>Limit erreicht</translation>
    </message>
    <message>
        <source>bad input</source>
        <translation>ungültige Eingabe</translation>
    </message>
    <message>
        <source>file error</source>
        <translation>Dateifehler</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>nicht unterstützt</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>Der Server</translation>
    </message>
    <message>
        <source>The demo</source>
        <translation>Die Demo</translation>
    </message>
    <message>
        <source>Its server ended at once: %1</source>
        <translation>Ihr Server endete sofort: %1</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Somebody else has changed its time to live meanwhile; that was kept.</source>
        <translation>Jemand anderes hat inzwischen die Lebensdauer geändert; dabei blieb es.</translation>
    </message>
    <message>
        <source>It moved to another slot by a copy and a deletion, which is not one step for other clients.</source>
        <translation>Der Schlüssel kam durch Kopieren und Löschen in einen anderen Slot; für andere Clients ist das nicht ein einziger Schritt.</translation>
    </message>
    <message>
        <source>The connection was lost before the answer; looking again showed it.</source>
        <translation>Die Verbindung ging vor der Antwort verloren; erneutes Nachsehen hat es gezeigt.</translation>
    </message>
    <message>
        <source>%1 exists already; nothing was changed.</source>
        <translation>%1 existiert schon; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 can&apos;t get the name %2: there is such a key. Nothing was changed.</source>
        <translation>%1 kann nicht in %2 umbenannt werden: Diesen Schlüssel gibt es schon. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 has another time to live by now; nothing was changed.</source>
        <translation>%1 hat inzwischen eine andere Lebensdauer; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else since it was loaded; nothing was overwritten.</source>
        <translation>%1 wurde seit dem Laden von jemand anderem geändert; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>%1: what was to be changed is not there any more; nothing was changed.</source>
        <translation>%1: Was geändert werden sollte, ist nicht mehr da; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 was not changed: the connection was lost before.</source>
        <translation>%1 wurde nicht geändert: Die Verbindung ging vorher verloren.</translation>
    </message>
    <message>
        <source>%1 does not exist any more; nothing was changed.</source>
        <translation>%1 existiert nicht mehr; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 holds another type by now (%2); nothing was changed.</source>
        <translation>%1 hat inzwischen einen anderen Typ (%2); nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 is changed by others all the time; nothing was changed. Try again.</source>
        <translation>%1 wird ständig von anderen geändert; nichts wurde geändert. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Whether %1 was changed is not known: the connection was lost. Reload it to see.</source>
        <translation>Ob %1 geändert wurde, ist nicht bekannt: Die Verbindung ging verloren. Neuladen zeigt es.</translation>
    </message>
    <message>
        <source>The score</source>
        <translation>Der Score</translation>
    </message>
    <message>
        <source>It has to be a number, inf or -inf.</source>
        <translation>Er muss eine Zahl, inf oder -inf sein.</translation>
    </message>
    <message>
        <source>The filter</source>
        <translation>Der Filter</translation>
    </message>
    <message>
        <source>There is not enough memory for it.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>The regular expression</source>
        <translation>Der reguläre Ausdruck</translation>
    </message>
    <message>
        <source>%1 (at position %2)</source>
        <translation>%1 (an Position %2)</translation>
    </message>
    <message>
        <source>It takes too many steps for the key %1.</source>
        <translation>Er braucht zu viele Schritte für den Schlüssel %1.</translation>
    </message>
    <message>
        <source>It is damaged (%1) and can&apos;t be set aside; changes are not saved</source>
        <translation>Die Datei ist beschädigt (%1) und lässt sich nicht beiseitelegen; Änderungen werden nicht gesichert</translation>
    </message>
    <message>
        <source>It was damaged (%1). It is kept as %2</source>
        <translation>Die Datei war beschädigt (%1). Sie ist als %2 aufbewahrt</translation>
    </message>
    <message>
        <source>The host is missing.</source>
        <translation>Der Host fehlt.</translation>
    </message>
    <message>
        <source>A host is a name or an address, without spaces, / or @.</source>
        <translation>Ein Host ist ein Name oder eine Adresse, ohne Leerzeichen, / oder @.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address: host, or host:port.</source>
        <translation>„%1“ ist keine Adresse: Host oder Host:Port.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>A client certificate needs its key file.</source>
        <translation>Ein Client-Zertifikat braucht seine Schlüsseldatei.</translation>
    </message>
    <message>
        <source>A key file needs its client certificate.</source>
        <translation>Eine Schlüsseldatei braucht ihr Client-Zertifikat.</translation>
    </message>
    <message>
        <source>The name of the master is missing, as the Sentinels know it.</source>
        <translation>Der Name des Masters fehlt, unter dem die Sentinels ihn kennen.</translation>
    </message>
    <message>
        <source>%1 at sentinel %2</source>
        <translation>%1 bei Sentinel %2</translation>
    </message>
    <message>
        <source>%1 at sentinels %2</source>
        <translation>%1 bei Sentinels %2</translation>
    </message>
    <message>
        <source>The path of a socket begins with a slash.</source>
        <translation>Der Pfad eines Sockets beginnt mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Databases are counted from 0.</source>
        <translation>Datenbanken werden ab 0 gezählt.</translation>
    </message>
    <message>
        <source>The system&apos;s keychain</source>
        <translation>Der Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>No keychain is running; passwords are asked for instead</source>
        <translation>Es läuft kein Schlüsselbund; stattdessen wird nach Passwörtern gefragt</translation>
    </message>
    <message>
        <source>the user</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>the password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>An IPv6 address stands in [ ], then comes :port</source>
        <translation>Eine IPv6-Adresse steht in [ ], danach kommt :Port</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535</source>
        <translation>Der Port ist eine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <source>The path of the socket is missing; it comes after three slashes: redis+unix:///run/redis.sock</source>
        <translation>Der Pfad des Sockets fehlt; er kommt nach drei Schrägstrichen: redis+unix:///run/redis.sock</translation>
    </message>
    <message>
        <source>the path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>The database is a number from 0</source>
        <translation>Die Datenbank ist eine Zahl ab 0</translation>
    </message>
    <message>
        <source>It names two different databases</source>
        <translation>Sie nennt zwei verschiedene Datenbanken</translation>
    </message>
    <message>
        <source>the name of the master</source>
        <translation>Name des Masters</translation>
    </message>
    <message>
        <source>The name of the master is missing: redis+sentinel://host:26379/name</source>
        <translation>Der Name des Masters fehlt: redis+sentinel://host:26379/name</translation>
    </message>
    <message>
        <source>%1 is yes or no</source>
        <translation>%1 ist „yes“ oder „no“</translation>
    </message>
    <message>
        <source>This version</source>
        <translation>Diese Version</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened yet</source>
        <translation>%1 lässt sich noch nicht öffnen</translation>
    </message>
    <message>
        <source>The URI</source>
        <translation>Die URI</translation>
    </message>
    <message>
        <source>It begins with redis://, rediss:// or redis+unix://</source>
        <translation>Sie beginnt mit redis://, rediss:// oder redis+unix://</translation>
    </message>
    <message>
        <source>Write a / in the password as %2F, a ? as %3F, a # as %23, an @ as %40</source>
        <translation>Im Passwort / als %2F schreiben, ? als %3F, # als %23, @ als %40</translation>
    </message>
    <message>
        <source>In %1, a percent sign is followed by two hexadecimal digits; itself it is written %25</source>
        <translation>%1: Auf ein Prozentzeichen folgen zwei hexadezimale Ziffern; es selbst wird %25 geschrieben</translation>
    </message>
    <message>
        <source>The set “%1”</source>
        <translation>Die Menge „%1“</translation>
    </message>
    <message>
        <source>Its keys take more than the %1 of memory that a list may take (settings).</source>
        <translation>Ihre Schlüssel brauchen mehr als die %1 Speicher, die eine Liste belegen darf (Einstellungen).</translation>
    </message>
    <message>
        <source>The set “%1” is damaged.</source>
        <translation>Die Menge „%1“ ist beschädigt.</translation>
    </message>
    <message>
        <source>It is cut off.</source>
        <translation>Die Datei ist abgeschnitten.</translation>
    </message>
    <message>
        <source>It is no set of keys, or its beginning is damaged.</source>
        <translation>Die Datei ist keine Schlüsselmenge, oder ihr Anfang ist beschädigt.</translation>
    </message>
    <message>
        <source>Another version of Keyglass wrote it.</source>
        <translation>Eine andere Version von Keyglass hat sie geschrieben.</translation>
    </message>
    <message>
        <source>It is damaged.</source>
        <translation>Die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>Its beginning is damaged.</source>
        <translation>Der Anfang der Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The set “%1” is cut off: %2 of %3 are there.</source>
        <translation>Die Menge „%1“ ist abgeschnitten: %2 von %3 sind da.</translation>
    </message>
    <message>
        <source>The set “%1” is damaged: the file is longer than it says.</source>
        <translation>Die Menge „%1“ ist beschädigt: Die Datei ist länger, als sie angibt.</translation>
    </message>
    <message>
        <source>The folder can&apos;t be made.</source>
        <translation>Der Ordner lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>Its answer is no address.</source>
        <translation>Die Antwort ist keine Adresse.</translation>
    </message>
    <message>
        <source>The Sentinels name it as master, but it is a replica.</source>
        <translation>Die Sentinels nennen diesen Server als Master, er ist aber ein Replikat.</translation>
    </message>
    <message>
        <source>The Sentinels know no master of this name.</source>
        <translation>Die Sentinels kennen keinen Master mit diesem Namen.</translation>
    </message>
    <message>
        <source>The profile</source>
        <translation>Das Profil</translation>
    </message>
    <message>
        <source>It names no Sentinel.</source>
        <translation>Es nennt keinen Sentinel.</translation>
    </message>
    <message>
        <source>A server that does not tell its version</source>
        <translation>Ein Server, der seine Version nicht nennt</translation>
    </message>
    <message>
        <source>%1, a replica</source>
        <translation>%1, ein Replikat</translation>
    </message>
    <message>
        <source>%1, a cluster&apos;s node</source>
        <translation>%1, ein Knoten eines Clusters</translation>
    </message>
    <message>
        <source>%1. It is still loading its data.</source>
        <translation>%1. Die Daten werden noch geladen.</translation>
    </message>
    <message>
        <source>%1. Database %2 holds %3 keys.</source>
        <translation>%1. Schlüssel in Datenbank %2: %3.</translation>
    </message>
    <message>
        <source>%1. How many keys it holds may not be asked.</source>
        <translation>%1. Nach der Zahl der Schlüssel darf nicht gefragt werden.</translation>
    </message>
    <message>
        <source>A cluster that does not tell its version</source>
        <translation>Ein Cluster, der seine Version nicht nennt</translation>
    </message>
    <message>
        <source>%1, a cluster</source>
        <translation>%1, ein Cluster</translation>
    </message>
    <message>
        <source>%1 It holds %2 keys.</source>
        <translation>%1 Schlüssel: %2.</translation>
    </message>
    <message>
        <source>%1 How many keys it holds is not known: a master does not tell.</source>
        <translation>%1 Die Zahl der Schlüssel ist nicht bekannt: Ein Master nennt sie nicht.</translation>
    </message>
    <message>
        <source>No value reaches that far.</source>
        <translation>So weit reicht kein Wert.</translation>
    </message>
    <message>
        <source>No time to live can be that long.</source>
        <translation>So lang kann keine Lebensdauer sein.</translation>
    </message>
    <message>
        <source>A score has to be a number.</source>
        <translation>Ein Score muss eine Zahl sein.</translation>
    </message>
    <message>
        <source>Created %1.</source>
        <translation>%1 angelegt.</translation>
    </message>
    <message>
        <source>Renamed %1 to %2.</source>
        <translation>%1 in %2 umbenannt.</translation>
    </message>
    <message>
        <source>Deleted %1.</source>
        <translation>%1 gelöscht.</translation>
    </message>
    <message>
        <source>Set the time to live of %1.</source>
        <translation>Lebensdauer von %1 gesetzt.</translation>
    </message>
    <message>
        <source>%1 does not expire any more.</source>
        <translation>%1 läuft nicht mehr ab.</translation>
    </message>
    <message>
        <source>Changed %1.</source>
        <translation>%1 geändert.</translation>
    </message>
    <message>
        <source>With its last element the key is gone.</source>
        <translation>Mit dem letzten Element ist auch der Schlüssel weg.</translation>
    </message>
    <message>
        <source>The connection is closed.</source>
        <translation>Die Verbindung ist geschlossen.</translation>
    </message>
    <message>
        <source>Nobody took the connection in time.</source>
        <translation>Niemand nahm die Verbindung rechtzeitig an.</translation>
    </message>
    <message>
        <source>The connection was refused: nothing listens there.</source>
        <translation>Die Verbindung wurde abgelehnt: Dort lauscht nichts.</translation>
    </message>
    <message>
        <source>There is no such socket.</source>
        <translation>Diesen Socket gibt es nicht.</translation>
    </message>
    <message>
        <source>You have no permission to open this socket.</source>
        <translation>Es fehlt die Berechtigung, diesen Socket zu öffnen.</translation>
    </message>
    <message>
        <source>The path of a unix socket can&apos;t be longer than 107 bytes.</source>
        <translation>Der Pfad eines Unix-Sockets darf nicht länger als 107 Bytes sein.</translation>
    </message>
    <message>
        <source>The server is in protected mode: it takes connections from its own machine only, until its default user gets a password or protected mode is switched off there.</source>
        <translation>Der Server ist im geschützten Modus (protected mode): Er nimmt nur Verbindungen vom eigenen Rechner an, bis sein Standardbenutzer ein Passwort bekommt oder der geschützte Modus dort abgeschaltet wird.</translation>
    </message>
    <message>
        <source>The server wants a password, and none was given.</source>
        <translation>Der Server verlangt ein Passwort, und es wurde keines angegeben.</translation>
    </message>
    <message>
        <source>A password was given, but the server has none for its default user.</source>
        <translation>Ein Passwort wurde angegeben, aber der Server hat keines für seinen Standardbenutzer.</translation>
    </message>
    <message>
        <source>There is no host named %1.</source>
        <translation>Es gibt keinen Host namens %1.</translation>
    </message>
    <message>
        <source>The name %1 could not be looked up: %2.</source>
        <translation>Der Name %1 konnte nicht aufgelöst werden: %2.</translation>
    </message>
    <message>
        <source>The name server did not answer in time.</source>
        <translation>Der Nameserver antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The system gives no more threads.</source>
        <translation>Das System gibt keine weiteren Threads her.</translation>
    </message>
    <message>
        <source>The reply is larger than this connection takes.</source>
        <translation>Die Antwort ist größer, als diese Verbindung annimmt.</translation>
    </message>
    <message>
        <source>There is not enough memory for the reply.</source>
        <translation>Für die Antwort reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>It holds no certificate in PEM form.</source>
        <translation>Die Datei enthält kein Zertifikat im PEM-Format.</translation>
    </message>
    <message>
        <source>The key is locked by a passphrase; a key without one is needed.</source>
        <translation>Der Schlüssel ist mit einer Passphrase gesperrt; gebraucht wird einer ohne.</translation>
    </message>
    <message>
        <source>It holds no private key in PEM form.</source>
        <translation>Die Datei enthält keinen privaten Schlüssel im PEM-Format.</translation>
    </message>
    <message>
        <source>no name at all</source>
        <translation>gar keinen Namen</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired (on %1).</source>
        <translation>Das Zertifikat des Servers ist abgelaufen (am %1).</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet (from %1 on); is the clock right?</source>
        <translation>Das Zertifikat des Servers ist noch nicht gültig (erst ab %1); geht die Uhr richtig?</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is signed only by itself, and is not among those to trust.</source>
        <translation>Das Zertifikat des Servers ist nur von sich selbst unterschrieben und gehört nicht zu den vertrauenswürdigen.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for %1, not for %2.</source>
        <translation>Das Zertifikat des Servers gilt für %1, nicht für %2.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate comes from an authority that is not among those to trust (%1).</source>
        <translation>Das Zertifikat des Servers kommt von einer Zertifizierungsstelle, die nicht zu den vertrauenswürdigen gehört (%1).</translation>
    </message>
    <message>
        <source>This installation has no TLS library.</source>
        <translation>Diese Installation hat keine TLS-Bibliothek.</translation>
    </message>
    <message>
        <source>the JSON ends too early</source>
        <translation>das JSON endet zu früh</translation>
    </message>
    <message>
        <source>nested too deeply or too large to be checked</source>
        <translation>zu tief verschachtelt oder zu groß, um geprüft zu werden</translation>
    </message>
    <message>
        <source>no JSON from here on</source>
        <translation>ab hier kein JSON</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3.</source>
        <translation>Zeile %1, Spalte %2: %3.</translation>
    </message>
    <message>
        <source>this escape is cut or unknown</source>
        <translation>diese Schreibweise ist abgeschnitten oder unbekannt</translation>
    </message>
    <message>
        <source>two hex digits are needed for each byte</source>
        <translation>für jedes Byte braucht es zwei Hexziffern</translation>
    </message>
    <message>
        <source>Only JSON and XML can be laid out.</source>
        <translation>Nur JSON und XML können über Zeilen verteilt werden.</translation>
    </message>
    <message>
        <source>It could not be compressed</source>
        <translation>Es ließ sich nicht komprimieren</translation>
    </message>
    <message>
        <source>It has to be a whole number from %1 to %2</source>
        <translation>Es muss eine ganze Zahl von %1 bis %2 sein</translation>
    </message>
    <message>
        <source>It has to be a number that fits into 64 bits</source>
        <translation>Es muss eine Zahl sein, die in 64 Bit passt</translation>
    </message>
    <message>
        <source>It is nested deeper than %1 levels</source>
        <translation>Es ist tiefer als %1 Ebenen verschachtelt</translation>
    </message>
    <message>
        <source>It has more than %1 elements</source>
        <translation>Es hat mehr als %1 Elemente</translation>
    </message>
    <message>
        <source>Decoded it is larger than %1</source>
        <translation>Dekodiert ist es größer als %1</translation>
    </message>
    <message>
        <source>%1 has no such thing; a name that begins with $ is written {&quot;$map&quot;: [[name, value]]}</source>
        <translation>%1 kennt das nicht; ein Name, der mit $ beginnt, wird {&quot;$map&quot;: [[Name, Wert]]} geschrieben</translation>
    </message>
    <message>
        <source>%1 has no form for it</source>
        <translation>%1 hat dafür keine Form</translation>
    </message>
    <message>
        <source>There is no such decoder. There are: %1, protobuf:MESSAGE@FILE</source>
        <translation>Diesen Dekodierer gibt es nicht. Es gibt: %1, protobuf:NACHRICHT@DATEI</translation>
    </message>
    <message>
        <source>The compressed bytes are damaged</source>
        <translation>Die komprimierten Bytes sind beschädigt</translation>
    </message>
    <message>
        <source>The compressed bytes are damaged: %1</source>
        <translation>Die komprimierten Bytes sind beschädigt: %1</translation>
    </message>
    <message>
        <source>The compressed bytes break off before their end</source>
        <translation>Die komprimierten Bytes brechen vor ihrem Ende ab</translation>
    </message>
    <message>
        <source>More bytes follow after the end of the compressed ones</source>
        <translation>Nach dem Ende der komprimierten Bytes folgen weitere</translation>
    </message>
    <message>
        <source>There is no memory for it</source>
        <translation>Dafür reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>It can be read here, not written</source>
        <translation>Das lässt sich hier lesen, nicht schreiben</translation>
    </message>
    <message>
        <source>The descriptor set has no such message. It has: %1</source>
        <translation>Diese Nachricht steht nicht in der Deskriptor-Datei. Darin stehen: %1</translation>
    </message>
    <message>
        <source>It has to be protobuf:MESSAGE@FILE</source>
        <translation>Es muss protobuf:NACHRICHT@DATEI heißen</translation>
    </message>
    <message>
        <source>A descriptor set is no larger than 16 MB</source>
        <translation>Eine Deskriptor-Datei ist höchstens 16 MB groß</translation>
    </message>
    <message>
        <source>A group ends that did not begin</source>
        <translation>Eine Gruppe endet, die nicht begonnen hat</translation>
    </message>
    <message>
        <source>Without a descriptor the name of a field is its number</source>
        <translation>Ohne Deskriptor ist der Name eines Felds seine Nummer</translation>
    </message>
    <message>
        <source>No field of protobuf begins like this</source>
        <translation>So beginnt kein Feld von protobuf</translation>
    </message>
    <message>
        <source>There is something else than a hex digit at byte %1</source>
        <translation>Bei Byte %1 steht etwas anderes als eine Hexziffer</translation>
    </message>
    <message>
        <source>The number of hex digits is odd</source>
        <translation>Die Zahl der Hexziffern ist ungerade</translation>
    </message>
    <message>
        <source>It is no base64</source>
        <translation>Das ist kein base64</translation>
    </message>
    <message>
        <source>That is too far away for a point in time</source>
        <translation>Das ist zu weit entfernt für einen Zeitpunkt</translation>
    </message>
    <message>
        <source>, big endian</source>
        <translation>, Big Endian</translation>
    </message>
    <message>
        <source>, little endian</source>
        <translation>, Little Endian</translation>
    </message>
    <message>
        <source>It is no number of seconds, nor 4 or 8 bytes of one</source>
        <translation>Das ist weder eine Zahl von Sekunden noch 4 oder 8 Bytes einer solchen</translation>
    </message>
    <message>
        <source>A UUID has 16 bytes, and these are %1</source>
        <translation>Eine UUID hat 16 Bytes, und das sind %1</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Flags are 1 byte to 1 MB</source>
        <translation>Flags sind 1 Byte bis 1 MB lang</translation>
    </message>
    <message>
        <source>set, from the lowest: </source>
        <translation>gesetzt, vom niedrigsten an: </translation>
    </message>
    <message>
        <source>set, as GETBIT counts: </source>
        <translation>gesetzt, wie GETBIT zählt: </translation>
    </message>
    <message>
        <source>What would be stored can&apos;t hold all of this edit: decoded again, it is another value</source>
        <translation>Was gespeichert würde, kann diese Änderung nicht ganz fassen: Wieder dekodiert ist es ein anderer Wert</translation>
    </message>
    <message>
        <source>Part of it is long and not loaded: open it first, or save it to a file</source>
        <translation>Ein Teil davon ist lang und nicht geladen: zuerst öffnen oder in eine Datei speichern</translation>
    </message>
    <message>
        <source>Values are copied as a whole up to %1</source>
        <translation>Werte werden bis %1 als Ganzes kopiert</translation>
    </message>
    <message>
        <source>There is no command that makes a value of this type</source>
        <translation>Kein Befehl erzeugt einen Wert dieses Typs</translation>
    </message>
    <message>
        <source>The selected cell</source>
        <translation>Die gewählte Zelle</translation>
    </message>
    <message>
        <source>About %1 distinct elements (an estimate; its standard error is 0.81 %)</source>
        <translation>Etwa %1 verschiedene Elemente (geschätzt; Standardfehler 0,81 %)</translation>
    </message>
    <message>
        <source>HyperLogLog, dense, %1 bytes</source>
        <translation>HyperLogLog, dicht, %1 Bytes</translation>
    </message>
    <message>
        <source>HyperLogLog, sparse, %1 bytes</source>
        <translation>HyperLogLog, dünn besetzt, %1 Bytes</translation>
    </message>
    <message>
        <source>%1 of %2 registers in use</source>
        <translation>%1 von %2 Registern belegt</translation>
    </message>
    <message>
        <source>Counted last by the server: %1</source>
        <translation>Zuletzt vom Server gezählt: %1</translation>
    </message>
    <message>
        <source>Elements were added since the server has counted last; PFCOUNT would write the new count into the value</source>
        <translation>Seit der letzten Zählung des Servers kamen Elemente hinzu; PFCOUNT würde die neue Zahl in den Wert schreiben</translation>
    </message>
    <message>
        <source>It does not begin with HYLL and an encoding</source>
        <translation>Er beginnt nicht mit HYLL und einer Kodierung</translation>
    </message>
    <message>
        <source>It is dense and not %1 bytes long</source>
        <translation>Er ist dicht und nicht %1 Bytes lang</translation>
    </message>
    <message>
        <source>Its runs are not %1 registers</source>
        <translation>Seine Läufe ergeben nicht %1 Register</translation>
    </message>
    <message>
        <source>A time to live of nothing would delete it: give a longer one.</source>
        <translation>Eine Lebensdauer von null würde es löschen: eine längere angeben.</translation>
    </message>
    <message>
        <source>By the server&apos;s clock this time is past: it would be deleted.</source>
        <translation>Nach der Uhr des Servers ist diese Zeit vorbei: Es würde gelöscht.</translation>
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
        <source>Set the time to live of field %1 of %2.</source>
        <translation>Lebensdauer des Felds %1 von %2 gesetzt.</translation>
    </message>
    <message>
        <source>Field %1 of %2 does not expire any more.</source>
        <translation>Feld %1 von %2 läuft nicht mehr ab.</translation>
    </message>
    <message>
        <source>Field %1 of %2 is gone: its time to live ran out since it was loaded. Nothing was changed.</source>
        <translation>Feld %1 von %2 ist weg: Seine Lebensdauer endete seit dem Laden. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Field %1 of %2 has another time to live by now; nothing was changed.</source>
        <translation>Feld %1 von %2 hat inzwischen eine andere Lebensdauer; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Field %1 of %2 is not there any more; nothing was changed.</source>
        <translation>Feld %1 von %2 ist nicht mehr da; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>No program of this name is allowed: look into the settings, Decoders</source>
        <translation>Kein Programm dieses Namens ist erlaubt: siehe Einstellungen, Dekodierer</translation>
    </message>
    <message>
        <source>RedisTABLE takes names of 64 bytes; to longer ones it answers twice, and every later answer is another command&apos;s.</source>
        <translation>RedisTABLE nimmt Namen von 64 Bytes; auf längere antwortet es zweimal, und jede spätere Antwort gehört zu einem anderen Befehl.</translation>
    </message>
    <message>
        <source>A name is empty.</source>
        <translation>Ein Name ist leer.</translation>
    </message>
    <message>
        <source>With a brace or a zero byte in its name, RedisTABLE does not find &quot;%1&quot; again.</source>
        <translation>Mit einer geschweiften Klammer oder einem Nullbyte im Namen findet RedisTABLE &quot;%1&quot; nicht wieder.</translation>
    </message>
    <message>
        <source>RedisTABLE does not read &quot;%1&quot; as column=value. %2</source>
        <translation>RedisTABLE liest &quot;%1&quot; nicht als Spalte=Wert. %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no column:type or column:type:index, and RedisTABLE would leave a table with the columns before it.</source>
        <translation>&quot;%1&quot; ist weder Spalte:Typ noch Spalte:Typ:Index, und RedisTABLE hinterließe eine Tabelle mit den Spalten davor.</translation>
    </message>
    <message>
        <source>RedisTABLE takes the name for a pattern here, and would empty other indexes.</source>
        <translation>RedisTABLE nimmt den Namen hier für ein Muster und würde andere Indizes leeren.</translation>
    </message>
    <message>
        <source>If the column is there already, it is marked as indexed without an index being built, and finds nothing. Add the column first, and its index then.</source>
        <translation>Gibt es die Spalte schon, gilt sie als indiziert, ohne dass ein Index gebaut wird, und findet nichts. Erst die Spalte anlegen, dann ihren Index.</translation>
    </message>
    <message>
        <source>Without the word WHERE after the table&apos;s name it deletes all rows.</source>
        <translation>Ohne das Wort WHERE nach dem Namen der Tabelle löscht es alle Zeilen.</translation>
    </message>
    <message>
        <source>Without the word WHERE and a condition it changes all rows.</source>
        <translation>Ohne das Wort WHERE und eine Bedingung ändert es alle Zeilen.</translation>
    </message>
    <message>
        <source>An empty argument crashes the server.</source>
        <translation>Ein leeres Argument bringt den Server zum Absturz.</translation>
    </message>
    <message>
        <source>A row that nobody lists would be left.</source>
        <translation>Eine Zeile bliebe, die nirgends aufgeführt ist.</translation>
    </message>
    <message>
        <source>A part of the rows would be changed.</source>
        <translation>Ein Teil der Zeilen würde geändert.</translation>
    </message>
    <message>
        <source>It is in use: a job writes it, or it is being read.</source>
        <translation>Es ist in Gebrauch: Ein Auftrag schreibt es, oder es wird gelesen.</translation>
    </message>
    <message>
        <source>The passphrase of the archive</source>
        <translation>Die Passphrase des Archivs</translation>
    </message>
    <message>
        <source>There is not enough memory to make a key of it.</source>
        <translation>Der Speicher reicht nicht, um daraus einen Schlüssel zu machen.</translation>
    </message>
    <message>
        <source>The key %1</source>
        <translation>Der Schlüssel %1</translation>
    </message>
    <message>
        <source>An integer is digits with a sign before them or without.</source>
        <translation>Ein integer besteht aus Ziffern, mit Vorzeichen oder ohne.</translation>
    </message>
    <message>
        <source>A float is digits with at most one dot and a sign before them or without; no exponent.</source>
        <translation>Ein float besteht aus Ziffern mit höchstens einem Punkt, mit Vorzeichen oder ohne; kein Exponent.</translation>
    </message>
    <message>
        <source>A date is YYYY-MM-DD.</source>
        <translation>Ein Datum ist JJJJ-MM-TT.</translation>
    </message>
    <message>
        <source>RedisTABLE takes no empty value.</source>
        <translation>RedisTABLE nimmt keinen leeren Wert.</translation>
    </message>
    <message>
        <source>AND or OR stands between two conditions.</source>
        <translation>Zwischen zwei Bedingungen steht AND oder OR.</translation>
    </message>
    <message>
        <source>A condition has to follow.</source>
        <translation>Es muss eine Bedingung folgen.</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Spalte %1</translation>
    </message>
    <message>
        <source>Table %1 has no such column.</source>
        <translation>Tabelle %1 hat keine solche Spalte.</translation>
    </message>
    <message>
        <source>RedisTABLE would read %1 as another condition.</source>
        <translation>RedisTABLE läse %1 als eine andere Bedingung.</translation>
    </message>
    <message>
        <source>RedisTABLE refuses %1, as the column has no index.</source>
        <translation>RedisTABLE lehnt %1 ab, da die Spalte keinen Index hat.</translation>
    </message>
    <message>
        <source>RedisTABLE takes the OR before %1 for an AND.</source>
        <translation>RedisTABLE nimmt das OR vor %1 für ein AND.</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>It has the keys of RedisTABLE 1.0, which are only read.</source>
        <translation>Sie hat die Schlüssel von RedisTABLE 1.0, die nur gelesen werden.</translation>
    </message>
    <message>
        <source>RedisTABLE cuts indexed values at a zero byte, so it would be found under another value.</source>
        <translation>RedisTABLE schneidet indizierte Werte am Nullbyte ab, so dass er unter einem anderen Wert gefunden würde.</translation>
    </message>
    <message>
        <source>Field %1</source>
        <translation>Feld %1</translation>
    </message>
    <message>
        <source>Table %1 has no such column: name another for it, or none.</source>
        <translation>Tabelle %1 hat keine solche Spalte: Nennen Sie dafür eine andere, oder keine.</translation>
    </message>
    <message>
        <source>Two fields go to it.</source>
        <translation>Zwei Felder gehen hinein.</translation>
    </message>
    <message>
        <source>It would look at %1 rows; the scan limit in force is %2.</source>
        <translation>Es sähe %1 Zeilen an; die geltende Grenze ist %2.</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>Typ %1</translation>
    </message>
    <message>
        <source>RedisTABLE knows string, integer, float and date; it would take any other word for string.</source>
        <translation>RedisTABLE kennt string, integer, float und date; jedes andere Wort nähme es für string.</translation>
    </message>
    <message>
        <source>A table is called NAMESPACE.TABLE.</source>
        <translation>Eine Tabelle heißt NAMENSRAUM.TABELLE.</translation>
    </message>
    <message>
        <source>A table has at least one column.</source>
        <translation>Eine Tabelle hat mindestens eine Spalte.</translation>
    </message>
    <message>
        <source>It is named twice.</source>
        <translation>Es ist zweimal genannt.</translation>
    </message>
    <message>
        <source>It has an index already.</source>
        <translation>Sie hat schon einen Index.</translation>
    </message>
    <message>
        <source>It has no index.</source>
        <translation>Sie hat keinen Index.</translation>
    </message>
    <message>
        <source>It is of that type already.</source>
        <translation>Sie ist schon von diesem Typ.</translation>
    </message>
    <message>
        <source>It is the last one: without it there is no table. Drop the table instead.</source>
        <translation>Es ist die letzte: Ohne sie gibt es keine Tabelle. Löschen Sie stattdessen die Tabelle.</translation>
    </message>
    <message>
        <source>Create namespace %1</source>
        <translation>Namensraum %1 anlegen</translation>
    </message>
    <message>
        <source>Create table %1</source>
        <translation>Tabelle %1 anlegen</translation>
    </message>
    <message>
        <source>Add column %1 of type %2 to table %3</source>
        <translation>Spalte %1 vom Typ %2 zur Tabelle %3 hinzufügen</translation>
    </message>
    <message>
        <source>Add an index on column %1 of table %2</source>
        <translation>Index auf Spalte %1 der Tabelle %2 anlegen</translation>
    </message>
    <message>
        <source>Drop the index on column %1 of table %2</source>
        <translation>Index auf Spalte %1 der Tabelle %2 löschen</translation>
    </message>
    <message>
        <source>Build the index on column %1 of table %2 anew</source>
        <translation>Index auf Spalte %1 der Tabelle %2 neu bauen</translation>
    </message>
    <message>
        <source>Change the type of column %1 of table %3 to %2</source>
        <translation>Typ der Spalte %1 der Tabelle %3 in %2 ändern</translation>
    </message>
    <message>
        <source>Drop column %1 of table %2</source>
        <translation>Spalte %1 der Tabelle %2 löschen</translation>
    </message>
    <message>
        <source>Drop table %1 with all its rows</source>
        <translation>Tabelle %1 mit allen Zeilen löschen</translation>
    </message>
    <message>
        <source>Drop namespace %1</source>
        <translation>Namensraum %1 löschen</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>It is no schema plan of this version.</source>
        <translation>Es ist kein Schemaplan dieser Version.</translation>
    </message>
    <message>
        <source>It is there already.</source>
        <translation>Es ist schon da.</translation>
    </message>
    <message>
        <source>There is no such table.</source>
        <translation>Diese Tabelle gibt es nicht.</translation>
    </message>
    <message>
        <source>It is there already; its type can be changed.</source>
        <translation>Sie ist schon da; ihr Typ lässt sich ändern.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>Die Tabelle hat keine solche Spalte.</translation>
    </message>
    <message>
        <source>An index of more than %1 rows is built by RedisTABLE itself, which is not loaded here.</source>
        <translation>Einen Index über mehr als %1 Zeilen baut RedisTABLE selbst, und das ist hier nicht geladen.</translation>
    </message>
    <message>
        <source>Raise cluster-node-timeout for the time of the change, or make a new table with the index and move the rows over.</source>
        <translation>Erhöhen Sie cluster-node-timeout für die Zeit der Änderung, oder legen Sie eine neue Tabelle mit dem Index an und ziehen die Zeilen um.</translation>
    </message>
    <message>
        <source>Equality on %1 compares bytes from then on: 5, 05 and +5 are three values.</source>
        <translation>Gleichheit auf %1 vergleicht von da an Bytes: 5, 05 und +5 sind drei Werte.</translation>
    </message>
    <message>
        <source>TABLE.SELECT … WHERE %1=… of other programs will fail.</source>
        <translation>TABLE.SELECT … WHERE %1=… anderer Programme scheitert.</translation>
    </message>
    <message>
        <source>TABLE.UPDATE and TABLE.DELETE with %1=… change their meaning silently: they compare by type, fall under the scan limit, and an OR before it becomes an AND.</source>
        <translation>TABLE.UPDATE und TABLE.DELETE mit %1=… ändern stillschweigend ihre Bedeutung: Sie vergleichen nach Typ, unterliegen der Suchgrenze, und ein OR davor wird zum AND.</translation>
    </message>
    <message>
        <source>TABLE.INSERT and TABLE.UPDATE of other programs that name %1 will fail, half done.</source>
        <translation>TABLE.INSERT und TABLE.UPDATE anderer Programme, die %1 nennen, scheitern halb getan.</translation>
    </message>
    <message>
        <source>Until all rows are done TABLE.SELECT shows it in some.</source>
        <translation>Bis alle Zeilen fertig sind, zeigt TABLE.SELECT sie in manchen.</translation>
    </message>
    <message>
        <source>Conditions on %1 compare by the new type.</source>
        <translation>Bedingungen auf %1 vergleichen nach dem neuen Typ.</translation>
    </message>
    <message>
        <source>Have the server run BGREWRITEAOF or a full resync afterwards.</source>
        <translation>Lassen Sie den Server danach BGREWRITEAOF oder einen vollen Abgleich ausführen.</translation>
    </message>
    <message>
        <source>It takes about %1 of memory, and the server has less left before maxmemory.</source>
        <translation>Es braucht etwa %1 Speicher, und der Server hat bis maxmemory weniger.</translation>
    </message>
    <message>
        <source>The server is a replica.</source>
        <translation>Der Server ist ein Replikat.</translation>
    </message>
    <message>
        <source>It has %1 tables; drop them first.</source>
        <translation>Er hat %1 Tabellen; löschen Sie diese zuerst.</translation>
    </message>
    <message>
        <source>Namespace %1 is not there; the table works without it, and RedisTABLE makes no table in it.</source>
        <translation>Den Namensraum %1 gibt es nicht; die Tabelle geht ohne ihn, und RedisTABLE legt darin keine Tabelle an.</translation>
    </message>
    <message>
        <source>%1 rows hold something else in %2.</source>
        <translation>%1 Zeilen enthalten in %2 etwas anderes.</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>Der Name</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>It has %1 bytes; RedisTABLE takes 64.</source>
        <translation>Er hat %1 Bytes; RedisTABLE nimmt 64.</translation>
    </message>
    <message>
        <source>Only letters of A to Z, digits, _ and - are safe in names of RedisTABLE.</source>
        <translation>Nur Buchstaben von A bis Z, Ziffern, _ und - sind in Namen von RedisTABLE sicher.</translation>
    </message>
    <message>
        <source>Tables are read and written by their keys, which takes the patterns ~%1* and ~%2.</source>
        <translation>Tabellen werden über ihre Schlüssel gelesen und geschrieben; dafür braucht es die Muster ~%1* und ~%2.</translation>
    </message>
    <message>
        <source>a module&apos;s</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>It is empty; its first record names the columns.</source>
        <translation>Sie ist leer; ihr erster Datensatz nennt die Spalten.</translation>
    </message>
    <message>
        <source>While it waited, somebody has changed the schema.</source>
        <translation>Während des Wartens hat jemand das Schema geändert.</translation>
    </message>
    <message>
        <source>While it waited, the table has grown: everybody would have to wait for about %1 s.</source>
        <translation>Während des Wartens ist die Tabelle gewachsen: Alle müssten etwa %1 s warten.</translation>
    </message>
    <message>
        <source>%1 has failed; its log says why.</source>
        <translation>%1 ist gescheitert; das Log des Servers sagt, warum.</translation>
    </message>
    <message>
        <source>Other programs see the index as it was or as it will be, never half of it.</source>
        <translation>Andere Programme sehen den Index, wie er war oder wie er sein wird, nie einen halben.</translation>
    </message>
    <message>
        <source>Every TABLE command of other programs on %1 fails from the first moment on; its keys are removed after that, in batches.</source>
        <translation>Jeder TABLE-Befehl anderer Programme auf %1 scheitert vom ersten Moment an; danach werden ihre Schlüssel entfernt, in Portionen.</translation>
    </message>
    <message>
        <source>TABLE.SCHEMA.CREATE of other programs in %1 will fail.</source>
        <translation>TABLE.SCHEMA.CREATE anderer Programme in %1 scheitert.</translation>
    </message>
    <message>
        <source>The undo archive</source>
        <translation>Das Undo-Archiv</translation>
    </message>
    <message>
        <source>It is of no dropped column or table.</source>
        <translation>Es ist von keiner gelöschten Spalte oder Tabelle.</translation>
    </message>
    <message>
        <source>Column %1 is there again with another type.</source>
        <translation>Spalte %1 gibt es wieder, mit einem anderen Typ.</translation>
    </message>
    <message>
        <source>There is a table of this name again. Drop or rename that one first.</source>
        <translation>Es gibt wieder eine Tabelle dieses Namens. Löschen Sie diese zuerst, oder benennen Sie sie um.</translation>
    </message>
    <message>
        <source>It is of no change that can be undone.</source>
        <translation>Es ist von keiner Änderung, die sich zurückholen lässt.</translation>
    </message>
    <message>
        <source>It is of another database than the one that is open (%1). Open that one first.</source>
        <translation>Es ist von einer anderen Datenbank als der geöffneten (%1). Öffnen Sie zuerst jene.</translation>
    </message>
    <message>
        <source>A namespace has no dot in its name. To drop a table, choose its table.</source>
        <translation>Ein Namensraum hat keinen Punkt im Namen. Um eine Tabelle zu löschen, wählen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>Only the length of its value was compared, for it had not been read.</source>
        <translation>Nur die Länge seines Werts wurde verglichen, denn er war nicht gelesen worden.</translation>
    </message>
    <message>
        <source>Its value was not compared, for it had not been read.</source>
        <translation>Sein Wert wurde nicht verglichen, denn er war nicht gelesen worden.</translation>
    </message>
    <message>
        <source>Somebody else has changed when the field expires meanwhile; that was kept.</source>
        <translation>Jemand anderes hat inzwischen geändert, wann das Feld abläuft; das blieb so.</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else since it was loaded; it was not deleted.</source>
        <translation>%1 wurde seit dem Laden von jemand anderem geändert; es wurde nicht gelöscht.</translation>
    </message>
    <message>
        <source>Namespace %1</source>
        <translation>Namensraum %1</translation>
    </message>
    <message>
        <source>There is no such namespace.</source>
        <translation>Diesen Namensraum gibt es nicht.</translation>
    </message>
    <message>
        <source>Its key %1 is something else.</source>
        <translation>Sein Schlüssel %1 ist etwas anderes.</translation>
    </message>
    <message>
        <source>%1 is no set: the table is damaged.</source>
        <translation>%1 ist kein Set: Die Tabelle ist beschädigt.</translation>
    </message>
    <message>
        <source>This user lacks %1.</source>
        <translation>Diesem Benutzer fehlt %1.</translation>
    </message>
    <message>
        <source>%1 entries of a former index are left there. They are removed first, as the new one would lead to their rows.</source>
        <translation>Dort sind %1 Einträge eines früheren Indexes übrig. Sie werden zuerst entfernt, da der neue zu ihren Zeilen führen würde.</translation>
    </message>
    <message>
        <source>%1 rows are not found by the index and %2 entries are stale: check the table.</source>
        <translation>%1 Zeilen findet der Index nicht, und %2 Einträge sind veraltet: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>%1 keys of the table are of a wrong type: check the table.</source>
        <translation>%1 Schlüssel der Tabelle haben einen falschen Typ: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>%1 cells do not fit their columns&apos; types: check the table.</source>
        <translation>%1 Zellen passen nicht zum Typ ihrer Spalte: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>%1 keys of a former table of this name are in the way: check the table.</source>
        <translation>%1 Schlüssel einer früheren Tabelle dieses Namens sind im Weg: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>There is something left of it: %1. Somebody has written it meanwhile; drop it once more, or check the table.</source>
        <translation>Davon ist etwas übrig: %1. Jemand hat es inzwischen geschrieben; löschen Sie noch einmal, oder prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>%1 rows have a field %2 again or still: somebody has written it meanwhile.</source>
        <translation>%1 Zeilen haben wieder oder noch ein Feld %2: Jemand hat es inzwischen geschrieben.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 with ~%2 (%3)</source>
        <translation>%1 mit ~%2 (%3)</translation>
    </message>
    <message>
        <source>to read the table</source>
        <translation>um die Tabelle zu lesen</translation>
    </message>
    <message>
        <source>to edit rows</source>
        <translation>um Zeilen zu bearbeiten</translation>
    </message>
    <message>
        <source>to use RedisTABLE&apos;s own command</source>
        <translation>um den eigenen Befehl von RedisTABLE zu verwenden</translation>
    </message>
    <message>
        <source>to change the schema</source>
        <translation>um das Schema zu ändern</translation>
    </message>
    <message>
        <source>to archive what is dropped</source>
        <translation>um zu archivieren, was gelöscht wird</translation>
    </message>
    <message>
        <source>to insert rows</source>
        <translation>um Zeilen einzufügen</translation>
    </message>
    <message>
        <source>to delete rows</source>
        <translation>um Zeilen zu löschen</translation>
    </message>
    <message>
        <source>to undo a drop</source>
        <translation>um ein Löschen rückgängig zu machen</translation>
    </message>
    <message>
        <source>%1 was begun and is not waited for.</source>
        <translation>%1 wurde begonnen; darauf gewartet wird nicht.</translation>
    </message>
    <message>
        <source>The index has %1 entries, which are too many to be replaced in one go. Drop the index, by which they go in batches, and add it again.</source>
        <translation>Der Index hat %1 Einträge, zu viele, um sie in einem Zug zu ersetzen. Löschen Sie den Index, wobei sie in Portionen entfernt werden, und fügen Sie ihn wieder hinzu.</translation>
    </message>
    <message>
        <source>There is a table of this name again: somebody has made it meanwhile.</source>
        <translation>Es gibt wieder eine Tabelle dieses Namens: Jemand hat sie inzwischen angelegt.</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 existiert nicht.</translation>
    </message>
    <message>
        <source>%1: that can&apos;t be done as things are.</source>
        <translation>%1: Das geht so, wie die Dinge stehen, nicht.</translation>
    </message>
    <message>
        <source>It was deleted, has expired, or never was there: check the name and the database.</source>
        <translation>Es wurde gelöscht, ist abgelaufen oder war nie da: Prüfen Sie den Namen und die Datenbank.</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>jetzt nicht möglich</translation>
    </message>
    <message>
        <source>Of what had not been read only the length was compared.</source>
        <translation>Von dem, was nicht gelesen war, wurde nur die Länge verglichen.</translation>
    </message>
    <message>
        <source>Only its ID was compared, for it is longer than one answer may be.</source>
        <translation>Nur seine ID wurde verglichen, denn er ist länger, als eine Antwort sein darf.</translation>
    </message>
    <message>
        <source>What it may have destroyed is kept in the undo archive %1.</source>
        <translation>Was dabei womöglich zerstört wurde, liegt im Undo-Archiv %1.</translation>
    </message>
    <message>
        <source>row %1 has %2 in %3</source>
        <translation>Zeile %1 hat %2 in %3</translation>
    </message>
    <message>
        <source>There is no list of rows of a former table that could be taken over.</source>
        <translation>Es gibt keine Liste von Zeilen einer früheren Tabelle, die übernommen werden könnte.</translation>
    </message>
    <message>
        <source>%1 of the rows that are there have cells of another type: %2.</source>
        <translation>%1 der vorhandenen Zeilen haben Zellen eines anderen Typs: %2.</translation>
    </message>
    <message>
        <source>The %1 rows that are listed there become rows of the table. What their columns were, and of which type, is written nowhere any more: that they fit is all that can be tested.</source>
        <translation>Die %1 dort gelisteten Zeilen werden Zeilen der Tabelle. Welche Spalten sie hatten, und von welchem Typ, steht nirgends mehr: Geprüft werden kann nur, dass sie passen.</translation>
    </message>
    <message>
        <source>The rows have fields that are no columns, and keep them: %1.</source>
        <translation>Die Zeilen haben Felder, die keine Spalten sind, und behalten sie: %1.</translation>
    </message>
    <message>
        <source>%1 of the listed rows are not there or can&apos;t be read: check the table when it is there.</source>
        <translation>%1 der gelisteten Zeilen sind nicht da oder nicht lesbar: Prüfen Sie die Tabelle, wenn sie da ist.</translation>
    </message>
    <message>
        <source>%1 keys of rows are not listed, as failed inserts leave them. They stay out of the table.</source>
        <translation>%1 Schlüssel von Zeilen sind nicht gelistet, wie misslungene Einfügungen sie hinterlassen. Sie bleiben außerhalb der Tabelle.</translation>
    </message>
    <message>
        <source>%1 entries of former indexes are removed first, as nobody has kept them meanwhile. Add the indexes when the table is there.</source>
        <translation>%1 Einträge früherer Indizes werden zuerst entfernt, da sie inzwischen niemand gepflegt hat. Fügen Sie die Indizes hinzu, wenn die Tabelle da ist.</translation>
    </message>
    <message>
        <source>A table that takes over rows is made without indexes: add them when it is there.</source>
        <translation>Eine Tabelle, die Zeilen übernimmt, wird ohne Indizes angelegt: Fügen Sie sie hinzu, wenn sie da ist.</translation>
    </message>
    <message>
        <source>What is removed can&apos;t be archived: this user lacks %1. Have that given, or do without an archive.</source>
        <translation>Was entfernt wird, kann nicht archiviert werden: Diesem Benutzer fehlt %1. Lassen Sie ihm das geben, oder verzichten Sie auf ein Archiv.</translation>
    </message>
    <message>
        <source>Keys of a former table of this name are left: %1. Its new rows would inherit them. Drop the table first, which removes them and keeps them in an undo archive, or have its rows taken over.</source>
        <translation>Schlüssel einer früheren Tabelle dieses Namens sind noch da: %1. Neue Zeilen würden sie erben. Löschen Sie die Tabelle zuerst, wodurch sie entfernt und in einem Undo-Archiv aufbewahrt werden, oder lassen Sie ihre Zeilen übernehmen.</translation>
    </message>
    <message>
        <source>Which rows it has is not known. Mend that key first: what belongs there is a set of the ids of its rows, whose keys are %1….</source>
        <translation>Welche Zeilen sie hat, ist nicht bekannt. Richten Sie zuerst diesen Schlüssel: Dorthin gehört eine Menge der IDs ihrer Zeilen, deren Schlüssel %1… sind.</translation>
    </message>
    <message>
        <source>%1 faults are in what was taken over: check the table.</source>
        <translation>Im Übernommenen sind %1 Fehler: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>%1 is no hash.</source>
        <translation>%1 ist kein Hash.</translation>
    </message>
    <message>
        <source>%1 is no set, so that no index is known or kept. Check the table and have it repaired: that key is archived and removed. Then add its indexes again.</source>
        <translation>%1 ist keine Menge; kein Index ist bekannt oder wird gepflegt. Prüfen Sie die Tabelle und lassen Sie sie reparieren: Dieser Schlüssel wird archiviert und entfernt. Fügen Sie danach die Indizes wieder hinzu.</translation>
    </message>
    <message>
        <source>%1 has a member of the new content already; nothing was changed.</source>
        <translation>%1 hat schon ein Mitglied mit dem neuen Inhalt; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 has this member already; nothing was changed.</source>
        <translation>%1 hat dieses Mitglied schon; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 has this member already, with the score %2; nothing was changed.</source>
        <translation>%1 hat dieses Mitglied schon, mit dem Score %2; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 has field %2 already; nothing was overwritten.</source>
        <translation>%1 hat das Feld %2 schon; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>%1 has a value at %2 already; nothing was overwritten.</source>
        <translation>%1 hat bei %2 schon einen Wert; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>%1 has an entry of the ID %2 already; nothing was changed.</source>
        <translation>%1 hat schon einen Eintrag mit der ID %2; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else since it was loaded: the score is %2 now. Nothing was overwritten.</source>
        <translation>%1 wurde seit dem Laden von jemand anderem geändert: Der Score ist jetzt %2. Nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else since it was loaded, at index %2 or beside it; nothing was changed in this step.</source>
        <translation>%1 wurde seit dem Laden von jemand anderem geändert, bei Index %2 oder daneben; in diesem Schritt wurde nichts geändert.</translation>
    </message>
    <message>
        <source>It is a Sentinel, which has a user and a password of its own: %1</source>
        <translation>Es ist ein Sentinel, der einen eigenen Benutzer und ein eigenes Passwort hat: %1</translation>
    </message>
    <message>
        <source>An argument is empty. RedisTABLE takes it for a name.</source>
        <translation>Ein Argument ist leer. RedisTABLE hält es für einen Namen.</translation>
    </message>
    <message>
        <source>RedisTABLE would add a column without a name.</source>
        <translation>RedisTABLE würde eine Spalte ohne Namen hinzufügen.</translation>
    </message>
    <message>
        <source>A condition is a column, one of = &gt; &lt; &gt;= &lt;=, and a value; or a column and the words &quot;is empty&quot; or &quot;is missing&quot;.</source>
        <translation>Eine Bedingung ist eine Spalte, eines von = &gt; &lt; &gt;= &lt;= und ein Wert; oder eine Spalte und die Worte „is empty“ oder „is missing“.</translation>
    </message>
    <message>
        <source>RedisTABLE has no test for empty and missing cells: %1 is looked for here.</source>
        <translation>RedisTABLE kann nicht nach leeren und fehlenden Zellen fragen: %1 wird hier gesucht.</translation>
    </message>
    <message>
        <source>It belongs to no category of commands: it takes +table.select, and the table&apos;s name as a key, ~%1.</source>
        <translation>Er gehört zu keiner Kategorie von Befehlen: Er braucht +table.select und den Namen der Tabelle als Schlüssel, ~%1.</translation>
    </message>
    <message>
        <source>The table itself is gone already; what is left of its keys is removed. To have all of it back, undo this drop before the one that has the schema.</source>
        <translation>Die Tabelle selbst ist schon weg; was von ihren Schlüsseln übrig ist, wird entfernt. Um alles zurückzubekommen, machen Sie dieses Löschen vor dem rückgängig, das das Schema hat.</translation>
    </message>
    <message>
        <source>A table is named NAMESPACE.TABLE, as in shop.items.</source>
        <translation>Eine Tabelle heißt NAMENSRAUM.TABELLE, wie in shop.items.</translation>
    </message>
    <message>
        <source>Its schema %1 is not there, but other keys of it are: have a new table take its rows over, or drop it to have them removed.</source>
        <translation>Ihr Schema %1 ist nicht da, aber andere Schlüssel von ihr: Lassen Sie eine neue Tabelle ihre Zeilen übernehmen, oder löschen Sie sie, damit sie entfernt werden.</translation>
    </message>
    <message>
        <source>No key %1 is there.</source>
        <translation>Es gibt keinen Schlüssel %1.</translation>
    </message>
    <message>
        <source>Its slot is on its way to another node, and a part of it is at either. Try again when it has arrived.</source>
        <translation>Ihr Slot ist unterwegs zu einem anderen Knoten, und an jedem liegt ein Teil von ihr. Versuchen Sie es erneut, wenn er angekommen ist.</translation>
    </message>
    <message>
        <source>There is a table of this name. The archive has the rest of one that was dropped before, without its schema: drop the table that is there, undo this archive, and then the one of that drop.</source>
        <translation>Es gibt eine Tabelle dieses Namens. Das Archiv hat den Rest einer früher gelöschten, ohne ihr Schema: Löschen Sie die vorhandene Tabelle, machen Sie dieses Archiv rückgängig und dann das jenes Löschens.</translation>
    </message>
    <message>
        <source>Taking over the rows of %1</source>
        <translation>Die Übernahme der Zeilen von %1</translation>
    </message>
    <message>
        <source>It is not undone: without the table its rows would go, too. The archive holds the former index entries.</source>
        <translation>Sie wird nicht rückgängig gemacht: Ohne die Tabelle gingen auch ihre Zeilen verloren. Das Archiv enthält die früheren Indexeinträge.</translation>
    </message>
    <message>
        <source>%1 is not known; it begins with redis://, rediss://, redis+unix://, redis+cluster:// or redis+sentinel://</source>
        <translation>%1 ist nicht bekannt; sie beginnt mit redis://, rediss://, redis+unix://, redis+cluster:// oder redis+sentinel://</translation>
    </message>
</context>
<context>
    <name>keyglass::ActionCheck</name>
    <message>
        <source>The new name is the old one.</source>
        <translation>Der neue Name ist der alte.</translation>
    </message>
    <message>
        <source>Its fields have no time to live of their own: that came with Redis 7.4 and Valkey 9.</source>
        <translation>Seine Felder haben keine eigene Lebensdauer: Die kam mit Redis 7.4 und Valkey 9.</translation>
    </message>
    <message>
        <source>There is nothing to insert.</source>
        <translation>Es gibt nichts einzufügen.</translation>
    </message>
    <message>
        <source>It is the whole document: delete the key.</source>
        <translation>Es ist das ganze Dokument: Löschen Sie den Schlüssel.</translation>
    </message>
    <message>
        <source>There is nothing to change, or something twice.</source>
        <translation>Es gibt nichts zu ändern, oder etwas doppelt.</translation>
    </message>
</context>
<context>
    <name>keyglass::ArchiveSeal</name>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>The archive is sealed in a way that is not ours.</source>
        <translation>Das Archiv ist auf eine Art versiegelt, die nicht unsere ist.</translation>
    </message>
    <message>
        <source>It is not the one that the archive was sealed with.</source>
        <translation>Es ist nicht die, mit der das Archiv versiegelt wurde.</translation>
    </message>
</context>
<context>
    <name>keyglass::BsonReader</name>
    <message>
        <source>A document is longer or shorter than it says</source>
        <translation>Ein Dokument ist länger oder kürzer, als es angibt</translation>
    </message>
    <message>
        <source>A type that BSON does not know</source>
        <translation>Ein Typ, den BSON nicht kennt</translation>
    </message>
    <message>
        <source>That is no length</source>
        <translation>Das ist keine Länge</translation>
    </message>
</context>
<context>
    <name>keyglass::BsonWriter</name>
    <message>
        <source>Its outermost value has to be an object</source>
        <translation>Der äußerste Wert muss ein Objekt sein</translation>
    </message>
</context>
<context>
    <name>keyglass::CborReader</name>
    <message>
        <source>A length that CBOR does not know</source>
        <translation>Eine Länge, die CBOR nicht kennt</translation>
    </message>
    <message>
        <source>A piece of another kind within a string</source>
        <translation>Ein Stück anderer Art in einer Zeichenkette</translation>
    </message>
    <message>
        <source>An end that belongs to nothing</source>
        <translation>Ein Ende, das zu nichts gehört</translation>
    </message>
</context>
<context>
    <name>keyglass::ColumnUndo</name>
    <message>
        <source>There is no such table.</source>
        <translation>Es gibt keine solche Tabelle.</translation>
    </message>
    <message>
        <source>Column %1 is there again with another type.</source>
        <translation>Spalte %1 gibt es wieder, mit einem anderen Typ.</translation>
    </message>
    <message>
        <source>Column %1 has been dropped again.</source>
        <translation>Spalte %1 ist wieder gelöscht worden.</translation>
    </message>
</context>
<context>
    <name>keyglass::CommandGate</name>
    <message>
        <source>The command</source>
        <translation>Der Befehl</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Er ist leer.</translation>
    </message>
    <message>
        <source>This connection only reads.</source>
        <translation>Diese Verbindung liest nur.</translation>
    </message>
    <message>
        <source>It stops the server for everyone while it runs.</source>
        <translation>Der Befehl hält den Server für alle an, solange er läuft.</translation>
    </message>
    <message>
        <source>This is a production server.</source>
        <translation>Das ist ein Produktionsserver.</translation>
    </message>
</context>
<context>
    <name>keyglass::Connection::Private</name>
    <message>
        <source>There is no command.</source>
        <translation>Es gibt keinen Befehl.</translation>
    </message>
    <message>
        <source>The reply has more elements than this connection takes.</source>
        <translation>Die Antwort hat mehr Elemente, als diese Verbindung annimmt.</translation>
    </message>
    <message>
        <source>More replies came than this connection keeps.</source>
        <translation>Es kamen mehr Antworten, als diese Verbindung aufbewahrt.</translation>
    </message>
    <message>
        <source>There was no answer for %1 s.</source>
        <translation>%1 s lang kam keine Antwort.</translation>
    </message>
    <message>
        <source>It said nothing at all; it may expect TLS.</source>
        <translation>Der Server hat gar nichts gesagt; vielleicht erwartet er TLS.</translation>
    </message>
</context>
<context>
    <name>keyglass::ConsoleText</name>
    <message>
        <source>It turns the connection into a stream of messages; here each command has one reply.</source>
        <translation>Er macht aus der Verbindung einen Strom von Nachrichten; hier hat jeder Befehl eine Antwort.</translation>
    </message>
    <message>
        <source>It takes the replies away that are waited for here.</source>
        <translation>Er nimmt die Antworten weg, auf die hier gewartet wird.</translation>
    </message>
    <message>
        <source>The database is chosen with the connection: by /N or ?db=N in the URI, or in the window.</source>
        <translation>Die Datenbank wird mit der Verbindung gewählt: mit /N oder ?db=N im URI, oder im Fenster.</translation>
    </message>
    <message>
        <source>The user is chosen with the connection: in the URI or in the profile.</source>
        <translation>Der Benutzer wird mit der Verbindung gewählt: im URI oder im Profil.</translation>
    </message>
    <message>
        <source>Replies are read as RESP2 here.</source>
        <translation>Antworten werden hier als RESP2 gelesen.</translation>
    </message>
    <message>
        <source>The connection is kept for the next command.</source>
        <translation>Die Verbindung bleibt für den nächsten Befehl bestehen.</translation>
    </message>
    <message>
        <source>It may wait for longer than a reply is waited for, and what it takes would be lost: its own time limit has to be above 0 and below %1 s.</source>
        <translation>Er wartet vielleicht länger, als auf eine Antwort gewartet wird, und was er entnimmt, ginge verloren: Seine eigene Zeitgrenze muss über 0 und unter %1 s liegen.</translation>
    </message>
    <message>
        <source>The operation</source>
        <translation>Die Operation</translation>
    </message>
    <message>
        <source>The scan</source>
        <translation>Der Scan</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>Die Zeile</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>Its replies take too much memory. Without WITHREPLIES, or with a lower COUNT, they take less.</source>
        <translation>Seine Antworten brauchen zu viel Speicher. Ohne WITHREPLIES oder mit kleinerem COUNT brauchen sie weniger.</translation>
    </message>
    <message>
        <source>Its keys are on different nodes or in different slots of the cluster, and what its parts would answer can&apos;t be put together. Nothing was sent.</source>
        <translation>Seine Schlüssel liegen auf verschiedenen Knoten oder in verschiedenen Slots des Clusters, und was seine Teile antworten würden, lässt sich nicht zusammensetzen. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>It would be too long for one command, and can&apos;t be sent in parts. Nothing was sent; a lower COUNT makes it shorter.</source>
        <translation>Es wäre zu lang für einen Befehl und lässt sich nicht in Teilen senden. Nichts wurde gesendet; ein kleineres COUNT macht es kürzer.</translation>
    </message>
    <message>
        <source>A node is chosen in a cluster only.</source>
        <translation>Ein Knoten wird nur in einem Cluster gewählt.</translation>
    </message>
    <message>
        <source>Only SCAN, SSCAN, HSCAN and ZSCAN can be gone on with to the end.</source>
        <translation>Nur SCAN, SSCAN, HSCAN und ZSCAN können bis zum Ende fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The connection was lost, and with it what MULTI or WATCH had begun. Nothing of it was done.</source>
        <translation>Die Verbindung ging verloren, und mit ihr, was MULTI oder WATCH begonnen hatten. Nichts davon wurde getan.</translation>
    </message>
    <message>
        <source>A transaction runs on one node of a cluster: choose the node.</source>
        <translation>Eine Transaktion läuft auf einem Knoten eines Clusters: Wählen Sie den Knoten.</translation>
    </message>
    <message>
        <source>%1 was asked of %2 only, one node of the cluster.</source>
        <translation>%1 wurde nur an %2 gerichtet, einen Knoten des Clusters.</translation>
    </message>
    <message>
        <source>It has no key and would reach one node of the cluster only: choose the node.</source>
        <translation>Er hat keinen Schlüssel und würde nur einen Knoten des Clusters erreichen: Wählen Sie den Knoten.</translation>
    </message>
    <message>
        <source>The cluster has no such node; it has %1.</source>
        <translation>Der Cluster hat keinen solchen Knoten; er hat %1.</translation>
    </message>
    <message>
        <source>In a cluster a cursor is a node&apos;s own: choose the node, or go on to the end on all of them.</source>
        <translation>In einem Cluster gehört ein Cursor zu einem Knoten: Wählen Sie den Knoten, oder gehen Sie auf allen bis zum Ende.</translation>
    </message>
    <message>
        <source>A cursor other than 0 is one node&apos;s own: choose the node.</source>
        <translation>Ein anderer Cursor als 0 gehört zu einem Knoten: Wählen Sie den Knoten.</translation>
    </message>
    <message>
        <source>This is a production server, and it is done to every element of the scan.</source>
        <translation>Dies ist ein Produktionsserver, und es geschieht mit jedem Element des Scans.</translation>
    </message>
    <message>
        <source>The connection was opened anew, and the cursor may be another server process&apos;s.</source>
        <translation>Die Verbindung wurde neu geöffnet, und der Cursor gehört vielleicht zu einem anderen Serverprozess.</translation>
    </message>
    <message>
        <source>The scan stopped there at cursor %1.</source>
        <translation>Der Scan endete dort beim Cursor %1.</translation>
    </message>
    <message>
        <source>The cluster changed meanwhile: keys that moved may be missing, or have come twice.</source>
        <translation>Der Cluster hat sich währenddessen geändert: Schlüssel, die umgezogen sind, fehlen vielleicht oder kamen zweimal.</translation>
    </message>
    <message>
        <source>… and %1 more elements</source>
        <translation>… und %1 weitere Elemente</translation>
    </message>
    <message>
        <source>A scan can&apos;t run another scan.</source>
        <translation>Ein Scan kann keinen anderen Scan ausführen.</translation>
    </message>
    <message>
        <source>In FORALL, * inside a longer word joins all elements: DELIM has to say what stands between them.</source>
        <translation>In FORALL verbindet * in einem längeren Wort alle Elemente: DELIM muss sagen, was zwischen ihnen steht.</translation>
    </message>
    <message>
        <source>** inside a longer word joins an element&apos;s parts: DELIM has to say what stands between them.</source>
        <translation>** in einem längeren Wort verbindet die Teile eines Elements: DELIM muss sagen, was zwischen ihnen steht.</translation>
    </message>
    <message>
        <source>It has to begin with the name of a command.</source>
        <translation>Sie muss mit dem Namen eines Befehls beginnen.</translation>
    </message>
    <message>
        <source>%1 has to be followed by the name of a subcommand.</source>
        <translation>Auf %1 muss der Name eines Unterbefehls folgen.</translation>
    </message>
    <message>
        <source>A script takes elements as its keys and arguments, not as a part of itself: put it into single quotes, or write \*, \@ and \#.</source>
        <translation>Ein Skript bekommt Elemente als Schlüssel und Argumente, nicht als Teil seiner selbst: Setzen Sie es in einfache Anführungszeichen, oder schreiben Sie \*, \@ und \#.</translation>
    </message>
    <message>
        <source>Something has to follow it.</source>
        <translation>Darauf muss etwas folgen.</translation>
    </message>
    <message>
        <source>FORALL, FOREACH, DELIM and WITHREPLIES stand once at most, and only one of the first two.</source>
        <translation>FORALL, FOREACH, DELIM und WITHREPLIES stehen höchstens einmal, und nur eines der ersten beiden.</translation>
    </message>
    <message>
        <source>WITHREPLIES and DELIM go with FORALL or FOREACH &apos;operation&apos;.</source>
        <translation>WITHREPLIES und DELIM gehören zu FORALL oder FOREACH &apos;operation&apos;.</translation>
    </message>
    <message>
        <source>That is no reply to a scan.</source>
        <translation>Das ist keine Antwort auf einen Scan.</translation>
    </message>
    <message>
        <source>For %1 elements the operation was sent as %2 commands, as one would have been too long or its keys are in several slots.</source>
        <translation>Für %1 Elemente wurde die Operation als %2 Befehle gesendet, da einer zu lang gewesen wäre oder seine Schlüssel in mehreren Slots liegen.</translation>
    </message>
    <message>
        <source>The replies of the steps are of different kinds; they are listed one after the other.</source>
        <translation>Die Antworten der Schritte sind von verschiedener Art; sie stehen nacheinander.</translation>
    </message>
    <message>
        <source>A double quote is not closed.</source>
        <translation>Ein doppeltes Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A single quote is not closed.</source>
        <translation>Ein einfaches Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>After a closing quote there has to be a space.</source>
        <translation>Nach einem schließenden Anführungszeichen muss ein Leerzeichen stehen.</translation>
    </message>
    <message>
        <source>Whether the transaction was done is not known: look at its keys before it is sent again.</source>
        <translation>Ob die Transaktion ausgeführt wurde, ist nicht bekannt: Sehen Sie sich ihre Schlüssel an, bevor Sie sie noch einmal senden.</translation>
    </message>
    <message>
        <source>MULTI has begun a transaction, and a scan with an operation or to its end can&apos;t be a part of it: end that by EXEC or DISCARD before.</source>
        <translation>MULTI hat eine Transaktion begonnen, und ein Scan mit einer Operation oder bis zum Ende kann kein Teil davon sein: Beenden Sie sie vorher mit EXEC oder DISCARD.</translation>
    </message>
    <message>
        <source>It begins or ends a transaction, which can&apos;t be done to one element after the other.</source>
        <translation>Er beginnt oder beendet eine Transaktion; das geht nicht Element für Element.</translation>
    </message>
    <message>
        <source>A line that could not be read</source>
        <translation>Eine Zeile, die nicht gelesen werden konnte,</translation>
    </message>
    <message>
        <source>%1 was refused or stopped before, and a transaction is done whole or not at all: it was discarded, and nothing of it was done.</source>
        <translation>%1 wurde vorher abgelehnt oder angehalten, und eine Transaktion wird ganz oder gar nicht ausgeführt: Sie wurde verworfen, nichts davon wurde ausgeführt.</translation>
    </message>
</context>
<context>
    <name>keyglass::CsvReader</name>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>A quote is not closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A field is larger than 64 MB.</source>
        <translation>Ein Feld ist größer als 64 MB.</translation>
    </message>
    <message>
        <source>Something stands between a closing quote and the next separator.</source>
        <translation>Zwischen einem schließenden Anführungszeichen und dem nächsten Trennzeichen steht etwas.</translation>
    </message>
</context>
<context>
    <name>keyglass::DataJsonReader</name>
    <message>
        <source>It is no JSON</source>
        <translation>Das ist kein JSON</translation>
    </message>
    <message>
        <source>$float is &quot;nan&quot;, &quot;inf&quot; or &quot;-inf&quot;</source>
        <translation>$float ist &quot;nan&quot;, &quot;inf&quot; oder &quot;-inf&quot;</translation>
    </message>
    <message>
        <source>$%1 has to be base64</source>
        <translation>$%1 muss base64 sein</translation>
    </message>
    <message>
        <source>$map has to be a list of [name, value]</source>
        <translation>$map muss eine Liste aus [Name, Wert] sein</translation>
    </message>
    <message>
        <source>Half a character: \uD800 to \uDFFF stand in pairs</source>
        <translation>Ein halbes Zeichen: \uD800 bis \uDFFF stehen paarweise</translation>
    </message>
</context>
<context>
    <name>keyglass::DecoderStack</name>
    <message>
        <source>layer %1 (%2)</source>
        <translation>Schicht %1 (%2)</translation>
    </message>
</context>
<context>
    <name>keyglass::DemoServer</name>
    <message>
        <source>It needs redis-server or valkey-server, and neither is installed. Install one of them, for example the package redis-server</source>
        <translation>Sie braucht redis-server oder valkey-server, und keines von beiden ist installiert. Eines davon installieren, zum Beispiel das Paket redis-server</translation>
    </message>
    <message>
        <source>No private folder could be made in %1</source>
        <translation>In %1 ließ sich kein privater Ordner anlegen</translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation>%1 konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>Demo shop</source>
        <translation>Demo-Laden</translation>
    </message>
</context>
<context>
    <name>keyglass::EditArchive</name>
    <message>
        <source>It takes %1, more than can be archived. Without the undo archive it can be deleted all the same</source>
        <translation>Er belegt %1, mehr als archiviert werden kann. Ohne das Undo-Archiv lässt er sich trotzdem löschen</translation>
    </message>
    <message>
        <source>It is on its way to another node. Try again in a moment</source>
        <translation>Er ist auf dem Weg zu einem anderen Knoten. Versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation>Der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>How large it is can&apos;t be told, as this user may not ask for MEMORY USAGE. Without the undo archive it can be deleted all the same</source>
        <translation>Wie groß er ist, lässt sich nicht sagen, da dieser Benutzer nicht nach MEMORY USAGE fragen darf. Ohne das Rückgängig-Archiv lässt er sich trotzdem löschen</translation>
    </message>
</context>
<context>
    <name>keyglass::ExternalDecoder</name>
    <message>
        <source>There is no program for the way back</source>
        <translation>Es gibt kein Programm für den Rückweg</translation>
    </message>
</context>
<context>
    <name>keyglass::ExternalRun</name>
    <message>
        <source>It gave more than %1, and was stopped</source>
        <translation>Es gab mehr als %1 aus und wurde beendet</translation>
    </message>
    <message>
        <source>It took more than %1 s, and was stopped</source>
        <translation>Es brauchte mehr als %1 s und wurde beendet</translation>
    </message>
    <message>
        <source>It ended with status %1</source>
        <translation>Es endete mit Status %1</translation>
    </message>
    <message>
        <source>It crashed</source>
        <translation>Es ist abgestürzt</translation>
    </message>
</context>
<context>
    <name>keyglass::GroupWords</name>
    <message>
        <source>%1 has a group %2 already; nothing was changed.</source>
        <translation>%1 hat schon eine Gruppe %2; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Created the group %1 of %2.</source>
        <translation>Gruppe %1 von %2 angelegt.</translation>
    </message>
    <message>
        <source>Destroyed the group %1 of %2.</source>
        <translation>Gruppe %1 von %2 aufgelöst.</translation>
    </message>
    <message>
        <source>Group %1 of %2 has moved on since it was loaded, to %3; nothing was changed.</source>
        <translation>Gruppe %1 von %2 ist seit dem Laden weitergegangen, bis %3; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Group %1 of %2 goes on with what comes from now on.</source>
        <translation>Gruppe %1 von %2 geht mit dem weiter, was ab jetzt kommt.</translation>
    </message>
    <message>
        <source>Group %1 of %2 goes on behind %3.</source>
        <translation>Gruppe %1 von %2 geht hinter %3 weiter.</translation>
    </message>
    <message>
        <source>Nothing was acknowledged: of %1 none is pending any more.</source>
        <translation>Nichts wurde bestätigt: Von %1 ist keiner mehr ausstehend.</translation>
    </message>
    <message>
        <source>Acknowledged %1.</source>
        <translation>%1 bestätigt.</translation>
    </message>
    <message>
        <source>Acknowledged %1 of %2; the others were not pending any more.</source>
        <translation>%1 von %2 bestätigt; die anderen waren nicht mehr ausstehend.</translation>
    </message>
    <message>
        <source>Nothing was claimed: of %1 none is pending any more, or idle for that long.</source>
        <translation>Nichts wurde übernommen: Von %1 ist keiner mehr ausstehend oder so lange untätig.</translation>
    </message>
    <message>
        <source>Claimed %1 for %2.</source>
        <translation>%1 für %2 übernommen.</translation>
    </message>
    <message>
        <source>Claimed %1 of %2 for %3; the others were not pending any more, or not idle for that long.</source>
        <translation>%1 von %2 für %3 übernommen; die anderen waren nicht mehr ausstehend oder nicht so lange untätig.</translation>
    </message>
    <message>
        <source>There may be more: claim again.</source>
        <translation>Es kann mehr geben: noch einmal übernehmen.</translation>
    </message>
    <message>
        <source>Nothing was claimed: no entry is pending and idle for that long.</source>
        <translation>Nichts wurde übernommen: Kein Eintrag ist ausstehend und so lange untätig.</translation>
    </message>
    <message>
        <source>%1 has no group %2 any more; nothing was changed.</source>
        <translation>%1 hat keine Gruppe %2 mehr; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Entry %1 of %2 is pending for %3 by now, deliveries: %4. Nothing was changed; reload the list.</source>
        <translation>Eintrag %1 von %2 steht inzwischen für %3 aus, Zustellungen: %4. Nichts wurde geändert; laden Sie die Liste neu.</translation>
    </message>
    <message>
        <source>Right before it, entry %1 had become one of %2.</source>
        <translation>Unmittelbar davor war Eintrag %1 an %2 übergegangen.</translation>
    </message>
</context>
<context>
    <name>keyglass::GuardedEdit</name>
    <message>
        <source>A part of the change was made: reload the value to see which.</source>
        <translation>Ein Teil der Änderung wurde ausgeführt: Den Wert neu laden, um zu sehen, welcher.</translation>
    </message>
</context>
<context>
    <name>keyglass::Handshake</name>
    <message>
        <source>The server does not know the AUTH command.</source>
        <translation>Der Server kennt den Befehl AUTH nicht.</translation>
    </message>
</context>
<context>
    <name>keyglass::Import</name>
    <message>
        <source>The record</source>
        <translation>Der Datensatz</translation>
    </message>
    <message>
        <source>It has %1 fields, and the first has %2.</source>
        <translation>Sie hat %1 Felder, und die erste hat %2.</translation>
    </message>
    <message>
        <source>A row without any cell can&apos;t be kept.</source>
        <translation>Eine Zeile ohne jede Zelle lässt sich nicht halten.</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>Others write to it all the time.</source>
        <translation>Andere schreiben ständig hinein.</translation>
    </message>
    <message>
        <source>Its schema was changed meanwhile, or its counter of ids is broken.</source>
        <translation>Ihr Schema wurde inzwischen geändert, oder ihr Zähler der IDs ist kaputt.</translation>
    </message>
    <message>
        <source>Whether rows %1 to %2 were inserted is not known: look at them before you import the rest.</source>
        <translation>Ob die Zeilen %1 bis %2 eingefügt wurden, ist nicht bekannt: Sehen Sie sie sich an, bevor Sie den Rest importieren.</translation>
    </message>
    <message>
        <source>Of some rows only a part was written: check the table.</source>
        <translation>Von einigen Zeilen wurde nur ein Teil geschrieben: Prüfen Sie die Tabelle.</translation>
    </message>
</context>
<context>
    <name>keyglass::JavaReader</name>
    <message>
        <source>It does not begin like Java&apos;s serialization</source>
        <translation>Es beginnt nicht wie Javas Serialisierung</translation>
    </message>
    <message>
        <source>Java&apos;s serialization has nothing that begins like this</source>
        <translation>In Javas Serialisierung beginnt nichts so</translation>
    </message>
    <message>
        <source>It refers to something that has not come</source>
        <translation>Es verweist auf etwas, das noch nicht kam</translation>
    </message>
    <message>
        <source>It refers to a class where none is</source>
        <translation>Es verweist auf eine Klasse, wo keine ist</translation>
    </message>
    <message>
        <source>A class&apos;s description is missing</source>
        <translation>Die Beschreibung einer Klasse fehlt</translation>
    </message>
    <message>
        <source>Only this class itself knows how its values are written</source>
        <translation>Nur diese Klasse selbst weiß, wie ihre Werte geschrieben sind</translation>
    </message>
    <message>
        <source>A type that Java does not know</source>
        <translation>Ein Typ, den Java nicht kennt</translation>
    </message>
    <message>
        <source>An array&apos;s type is missing</source>
        <translation>Der Typ eines Arrays fehlt</translation>
    </message>
</context>
<context>
    <name>keyglass::JsonDecoder</name>
    <message>
        <source>It is nested too deeply or too large to lay out</source>
        <translation>Es ist zu tief verschachtelt oder zu groß</translation>
    </message>
    <message>
        <source>It is no JSON: it ends too early</source>
        <translation>Das ist kein JSON: es endet zu früh</translation>
    </message>
    <message>
        <source>It is no JSON from byte %1 on</source>
        <translation>Ab Byte %1 ist das kein JSON</translation>
    </message>
</context>
<context>
    <name>keyglass::JsonFile</name>
    <message>
        <source>larger than 64 MB</source>
        <translation>größer als 64 MB</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation>Der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The folder can&apos;t be written, or another program holds the file</source>
        <translation>In den Ordner kann nicht geschrieben werden, oder ein anderes Programm hält die Datei</translation>
    </message>
</context>
<context>
    <name>keyglass::KeyRegex::Matcher::Private</name>
    <message>
        <source>The regular expression</source>
        <translation>Der reguläre Ausdruck</translation>
    </message>
</context>
<context>
    <name>keyglass::LargeWrite</name>
    <message>
        <source>it was written to each time that it was read for the archive</source>
        <translation>er wurde jedes Mal beschrieben, wenn er für das Archiv gelesen wurde</translation>
    </message>
</context>
<context>
    <name>keyglass::LoadedFile</name>
    <message>
        <source>It is a folder.</source>
        <translation>Es ist ein Ordner.</translation>
    </message>
    <message>
        <source>It has no end that is known: give a plain file.</source>
        <translation>Ihr Ende ist nicht bekannt: Geben Sie eine gewöhnliche Datei an.</translation>
    </message>
    <message>
        <source>It was changed while it was read, so nothing was loaded.</source>
        <translation>Sie wurde beim Lesen geändert, deshalb wurde nichts geladen.</translation>
    </message>
</context>
<context>
    <name>keyglass::MessagePackReader</name>
    <message>
        <source>The byte 0xC1 is not used in MessagePack</source>
        <translation>Das Byte 0xC1 kommt in MessagePack nicht vor</translation>
    </message>
</context>
<context>
    <name>keyglass::MessageReader</name>
    <message>
        <source>The descriptor set has no such message; make it with --include_imports</source>
        <translation>Diese Nachricht fehlt in der Deskriptor-Datei; --include_imports nimmt sie auf</translation>
    </message>
</context>
<context>
    <name>keyglass::MessageWriter</name>
    <message>
        <source>The message has no field of this name</source>
        <translation>Die Nachricht hat kein Feld dieses Namens</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no value for this field</source>
        <translation>„%1“ ist kein Wert für dieses Feld</translation>
    </message>
</context>
<context>
    <name>keyglass::NewValueCheck</name>
    <message>
        <source>A key without elements can&apos;t be: give the first one.</source>
        <translation>Einen Schlüssel ohne Elemente gibt es nicht: das erste angeben.</translation>
    </message>
    <message>
        <source>There is nothing in the dump.</source>
        <translation>In dem Dump ist nichts.</translation>
    </message>
</context>
<context>
    <name>keyglass::PartMaking::Turn</name>
    <message>
        <source>It is there with another time to live</source>
        <translation>Er ist mit einer anderen Lebensdauer da</translation>
    </message>
    <message>
        <source>It is there with another value</source>
        <translation>Er ist mit einem anderen Wert da</translation>
    </message>
    <message>
        <source>Its parts can&apos;t be read: a newer version of Keyglass wrote them</source>
        <translation>Seine Teile sind nicht lesbar: eine neuere Version von Keyglass hat sie geschrieben</translation>
    </message>
    <message>
        <source>The times of all its fields are over</source>
        <translation>Die Zeiten aller seiner Felder sind um</translation>
    </message>
    <message>
        <source>It was restored and is gone again</source>
        <translation>Er wurde wiederhergestellt und ist wieder verschwunden</translation>
    </message>
    <message>
        <source>It was restored, but somebody has changed its time to live</source>
        <translation>Er wurde wiederhergestellt, doch jemand hat seine Lebensdauer geändert</translation>
    </message>
    <message>
        <source>Fields whose time is over did not come back</source>
        <translation>Felder, deren Zeit um ist, kamen nicht zurück</translation>
    </message>
    <message>
        <source>It was restored, but is not as long as it was: somebody may have written to it</source>
        <translation>Er wurde wiederhergestellt, ist aber nicht so lang wie zuvor: jemand hat vielleicht hineingeschrieben</translation>
    </message>
    <message>
        <source>It was restored, but its time to live was refused: </source>
        <translation>Er wurde wiederhergestellt, doch seine Lebensdauer wurde abgelehnt: </translation>
    </message>
</context>
<context>
    <name>keyglass::PhpReader</name>
    <message>
        <source>PHP&apos;s serialize() writes nothing like this</source>
        <translation>So etwas schreibt serialize() von PHP nicht</translation>
    </message>
    <message>
        <source>A &quot;%1&quot; is missing</source>
        <translation>Ein „%1“ fehlt</translation>
    </message>
    <message>
        <source>That is no whole number</source>
        <translation>Das ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>That is no number</source>
        <translation>Das ist keine Zahl</translation>
    </message>
    <message>
        <source>A name is missing</source>
        <translation>Ein Name fehlt</translation>
    </message>
</context>
<context>
    <name>keyglass::PhpWriter</name>
    <message>
        <source>A value with references can be read here, not written: they count what stands before them</source>
        <translation>Ein Wert mit Verweisen lässt sich hier lesen, nicht schreiben: sie zählen, was vor ihnen steht</translation>
    </message>
</context>
<context>
    <name>keyglass::PickleMachine</name>
    <message>
        <source>A pickle has no such step</source>
        <translation>Diesen Schritt gibt es in keinem Pickle</translation>
    </message>
    <message>
        <source>A step of the pickle takes what is not there</source>
        <translation>Ein Schritt des Pickles nimmt, was nicht da ist</translation>
    </message>
    <message>
        <source>That is no whole number</source>
        <translation>Das ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>That is no number</source>
        <translation>Das ist keine Zahl</translation>
    </message>
    <message>
        <source>A text in a pickle is not quoted</source>
        <translation>Ein Text im Pickle steht nicht in Anführungszeichen</translation>
    </message>
    <message>
        <source>A map in the pickle has a name without a value</source>
        <translation>Ein Name im Pickle hat keinen Wert</translation>
    </message>
</context>
<context>
    <name>keyglass::PlainTransport</name>
    <message>
        <source>The server closed the connection.</source>
        <translation>Der Server hat die Verbindung geschlossen.</translation>
    </message>
</context>
<context>
    <name>keyglass::PreviewMarks</name>
    <message>
        <source>The comparison with the preview</source>
        <translation>Der Vergleich mit der Vorschau</translation>
    </message>
    <message>
        <source>It can be made for %1 keys at most. Plan the job for fewer keys, or without it</source>
        <translation>Er ist für höchstens %1 Schlüssel möglich. Planen Sie den Auftrag für weniger Schlüssel, oder ohne ihn</translation>
    </message>
    <message>
        <source>the preview did not see it</source>
        <translation>die Vorschau sah ihn nicht</translation>
    </message>
    <message>
        <source>all keys of the preview were of type %1, and it is %2 now</source>
        <translation>alle Schlüssel der Vorschau waren vom Typ %1, und jetzt ist er vom Typ %2</translation>
    </message>
    <message>
        <source>its type was %1 at the preview and is %2 now</source>
        <translation>sein Typ war bei der Vorschau %1 und ist jetzt %2</translation>
    </message>
    <message>
        <source>it is too large to be compared with the preview</source>
        <translation>er ist zu groß, um mit der Vorschau verglichen zu werden</translation>
    </message>
    <message>
        <source>its value is not what the preview saw</source>
        <translation>sein Wert ist nicht der, den die Vorschau sah</translation>
    </message>
    <message>
        <source>It does not hold what a preview of this program saw, or is damaged.</source>
        <translation>Die Datei enthält nicht, was eine Vorschau dieses Programms sah, oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Another version of this program has written it, which told values in another way. Preview the job again and keep what that sees, or run it without the comparison.</source>
        <translation>Eine andere Version dieses Programms hat sie geschrieben, die Werte auf andere Weise unterschied. Sehen Sie den Auftrag noch einmal durch und behalten Sie, was dabei gesehen wird, oder führen Sie ihn ohne den Vergleich aus.</translation>
    </message>
</context>
<context>
    <name>keyglass::Profile</name>
    <message>
        <source>cluster at %1</source>
        <translation>Cluster bei %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ProfileStore</name>
    <message>
        <source>The profile</source>
        <translation>Das Profil</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 Kopie</translation>
    </message>
</context>
<context>
    <name>keyglass::RenameAcross</name>
    <message>
        <source>The copy is not like the key.</source>
        <translation>Die Kopie gleicht dem Schlüssel nicht.</translation>
    </message>
    <message>
        <source>The key is still there. %1 was left as it is: it is a copy of it, or what another client has made of that.</source>
        <translation>Der Schlüssel ist noch da. %1 blieb, wie es ist: eine Kopie davon oder was ein anderer Client daraus gemacht hat.</translation>
    </message>
    <message>
        <source>What %1 held before was overwritten.</source>
        <translation>Was %1 zuvor enthielt, wurde überschrieben.</translation>
    </message>
    <message>
        <source>What %1 held before was overwritten; it can be restored from the undo archive %2.</source>
        <translation>Was %1 vorher enthielt, wurde überschrieben; es lässt sich aus dem Undo-Archiv %2 wiederherstellen.</translation>
    </message>
</context>
<context>
    <name>keyglass::RespReader</name>
    <message>
        <source>A line of the reply does not end.</source>
        <translation>Eine Zeile der Antwort endet nicht.</translation>
    </message>
    <message>
        <source>The reply has more than 8 arrays in each other, the most that can be read.</source>
        <translation>Die Antwort hat mehr als 8 ineinander verschachtelte Arrays; mehr können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>A web server answers there.</source>
        <translation>Dort antwortet ein Webserver.</translation>
    </message>
    <message>
        <source>The server expects TLS on this port.</source>
        <translation>Der Server erwartet TLS auf diesem Port.</translation>
    </message>
</context>
<context>
    <name>keyglass::RowEditor</name>
    <message>
        <source>A part of the change was made: check the table.</source>
        <translation>Ein Teil der Änderung ist gemacht: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Rows are called by whole numbers from 1 on; other keys of a table are no rows. Nothing was changed.</source>
        <translation>Zeilen heißen nach ganzen Zahlen ab 1; andere Schlüssel einer Tabelle sind keine Zeilen. Es wurde nichts geändert.</translation>
    </message>
</context>
<context>
    <name>keyglass::RowEditor::Try</name>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>There is no such table.</source>
        <translation>Diese Tabelle gibt es nicht.</translation>
    </message>
    <message>
        <source>It holds no number, so that rows can&apos;t be inserted. Nothing was changed.</source>
        <translation>Er enthält keine Zahl, so dass sich keine Zeilen einfügen lassen. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The keys of the next rows are taken by leftovers. Check the table first. Nothing was changed.</source>
        <translation>Die Schlüssel der nächsten Zeilen sind von Überresten belegt. Prüfen Sie zuerst die Tabelle. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>A row without any cell can&apos;t be kept.</source>
        <translation>Eine Zeile ohne jede Zelle lässt sich nicht halten.</translation>
    </message>
    <message>
        <source>It is no row: check the table. Nothing was changed.</source>
        <translation>Es ist keine Zeile: Prüfen Sie die Tabelle. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>A row without any cell can&apos;t be kept; delete it instead.</source>
        <translation>Eine Zeile ohne jede Zelle lässt sich nicht halten; löschen Sie sie stattdessen.</translation>
    </message>
    <message>
        <source>It is none of the table&apos;s rows, but what a failed insert has left: RedisTABLE does not count it, and finds it by its index only. Delete it, or check the table and repair it. Nothing was changed.</source>
        <translation>Das ist keine Zeile der Tabelle, sondern was ein misslungenes Einfügen hinterlassen hat: RedisTABLE zählt es nicht und findet es nur über seinen Index. Löschen Sie es, oder prüfen und reparieren Sie die Tabelle. Es wurde nichts geändert.</translation>
    </message>
</context>
<context>
    <name>keyglass::Run</name>
    <message>
        <source>The schema is not as planned right after the change.</source>
        <translation>Das Schema ist gleich nach der Änderung nicht wie geplant.</translation>
    </message>
    <message>
        <source>There were %1 rows before and are %2 after it.</source>
        <translation>Vorher waren es %1 Zeilen und danach %2.</translation>
    </message>
    <message>
        <source>%1 rows have nothing but this column; they keep it, as they would be gone without it.</source>
        <translation>%1 Zeilen haben nur diese Spalte; sie behalten sie, da sie ohne sie weg wären.</translation>
    </message>
    <message>
        <source>The table is gone, and not yet all of its keys. Drop it once more to have the rest removed, or undo it.</source>
        <translation>Die Tabelle ist weg, aber noch nicht alle ihre Schlüssel. Löschen Sie sie noch einmal, um den Rest zu entfernen, oder holen Sie sie zurück.</translation>
    </message>
    <message>
        <source>Another has changed the schema meanwhile: it is neither as it was nor as planned.</source>
        <translation>Jemand anderes hat das Schema inzwischen geändert: Es ist weder, wie es war, noch, wie geplant.</translation>
    </message>
    <message>
        <source>Keys of a former table of this name are there now: %1.</source>
        <translation>Es gibt jetzt Schlüssel einer früheren Tabelle dieses Namens: %1.</translation>
    </message>
    <message>
        <source>The table is not as the preview saw it.</source>
        <translation>Die Tabelle ist nicht so, wie die Vorschau sie gesehen hat.</translation>
    </message>
    <message>
        <source>Others write to it all the time.</source>
        <translation>Andere schreiben ständig hinein.</translation>
    </message>
    <message>
        <source>The table was not made. Entries of its former indexes are gone already, or may be.</source>
        <translation>Die Tabelle wurde nicht angelegt. Einträge ihrer früheren Indizes sind schon weg oder könnten es sein.</translation>
    </message>
    <message>
        <source>The index was not made. Entries of a former index are gone already, or may be.</source>
        <translation>Der Index wurde nicht angelegt. Einträge eines früheren Index sind schon weg oder könnten es sein.</translation>
    </message>
    <message>
        <source>They are in the archive %1.</source>
        <translation>Sie stehen im Archiv %1.</translation>
    </message>
    <message>
        <source>Run it again: it goes on where it ended.</source>
        <translation>Erneut ausführen: Es geht weiter, wo es aufgehört hat.</translation>
    </message>
</context>
<context>
    <name>keyglass::SchemaSteps</name>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>Others write to it all the time.</source>
        <translation>Andere schreiben ständig hinein.</translation>
    </message>
    <message>
        <source>Column %1 has an index again; its entries were left.</source>
        <translation>Spalte %1 hat wieder einen Index; seine Einträge blieben.</translation>
    </message>
    <message>
        <source>The table is there again; its keys were left.</source>
        <translation>Die Tabelle gibt es wieder; ihre Schlüssel blieben.</translation>
    </message>
    <message>
        <source>Column %1 is there again; rows that still have it keep it.</source>
        <translation>Spalte %1 gibt es wieder; Zeilen, die sie noch haben, behalten sie.</translation>
    </message>
</context>
<context>
    <name>keyglass::SecretStore::Private</name>
    <message>
        <source>It has not answered for two minutes</source>
        <translation>Er hat zwei Minuten lang nicht geantwortet</translation>
    </message>
</context>
<context>
    <name>keyglass::Session</name>
    <message>
        <source>a command</source>
        <translation>ein Befehl</translation>
    </message>
    <message>
        <source>a scan</source>
        <translation>einen Scan</translation>
    </message>
    <message>
        <source>The session is not connected</source>
        <translation>Die Sitzung ist nicht verbunden</translation>
    </message>
    <message>
        <source>%1: connected, %2</source>
        <translation>%1: verbunden, %2</translation>
    </message>
    <message>
        <source>The scan is paused: the loaded keys take %1 of memory</source>
        <translation>Der Scan ist pausiert: Die geladenen Schlüssel belegen %1 Speicher</translation>
    </message>
    <message>
        <source>Scan: %L1 keys in %2 ms, %L3 calls</source>
        <translation>Scan: %L1 Schlüssel in %2 ms, %L3 Aufrufe</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>an edit</source>
        <translation>eine Änderung</translation>
    </message>
    <message>
        <source>a job</source>
        <translation>ein Auftrag</translation>
    </message>
    <message>
        <source>work of the key table</source>
        <translation>Arbeit der Schlüsseltabelle</translation>
    </message>
    <message>
        <source>The selected rows</source>
        <translation>Die gewählten Zeilen</translation>
    </message>
    <message>
        <source>They make a longer text than can be copied; export them to a file</source>
        <translation>Sie ergeben einen längeren Text, als kopiert werden kann; in eine Datei exportieren</translation>
    </message>
    <message>
        <source>work on a table&apos;s schema</source>
        <translation>Arbeit am Schema einer Tabelle</translation>
    </message>
    <message>
        <source>work on a table</source>
        <translation>Arbeit an einer Tabelle</translation>
    </message>
    <message>
        <source>%L1 of them came more than once and are listed once</source>
        <translation>%L1 davon kamen mehrfach und stehen nur einmal in der Liste</translation>
    </message>
    <message>
        <source>the loading of a file</source>
        <translation>das Laden einer Datei</translation>
    </message>
</context>
<context>
    <name>keyglass::StringLoading</name>
    <message>
        <source>It is of %1, and this server takes strings of up to %2 (proto-max-bulk-len).</source>
        <translation>Sie hat %1, und dieser Server nimmt Zeichenketten bis %2 (proto-max-bulk-len).</translation>
    </message>
    <message>
        <source>The server&apos;s answer to EXEC makes no sense.</source>
        <translation>Die Antwort des Servers auf EXEC ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>%1, which held what was loaded of %2, is gone, so nothing was changed. The server removes such a key where its memory is full (maxmemory), or where nothing comes for %3 minutes.</source>
        <translation>%1, worin stand, was von %2 geladen war, ist verschwunden; daher wurde nichts geändert. Der Server entfernt einen solchen Schlüssel, wenn sein Speicher voll ist (maxmemory) oder %3 Minuten lang nichts kommt.</translation>
    </message>
    <message>
        <source>Somebody else has changed %1, which held what was loaded of %2, so nothing was changed.</source>
        <translation>Jemand anderes hat %1 geändert, worin stand, was von %2 geladen war; daher wurde nichts geändert.</translation>
    </message>
</context>
<context>
    <name>keyglass::TableArchive</name>
    <message>
        <source>The folder can&apos;t be made</source>
        <translation>Der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>The key %1</source>
        <translation>Der Schlüssel %1</translation>
    </message>
    <message>
        <source>It can&apos;t be archived, so nothing was done to it: %1</source>
        <translation>Er lässt sich nicht archivieren und blieb deshalb, wie er ist: %1</translation>
    </message>
</context>
<context>
    <name>keyglass::TableRemains</name>
    <message>
        <source>%1 rows, %2 index entries and %3 other keys</source>
        <translation>%1 Zeilen, %2 Indexeinträge und %3 andere Schlüssel</translation>
    </message>
</context>
<context>
    <name>keyglass::TableSurroundings</name>
    <message>
        <source>replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>the append-only file</source>
        <translation>die AOF-Datei</translation>
    </message>
    <message>
        <source>replicas nor the append-only file</source>
        <translation>Replikate noch die AOF-Datei</translation>
    </message>
    <message>
        <source>What TABLE commands change reaches neither %1.</source>
        <translation>Was TABLE-Befehle ändern, erreicht weder %1.</translation>
    </message>
    <message>
        <source>What TABLE commands change does not reach %1.</source>
        <translation>Was TABLE-Befehle ändern, erreicht %1 nicht.</translation>
    </message>
    <message>
        <source>This server is a replica: what TABLE commands have changed on its master since the last full synchronisation is missing here, and nothing else shows it.</source>
        <translation>Dieser Server ist ein Replikat: Was TABLE-Befehle seit dem letzten vollständigen Abgleich auf seinem Master geändert haben, fehlt hier, und nichts anderes zeigt es.</translation>
    </message>
    <message>
        <source>Whether there are replicas or an append-only file may not be asked here (INFO). What TABLE commands change would reach neither.</source>
        <translation>Ob es Replikate oder eine AOF-Datei gibt, darf hier nicht gefragt werden (INFO). Was TABLE-Befehle ändern, käme bei beiden nicht an.</translation>
    </message>
</context>
<context>
    <name>keyglass::TableTransaction</name>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>Its slot is on its way to another node. Nothing was changed; try again when it has arrived.</source>
        <translation>Ihr Slot ist auf dem Weg zu einem anderen Knoten. Es wurde nichts geändert; versuchen Sie es wieder, wenn er angekommen ist.</translation>
    </message>
</context>
<context>
    <name>keyglass::TlsTransport</name>
    <message>
        <source>The server closed the connection.</source>
        <translation>Der Server hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The server closed the connection right after the TLS handshake; it may want a client certificate, or another one.</source>
        <translation>Der Server hat die Verbindung gleich nach dem TLS-Handshake geschlossen; vielleicht verlangt er ein Client-Zertifikat oder ein anderes.</translation>
    </message>
    <message>
        <source>No answer to the TLS handshake; the server may not expect TLS on this port.</source>
        <translation>Keine Antwort auf den TLS-Handshake; vielleicht erwartet der Server auf diesem Port kein TLS.</translation>
    </message>
    <message>
        <source>The server closed the connection during the TLS handshake; it may not expect TLS on this port.</source>
        <translation>Der Server hat die Verbindung während des TLS-Handshakes geschlossen; vielleicht erwartet er auf diesem Port kein TLS.</translation>
    </message>
    <message>
        <source>The server wants a client certificate.</source>
        <translation>Der Server verlangt ein Client-Zertifikat.</translation>
    </message>
    <message>
        <source>The server does not accept the client certificate.</source>
        <translation>Der Server akzeptiert das Client-Zertifikat nicht.</translation>
    </message>
    <message>
        <source>The server does not speak TLS on this port.</source>
        <translation>Der Server spricht auf diesem Port kein TLS.</translation>
    </message>
</context>
<context>
    <name>keyglass::Transfer</name>
    <message>
        <source>The key is of another type by the commands before</source>
        <translation>Der Schlüssel ist nach den Befehlen davor von anderem Typ</translation>
    </message>
    <message>
        <source>No command before it has made the key</source>
        <translation>Kein Befehl davor hat den Schlüssel angelegt</translation>
    </message>
    <message>
        <source>%1, command %2</source>
        <translation>%1, Befehl %2</translation>
    </message>
    <message>
        <source>%1 is no command that an export writes</source>
        <translation>%1 ist kein Befehl, den ein Export schreibt</translation>
    </message>
    <message>
        <source>Words are missing</source>
        <translation>Es fehlen Wörter</translation>
    </message>
    <message>
        <source>It is not as an export writes %1</source>
        <translation>Es ist nicht so, wie ein Export %1 schreibt</translation>
    </message>
    <message>
        <source>The columns have to be %1</source>
        <translation>Die Spalten müssen %1 sein</translation>
    </message>
    <message>
        <source>It has not got the seven cells of a line</source>
        <translation>Sie hat nicht die sieben Zellen einer Zeile</translation>
    </message>
    <message>
        <source>A time is no number of milliseconds</source>
        <translation>Eine Zeit ist keine Zahl von Millisekunden</translation>
    </message>
    <message>
        <source>“%1” is no type that an import can make</source>
        <translation>„%1“ ist kein Typ, den ein Import anlegen kann</translation>
    </message>
    <message>
        <source>What stands before it can&apos;t be read, and may be part of it</source>
        <translation>Was davor steht, ist nicht lesbar und kann dazugehören</translation>
    </message>
    <message>
        <source>It is no JSON object</source>
        <translation>Sie ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>“%1” is missing, or not as an export writes it</source>
        <translation>„%1“ fehlt, oder ist nicht so, wie ein Export es schreibt</translation>
    </message>
    <message>
        <source>It goes on with a key that has not begun before it</source>
        <translation>Sie führt einen Schlüssel fort, der vorher nicht begonnen hat</translation>
    </message>
    <message>
        <source>The key before it was not written to its end</source>
        <translation>Der Schlüssel davor wurde nicht bis zum Ende geschrieben</translation>
    </message>
    <message>
        <source>The file ends in the middle of a key</source>
        <translation>Die Datei endet mitten in einem Schlüssel</translation>
    </message>
    <message>
        <source>Part of it is damaged: keys that stood there are left out</source>
        <translation>Ein Teil davon ist beschädigt: Schlüssel, die dort standen, fehlen</translation>
    </message>
    <message>
        <source>It is no command of the protocol, or is cut; nothing behind it can be read</source>
        <translation>Es ist kein Befehl des Protokolls oder abgeschnitten; nichts dahinter ist lesbar</translation>
    </message>
    <message>
        <source>The last line has no end: unless it was written so, the file is cut off and elements are missing</source>
        <translation>Die letzte Zeile hat kein Ende: wenn sie nicht so geschrieben wurde, ist die Datei abgeschnitten, und es fehlen Elemente</translation>
    </message>
    <message>
        <source>Something stands behind a closing quote, before the next cell</source>
        <translation>Hinter einem schließenden Anführungszeichen steht noch etwas, vor der nächsten Zelle</translation>
    </message>
    <message>
        <source>A quote that is opened in it is not closed to the end of the file</source>
        <translation>Ein Anführungszeichen, das darin geöffnet wird, ist bis zum Ende der Datei nicht geschlossen</translation>
    </message>
    <message>
        <source>A quote that is opened in it is not closed within %1 MB</source>
        <translation>Ein Anführungszeichen, das darin geöffnet wird, ist auch %1 MB weiter nicht geschlossen</translation>
    </message>
    <message>
        <source>A quote that is opened in it is closed only in line %1, where something stands behind it</source>
        <translation>Ein Anführungszeichen, das darin geöffnet wird, ist erst in Zeile %1 geschlossen, wo dahinter noch etwas steht</translation>
    </message>
    <message>
        <source>A large key can&apos;t be read: a newer version of Keyglass wrote it</source>
        <translation>Ein großer Schlüssel ist nicht lesbar: eine neuere Version von Keyglass hat ihn geschrieben</translation>
    </message>
</context>
<context>
    <name>keyglass::TreeReader</name>
    <message>
        <source>It breaks off: %1 bytes more are announced than there are</source>
        <translation>Es bricht ab: angekündigt sind %1 Bytes mehr, als da sind</translation>
    </message>
    <message>
        <source>It breaks off</source>
        <translation>Es bricht ab</translation>
    </message>
    <message>
        <source>%1 (at byte %2)</source>
        <translation>%1 (bei Byte %2)</translation>
    </message>
    <message>
        <source>It ends before the value does</source>
        <translation>Es endet vor dem Wert</translation>
    </message>
</context>
<context>
    <name>keyglass::Undo</name>
    <message>
        <source>Meanwhile there is a table of this name again.</source>
        <translation>Inzwischen gibt es wieder eine Tabelle dieses Namens.</translation>
    </message>
    <message>
        <source>The archive has no schema of it; the keys that it has are there again.</source>
        <translation>Das Archiv hat kein Schema von ihr; die Schlüssel, die es hat, sind wieder da.</translation>
    </message>
    <message>
        <source>Some rows are not found by their index yet: check the table.</source>
        <translation>Manche Zeilen findet ihr Index noch nicht: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>The keys that the archive has are there again, and not its schema, which was gone before: undo the drop that has it, too, or have a new table take the rows over.</source>
        <translation>Die Schlüssel des Archivs sind wieder da, nicht aber ihr Schema, das vorher schon weg war: Machen Sie auch das Löschen rückgängig, das es hat, oder lassen Sie eine neue Tabelle die Zeilen übernehmen.</translation>
    </message>
    <message>
        <source>Not all of the table is there: %1 rows are listed, and %2 of them have no key. Where it was dropped in more than one go, the archive of the later one has the rest. To have both, drop the table again, undo that archive, and then the one of the new drop.</source>
        <translation>Nicht alles von der Tabelle ist da: %1 Zeilen sind aufgeführt, und %2 davon haben keinen Schlüssel. Wurde sie in mehr als einem Zug gelöscht, hat das Archiv des späteren den Rest. Um beides zu bekommen, löschen Sie die Tabelle noch einmal, machen Sie jenes Archiv rückgängig und dann das des neuen Löschens.</translation>
    </message>
</context>
<context>
    <name>keyglass::UndoArchiveWriter</name>
    <message>
        <source>There is a file of this name; an archive never replaces one.</source>
        <translation>Es gibt eine Datei dieses Namens; ein Archiv ersetzt nie eine.</translation>
    </message>
</context>
<context>
    <name>keyglass::UndoBatch</name>
    <message>
        <source>It is changed by somebody else all the time</source>
        <translation>Jemand anderes ändert ihn ständig</translation>
    </message>
    <message>
        <source>It was restored and is gone again</source>
        <translation>Er wurde wiederhergestellt und ist wieder verschwunden</translation>
    </message>
    <message>
        <source>It was restored, but somebody has changed its time to live</source>
        <translation>Er wurde wiederhergestellt, doch jemand hat seine Lebensdauer geändert</translation>
    </message>
    <message>
        <source>It is there with another time to live</source>
        <translation>Er ist mit einer anderen Lebensdauer da</translation>
    </message>
    <message>
        <source>It is there with another value</source>
        <translation>Er ist mit einem anderen Wert da</translation>
    </message>
    <message>
        <source>The server gave an unexpected answer</source>
        <translation>Der Server gab eine unerwartete Antwort</translation>
    </message>
    <message>
        <source>(its value goes to servers that are no older than the one it was archived from)</source>
        <translation>(sein Wert geht nur auf Server, die nicht älter sind als der, von dem er archiviert wurde)</translation>
    </message>
    <message>
        <source>Fields whose time is over did not come back</source>
        <translation>Felder, deren Zeit um ist, kamen nicht zurück</translation>
    </message>
</context>
<context>
    <name>keyglass::UndoWrites</name>
    <message>
        <source>Others write to it all the time.</source>
        <translation>Andere schreiben ständig hinein.</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
</context>
<context>
    <name>keyglass::archiveformat</name>
    <message>
        <source>It is cut off before its first key.</source>
        <translation>Es ist vor dem ersten Schlüssel abgeschnitten.</translation>
    </message>
    <message>
        <source>It is no undo archive.</source>
        <translation>Es ist kein Undo-Archiv.</translation>
    </message>
    <message>
        <source>Its beginning is damaged.</source>
        <translation>Sein Anfang ist beschädigt.</translation>
    </message>
    <message>
        <source>Another version of Keyglass wrote it.</source>
        <translation>Eine andere Version von Keyglass hat es geschrieben.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui</name>
    <message>
        <source>C&amp;onsole</source>
        <translation>Ko&amp;nsole</translation>
    </message>
    <message>
        <source>%1 M/s</source>
        <translation>%1 M/s</translation>
    </message>
    <message>
        <source>%1 k/s</source>
        <translation>%1 k/s</translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>%1 /s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 (%2 ms)</source>
        <translation>%1 (%2 ms)</translation>
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
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 is not known. %2</source>
        <translation>%1 ist nicht bekannt. %2</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation>TTL</translation>
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
        <translation>TTL %1</translation>
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
        <translation>TTL: %1</translation>
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
        <translation>KEYS</translation>
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
        <translation>KEYS wird in der Produktion nicht ausgeführt: Der Server würde so lange niemandem antworten. Der Scan findet dieselben Schlüssel.</translation>
    </message>
    <message>
        <source>The server does not tell how many keys it holds, so the standstill that KEYS causes can&apos;t be told. The scan finds the same keys.</source>
        <translation>Der Server nennt nicht, wie viele Schlüssel er enthält; deshalb lässt sich der Stillstand nicht abschätzen, den KEYS verursacht. Der Scan findet dieselben Schlüssel.</translation>
    </message>
    <message>
        <source>This database holds %1. KEYS is for %2 at most: the server would stand still for about %3. The scan finds the same keys.</source>
        <translation>Diese Datenbank enthält %1. KEYS ist für höchstens %2 gedacht: Der Server stünde etwa %3 still. Der Scan findet dieselben Schlüssel.</translation>
    </message>
    <message>
        <source>KEYS reads one database, and several are open. It can be run once one of them is chosen.</source>
        <translation>KEYS liest eine Datenbank, und mehrere sind offen. Sobald eine davon gewählt ist, kann es ausgeführt werden.</translation>
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
        <translation>, %1</translation>
    </message>
    <message>
        <source>, does not answer (%1)</source>
        <translation>, antwortet nicht (%1)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
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
        <translation>Zurü&amp;ck</translation>
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
        <translation>%1 ms</translation>
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
        <translation>%1 · db %2</translation>
    </message>
    <message>
        <source>%1 databases</source>
        <translation>%1 Datenbanken</translation>
    </message>
    <message>
        <source>db %1</source>
        <translation>db %1</translation>
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
        <translation>%1 in %2, %3</translation>
    </message>
    <message>
        <source>selected from %1</source>
        <translation>ausgewählt aus: %1</translation>
    </message>
    <message>
        <source>Result set “%1”: all %2, taken %3.</source>
        <translation>Ergebnismenge „%1“: alle %2, aufgenommen %3.</translation>
    </message>
    <message>
        <source>Result set “%1”: %2 %3, taken %4.</source>
        <translation>Ergebnismenge „%1“: %2 (%3), aufgenommen %4.</translation>
    </message>
    <message>
        <source>Result set “%1”: %2 from %3, taken %4.</source>
        <translation>Ergebnismenge „%1“: %2 (%3), aufgenommen %4.</translation>
    </message>
    <message>
        <source>&amp;New key…</source>
        <translation>&amp;Neuer Schlüssel…</translation>
    </message>
    <message>
        <source>Rena&amp;me…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Time to live…</source>
        <translation>Lebens&amp;dauer…</translation>
    </message>
    <message>
        <source>&amp;Delete key…</source>
        <translation>Schlüssel &amp;löschen…</translation>
    </message>
    <message>
        <source>&amp;Add element…</source>
        <translation>&amp;Element hinzufügen…</translation>
    </message>
    <message>
        <source>De&amp;lete element…</source>
        <translation>Element lö&amp;schen…</translation>
    </message>
    <message>
        <source>index %1</source>
        <translation>Index %1</translation>
    </message>
    <message>
        <source>score of %1</source>
        <translation>Score von %1</translation>
    </message>
    <message>
        <source>Entries of a stream can be added and deleted, but not changed.</source>
        <translation>Einträge eines Streams können hinzugefügt und gelöscht, aber nicht geändert werden.</translation>
    </message>
    <message>
        <source>Values of this type can&apos;t be edited.</source>
        <translation>Werte dieses Typs können nicht bearbeitet werden.</translation>
    </message>
    <message>
        <source>This value is longer than %1, which is the most that can be edited here.</source>
        <translation>Dieser Wert ist länger als %1; mehr kann hier nicht bearbeitet werden.</translation>
    </message>
    <message>
        <source>the value</source>
        <translation>der Wert</translation>
    </message>
    <message>
        <source>&amp;Edit value</source>
        <translation>Wert &amp;bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Save value</source>
        <translation>Wert s&amp;peichern</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Delete keys</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>Change the time to live of %1</source>
        <translation>Lebensdauer von %1 ändern</translation>
    </message>
    <message>
        <source>Change the time to live</source>
        <translation>Lebensdauer ändern</translation>
    </message>
    <message>
        <source>Time to live of %1</source>
        <translation>Lebensdauer von %1</translation>
    </message>
    <message>
        <source>Changed the time to live of %1</source>
        <translation>Lebensdauer von %1 geändert</translation>
    </message>
    <message>
        <source>Take the time to live from %1</source>
        <translation>Lebensdauer von %1 aufheben</translation>
    </message>
    <message>
        <source>Take the time to live away</source>
        <translation>Lebensdauer aufheben</translation>
    </message>
    <message>
        <source>No time to live for %1</source>
        <translation>Keine Lebensdauer für %1</translation>
    </message>
    <message>
        <source>Took the time to live from %1</source>
        <translation>Lebensdauer von %1 aufgehoben</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Rename keys</source>
        <translation>Schlüssel umbenennen</translation>
    </message>
    <message>
        <source>Renamed %1</source>
        <translation>%1 umbenannt</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Copied %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>up to a minute</source>
        <translation>bis zu einer Minute</translation>
    </message>
    <message>
        <source>an hour</source>
        <translation>eine Stunde</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>ein Tag</translation>
    </message>
    <message>
        <source>a week</source>
        <translation>eine Woche</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>the chosen keys</source>
        <translation>die gewählten Schlüssel</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Brought %1 back in %2.</source>
        <translation>%1 in %2 zurückgeholt.</translation>
    </message>
    <message>
        <source>%1 in %2.</source>
        <translation>%1 in %2.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>To be looked at: %1.</source>
        <translation>Anzusehen: %1.</translation>
    </message>
    <message>
        <source>Not all nodes were read, so keys may be left.</source>
        <translation>Nicht alle Knoten wurden gelesen, es können also Schlüssel übrig sein.</translation>
    </message>
    <message>
        <source>Cancelled before its end.</source>
        <translation>Vor dem Ende abgebrochen.</translation>
    </message>
    <message>
        <source>done, changed meanwhile (both states are archived)</source>
        <translation>erledigt, inzwischen geändert (beide Stände sind archiviert)</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>left alone, changed meanwhile</source>
        <translation>belassen, inzwischen geändert</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>left alone, too large for the undo archive</source>
        <translation>belassen, zu groß für das Undo-Archiv</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>expired meanwhile</source>
        <translation>inzwischen abgelaufen</translation>
    </message>
    <message>
        <source>without an answer</source>
        <translation>ohne Antwort</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>nicht erledigt</translation>
    </message>
    <message>
        <source>Sent for each key: %1.</source>
        <translation>Für jeden Schlüssel gesendet: %1.</translation>
    </message>
    <message>
        <source>Types: %1</source>
        <translation>Typen: %1</translation>
    </message>
    <message>
        <source>Time to live: %1</source>
        <translation>Lebensdauer: %1</translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation>Speicher: %1</translation>
    </message>
    <message>
        <source>Skipped: %1, %2</source>
        <translation>Übersprungen: %1, %2</translation>
    </message>
    <message>
        <source>Too large for the undo archive: %1</source>
        <translation>Zu groß für das Undo-Archiv: %1</translation>
    </message>
    <message>
        <source>&amp;Delete keys…</source>
        <translation>Schlüssel &amp;löschen…</translation>
    </message>
    <message>
        <source>&amp;Time to live of keys…</source>
        <translation>Lebens&amp;dauer von Schlüsseln…</translation>
    </message>
    <message>
        <source>&amp;Rename keys…</source>
        <translation>Schlüssel &amp;umbenennen…</translation>
    </message>
    <message>
        <source>Copy value as &amp;text</source>
        <translation>Wert als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy value as &amp;hex</source>
        <translation>Wert als &amp;Hex kopieren</translation>
    </message>
    <message>
        <source>Copy value &amp;escaped</source>
        <translation>Wert &amp;maskiert kopieren</translation>
    </message>
    <message>
        <source>Copy value as &amp;command for redis-cli</source>
        <translation>Wert als &amp;Befehl für redis-cli kopieren</translation>
    </message>
    <message>
        <source>Copy value as &amp;JSON</source>
        <translation>Wert als &amp;JSON kopieren</translation>
    </message>
    <message>
        <source>Copy value as C&amp;SV</source>
        <translation>Wert als C&amp;SV kopieren</translation>
    </message>
    <message>
        <source>Load value from a f&amp;ile…</source>
        <translation>Wert aus Date&amp;i laden…</translation>
    </message>
    <message>
        <source>&amp;Change selected rows…</source>
        <translation>Gewählte &amp;Zeilen ändern…</translation>
    </message>
    <message>
        <source>Key ta&amp;ble</source>
        <translation>Schlüsselta&amp;belle</translation>
    </message>
    <message>
        <source>&amp;Folder as key table</source>
        <translation>&amp;Ordner als Schlüsseltabelle</translation>
    </message>
    <message>
        <source>Time to live of &amp;hash field…</source>
        <translation>Lebensdauer des &amp;Hash-Felds…</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>Schlüssel exportieren</translation>
    </message>
    <message>
        <source>Exported %1</source>
        <translation>%1 exportiert</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>Schlüssel importieren</translation>
    </message>
    <message>
        <source>Imported %1</source>
        <translation>%1 importiert</translation>
    </message>
    <message>
        <source>Set the field of %1</source>
        <translation>Das Feld von %1 setzen</translation>
    </message>
    <message>
        <source>Set the field</source>
        <translation>Feld setzen</translation>
    </message>
    <message>
        <source>Set a field of %1</source>
        <translation>Ein Feld von %1 setzen</translation>
    </message>
    <message>
        <source>Run the command for %1</source>
        <translation>Befehl für %1 ausführen</translation>
    </message>
    <message>
        <source>Run the command</source>
        <translation>Befehl ausführen</translation>
    </message>
    <message>
        <source>A command for %1</source>
        <translation>Ein Befehl für %1</translation>
    </message>
    <message>
        <source>Ran the command for %1</source>
        <translation>Befehl für %1 ausgeführt</translation>
    </message>
    <message>
        <source>By node: %1</source>
        <translation>Nach Knoten: %1</translation>
    </message>
    <message>
        <source>Lines that can&apos;t be read: %1</source>
        <translation>Nicht lesbare Zeilen: %1</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>%1 lines of the file can&apos;t be read.</source>
        <translation>%1 Zeilen der Datei sind nicht lesbar.</translation>
    </message>
    <message>
        <source>They are in %1 (%2).</source>
        <translation>Sie sind in %1 (%2).</translation>
    </message>
    <message>
        <source>The keys are only read.</source>
        <translation>Die Schlüssel werden nur gelesen.</translation>
    </message>
    <message>
        <source>There already: %1</source>
        <translation>Schon da: %1</translation>
    </message>
    <message>
        <source>&amp;Copy or move keys…</source>
        <translation>Schlüssel &amp;kopieren oder verschieben…</translation>
    </message>
    <message>
        <source>&amp;Set a field…</source>
        <translation>Feld &amp;setzen…</translation>
    </message>
    <message>
        <source>Run a comma&amp;nd for keys…</source>
        <translation>&amp;Befehl für Schlüssel ausführen…</translation>
    </message>
    <message>
        <source>E&amp;xport keys with their values…</source>
        <translation>Schlüssel mit Werten e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Import keys…</source>
        <translation>Schlüssel &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Open a plan…</source>
        <translation>Plan ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Job &amp;history…</source>
        <translation>&amp;Verlauf der Aufträge…</translation>
    </message>
    <message>
        <source>%1 are free in %2</source>
        <translation>%1 sind in %2 frei</translation>
    </message>
    <message>
        <source>Undo archive: %1</source>
        <translation>Undo-Archiv: %1</translation>
    </message>
    <message>
        <source>Undo archive: at most %1, and only %2; the job stops before the disk is full</source>
        <translation>Undo-Archiv: höchstens %1, und nur %2; der Auftrag hält an, bevor die Platte voll ist</translation>
    </message>
    <message>
        <source>Undo archive: at most %1; %2</source>
        <translation>Undo-Archiv: höchstens %1; %2</translation>
    </message>
    <message>
        <source>Undo &amp;archives…</source>
        <translation>Undo-&amp;Archive…</translation>
    </message>
    <message>
        <source>The path leads to several values: type one that leads to the one that is meant.</source>
        <translation>Der Pfad führt zu mehreren Werten: Geben Sie einen ein, der zum gemeinten führt.</translation>
    </message>
    <message>
        <source>This is longer than %1, which is the most that can be edited here: choose a part of it.</source>
        <translation>Das ist länger als %1; mehr lässt sich hier nicht bearbeiten: Wählen Sie einen Teil davon.</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>The server does not say how much memory it uses.</source>
        <translation>Der Server sagt nicht, wie viel Speicher er belegt.</translation>
    </message>
    <message>
        <source>Memory: the server uses %1</source>
        <translation>Speicher: Der Server belegt %1</translation>
    </message>
    <message>
        <source>, %1 are left before maxmemory</source>
        <translation>, bis maxmemory bleiben %1</translation>
    </message>
    <message>
        <source>; the change takes about %1 more.</source>
        <translation>; die Änderung braucht etwa %1 mehr.</translation>
    </message>
    <message>
        <source>Made by plain commands in guarded transactions: nobody waits for long, and replicas and the append-only file get it.</source>
        <translation>Gemacht mit einfachen Befehlen in gesicherten Transaktionen: Niemand wartet lange, und Replikate und AOF-Datei bekommen es mit.</translation>
    </message>
    <message>
        <source>Made by RedisTABLE itself: everybody waits for about %1.</source>
        <translation>Gemacht von RedisTABLE selbst: Alle warten etwa %1.</translation>
    </message>
    <message>
        <source>Undone, and verified.</source>
        <translation>Zurückgeholt und geprüft.</translation>
    </message>
    <message>
        <source>Done, and verified.</source>
        <translation>Erledigt und geprüft.</translation>
    </message>
    <message>
        <source>Done, but not all is as it should be:</source>
        <translation>Erledigt, aber nicht alles ist, wie es sein sollte:</translation>
    </message>
    <message>
        <source>Nothing was done: the table is not as the preview saw it. Look at the preview again.</source>
        <translation>Es wurde nichts getan: Die Tabelle ist nicht so, wie die Vorschau sie sah. Sehen Sie die Vorschau noch einmal an.</translation>
    </message>
    <message>
        <source>Nothing was done: others wrote to the table all the time. Try again in a quieter moment.</source>
        <translation>Es wurde nichts getan: Andere schrieben ständig in die Tabelle. Versuchen Sie es in einem ruhigeren Moment noch einmal.</translation>
    </message>
    <message>
        <source>Stopped. What was done stands; run it again for the rest.</source>
        <translation>Angehalten. Was getan ist, bleibt; führen Sie es für den Rest noch einmal aus.</translation>
    </message>
    <message>
        <source>The connection was lost, and what became of the change could not be seen. Look at the table.</source>
        <translation>Die Verbindung ging verloren, und was aus der Änderung wurde, war nicht zu sehen. Sehen Sie sich die Tabelle an.</translation>
    </message>
    <message>
        <source>Create a namespace</source>
        <translation>Namensraum anlegen</translation>
    </message>
    <message>
        <source>Create a table</source>
        <translation>Tabelle anlegen</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Add an index</source>
        <translation>Index anlegen</translation>
    </message>
    <message>
        <source>Drop an index</source>
        <translation>Index löschen</translation>
    </message>
    <message>
        <source>Build an index anew</source>
        <translation>Index neu bauen</translation>
    </message>
    <message>
        <source>Change a column&apos;s type</source>
        <translation>Typ einer Spalte ändern</translation>
    </message>
    <message>
        <source>Drop a column</source>
        <translation>Spalte löschen</translation>
    </message>
    <message>
        <source>Drop a table</source>
        <translation>Tabelle löschen</translation>
    </message>
    <message>
        <source>Drop a namespace</source>
        <translation>Namensraum löschen</translation>
    </message>
    <message>
        <source>Create the namespace</source>
        <translation>Namensraum anlegen</translation>
    </message>
    <message>
        <source>Create the table</source>
        <translation>Tabelle anlegen</translation>
    </message>
    <message>
        <source>Add the column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Add the index</source>
        <translation>Index anlegen</translation>
    </message>
    <message>
        <source>Drop the index</source>
        <translation>Index löschen</translation>
    </message>
    <message>
        <source>Build the index</source>
        <translation>Index bauen</translation>
    </message>
    <message>
        <source>Change the type</source>
        <translation>Typ ändern</translation>
    </message>
    <message>
        <source>Drop the column</source>
        <translation>Spalte löschen</translation>
    </message>
    <message>
        <source>Drop the table</source>
        <translation>Tabelle löschen</translation>
    </message>
    <message>
        <source>Drop the namespace</source>
        <translation>Namensraum löschen</translation>
    </message>
    <message>
        <source>It can&apos;t be run now: %1</source>
        <translation>Das lässt sich jetzt nicht ausführen: %1</translation>
    </message>
    <message>
        <source>The table is not as the plan was made on:</source>
        <translation>Die Tabelle ist nicht so, wie sie dem Plan zugrunde lag:</translation>
    </message>
    <message>
        <source>Rows: %1</source>
        <translation>Zeilen: %1</translation>
    </message>
    <message>
        <source>The schema:</source>
        <translation>Das Schema:</translation>
    </message>
    <message>
        <source>What is sent:</source>
        <translation>Was gesendet wird:</translation>
    </message>
    <message>
        <source>Rows: %1 before, %2 after</source>
        <translation>Zeilen: vorher %1, nachher %2</translation>
    </message>
    <message>
        <source>Removed: %1 keys or cells</source>
        <translation>Entfernt: %1 Schlüssel oder Zellen</translation>
    </message>
    <message>
        <source>Brought back: %1 keys or cells</source>
        <translation>Zurückgeholt: %1 Schlüssel oder Zellen</translation>
    </message>
    <message>
        <source>Memory of the server: %1 before, %2 after</source>
        <translation>Speicher des Servers: vorher %1, nachher %2</translation>
    </message>
    <message>
        <source>In the undo archive: %1 keys, %2</source>
        <translation>Im Undo-Archiv: %1 Schlüssel, %2</translation>
    </message>
    <message>
        <source>Waiting for its time</source>
        <translation>Wartet auf den Beginn</translation>
    </message>
    <message>
        <source>Waiting for a quiet moment: %1 commands/s now, quiet for %2</source>
        <translation>Wartet auf einen ruhigen Moment: jetzt %1 Befehle/s, ruhig seit %2</translation>
    </message>
    <message>
        <source>The server saves its data</source>
        <translation>Der Server sichert seine Daten</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Cells that their column&apos;s index does not have: %1</source>
        <translation>Zellen, die der Index ihrer Spalte nicht hat: %1</translation>
    </message>
    <message>
        <source>Index entries of rows that have another value or are not there: %1</source>
        <translation>Indexeinträge von Zeilen, die einen anderen Wert haben oder nicht da sind: %1</translation>
    </message>
    <message>
        <source>Index entries of columns without an index: %1</source>
        <translation>Indexeinträge von Spalten ohne Index: %1</translation>
    </message>
    <message>
        <source>Rows&apos; keys that are not listed, as failed inserts leave them: %1</source>
        <translation>Nicht aufgeführte Schlüssel von Zeilen, wie gescheitertes Einfügen sie hinterlässt: %1</translation>
    </message>
    <message>
        <source>Listed rows without a key: %1</source>
        <translation>Aufgeführte Zeilen ohne Schlüssel: %1</translation>
    </message>
    <message>
        <source>Listed rows whose key is no hash: %1</source>
        <translation>Aufgeführte Zeilen, deren Schlüssel kein Hash ist: %1</translation>
    </message>
    <message>
        <source>Cells that do not fit their column&apos;s type: %1</source>
        <translation>Zellen, die nicht zum Typ ihrer Spalte passen: %1</translation>
    </message>
    <message>
        <source>Fields of rows that are no columns: %1</source>
        <translation>Felder von Zeilen, die keine Spalten sind: %1</translation>
    </message>
    <message>
        <source>Columns said to be indexed that are none: %1</source>
        <translation>Als indiziert geführte Spalten, die keine sind: %1</translation>
    </message>
    <message>
        <source>The counter of ids is wrong: the next insert would hit a row</source>
        <translation>Der Zähler der IDs ist falsch: Das nächste Einfügen träfe eine Zeile</translation>
    </message>
    <message>
        <source>Keys named like the table&apos;s that are none of it: %1</source>
        <translation>Schlüssel, die wie die der Tabelle heißen und nicht zu ihr gehören: %1</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>An ihr ist nichts falsch.</translation>
    </message>
    <message>
        <source>What is wrong:</source>
        <translation>Was falsch ist:</translation>
    </message>
    <message>
        <source>Looked at: %1 rows, %2 keys</source>
        <translation>Angesehen: %1 Zeilen, %2 Schlüssel</translation>
    </message>
    <message>
        <source>One by one:</source>
        <translation>Im Einzelnen:</translation>
    </message>
    <message>
        <source>, row %1</source>
        <translation>, Zeile %1</translation>
    </message>
    <message>
        <source>, column %1</source>
        <translation>, Spalte %1</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>SQL (*.sql)</source>
        <translation>SQL (*.sql)</translation>
    </message>
    <message>
        <source>less than 1 ms</source>
        <translation>weniger als 1 ms</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>“%1”, which behaves as a string</source>
        <translation>„%1“, was sich wie string verhält</translation>
    </message>
    <message>
        <source>%1, indexed</source>
        <translation>%1, indiziert</translation>
    </message>
    <message>
        <source>Listed, but its key is not there</source>
        <translation>Aufgeführt, aber ihr Schlüssel ist nicht da</translation>
    </message>
    <message>
        <source>Listed, but its key is no hash</source>
        <translation>Aufgeführt, aber ihr Schlüssel ist kein Hash</translation>
    </message>
    <message>
        <source>Not read: %1</source>
        <translation>Nicht gelesen: %1</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>Fields that are no column: %1</source>
        <translation>Felder, die keine Spalte sind: %1</translation>
    </message>
    <message>
        <source>The RedisTABLE module is not loaded. Tables are read and edited by their keys alone.</source>
        <translation>Das Modul RedisTABLE ist nicht geladen. Tabellen werden allein über ihre Schlüssel gelesen und bearbeitet.</translation>
    </message>
    <message>
        <source>Whether the RedisTABLE module is loaded may not be asked here (MODULE LIST, COMMAND INFO).</source>
        <translation>Ob das Modul RedisTABLE geladen ist, darf hier nicht gefragt werden (MODULE LIST, COMMAND INFO).</translation>
    </message>
    <message>
        <source>The module&apos;s scan limit is %1: what it was started with (%2) is not followed.</source>
        <translation>Die Suchgrenze des Moduls ist %1: Womit es gestartet wurde (%2), wird nicht befolgt.</translation>
    </message>
    <message>
        <source>No index serves: all %1 are looked at, page by page.</source>
        <translation>Kein Index hilft: Angesehen werden alle %1, Seite für Seite.</translation>
    </message>
    <message>
        <source>By the index of %1.</source>
        <translation>Über den Index von %1.</translation>
    </message>
    <message>
        <source>By the indexes of %1.</source>
        <translation>Über die Indizes von %1.</translation>
    </message>
    <message>
        <source>TABLE.SELECT is not offered: %1</source>
        <translation>TABLE.SELECT wird nicht angeboten: %1</translation>
    </message>
    <message>
        <source>TABLE.SELECT would stop the server for about %1 and take up to %2 there.</source>
        <translation>TABLE.SELECT hielte den Server etwa %1 an und nähme dort bis zu %2 Speicher.</translation>
    </message>
    <message>
        <source>%1 found among %2</source>
        <translation>%1 unter %2 gefunden</translation>
    </message>
    <message>
        <source>, 1 damaged row</source>
        <translation>, 1 beschädigte Zeile</translation>
    </message>
    <message>
        <source>, %1 damaged rows</source>
        <translation>, %1 beschädigte Zeilen</translation>
    </message>
    <message>
        <source>&amp;Tables</source>
        <translation>Tabe&amp;llen</translation>
    </message>
    <message>
        <source>Plain keys &amp;of tables</source>
        <translation>&amp;Einfache Schlüssel von Tabellen</translation>
    </message>
    <message>
        <source>Create a &amp;namespace…</source>
        <translation>&amp;Namensraum anlegen…</translation>
    </message>
    <message>
        <source>Create a &amp;table…</source>
        <translation>&amp;Tabelle anlegen…</translation>
    </message>
    <message>
        <source>&amp;Change or drop a table…</source>
        <translation>Tabelle än&amp;dern oder löschen…</translation>
    </message>
    <message>
        <source>C&amp;heck a table…</source>
        <translation>Tabelle &amp;prüfen…</translation>
    </message>
    <message>
        <source>Run a schema &amp;plan…</source>
        <translation>&amp;Schemaplan ausführen…</translation>
    </message>
    <message>
        <source>&amp;Undo a change of a table…</source>
        <translation>Änderung einer Tabelle &amp;zurückholen…</translation>
    </message>
    <message>
        <source> (by its pace)</source>
        <translation> (durch sein Tempo)</translation>
    </message>
    <message>
        <source> (by its rate limit)</source>
        <translation> (durch seine Höchstrate)</translation>
    </message>
    <message>
        <source>about %1 ms at a call, %2 at a time</source>
        <translation>etwa %1 ms je Aufruf, %2 auf einmal</translation>
    </message>
    <message>
        <source>The server: busy for at most %1; what its commands take it does not tell.</source>
        <translation>Der Server: höchstens %1 beschäftigt; was seine Befehle dauern, sagt er nicht.</translation>
    </message>
    <message>
        <source>The server: busy for %1 in all, %2 % of the time that the job runs, at most %3.</source>
        <translation>Der Server: insgesamt %1 beschäftigt, %2 % der Laufzeit des Auftrags, höchstens %3.</translation>
    </message>
    <message>
        <source>Estimate: %1, by what looking took, and reading %2 of the values.</source>
        <translation>Schätzung: %1, nach dem, was das Ansehen dauerte und das Lesen von %2 der Werte.</translation>
    </message>
    <message>
        <source>Estimate: %1, by what looking took.</source>
        <translation>Schätzung: %1, nach dem, was das Ansehen dauerte.</translation>
    </message>
    <message>
        <source>Values of about %1 are read from it.</source>
        <translation>Werte von etwa %1 werden von ihm gelesen.</translation>
    </message>
    <message>
        <source>&amp;Bring the table back</source>
        <translation>Tabelle &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;Bring the column back</source>
        <translation>Spalte &amp;zurückholen</translation>
    </message>
    <message>
        <source>What was done: %1</source>
        <translation>Was getan wurde: %1</translation>
    </message>
    <message>
        <source>It can&apos;t be undone now: %1</source>
        <translation>Es lässt sich jetzt nicht zurückholen: %1</translation>
    </message>
    <message>
        <source>Archived: %1, from %2 (%3)</source>
        <translation>Archiviert: %1, von %2 (%3)</translation>
    </message>
    <message>
        <source>That is another connection than this one, %1.</source>
        <translation>Das ist eine andere Verbindung als diese, %1.</translation>
    </message>
    <message>
        <source>Keys in the archive: %1</source>
        <translation>Schlüssel im Archiv: %1</translation>
    </message>
    <message>
        <source>The archive was not ended, as its change was cut off: what it has comes back.</source>
        <translation>Das Archiv wurde nicht abgeschlossen, weil seine Änderung abbrach: Was es hat, kommt zurück.</translation>
    </message>
    <message>
        <source>Rows and indexes come back first, the schema last: nobody works with half of the table. Keys that are there again are left as they are.</source>
        <translation>Zuerst kommen Zeilen und Indizes zurück, zuletzt das Schema: Niemand arbeitet mit einer halben Tabelle. Schlüssel, die wieder da sind, bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The column comes back with its type and index. Rows that are still there and have no such cell get the one that they had; all else stays as it is now.</source>
        <translation>Die Spalte kommt mit Typ und Index zurück. Zeilen, die noch da sind und keine solche Zelle haben, erhalten ihre frühere; alles andere bleibt, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>Made by plain commands in guarded transactions: nobody waits for long, and replicas and the append-only file get it. It can be stopped, and gone on with later.</source>
        <translation>Es geschieht mit einfachen Befehlen in bewachten Transaktionen: Niemand wartet lange, und Replikate und die Append-only-Datei bekommen es mit. Es lässt sich anhalten und später fortsetzen.</translation>
    </message>
    <message>
        <source>Stale index entry: it stands under %1 = %2, which is not its value. Check the table to repair it</source>
        <translation>Veralteter Indexeintrag: Die Zeile steht unter %1 = %2, was nicht ihr Wert ist. „Tabelle prüfen“ repariert das</translation>
    </message>
    <message>
        <source>Its key is not there</source>
        <translation>Ihr Schlüssel ist nicht da</translation>
    </message>
    <message>
        <source>, 1 stale index entry</source>
        <translation>, 1 veralteter Indexeintrag</translation>
    </message>
    <message>
        <source>, %1 stale index entries</source>
        <translation>, %1 veraltete Indexeinträge</translation>
    </message>
    <message>
        <source>Image of %1 × %2 pixels</source>
        <translation>Bild mit %1 × %2 Pixeln</translation>
    </message>
    <message>
        <source>more pixels than are decoded; the bytes are shown instead</source>
        <translation>mehr Pixel, als dekodiert werden; stattdessen werden die Bytes gezeigt</translation>
    </message>
    <message>
        <source>it is cut or damaged (%1); the bytes are shown instead</source>
        <translation>es ist abgeschnitten oder beschädigt (%1); stattdessen werden die Bytes gezeigt</translation>
    </message>
    <message>
        <source>%1 in %2 databases</source>
        <translation>%1 in %2 Datenbanken</translation>
    </message>
    <message>
        <source>Lists and index entries that are no sets: %1</source>
        <translation>Listen und Indexeinträge, die keine Sets sind: %1</translation>
    </message>
    <message>
        <source>Looked at: %1 rows</source>
        <translation>Angesehen: %1 Zeilen</translation>
    </message>
    <message>
        <source>It was made by RedisTABLE 1.0. Of such a table only the rows are checked, and nothing is repaired.</source>
        <translation>Sie wurde mit RedisTABLE 1.0 angelegt. Von einer solchen Tabelle werden nur die Zeilen geprüft, und nichts wird repariert.</translation>
    </message>
    <message>
        <source>The scan limit is %1 rows: TABLE commands refuse conditions that test more of them one by one, as any without an index does here. Queries here don&apos;t.</source>
        <translation>Die Scan-Grenze ist %1 Zeilen: TABLE-Befehle lehnen Bedingungen ab, die mehr davon einzeln prüfen, wie hier jede ohne Index. Abfragen hier tun das nicht.</translation>
    </message>
    <message>
        <source>Rows edited here do, as they are written by plain commands.</source>
        <translation>Hier bearbeitete Zeilen schon, da sie mit einfachen Befehlen geschrieben werden.</translation>
    </message>
    <message>
        <source>Whether slots moved is not known: CLUSTER NODES is not told by %1.</source>
        <translation>Ob Slots umgezogen sind, ist nicht bekannt: %1 gibt auf CLUSTER NODES keine Auskunft.</translation>
    </message>
    <message>
        <source>%1, %2 came more than once</source>
        <translation>%1, %2 kamen mehrfach</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Leerlaufzeit</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Häufigkeit</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>idle time</source>
        <translation>Leerlaufzeit</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>Häufigkeit</translation>
    </message>
    <message>
        <source>under a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message>
        <source>1 command for each of %1</source>
        <translation>1 Befehl für jeden von %1</translation>
    </message>
    <message>
        <source>%1 commands for each of %2</source>
        <translation>%1 Befehle für jeden von %2</translation>
    </message>
    <message>
        <source>Sorting by %1 takes %2 (%3, by a sample of them), and %4 of memory here.</source>
        <translation>Sortieren nach %1 braucht %2 (%3, nach einer Stichprobe) und hier %4 Speicher.</translation>
    </message>
    <message>
        <source>Sorting %1 by %2: %3</source>
        <translation>%1 werden nach %2 sortiert: %3</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>nach Namen</translation>
    </message>
    <message>
        <source>by name, backwards</source>
        <translation>nach Namen, rückwärts</translation>
    </message>
    <message>
        <source>sorted by %1 as of %2</source>
        <translation>sortiert nach %1, Stand %2</translation>
    </message>
    <message>
        <source>1 key was gone, and stands at the end</source>
        <translation>1 Schlüssel war weg und steht am Ende</translation>
    </message>
    <message>
        <source>%1 keys were gone, and stand at the end</source>
        <translation>%1 Schlüssel waren weg und stehen am Ende</translation>
    </message>
    <message>
        <source>%1 without a value</source>
        <translation>%1 ohne Wert</translation>
    </message>
    <message>
        <source>%1 without a value (%2)</source>
        <translation>%1 ohne Wert (%2)</translation>
    </message>
    <message>
        <source>1 new key is not sorted in.</source>
        <translation>1 neuer Schlüssel ist nicht einsortiert.</translation>
    </message>
    <message>
        <source>%1 new keys are not sorted in.</source>
        <translation>%1 neue Schlüssel sind nicht einsortiert.</translation>
    </message>
    <message>
        <source>1 key is not in the list any more.</source>
        <translation>1 Schlüssel ist nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>%1 keys are not in the list any more.</source>
        <translation>%1 Schlüssel sind nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>%1 of about %2</source>
        <translation>%1 von etwa %2</translation>
    </message>
    <message>
        <source>Keys of the node looked at: %1</source>
        <translation>Angesehene Schlüssel des Knotens: %1</translation>
    </message>
    <message>
        <source>Removed: %1; keys of the node looked at: %2</source>
        <translation>Entfernt: %1; angesehene Schlüssel des Knotens: %2</translation>
    </message>
    <message>
        <source>Brought back: %1</source>
        <translation>Zurückgeholt: %1</translation>
    </message>
    <message>
        <source>Repaired: %1</source>
        <translation>Repariert: %1</translation>
    </message>
    <message>
        <source>Rows done: %1</source>
        <translation>Erledigte Zeilen: %1</translation>
    </message>
    <message>
        <source>These columns were indexed, by the entries that are there: %1. Repairing archives and removes what is in the place of their list; add their indexes again after it.</source>
        <translation>Diese Spalten waren indiziert, den vorhandenen Einträgen nach: %1. Das Reparieren archiviert und entfernt, was an der Stelle ihrer Liste steht; fügen Sie die Indizes danach wieder hinzu.</translation>
    </message>
    <message>
        <source>Of each kind the first %1 are named.</source>
        <translation>Von jeder Art sind die ersten %1 genannt.</translation>
    </message>
    <message>
        <source>%1 keys came more than once, from masters and replicas, and are listed once.</source>
        <translation>%1 Schlüssel kamen mehrfach, von Mastern und Replikaten, und stehen einmal in der Liste.</translation>
    </message>
    <message>
        <source>%1 keys came more than once and are listed once: servers repeat keys while their table is resized.</source>
        <translation>%1 Schlüssel kamen mehrfach und stehen einmal in der Liste: Server wiederholen Schlüssel, während ihre Tabelle die Größe ändert.</translation>
    </message>
    <message>
        <source>Sent, as the keys need it: %1.</source>
        <translation>Gesendet, je nachdem, was die Schlüssel brauchen: %1.</translation>
    </message>
    <message>
        <source>Nothing is written before what it takes away is on this computer&apos;s disk.</source>
        <translation>Nichts wird geschrieben, bevor das, was es wegnimmt, auf der Platte dieses Rechners ist.</translation>
    </message>
    <message>
        <source>The connection was lost on the way.</source>
        <translation>Die Verbindung ging unterwegs verloren.</translation>
    </message>
    <message>
        <source>%1 gone already</source>
        <translation>%1 schon weg</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 übersprungen</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>Move keys</source>
        <translation>Schlüssel verschieben</translation>
    </message>
    <message>
        <source>Moved %1</source>
        <translation>%1 verschoben</translation>
    </message>
    <message>
        <source>Not there any more: %1</source>
        <translation>Nicht mehr vorhanden: %1</translation>
    </message>
    <message>
        <source>“Undo archives” can bring them back without an end.</source>
        <translation>„Undo-Archive“ kann sie ohne Ende zurückbringen.</translation>
    </message>
    <message>
        <source>So large that they are archived in parts: %1</source>
        <translation>So groß, dass sie in Teilen archiviert werden: %1</translation>
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
    <name>keyglass::ui::AcknowledgeDialog</name>
    <message>
        <source>Acknowledge entries</source>
        <translation>Einträge bestätigen</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Acknowledge %1 for the group %2?</source>
        <translation>%1 für die Gruppe %2 bestätigen?</translation>
    </message>
    <message>
        <source>Then no consumer has them to do any more; the entries stay in the stream. This can&apos;t be undone.</source>
        <translation>Dann hat sie kein Verbraucher mehr zu erledigen; die Einträge bleiben im Stream. Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::AddElementDialog</name>
    <message>
        <source>Add field</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Add member</source>
        <translation>Mitglied hinzufügen</translation>
    </message>
    <message>
        <source>Add entry</source>
        <translation>Eintrag hinzufügen</translation>
    </message>
    <message>
        <source>Add element</source>
        <translation>Element hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Overwrite what is there now</source>
        <translation>Über&amp;schreiben, was jetzt dort steht</translation>
    </message>
    <message>
        <source>&amp;Element</source>
        <translation>&amp;Element</translation>
    </message>
    <message>
        <source>&amp;Member</source>
        <translation>&amp;Mitglied</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>&amp;Wert</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Feld</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>&amp;Score</source>
        <translation>&amp;Score</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>at the beginning</source>
        <translation>am Anfang</translation>
    </message>
    <message>
        <source>before index %1</source>
        <translation>vor Index %1</translation>
    </message>
    <message>
        <source>after index %1</source>
        <translation>nach Index %1</translation>
    </message>
    <message>
        <source>&amp;Where</source>
        <translation>W&amp;o</translation>
    </message>
    <message>
        <source>It is now: %1</source>
        <translation>Es ist jetzt: %1</translation>
    </message>
    <message>
        <source>To the object at %1</source>
        <translation>Zum Objekt bei %1</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>To the end of the array at %1</source>
        <translation>Ans Ende des Arrays bei %1</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>given by the server</source>
        <translation>vom Server vergeben</translation>
    </message>
    <message>
        <source>Greater than that of the last entry: 1700000000000-0, or 1700000000000-* (Redis 7)</source>
        <translation>Größer als die des letzten Eintrags: 1700000000000-0, oder 1700000000000-* (Redis 7)</translation>
    </message>
    <message>
        <source>&amp;ID</source>
        <translation>&amp;ID</translation>
    </message>
    <message>
        <source>An ID is a time in milliseconds, or such a time, - and a number.</source>
        <translation>Eine ID ist eine Zeit in Millisekunden, oder eine solche Zeit, - und eine Zahl.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ArchiveModel</name>
    <message>
        <source>Delete keys</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>No time to live</source>
        <translation>Keine Lebensdauer</translation>
    </message>
    <message>
        <source>Rename keys</source>
        <translation>Schlüssel umbenennen</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>Schlüssel importieren</translation>
    </message>
    <message>
        <source>Bring keys back</source>
        <translation>Schlüssel zurückholen</translation>
    </message>
    <message>
        <source>Single keys</source>
        <translation>Einzelne Schlüssel</translation>
    </message>
    <message>
        <source>sealed</source>
        <translation>versiegelt</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>its job was cut off</source>
        <translation>Auftrag abgebrochen</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>A change of a table&apos;s schema: it is undone as a whole</source>
        <translation>Eine Änderung am Schema einer Tabelle: Sie wird als Ganzes zurückgeholt</translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Set a field</source>
        <translation>Feld setzen</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>Befehl ausführen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ArchivedKeysModel</name>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>overwritten</source>
        <translation>überschrieben</translation>
    </message>
    <message>
        <source>time to live changed</source>
        <translation>Lebensdauer geändert</translation>
    </message>
    <message>
        <source>%1, over</source>
        <translation>%1, vorbei</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::BatchDialog</name>
    <message>
        <source>&amp;Regular expression</source>
        <translation>&amp;Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Delete 1 row</source>
        <translation>1 Zeile löschen</translation>
    </message>
    <message>
        <source>Delete %1 rows</source>
        <translation>%1 Zeilen löschen</translation>
    </message>
    <message>
        <source>Change 1 row</source>
        <translation>1 Zeile ändern</translation>
    </message>
    <message>
        <source>Change %1 rows</source>
        <translation>%1 Zeilen ändern</translation>
    </message>
    <message>
        <source>Set to</source>
        <translation>Setzen auf</translation>
    </message>
    <message>
        <source>Replace in the text</source>
        <translation>Im Text ersetzen</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>Zahl addieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>About the change</source>
        <translation>Über die Änderung</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Do:</source>
        <translation>&amp;Tun:</translation>
    </message>
    <message>
        <source>&amp;Find:</source>
        <translation>&amp;Suchen:</translation>
    </message>
    <message>
        <source>&amp;Content:</source>
        <translation>&amp;Inhalt:</translation>
    </message>
    <message>
        <source>Replace &amp;by:</source>
        <translation>&amp;Ersetzen durch:</translation>
    </message>
    <message>
        <source>&amp;Number:</source>
        <translation>&amp;Zahl:</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>&amp;Delete 1 row</source>
        <translation>1 Zeile &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Delete %1 rows</source>
        <translation>%1 Zeilen &amp;löschen</translation>
    </message>
    <message>
        <source>Change 1 &amp;row</source>
        <translation>1 Zeile än&amp;dern</translation>
    </message>
    <message>
        <source>Change %1 &amp;rows</source>
        <translation>%1 Zeilen än&amp;dern</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>Es würde sich nichts ändern.</translation>
    </message>
    <message>
        <source>The first %1 rows are shown.</source>
        <translation>Gezeigt sind die ersten %1 Zeilen.</translation>
    </message>
    <message>
        <source>1 row stays as it is.</source>
        <translation>1 Zeile bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 rows stay as they are.</source>
        <translation>%1 Zeilen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>1 row is left out:</source>
        <translation>1 Zeile bleibt außen vor:</translation>
    </message>
    <message>
        <source>%1 rows are left out:</source>
        <translation>%1 Zeilen bleiben außen vor:</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>name, reason</comment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Each row is compared with what is shown here before it is written. This can&apos;t be undone.</source>
        <translation>Jede Zeile wird mit dem hier Gezeigten verglichen, bevor sie geschrieben wird. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2 rows are done.</source>
        <translation>%1 von %2 Zeilen sind erledigt.</translation>
    </message>
    <message>
        <source>Cancelled: 1 row was not begun.</source>
        <translation>Abgebrochen: 1 Zeile wurde nicht begonnen.</translation>
    </message>
    <message>
        <source>Cancelled: %1 rows were not begun.</source>
        <translation>Abgebrochen: %1 Zeilen wurden nicht begonnen.</translation>
    </message>
    <message>
        <source>Ended by: %1</source>
        <translation>Beendet durch: %1</translation>
    </message>
    <message>
        <source>And so on: %1 rows in all.</source>
        <translation>Und so weiter: insgesamt %1 Zeilen.</translation>
    </message>
    <message>
        <source>This is a production connection. Type its name, %1, to confirm.</source>
        <translation>Dies ist eine Produktionsverbindung. Zum Bestätigen ihren Namen eingeben: %1.</translation>
    </message>
    <message>
        <source>&amp;Empty content</source>
        <translation>&amp;Leerer Inhalt</translation>
    </message>
    <message>
        <source>Type what the rows are set to.</source>
        <translation>Geben Sie ein, worauf die Zeilen gesetzt werden.</translation>
    </message>
    <message>
        <source>All rows and their neighbours are compared with what was seen before the first is written: where one is another, none is changed. This can&apos;t be undone.</source>
        <translation>Alle Zeilen und ihre Nachbarn werden mit dem verglichen, was zu sehen war, bevor die erste geschrieben wird: Ist eine davon anders, wird keine geändert. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Somebody else has changed the key&apos;s time to live meanwhile; that was kept.</source>
        <translation>Jemand anderes hat inzwischen die Lebensdauer des Schlüssels geändert; das wurde beibehalten.</translation>
    </message>
    <message>
        <source>The rows are written in %1 steps of up to %2 rows, from the end of the list on, so that the server has time for others. All rows of a step and their neighbours are compared with what was seen before the first of them is written: where one is another, none of that step is changed, and no later step is begun. What the steps before it did stays. This can&apos;t be undone.</source>
        <translation>Die Zeilen werden vom Ende der Liste her in %1 Schritten zu höchstens %2 Zeilen geschrieben, damit der Server Zeit für andere hat. Alle Zeilen eines Schritts und ihre Nachbarn werden mit dem verglichen, was zu sehen war, bevor die erste davon geschrieben wird: Wo eine anders ist, wird keine dieses Schritts geändert und kein weiterer Schritt begonnen. Was die Schritte davor getan haben, bleibt. Das kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Reading the rows…</source>
        <translation>Die Zeilen werden gelesen …</translation>
    </message>
    <message>
        <source>It ended there: 1 row was not begun.</source>
        <translation>Dort endete es: 1 Zeile wurde nicht begonnen.</translation>
    </message>
    <message>
        <source>It ended there: %1 rows were not begun.</source>
        <translation>Dort endete es: %1 Zeilen wurden nicht begonnen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::BitmapView</name>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>bit %1: loading…</source>
        <translation>Bit %1: lädt …</translation>
    </message>
    <message>
        <source>bit %1: set</source>
        <translation>Bit %1: gesetzt</translation>
    </message>
    <message>
        <source>bit %1: not set</source>
        <translation>Bit %1: nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::BulkCommands</name>
    <message>
        <source>Time to live of keys</source>
        <translation>Lebensdauer von Schlüsseln</translation>
    </message>
    <message>
        <source>Rename keys</source>
        <translation>Schlüssel umbenennen</translation>
    </message>
    <message>
        <source>Delete keys</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Set a field</source>
        <translation>Feld setzen</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>Befehl ausführen</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>Schlüssel exportieren</translation>
    </message>
    <message>
        <source>All keys of the file</source>
        <translation>Alle Schlüssel der Datei</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>Schlüssel importieren</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>Plan öffnen</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>Pläne (*.json)</translation>
    </message>
    <message>
        <source>The plan is for database %1, and this session shows %2.</source>
        <translation>Der Plan gilt für Datenbank %1, und diese Sitzung zeigt %2.</translation>
    </message>
    <message>
        <source>Where a plan copies keys to is not kept. Run it by keyglass bulk run with --to-profile, or plan it anew.</source>
        <translation>Wohin ein Plan Schlüssel kopiert, wird nicht aufgehoben. Führen Sie ihn mit keyglass bulk run und --to-profile aus, oder planen Sie ihn neu.</translation>
    </message>
    <message>
        <source>Several databases are open, and a file or a plan is for one. Choose it first.</source>
        <translation>Mehrere Datenbanken sind offen, und eine Datei oder ein Plan gilt für eine. Zuerst diese wählen.</translation>
    </message>
    <message>
        <source>The plan is for several databases. Run it by keyglass bulk run, or choose their keys anew.</source>
        <translation>Der Plan gilt für mehrere Datenbanken. Mit keyglass bulk run ausführen oder ihre Schlüssel neu wählen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ByteEdits</name>
    <message>
        <source>Bytes can be changed in place in strings only.</source>
        <translation>Bytes lassen sich nur in Strings an Ort und Stelle ändern.</translation>
    </message>
    <message>
        <source>Insert bytes</source>
        <translation>Bytes einfügen</translation>
    </message>
    <message>
        <source>Hex digits of the bytes to append, like 00 ff 4a:</source>
        <translation>Hexziffern der Bytes, die angehängt werden, wie 00 ff 4a:</translation>
    </message>
    <message>
        <source>Hex digits of the bytes to insert before byte %1, like 00 ff 4a:</source>
        <translation>Hexziffern der Bytes, die vor Byte %1 eingefügt werden, wie 00 ff 4a:</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Typed bytes</source>
        <translation>Getippte Bytes</translation>
    </message>
    <message>
        <source>Save the typed bytes (Return) or take them back (Esc) before others are inserted.</source>
        <translation>Erst die getippten Bytes speichern (Eingabe) oder zurücknehmen (Esc), dann weitere einfügen.</translation>
    </message>
    <message>
        <source>Typed bytes that were not saved are kept as a draft.</source>
        <translation>Getippte Bytes, die nicht gespeichert waren, sind als Entwurf aufgehoben.</translation>
    </message>
    <message>
        <source>The typed bytes stay here, unsaved. %1</source>
        <translation>Die getippten Bytes bleiben hier, ungespeichert. %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>The typed bytes stay here, unsaved.</source>
        <translation>Die getippten Bytes bleiben hier, ungespeichert.</translation>
    </message>
    <message>
        <source>There is now: %1</source>
        <translation>Jetzt steht dort: %1</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The typed bytes are not saved.</source>
        <translation>Die getippten Bytes sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>The draft of the typed bytes is damaged and can&apos;t be restored.</source>
        <translation>Der Entwurf der getippten Bytes ist beschädigt und kann nicht wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>The bytes that were kept as a draft stand here again, with those that are typed now.</source>
        <translation>Die als Entwurf aufgehobenen Bytes stehen wieder hier, zusammen mit den jetzt getippten.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::BytesField</name>
    <message>
        <source>Bytes that are no text: \xHH, \n, \r, \t; a backslash: \\</source>
        <translation>Bytes, die kein Text sind: \xHH, \n, \r, \t; ein Backslash: \\</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CellEditor</name>
    <message>
        <source>Edit notice</source>
        <translation>Hinweis zur Bearbeitung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
    <message>
        <source>State of the edit</source>
        <translation>Stand der Bearbeitung</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Go to the problem</source>
        <translation>Zum Problem</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>Zeile %1, Spalte %2: %3</translation>
    </message>
    <message>
        <source>valid JSON</source>
        <translation>gültiges JSON</translation>
    </message>
    <message>
        <source>well-formed XML</source>
        <translation>wohlgeformtes XML</translation>
    </message>
    <message>
        <source>bytes are written as \xHH, \n, \r, \t, and \\</source>
        <translation>Bytes stehen als \xHH, \n, \r, \t und \\</translation>
    </message>
    <message>
        <source>saved without spaces, as it was</source>
        <translation>wird ohne Leerraum gespeichert, wie es war</translation>
    </message>
    <message>
        <source>Save the value (Ctrl+S)</source>
        <translation>Den Wert speichern (Strg+S)</translation>
    </message>
    <message>
        <source>There is no connection. The edit is kept and can be saved once it is back.</source>
        <translation>Es besteht keine Verbindung. Die Bearbeitung bleibt und kann gespeichert werden, sobald sie wieder da ist.</translation>
    </message>
    <message>
        <source>The changes of %1 are not saved.</source>
        <translation>Die Änderungen von %1 sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Places that both have changed are still marked with &lt;&lt;&lt;&lt;&lt;&lt;&lt; and &gt;&gt;&gt;&gt;&gt;&gt;&gt;.</source>
        <translation>Stellen, die beide geändert haben, sind noch mit &lt;&lt;&lt;&lt;&lt;&lt;&lt; und &gt;&gt;&gt;&gt;&gt;&gt;&gt; markiert.</translation>
    </message>
    <message>
        <source>Save with the marks</source>
        <translation>Mit den Marken speichern</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Make it anew</source>
        <translation>Neu anlegen</translation>
    </message>
    <message>
        <source>my edit</source>
        <translation>meine Bearbeitung</translation>
    </message>
    <message>
        <source>what is there now</source>
        <translation>was jetzt dort steht</translation>
    </message>
    <message>
        <source>Merged. One place that both have changed is marked: leave what is to stay, then save.</source>
        <translation>Zusammengeführt. Eine Stelle, die beide geändert haben, ist markiert: Lassen Sie stehen, was bleiben soll, und speichern Sie dann.</translation>
    </message>
    <message>
        <source>Merged. %1 places that both have changed are marked: leave what is to stay, then save.</source>
        <translation>Zusammengeführt. %1 Stellen, die beide geändert haben, sind markiert: Lassen Sie stehen, was bleiben soll, und speichern Sie dann.</translation>
    </message>
    <message>
        <source>Merged: both changes are in the text. Save it when it is right.</source>
        <translation>Zusammengeführt: Beide Änderungen stehen im Text. Speichern Sie ihn, wenn er stimmt.</translation>
    </message>
    <message>
        <source>draft kept at %1</source>
        <translation>Entwurf um %1 gesichert</translation>
    </message>
    <message>
        <source>the draft can&apos;t be kept: %1</source>
        <translation>der Entwurf kann nicht gesichert werden: %1</translation>
    </message>
    <message>
        <source>%1 (through %2)</source>
        <translation>%1 (durch %2)</translation>
    </message>
    <message>
        <source>What is there now, as it is stored (%1)</source>
        <translation>Was jetzt da ist, wie es gespeichert ist (%1)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard and reload</source>
        <translation>Verwerfen und neu laden</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CellField</name>
    <message>
        <source>Kind of %1</source>
        <translation>Art von %1</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>No cell</source>
        <translation>Keine Zelle</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie sie ist</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CellSaver</name>
    <message>
        <source>Save in production</source>
        <translation>In Produktion speichern</translation>
    </message>
    <message>
        <source>This is a production connection. Type its name, %1, to confirm.</source>
        <translation>Dies ist eine Produktionsverbindung. Geben Sie zur Bestätigung ihren Namen ein: %1.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CellView</name>
    <message>
        <source>Wrap</source>
        <translation>Umbrechen</translation>
    </message>
    <message>
        <source>Break long lines at the window&apos;s edge</source>
        <translation>Lange Zeilen am Fensterrand umbrechen</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Zeilen umbrechen</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>Den Wert kopieren</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation>Als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy escaped</source>
        <translation>Maskiert kopieren</translation>
    </message>
    <message>
        <source>Shown part</source>
        <translation>Gezeigter Teil</translation>
    </message>
    <message>
        <source>This value is %1 long and was left out of its page.</source>
        <translation>Dieser Wert ist %1 lang und wurde auf seiner Seite ausgelassen.</translation>
    </message>
    <message>
        <source>This value is longer than %1.</source>
        <translation>Dieser Wert ist länger als %1.</translation>
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
        <translation>Dieser Wert kann nicht gezeigt werden</translation>
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
        <translation>sehr lange Zeilen sind hier umgebrochen, in Kopien nicht</translation>
    </message>
    <message>
        <source>first %1 of %2</source>
        <translation>die ersten %1 von %2</translation>
    </message>
    <message>
        <source>first %1</source>
        <translation>die ersten %1</translation>
    </message>
    <message>
        <source>%1; Hex shows all of it</source>
        <translation>%1; Hex zeigt alles</translation>
    </message>
    <message>
        <source>no JSON: it ends too early; shown as text</source>
        <translation>kein JSON: endet zu früh; als Text gezeigt</translation>
    </message>
    <message>
        <source>JSON nested too deeply or too large to lay out; shown as text</source>
        <translation>JSON zu tief verschachtelt oder zu groß zum Formatieren; als Text gezeigt</translation>
    </message>
    <message>
        <source>no JSON from byte %1 on; shown as text</source>
        <translation>ab Byte %1 kein JSON; als Text gezeigt</translation>
    </message>
    <message>
        <source>byte %1 of %2</source>
        <translation>Byte %1 von %2</translation>
    </message>
    <message>
        <source>an unknown number</source>
        <translation>unbekannt vielen</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>In Datei speichern …</translation>
    </message>
    <message>
        <source>%1 can be shown once all of it is loaded</source>
        <translation>%1 wird gezeigt, sobald alles geladen ist</translation>
    </message>
    <message>
        <source>shown as it is stored: %1</source>
        <translation>gezeigt wie gespeichert: %1</translation>
    </message>
    <message>
        <source>%1 stored, %2 decoded</source>
        <translation>%1 gespeichert, %2 dekodiert</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>Only what is loaded as a whole can be saved</source>
        <translation>Nur was ganz geladen ist, lässt sich speichern</translation>
    </message>
    <message>
        <source>Save the value</source>
        <translation>Wert speichern</translation>
    </message>
    <message>
        <source>Go to bit</source>
        <translation>Zum Bit gehen</translation>
    </message>
    <message>
        <source>Go to byte</source>
        <translation>Zum Byte gehen</translation>
    </message>
    <message>
        <source>A number, or hex digits behind 0x</source>
        <translation>Eine Zahl, oder Hex-Ziffern hinter 0x</translation>
    </message>
    <message>
        <source>the rule for %1 can&apos;t be used: %2</source>
        <translation>die Regel für %1 lässt sich nicht anwenden: %2</translation>
    </message>
    <message>
        <source>%1 is no offset</source>
        <translation>%1 ist keine Stelle</translation>
    </message>
    <message>
        <source>There is no bit %1: it has %2, from 0 on</source>
        <translation>Ein Bit %1 gibt es nicht: Er hat %2, ab 0</translation>
    </message>
    <message>
        <source>There is no byte %1: it has %2, from 0 on</source>
        <translation>Ein Byte %1 gibt es nicht: Er hat %2, ab 0</translation>
    </message>
    <message>
        <source>Bits can be turned in strings only</source>
        <translation>Bits lassen sich nur in Strings umdrehen</translation>
    </message>
    <message>
        <source>bit %1 of %2</source>
        <translation>Bit %1 von %2</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>Byte %1</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>wird geladen…</translation>
    </message>
    <message>
        <source>set</source>
        <translation>gesetzt</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>%1 bits are set</source>
        <translation>%1 Bits sind gesetzt</translation>
    </message>
    <message>
        <source>Count set bits</source>
        <translation>Gesetzte Bits zählen</translation>
    </message>
    <message>
        <source>%1; JSON is laid out as a whole up to %2, Hex shows all of it</source>
        <translation>%1; JSON wird bis %2 als Ganzes gesetzt, Hex zeigt alles</translation>
    </message>
    <message>
        <source>Return writes the changed bytes, Esc takes them back, Ctrl+Z undoes</source>
        <translation>Eingabe schreibt die geänderten Bytes, Esc nimmt sie zurück, Strg+Z macht rückgängig</translation>
    </message>
    <message>
        <source>Nothing was saved: another value is shown by now.</source>
        <translation>Nichts wurde gespeichert: Inzwischen wird ein anderer Wert angezeigt.</translation>
    </message>
    <message>
        <source>The image</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>%1 is not shown: the value is longer than %2</source>
        <translation>%1 wird nicht gezeigt: Der Wert ist länger als %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ClaimDialog</name>
    <message>
        <source>the selected entry</source>
        <translation>der gewählte Eintrag</translation>
    </message>
    <message>
        <source>the %1 selected entries</source>
        <translation>die %1 gewählten Einträge</translation>
    </message>
    <message>
        <source>Claim entries</source>
        <translation>Einträge übernehmen</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Welche</translation>
    </message>
    <message>
        <source>all that are idle, the oldest 1,000 at most</source>
        <translation>alle untätigen, höchstens die ältesten 1.000</translation>
    </message>
    <message>
        <source>For consumer</source>
        <translation>Für Verbraucher</translation>
    </message>
    <message>
        <source>Idle for at least</source>
        <translation>Untätig seit mindestens</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Of the group %1</source>
        <translation>Der Gruppe %1</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>&amp;Welche</translation>
    </message>
    <message>
        <source>&amp;For consumer</source>
        <translation>&amp;Für Verbraucher</translation>
    </message>
    <message>
        <source>&amp;Idle for at least</source>
        <translation>Un&amp;tätig seit mindestens</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ClusterNotice</name>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
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
    <name>keyglass::ui::ColumnEditor</name>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Add co&amp;lumn</source>
        <translation>Spalte hinzu&amp;fügen</translation>
    </message>
    <message>
        <source>&amp;Remove column</source>
        <translation>Spalte &amp;entfernen</translation>
    </message>
    <message>
        <source>Type of column %1</source>
        <translation>Typ der Spalte %1</translation>
    </message>
    <message>
        <source>Index on column %1</source>
        <translation>Index auf Spalte %1</translation>
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
    <name>keyglass::ui::ConditionRow</name>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>AND</source>
        <translation>AND</translation>
    </message>
    <message>
        <source>OR</source>
        <translation>OR</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Diese Bedingung entfernen</translation>
    </message>
    <message>
        <source>Join %1</source>
        <translation>Verknüpfung %1</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Spalte %1</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>Vergleich %1</translation>
    </message>
    <message>
        <source>Value %1</source>
        <translation>Wert %1</translation>
    </message>
    <message>
        <source>Remove condition %1</source>
        <translation>Bedingung %1 entfernen</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ConfirmDialog</name>
    <message>
        <source>Run a command</source>
        <translation>Einen Befehl ausführen</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>%1 ausführen</translation>
    </message>
    <message>
        <source>the command</source>
        <translation>den Befehl</translation>
    </message>
    <message>
        <source>To run it on %1, type that name.</source>
        <translation>Um es auf %1 auszuführen, geben Sie diesen Namen ein.</translation>
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
        <translation>Cluster</translation>
    </message>
    <message>
        <source>T&amp;LS</source>
        <translation>T&amp;LS</translation>
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
        <translation>Sentinels</translation>
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
    <name>keyglass::ui::ConnectionPage</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ConsolePanel</name>
    <message>
        <source>To the end</source>
        <translation>Bis zum Ende</translation>
    </message>
    <message>
        <source>Stop command</source>
        <translation>Befehl anhalten</translation>
    </message>
    <message>
        <source>Console output</source>
        <translation>Ausgabe der Konsole</translation>
    </message>
    <message>
        <source>Replies come here. Up and Down bring earlier commands back.</source>
        <translation>Hier erscheinen Antworten. Auf und Ab holen frühere Befehle zurück.</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>A command, or a scan that does something: SCAN 0 MATCH a:* FOREACH &apos;TTL *&apos; WITHREPLIES</source>
        <translation>Ein Befehl, oder ein Scan, der etwas tut: SCAN 0 MATCH a:* FOREACH &apos;TTL *&apos; WITHREPLIES</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>In a cluster, the node that runs the command</source>
        <translation>In einem Cluster der Knoten, der den Befehl ausführt</translation>
    </message>
    <message>
        <source>A scan is gone on with until its cursor is 0 again; in a cluster on all masters</source>
        <translation>Ein Scan wird fortgesetzt, bis sein Cursor wieder 0 ist; in einem Cluster auf allen Mastern</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Clear output</source>
        <translation>Ausgabe leeren</translation>
    </message>
    <message>
        <source>Close console</source>
        <translation>Konsole schließen</translation>
    </message>
    <message>
        <source>by key</source>
        <translation>nach Schlüssel</translation>
    </message>
    <message>
        <source>db %1&gt;</source>
        <translation>db %1&gt;</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 of %2 operations failed. The first error: %3</source>
        <translation>%1 von %2 Operationen sind fehlgeschlagen. Der erste Fehler: %3</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>(%1)</translation>
    </message>
    <message>
        <source>Elements: %1, operations: %2</source>
        <translation>Elemente: %1, Operationen: %2</translation>
    </message>
    <message>
        <source>%1 elements</source>
        <translation>%1 Elemente</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>Es besteht keine Verbindung.</translation>
    </message>
    <message>
        <source>No answer yet; Esc stops waiting</source>
        <translation>Noch keine Antwort; Esc beendet das Warten</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ConsumerModel</name>
    <message>
        <source>Since it last asked for entries: %1</source>
        <translation>Seit er zuletzt nach Einträgen fragte: %1</translation>
    </message>
    <message>
        <source>Since it last got an entry: %1</source>
        <translation>Seit er zuletzt einen Eintrag bekam: %1</translation>
    </message>
    <message>
        <source>It has never got an entry, or the server does not tell (before 7.2)</source>
        <translation>Er hat nie einen Eintrag bekommen, oder der Server sagt es nicht (vor 7.2)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CopyFields</name>
    <message>
        <source>&amp;Delete each key here once its copy is there</source>
        <translation>Jeden Schlüssel hier &amp;löschen, sobald seine Kopie da ist</translation>
    </message>
    <message>
        <source>this server</source>
        <translation>dieser Server</translation>
    </message>
    <message>
        <source>Copy to</source>
        <translation>Kopieren nach</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>is skipped</source>
        <translation>wird übersprungen</translation>
    </message>
    <message>
        <source>overwrites the other</source>
        <translation>überschreibt den anderen</translation>
    </message>
    <message>
        <source>Where its name is taken there</source>
        <translation>Wo der Name dort vergeben ist</translation>
    </message>
    <message>
        <source>C&amp;opy to:</source>
        <translation>K&amp;opieren nach:</translation>
    </message>
    <message>
        <source>Data&amp;base:</source>
        <translation>Daten&amp;bank:</translation>
    </message>
    <message>
        <source>Where its name is &amp;taken, the key</source>
        <translation>Wo der Name &amp;vergeben ist, wird der Schlüssel</translation>
    </message>
    <message>
        <source>%1 is read-only: nothing is copied there</source>
        <translation>%1 ist schreibgeschützt: Dorthin wird nichts kopiert</translation>
    </message>
    <message>
        <source>The password of %1 is not known</source>
        <translation>Das Passwort von %1 ist nicht bekannt</translation>
    </message>
    <message>
        <source>A cluster has one database. Choose another connection</source>
        <translation>Ein Cluster hat eine einzige Datenbank. Wählen Sie eine andere Verbindung</translation>
    </message>
    <message>
        <source>The keys are in this database already</source>
        <translation>Die Schlüssel sind schon in dieser Datenbank</translation>
    </message>
    <message>
        <source>, database %1</source>
        <translation>, Datenbank %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::CreateGroupDialog</name>
    <message>
        <source>New consumer group</source>
        <translation>Neue Verbrauchergruppe</translation>
    </message>
    <message>
        <source>Create group</source>
        <translation>Gruppe anlegen</translation>
    </message>
    <message>
        <source>Group name</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Goes on</source>
        <translation>&amp;Geht weiter</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DatabaseBox</name>
    <message>
        <source>db %1</source>
        <translation>db %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
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
        <translation>db %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
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
        <translation>Jede ist eine Wurzel des Schlüsselbaums. Gescannt wird eine nach der anderen; gesucht, gefiltert und ausgewählt wird in allen zusammen.</translation>
    </message>
    <message>
        <source>Choose &amp;all</source>
        <translation>&amp;Alle wählen</translation>
    </message>
    <message>
        <source>Those with &amp;keys</source>
        <translation>Die mit &amp;Schlüsseln</translation>
    </message>
    <message>
        <source>Show 1 database</source>
        <translation>1 Datenbank zeigen</translation>
    </message>
    <message>
        <source>Show %1 databases</source>
        <translation>%1 Datenbanken zeigen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DecoderBox</name>
    <message>
        <source>Decoded as</source>
        <translation>Dekodiert als</translation>
    </message>
    <message>
        <source>The decoders through which the value is shown, the outermost first</source>
        <translation>Die Dekodierer, durch die der Wert gezeigt wird, der äußerste zuerst</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>As stored</source>
        <translation>Wie gespeichert</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>Automatisch: %1</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>Names of decoders, the outermost first, divided by commas. There are:
%1,
protobuf:MESSAGE@FILE with a descriptor set of protoc.</source>
        <translation>Namen von Dekodierern, der äußerste zuerst, durch Kommas getrennt. Es gibt:
%1,
protobuf:NACHRICHT@DATEI mit einer Deskriptor-Datei von protoc.</translation>
    </message>
    <message>
        <source>%1 (program)</source>
        <translation>%1 (Programm)</translation>
    </message>
    <message>
        <source>Always decode so…</source>
        <translation>Immer so dekodieren…</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regeln…</translation>
    </message>
    <message>
        <source>By rule %1: %2</source>
        <translation>Nach Regel %1: %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DecoderRulesDialog</name>
    <message>
        <source>Decoding by rule</source>
        <translation>Dekodieren nach Regel</translation>
    </message>
    <message>
        <source>The first rule that fits decides how a value is decoded. Keys and fields are patterns as MATCH takes them (session:*); without a field a rule is for all of the key. Decoders are named the outermost first: zstd,msgpack. plain shows a value as it is stored.</source>
        <translation>Die erste passende Regel bestimmt, wie ein Wert dekodiert wird. Schlüssel und Felder sind Muster, wie MATCH sie nimmt (session:*); ohne Feld gilt eine Regel für den ganzen Schlüssel. Dekodierer stehen von außen nach innen: zstd,msgpack. plain zeigt einen Wert, wie er gespeichert ist.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Decoders</source>
        <translation>Dekodierer</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>This connection is not saved: its rules last until its tab is closed.</source>
        <translation>Diese Verbindung ist nicht gespeichert: Ihre Regeln gelten, bis ihr Tab geschlossen wird.</translation>
    </message>
    <message>
        <source>Save rules</source>
        <translation>Regeln speichern</translation>
    </message>
    <message>
        <source>&amp;Add rule</source>
        <translation>Regel &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove rule</source>
        <translation>Regel &amp;entfernen</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Rule %1 needs a pattern for keys; * is all of them.</source>
        <translation>Regel %1 braucht ein Muster für Schlüssel; * sind alle.</translation>
    </message>
    <message>
        <source>Rule %1 needs the names of decoders; plain is none.</source>
        <translation>Regel %1 braucht Namen von Dekodierern; plain ist keiner.</translation>
    </message>
    <message>
        <source>Rule %1: %2</source>
        <translation>Regel %1: %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DeleteDialog</name>
    <message>
        <source>Delete key</source>
        <translation>Schlüssel löschen</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>It holds a value of the type %1.</source>
        <translation>Er enthält einen Wert vom Typ %1.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Keep it in an undo archive on this computer</source>
        <translation>In einem Undo-Archiv auf diesem Rechner auf&amp;heben</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DeleteElementDialog</name>
    <message>
        <source>Delete element</source>
        <translation>Element löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>the element at index %1</source>
        <translation>Das Element am Index %1</translation>
    </message>
    <message>
        <source>Delete %1 of %2?</source>
        <translation>%1 aus %2 löschen?</translation>
    </message>
    <message>
        <source>It is the last one: the key goes with it. This can&apos;t be undone.</source>
        <translation>Es ist das letzte: Der Schlüssel verschwindet mit ihm. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete it as it is &amp;now</source>
        <translation>So löschen, wie es &amp;jetzt ist</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
    <message>
        <source>It is now: %1</source>
        <translation>Es ist jetzt: %1</translation>
    </message>
    <message>
        <source>It is now %1 long.</source>
        <translation>Jetzt ist es %1 lang.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DeleteRowsDialog</name>
    <message>
        <source>Delete rows</source>
        <translation>Zeilen löschen</translation>
    </message>
    <message>
        <source>&amp;Delete row</source>
        <translation>Zeile &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Delete %1</source>
        <translation>%1 &amp;löschen</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>Row %1 of %2 will be deleted, with its index entries.</source>
        <translation>Zeile %1 aus %2 wird mit ihren Indexeinträgen gelöscht.</translation>
    </message>
    <message>
        <source>%1 of %2 will be deleted, with their index entries: %3%4.</source>
        <translation>%1 aus %2 werden mit ihren Indexeinträgen gelöscht: %3%4.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DestroyGroupDialog</name>
    <message>
        <source>Destroy consumer group</source>
        <translation>Verbrauchergruppe auflösen</translation>
    </message>
    <message>
        <source>Destroy group</source>
        <translation>Gruppe auflösen</translation>
    </message>
    <message>
        <source>Destroy the group %1 of %2?</source>
        <translation>Gruppe %1 von %2 auflösen?</translation>
    </message>
    <message>
        <source>It has %1 consumers and %2 pending entries, which are forgotten; the stream&apos;s entries stay. This can&apos;t be undone.</source>
        <translation>Sie hat %1 Verbraucher und %2 ausstehende Einträge, die vergessen werden; die Einträge des Streams bleiben. Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DifferenceText</name>
    <message>
        <source>type is now %1</source>
        <translation>Typ ist jetzt %1</translation>
    </message>
    <message>
        <source>value changed</source>
        <translation>Wert geändert</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neu</numerusform>
            <numerusform>%n neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gone</source>
        <translation>
            <numerusform>%n weg</numerusform>
            <numerusform>%n weg</numerusform>
        </translation>
    </message>
    <message>
        <source>TTL set</source>
        <translation>TTL gesetzt</translation>
    </message>
    <message>
        <source>TTL removed</source>
        <translation>TTL entfernt</translation>
    </message>
    <message>
        <source>changed outside of what was on screen</source>
        <translation>außerhalb des Sichtbaren geändert</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DocumentView</name>
    <message>
        <source>JSON path</source>
        <translation>JSON-Pfad</translation>
    </message>
    <message>
        <source>Path to a part of the document, like $.items[0] or .name: Return</source>
        <translation>Pfad zu einem Teil des Dokuments, wie $.items[0] oder .name: Eingabetaste</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>The path %1 leads nowhere.</source>
        <translation>Der Pfad %1 führt nirgendwohin.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::DraftNotice</name>
    <message>
        <source>Unsaved edits</source>
        <translation>Nicht gespeicherte Bearbeitungen</translation>
    </message>
    <message>
        <source>An unsaved edit of %1, of %2, was kept.</source>
        <translation>Eine nicht gespeicherte Bearbeitung von %1 wurde behalten (%2).</translation>
    </message>
    <message numerus="yes">
        <source>%n unsaved edits were kept, the newest of %1, of %2.</source>
        <translation>
            <numerusform>%n nicht gespeicherte Bearbeitung wurde behalten, die neueste von %1 (%2).</numerusform>
            <numerusform>%n nicht gespeicherte Bearbeitungen wurden behalten, die neueste von %1 (%2).</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::EditCommands</name>
    <message>
        <source>A value of this type has no elements to add to.</source>
        <translation>Einem Wert dieses Typs lassen sich keine Elemente hinzufügen.</translation>
    </message>
    <message>
        <source>Select the element to delete first.</source>
        <translation>Erst das Element auswählen, das gelöscht werden soll.</translation>
    </message>
    <message>
        <source>Select the rows to change first.</source>
        <translation>Zuerst die zu ändernden Zeilen wählen.</translation>
    </message>
    <message>
        <source>Select a field of a hash first: only those have a time to live of their own.</source>
        <translation>Zuerst ein Feld eines Hashs wählen: Nur die haben eine eigene Lebensdauer.</translation>
    </message>
    <message>
        <source>Fields have no time to live of their own on this server: that came with Redis 7.4 and Valkey 9.</source>
        <translation>Felder haben auf diesem Server keine eigene Lebensdauer: Die kam mit Redis 7.4 und Valkey 9.</translation>
    </message>
    <message>
        <source>Select the part of the document to delete first.</source>
        <translation>Wählen Sie zuerst den Teil des Dokuments, der gelöscht werden soll.</translation>
    </message>
    <message>
        <source>Select the object or array to add to first.</source>
        <translation>Wählen Sie zuerst das Objekt oder Array, zu dem etwas hinzukommen soll.</translation>
    </message>
    <message>
        <source>This element is longer than %1, which is the most that can be compared before it is deleted.</source>
        <translation>Dieses Element ist länger als %1; mehr lässt sich vor dem Löschen nicht vergleichen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::EditDialog</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>This is a production connection. Type its name, %1, to confirm.</source>
        <translation>Das ist eine Produktionsverbindung. Zum Bestätigen ihren Namen eintippen: %1</translation>
    </message>
    <message>
        <source>About the table</source>
        <translation>Über die Tabelle</translation>
    </message>
    <message>
        <source>This key is a part of table %1 of RedisTABLE. An edit of the plain key leaves the table&apos;s other keys as they are, and may damage its rows and indexes.</source>
        <translation>Dieser Schlüssel ist ein Teil der Tabelle %1 von RedisTABLE. Den Schlüssel selbst zu bearbeiten lässt die anderen Schlüssel der Tabelle, wie sie sind, und kann ihre Zeilen und Indizes beschädigen.</translation>
    </message>
    <message>
        <source>Typed before</source>
        <translation>Zuvor getippt</translation>
    </message>
    <message>
        <source>What was typed at %1 and not saved is here again.</source>
        <translation>Was um %1 getippt und nicht gespeichert wurde, ist wieder da.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>What was typed is not saved. A draft is here again when this is opened the next time.</source>
        <translation>Das Getippte ist nicht gespeichert. Ein Entwurf ist beim nächsten Öffnen wieder da.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>What was typed at %1 and not saved does not fit this value as it is now. It is kept as a draft until something else is typed here.</source>
        <translation>Was um %1 eingegeben und nicht gespeichert wurde, passt nicht zu diesem Wert, wie er jetzt ist. Es bleibt als Entwurf, bis hier etwas anderes eingegeben wird.</translation>
    </message>
    <message>
        <source>This is being saved: it can be closed once the server has answered.</source>
        <translation>Dies wird gerade gespeichert: Es lässt sich schließen, sobald der Server geantwortet hat.</translation>
    </message>
    <message>
        <source>What is not compared</source>
        <translation>Was nicht verglichen wird</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::EditStrip</name>
    <message>
        <source>Unsaved edit</source>
        <translation>Nicht gespeicherte Bearbeitung</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Why it can&apos;t be edited</source>
        <translation>Warum er nicht bearbeitet werden kann</translation>
    </message>
    <message>
        <source>Change the value here (Ctrl+E, or just type)</source>
        <translation>Den Wert hier ändern (Strg+E, oder einfach tippen)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Edit stored bytes</source>
        <translation>Gespeicherte Bytes bearbeiten</translation>
    </message>
    <message>
        <source>Change the bytes as they are stored, before any decoder</source>
        <translation>Die Bytes ändern, wie sie gespeichert sind, vor jedem Dekodierer</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::EditorBar</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>Lua</source>
        <translation>Lua</translation>
    </message>
    <message>
        <source>Escaped</source>
        <translation>Maskiert</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Bearbeitet</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>Geschrieben als</translation>
    </message>
    <message>
        <source>How the value is written here. Escaped and Hex can write any bytes.</source>
        <translation>Wie der Wert hier geschrieben wird. Maskiert und Hex können alle Bytes schreiben.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formatieren</translation>
    </message>
    <message>
        <source>Lay it out over lines; numbers stay exact</source>
        <translation>Über Zeilen verteilen; Zahlen bleiben genau</translation>
    </message>
    <message>
        <source>Minify</source>
        <translation>Verdichten</translation>
    </message>
    <message>
        <source>Take out spaces that mean nothing</source>
        <translation>Leerraum ohne Bedeutung entfernen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Find in value</source>
        <translation>Im Wert suchen</translation>
    </message>
    <message>
        <source>Stop editing</source>
        <translation>Bearbeiten beenden</translation>
    </message>
    <message>
        <source>%1 (detected)</source>
        <translation>%1 (erkannt)</translation>
    </message>
    <message>
        <source>Lay it out over lines; it is saved without spaces, as it was</source>
        <translation>Über Zeilen verteilen; gespeichert wird ohne Leerraum, wie es war</translation>
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
    <message>
        <source>Sort by this column</source>
        <translation>Nach dieser Spalte sortieren</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ElementsView</name>
    <message>
        <source>Loaded fields</source>
        <translation>Geladene Felder</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>%1 found so far</source>
        <translation>%1 bisher gefunden</translation>
    </message>
    <message>
        <source>%1 of %2 loaded</source>
        <translation>%2, davon %1 geladen</translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>no more fit in memory</source>
        <translation>mehr passen nicht in den Speicher</translation>
    </message>
    <message>
        <source>some beside a value of over 64 MB can&apos;t be read</source>
        <translation>einige neben einem Wert von über 64 MB können nicht gelesen werden</translation>
    </message>
    <message>
        <source>Sorting by %1 needs all rows, and some can&apos;t be read</source>
        <translation>Nach %1 zu sortieren braucht alle Zeilen, und manche lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>Sorting by %1 needs %2; at most %3 are loaded for it</source>
        <translation>Nach %1 zu sortieren braucht %2; höchstens %3 werden dafür geladen</translation>
    </message>
    <message>
        <source>Sorting by %1 needs %2</source>
        <translation>Nach %1 zu sortieren braucht %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Load the rest</source>
        <translation>Rest laden</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Scores as places</source>
        <translation>Scores als Orte</translation>
    </message>
    <message>
        <source>Shows the scores as longitude and latitude too: they could be places (GEOADD)</source>
        <translation>Zeigt die Scores auch als Länge und Breite: Es könnten Orte sein (GEOADD)</translation>
    </message>
    <message>
        <source>Shows the scores as longitude and latitude too (GEOADD)</source>
        <translation>Zeigt die Scores auch als Länge und Breite (GEOADD)</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 found so far, %2 of %3 looked through</source>
        <translation>%1 bisher gefunden, %2 von %3 durchgesehen</translation>
    </message>
    <message>
        <source>Going to index %1: the server has to step over %2 to get there. Esc stays here.</source>
        <translation>Sprung zu Index %1: Der Server muss dafür über %2 hinweggehen. Esc bleibt hier.</translation>
    </message>
    <message>
        <source>Index %1 lies in the middle: the server has to step over %2 to get there</source>
        <translation>Index %1 liegt in der Mitte: Der Server muss dafür über %2 hinweggehen</translation>
    </message>
    <message>
        <source>Going there… Esc stays here.</source>
        <translation>Sprung dorthin … Esc bleibt hier.</translation>
    </message>
    <message>
        <source>Sorting by %1: %2 %</source>
        <translation>Sortieren nach %1: %2 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ExpiryDialog</name>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>&amp;Expires</source>
        <translation>Läuft &amp;ab</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ExpiryField</name>
    <message>
        <source>milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tagen</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>at</source>
        <translation>am</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ExpiryFields</name>
    <message>
        <source>&amp;Spread:</source>
        <translation>&amp;Streuung:</translation>
    </message>
    <message>
        <source>ends in</source>
        <translation>endet in</translation>
    </message>
    <message>
        <source>lasts longer by</source>
        <translation>dauert länger um</translation>
    </message>
    <message>
        <source>lasts less by</source>
        <translation>dauert kürzer um</translation>
    </message>
    <message>
        <source>ends in at most</source>
        <translation>endet spätestens in</translation>
    </message>
    <message>
        <source>never ends</source>
        <translation>endet nie</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Menge</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>all at once</source>
        <translation>alle zugleich</translation>
    </message>
    <message>
        <source>Each key gets up to so much more, at random, so that not all end at the same moment.</source>
        <translation>Jeder Schlüssel bekommt zufällig bis zu so viel mehr, damit nicht alle im selben Augenblick enden.</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Each &amp;key</source>
        <translation>Jeder &amp;Schlüssel</translation>
    </message>
    <message>
        <source>ends at</source>
        <translation>endet am</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
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
        <translation>Schlüssel sichern unter</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Lines, escaped as on the command line</source>
        <translation>Zeilen, maskiert wie auf der Kommandozeile</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By name, from the first</source>
        <translation>Nach Name, aufsteigend</translation>
    </message>
    <message>
        <source>By name, from the last</source>
        <translation>Nach Name, absteigend</translation>
    </message>
    <message>
        <source>Forma&amp;t</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>&amp;Reihenfolge</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Save keys</source>
        <translation>Schlüssel sichern</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>This file is there already.</source>
        <translation>Diese Datei gibt es schon.</translation>
    </message>
    <message>
        <source>Replace the file</source>
        <translation>Datei ersetzen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ExternalDialog</name>
    <message>
        <source>Programs as decoders</source>
        <translation>Programme als Dekodierer</translation>
    </message>
    <message>
        <source>A program gets a value on its standard input and writes what is in it to its standard output, within 5 s and 64 MB. It is started as it stands here, without a shell, and runs with your rights: only where a rule names it (external:NAME) or you choose it.</source>
        <translation>Ein Programm bekommt einen Wert auf der Standardeingabe und schreibt dessen Inhalt auf die Standardausgabe, binnen 5 s und bis 64 MB. Es wird gestartet, wie es hier steht, ohne Shell, und läuft mit Ihren Rechten: nur wo eine Regel es nennt (external:NAME) oder Sie es wählen.</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Program that decodes</source>
        <translation>Programm, das dekodiert</translation>
    </message>
    <message>
        <source>Program for the way back</source>
        <translation>Programm für den Rückweg</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>&amp;Add program</source>
        <translation>Programm &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove program</source>
        <translation>Programm &amp;entfernen</translation>
    </message>
    <message>
        <source>Save programs</source>
        <translation>Programme speichern</translation>
    </message>
    <message>
        <source>Each program needs a name without spaces and commas.</source>
        <translation>Jedes Programm braucht einen Namen ohne Leerzeichen und Kommas.</translation>
    </message>
    <message>
        <source>There are two programs of the name %1.</source>
        <translation>Es gibt zwei Programme mit dem Namen %1.</translation>
    </message>
    <message>
        <source>%1 needs a program that decodes.</source>
        <translation>%1 braucht ein Programm, das dekodiert.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FieldEndClock</name>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>This field does not expire.</source>
        <translation>Dieses Feld läuft nicht ab.</translation>
    </message>
    <message>
        <source>TTL: %1</source>
        <translation>TTL: %1</translation>
    </message>
    <message>
        <source>Expires: %1 (by the server&apos;s clock)</source>
        <translation>Läuft ab: %1 (nach der Uhr des Servers)</translation>
    </message>
    <message>
        <source>When this field expires could not be read.</source>
        <translation>Wann dieses Feld abläuft, ließ sich nicht lesen.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FieldExpiryDialog</name>
    <message>
        <source>Time to live of a field</source>
        <translation>Lebensdauer eines Felds</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Field %1 of %2</source>
        <translation>Feld %1 von %2</translation>
    </message>
    <message>
        <source>&amp;Expires</source>
        <translation>Läuft &amp;ab</translation>
    </message>
    <message>
        <source>What is there now</source>
        <translation>Was jetzt dort steht</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FieldRows</name>
    <message>
        <source>Add &amp;another field</source>
        <translation>&amp;Noch ein Feld</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Field %1</source>
        <translation>Feld %1</translation>
    </message>
    <message>
        <source>Value %1</source>
        <translation>Wert %1</translation>
    </message>
    <message>
        <source>Remove field %1</source>
        <translation>Feld %1 entfernen</translation>
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
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FileLoading</name>
    <message>
        <source>Loading a file</source>
        <translation>Laden einer Datei</translation>
    </message>
    <message>
        <source>Loading %1 into %2 was cancelled: its tab was closed.</source>
        <translation>Das Laden von %1 nach %2 wurde abgebrochen: Der Tab wurde geschlossen.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 is still being loaded into %2: wait for it, or cancel it first.</source>
        <translation>%1 wird noch nach %2 geladen: Warten Sie darauf oder brechen Sie es erst ab.</translation>
    </message>
    <message>
        <source>Loading %1 into %2: %3 %</source>
        <translation>%1 wird nach %2 geladen: %3 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 was not loaded into %2: it was cancelled, and nothing was changed.</source>
        <translation>%1 wurde nicht nach %2 geladen: Es wurde abgebrochen, und nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 was not loaded into %2, and nothing was changed. %3</source>
        <translation>%1 wurde nicht nach %2 geladen, und nichts wurde geändert. %3</translation>
    </message>
    <message>
        <source>Loading %1: %2</source>
        <translation>Laden von %1: %2</translation>
    </message>
    <message>
        <source>%1 is loaded into %2.</source>
        <translation>%1 ist nach %2 geladen.</translation>
    </message>
    <message>
        <source>Somebody else has changed when it ends; that was kept.</source>
        <translation>Jemand anderes hat geändert, wann er endet; das wurde beibehalten.</translation>
    </message>
    <message>
        <source>%1 was not loaded into %2: somebody else has changed that since it was shown. It is of %3 now.</source>
        <translation>%1 wurde nicht nach %2 geladen: Jemand anderes hat das geändert, seit es gezeigt wurde. Es hat jetzt %3.</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
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
        <translation>String</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Set</translation>
    </message>
    <message>
        <source>Sorted set</source>
        <translation>Sorted Set</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
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
    <name>keyglass::ui::FindBar</name>
    <message>
        <source>Find in value</source>
        <translation>Im Wert suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Upper and lower case count</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Vorherige Stelle</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace this one and go to the next</source>
        <translation>Diese ersetzen und zur nächsten gehen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Replace all, as one step that can be undone</source>
        <translation>Alle ersetzen, in einem Schritt, der rückgängig gemacht werden kann</translation>
    </message>
    <message>
        <source>Close find bar</source>
        <translation>Suchleiste schließen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>no more found</source>
        <translation>keine weitere gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n replaced</source>
        <translation>
            <numerusform>%n ersetzt</numerusform>
            <numerusform>%n ersetzt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keyglass::ui::FindField</name>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>.*</source>
        <translation>.*</translation>
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
    <name>keyglass::ui::FormatBox</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How the value is shown</source>
        <translation>Wie der Wert gezeigt wird</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>Automatisch: %1</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
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
    <name>keyglass::ui::GroupModel</name>
    <message>
        <source>Delivered to a consumer and not acknowledged</source>
        <translation>An einen Verbraucher ausgeliefert und nicht bestätigt</translation>
    </message>
    <message>
        <source>Entries still to be delivered</source>
        <translation>Noch auszuliefernde Einträge</translation>
    </message>
    <message>
        <source>The server can&apos;t tell how many are to be delivered</source>
        <translation>Der Server kann nicht sagen, wie viele auszuliefern sind</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::GroupPlaceField</name>
    <message>
        <source>Entry&apos;s ID</source>
        <translation>ID des Eintrags</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>Geht weiter</translation>
    </message>
    <message>
        <source>with what comes from now on</source>
        <translation>mit dem, was ab jetzt kommt</translation>
    </message>
    <message>
        <source>at the first entry</source>
        <translation>beim ersten Eintrag</translation>
    </message>
    <message>
        <source>behind the entry</source>
        <translation>hinter dem Eintrag</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::GroupsView</name>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>Verbraucher</translation>
    </message>
    <message>
        <source>Pending entries</source>
        <translation>Ausstehende Einträge</translation>
    </message>
    <message>
        <source>State of the groups</source>
        <translation>Stand der Gruppen</translation>
    </message>
    <message>
        <source>State of the pending entries</source>
        <translation>Stand der ausstehenden Einträge</translation>
    </message>
    <message>
        <source>&amp;New group…</source>
        <translation>&amp;Neue Gruppe…</translation>
    </message>
    <message>
        <source>&amp;Move…</source>
        <translation>&amp;Versetzen…</translation>
    </message>
    <message>
        <source>Says behind which entry the group goes on</source>
        <translation>Sagt, hinter welchem Eintrag die Gruppe weitergeht</translation>
    </message>
    <message>
        <source>&amp;Destroy…</source>
        <translation>Auf&amp;lösen…</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>Neu &amp;lesen</translation>
    </message>
    <message>
        <source>Of consumer</source>
        <translation>Des Verbrauchers</translation>
    </message>
    <message>
        <source>Idle for at least</source>
        <translation>Untätig seit mindestens</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>beliebig lange</translation>
    </message>
    <message>
        <source>&amp;Acknowledge…</source>
        <translation>&amp;Bestätigen…</translation>
    </message>
    <message>
        <source>&amp;Claim…</source>
        <translation>&amp;Übernehmen…</translation>
    </message>
    <message>
        <source>idle for</source>
        <translation>untätig seit</translation>
    </message>
    <message>
        <source>all consumers</source>
        <translation>alle Verbraucher</translation>
    </message>
    <message>
        <source>This stream has no consumer groups.</source>
        <translation>Dieser Stream hat keine Verbrauchergruppen.</translation>
    </message>
    <message>
        <source>1 group</source>
        <translation>1 Gruppe</translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation>%1 Gruppen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>No entry is pending.</source>
        <translation>Kein Eintrag steht aus.</translation>
    </message>
    <message>
        <source>1 entry is pending</source>
        <translation>1 Eintrag steht aus</translation>
    </message>
    <message>
        <source>%1 entries are pending</source>
        <translation>%1 Einträge stehen aus</translation>
    </message>
    <message>
        <source>%1 – no more are shown</source>
        <translation>%1 – mehr werden nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::HexView</name>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>&amp;Copy as hex</source>
        <translation>Als Hex &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Insert bytes…</source>
        <translation>Bytes &amp;einfügen…</translation>
    </message>
    <message>
        <source>&amp;Append bytes…</source>
        <translation>Bytes &amp;anhängen…</translation>
    </message>
    <message>
        <source>&amp;Save the typed bytes</source>
        <translation>Getippte Bytes &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Take the typed bytes back</source>
        <translation>Getippte Bytes &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>byte %1: loading…</source>
        <translation>Byte %1: lädt …</translation>
    </message>
    <message>
        <source>byte %1: %2, %3</source>
        <translation>Byte %1: %2, %3</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::HistoryDialog</name>
    <message>
        <source>Nothing was there.</source>
        <translation>Es war nichts da.</translation>
    </message>
    <message>
        <source>&amp;Only what is different</source>
        <translation>&amp;Nur was anders ist</translation>
    </message>
    <message>
        <source>Value then</source>
        <translation>Damaliger Wert</translation>
    </message>
    <message>
        <source>Value last seen</source>
        <translation>Zuletzt gesehener Wert</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Verlauf von %1</translation>
    </message>
    <message>
        <source>&amp;Copy what was there</source>
        <translation>Damaliges &amp;kopieren</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>zuerst gesehen</translation>
    </message>
    <message>
        <source>About the value then</source>
        <translation>Über den damaligen Wert</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Only what was on screen is kept.</source>
        <translation>Nur was zu sehen war, ist aufgehoben.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ImageView</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Image, %1 × %2 pixels</source>
        <translation>Bild, %1 × %2 Pixel</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ImportFields</name>
    <message>
        <source>is skipped</source>
        <translation>wird übersprungen</translation>
    </message>
    <message>
        <source>is replaced</source>
        <translation>wird ersetzt</translation>
    </message>
    <message>
        <source>ends the import before its first key</source>
        <translation>beendet den Import vor dem ersten Schlüssel</translation>
    </message>
    <message>
        <source>A key that is there already</source>
        <translation>Ein Schlüssel, den es schon gibt</translation>
    </message>
    <message>
        <source>A key that is &amp;there already</source>
        <translation>Ein Schlüssel, den es schon &amp;gibt</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::InlineEdits</name>
    <message>
        <source>This connection is read-only.</source>
        <translation>Diese Verbindung ist nur zum Lesen.</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>Es besteht keine Verbindung.</translation>
    </message>
    <message>
        <source>Select what to edit first.</source>
        <translation>Wählen Sie zuerst, was bearbeitet werden soll.</translation>
    </message>
    <message>
        <source>An unsaved edit of %1, of %2, was kept.</source>
        <translation>Eine nicht gespeicherte Bearbeitung von %1 wurde behalten (%2).</translation>
    </message>
    <message>
        <source>An unsaved edit of %1 was kept.</source>
        <translation>Eine nicht gespeicherte Bearbeitung von %1 wurde behalten.</translation>
    </message>
    <message>
        <source>The key holds another type by now, so the edit can&apos;t be restored into it. It is still kept.</source>
        <translation>Der Schlüssel hat inzwischen einen anderen Typ; die Bearbeitung kann nicht in ihm wiederhergestellt werden. Sie bleibt behalten.</translation>
    </message>
    <message>
        <source>the value</source>
        <translation>der Wert</translation>
    </message>
    <message>
        <source>index %1</source>
        <translation>Index %1</translation>
    </message>
    <message>
        <source>The edit was one of the value decoded, and can&apos;t be restored now: %1 It is still kept.</source>
        <translation>Die Änderung galt dem dekodierten Wert und lässt sich jetzt nicht wiederherstellen: %1 Sie bleibt aufgehoben.</translation>
    </message>
    <message>
        <source>Shown through %1, of which %2 can be read here, not written.</source>
        <translation>Gezeigt durch %1; davon kann %2 hier nur gelesen, nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Bytes that were typed in the hex view at %1 and not saved were kept.</source>
        <translation>Bytes, die um %1 in der Hex-Ansicht getippt und nicht gespeichert wurden, sind aufgehoben.</translation>
    </message>
    <message>
        <source>An unsaved edit of this was kept: restore or discard it first.</source>
        <translation>Eine ungespeicherte Bearbeitung hiervon wurde aufgehoben: Stellen Sie sie erst wieder her oder verwerfen Sie sie.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobConfirmation</name>
    <message>
        <source>Confirmation</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>Second confirmation</source>
        <translation>Zweite Bestätigung</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobDialog</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>This is a production connection. Type its name, %1, to confirm.</source>
        <translation>Dies ist eine Produktionsverbindung. Zum Bestätigen ihren Namen eingeben: %1.</translation>
    </message>
    <message>
        <source>Type the number of keys, %1, to confirm.</source>
        <translation>Zum Bestätigen die Zahl der Schlüssel eingeben: %1.</translation>
    </message>
    <message>
        <source>Without an undo archive this can&apos;t be undone. Type the number of keys, %1, to confirm.</source>
        <translation>Ohne Undo-Archiv lässt sich das nicht rückgängig machen. Zum Bestätigen die Zahl der Schlüssel eingeben: %1.</translation>
    </message>
    <message>
        <source>There is no connection.</source>
        <translation>Es besteht keine Verbindung.</translation>
    </message>
    <message>
        <source>Looking through the keys: %1</source>
        <translation>Die Schlüssel werden durchgesehen: %1</translation>
    </message>
    <message>
        <source>%1 in the list.</source>
        <translation>%1 in der Liste.</translation>
    </message>
    <message>
        <source>How many keys that are is not known yet.</source>
        <translation>Wie viele Schlüssel das sind, ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Stopped looking.</source>
        <translation>Das Durchsehen wurde beendet.</translation>
    </message>
    <message>
        <source>Save &amp;plan…</source>
        <translation>&amp;Plan speichern…</translation>
    </message>
    <message>
        <source>Keeps the plan in a file, to be run later, here or by keyglass bulk run.</source>
        <translation>Hebt den Plan in einer Datei auf, um ihn später auszuführen, hier oder mit keyglass bulk run.</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>Pläne (*.json)</translation>
    </message>
    <message>
        <source>The plan is in %1.</source>
        <translation>Der Plan ist in %1.</translation>
    </message>
    <message>
        <source>Look through the keys first: their values are compared with what is seen then.</source>
        <translation>Sehen Sie zuerst die Schlüssel durch: Ihre Werte werden mit dem verglichen, was dann zu sehen ist.</translation>
    </message>
    <message>
        <source>There are keys of tables among them (%1 and others): a job knows nothing of their rows and indexes.</source>
        <translation>Darunter sind Schlüssel von Tabellen (%1 und andere): Ein Auftrag weiß nichts von ihren Zeilen und Indizes.</translation>
    </message>
    <message>
        <source>There are keys of tables among them (%1): a job knows nothing of their rows and indexes.</source>
        <translation>Darunter sind Schlüssel von Tabellen (%1): Ein Auftrag weiß nichts von ihren Zeilen und Indizes.</translation>
    </message>
    <message>
        <source>Keys are written to a production connection. Type its name, %1, to confirm.</source>
        <translation>Es werden Schlüssel in eine Produktionsverbindung geschrieben. Zum Bestätigen ihren Namen eingeben: %1.</translation>
    </message>
    <message>
        <source>What is overwritten there can&apos;t be brought back. Type the number of keys, %1, to confirm.</source>
        <translation>Was dort überschrieben wird, lässt sich nicht zurückholen. Zur Bestätigung die Anzahl der Schlüssel, %1, eingeben.</translation>
    </message>
    <message>
        <source>Which names are taken there is not looked at.</source>
        <translation>Welche Namen dort vergeben sind, wird nicht angesehen.</translation>
    </message>
    <message>
        <source>How many keys these are is not known. Look through them first, or type the connection&apos;s name, %1, to confirm.</source>
        <translation>Wie viele Schlüssel das sind, ist nicht bekannt. Sehen Sie sie zuerst durch, oder geben Sie zur Bestätigung den Namen der Verbindung ein: %1.</translation>
    </message>
    <message>
        <source>%1 in the list so far.</source>
        <translation>Bisher %1 in der Liste.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobHistoryDialog</name>
    <message>
        <source>Job history</source>
        <translation>Verlauf der Aufträge</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>Anzusehen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Past jobs</source>
        <translation>Frühere Aufträge</translation>
    </message>
    <message>
        <source>About the job</source>
        <translation>Über den Auftrag</translation>
    </message>
    <message>
        <source>&amp;Plan it again…</source>
        <translation>&amp;Neu planen…</translation>
    </message>
    <message>
        <source>No job was run yet.</source>
        <translation>Es wurde noch kein Auftrag ausgeführt.</translation>
    </message>
    <message>
        <source>Undo archive: %1</source>
        <translation>Undo-Archiv: %1</translation>
    </message>
    <message>
        <source>Report: %1</source>
        <translation>Bericht: %1</translation>
    </message>
    <message>
        <source>Its keys were chosen by hand and are not listed: it can&apos;t be planned again.</source>
        <translation>Seine Schlüssel wurden von Hand gewählt und sind nicht aufgeführt: Es lässt sich nicht neu planen.</translation>
    </message>
    <message>
        <source>Undo of %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Brought back what is archived in %1</source>
        <translation>Zurückgeholt, was in %1 archiviert ist</translation>
    </message>
    <message>
        <source>is running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>It began %1 and is running still, in this window or another program.</source>
        <translation>Er begann %1 und läuft noch, in diesem Fenster oder einem anderen Programm.</translation>
    </message>
    <message>
        <source>It began %1 and was cut off: its program was killed, or the power was lost. What it had done by then is not known.</source>
        <translation>Er begann %1 und wurde abgebrochen: Sein Programm wurde beendet, oder der Strom fiel aus. Was er bis dahin getan hatte, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>It began %1 and was cut off: its program was killed, or the power was lost. What it had done by then can be undone by its archive.</source>
        <translation>Er begann %1 und wurde abgebrochen: Sein Programm wurde beendet, oder der Strom fiel aus. Was er bis dahin getan hatte, lässt sich mit seinem Archiv rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Undo archives…</source>
        <translation>&amp;Archive…</translation>
    </message>
    <message>
        <source>Find job</source>
        <translation>Auftrag suchen</translation>
    </message>
    <message>
        <source>Find: a part of the job, its connection or its day</source>
        <translation>Suchen: ein Teil des Auftrags, seiner Verbindung oder seines Tages</translation>
    </message>
    <message>
        <source>No job has that in it.</source>
        <translation>In keinem Auftrag kommt das vor.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobReportDialog</name>
    <message>
        <source>Report: %1</source>
        <translation>Bericht: %1</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Undo archive: %1</source>
        <translation>Undo-Archiv: %1</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>Anzusehen</translation>
    </message>
    <message>
        <source>Lines lost</source>
        <translation>Verlorene Verbindungen</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>Keys to be looked at</source>
        <translation>Anzusehende Schlüssel</translation>
    </message>
    <message>
        <source>The report keeps the first %1, and every key to be looked at.</source>
        <translation>Der Bericht behält die ersten %1 und jeden Schlüssel, der anzusehen ist.</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Why it can&apos;t be read</source>
        <translation>Warum sie nicht lesbar ist</translation>
    </message>
    <message>
        <source>Lines that can&apos;t be read</source>
        <translation>Nicht lesbare Zeilen</translation>
    </message>
    <message>
        <source>What was overwritten at the target is in the undo archive %1. Open a connection to the target, undo it there in “Undo archives”, and choose that keys that are there again are replaced by what was archived.</source>
        <translation>Was am Ziel überschrieben wurde, steht im Undo-Archiv %1. Öffnen Sie eine Verbindung zum Ziel, machen Sie es dort unter „Undo-Archive“ rückgängig und wählen Sie, dass Schlüssel, die es wieder gibt, durch das Archivierte ersetzt werden.</translation>
    </message>
    <message>
        <source>What was overwritten is in the undo archive %1. Undo it in “Undo archives”, and choose there that keys that are there again are replaced by what was archived: what has their names now is archived first.</source>
        <translation>Was überschrieben wurde, steht im Undo-Archiv %1. Machen Sie es unter „Undo-Archive“ rückgängig und wählen Sie dort, dass Schlüssel, die es wieder gibt, durch das Archivierte ersetzt werden: Was ihre Namen jetzt hat, wird zuvor archiviert.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Take this job off the list; its undo archive stays</source>
        <translation>Diesen Auftrag aus der Liste nehmen; sein Undo-Archiv bleibt</translation>
    </message>
    <message>
        <source>Close job</source>
        <translation>Auftrag schließen</translation>
    </message>
    <message>
        <source>Bring the keys back as they were, with their exact ends</source>
        <translation>Die Schlüssel zurückholen, wie sie waren, mit ihrem genauen Ende</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 to be looked at</source>
        <translation>%1 anzusehen</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>Ratengrenze</translation>
    </message>
    <message>
        <source>How many keys a second at most; holds from now on</source>
        <translation>Wie viele Schlüssel je Sekunde höchstens; gilt ab sofort</translation>
    </message>
    <message>
        <source>as fast as it can</source>
        <translation>so schnell es geht</translation>
    </message>
    <message>
        <source>at most %1 a second</source>
        <translation>höchstens %1 je Sekunde</translation>
    </message>
    <message>
        <source>waits for an earlier job</source>
        <translation>wartet auf einen früheren Auftrag</translation>
    </message>
    <message>
        <source>Job speed</source>
        <translation>Geschwindigkeit des Auftrags</translation>
    </message>
    <message>
        <source>waits for a server that does not answer</source>
        <translation>wartet auf einen Server, der nicht antwortet</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>What was overwritten can be brought back in “Undo archives”.</source>
        <translation>Was überschrieben wurde, lässt sich in „Undo-Archive“ zurückholen.</translation>
    </message>
    <message>
        <source>waits for a server that runs a script</source>
        <translation>wartet auf einen Server, der ein Skript ausführt</translation>
    </message>
    <message>
        <source>waits for a server that loads its data</source>
        <translation>wartet auf einen Server, der seine Daten lädt</translation>
    </message>
    <message>
        <source>waits for a cluster that is down</source>
        <translation>wartet auf einen Cluster, der nicht arbeitet</translation>
    </message>
    <message>
        <source>waits for a replica that has lost its master</source>
        <translation>wartet auf eine Replik, die ihren Master verloren hat</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobWays</name>
    <message>
        <source>&amp;Keep an undo archive: each key is on this computer&apos;s disk before it is touched</source>
        <translation>&amp;Undo-Archiv anlegen: Jeder Schlüssel ist auf der Platte dieses Rechners, bevor er angerührt wird</translation>
    </message>
    <message>
        <source>Leave keys alone whose &amp;value is not what the preview saw</source>
        <translation>Schlüssel belassen, deren Wert n&amp;icht der ist, den die Vorschau sah</translation>
    </message>
    <message>
        <source>Reads each value for the preview and again before the key is touched. Their types are compared in any case.</source>
        <translation>Liest jeden Wert für die Vorschau, und wieder, bevor der Schlüssel angerührt wird. Die Typen werden in jedem Fall verglichen.</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>Schonend</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How long the server may be busy with one call of the job, and how often</source>
        <translation>Wie lange der Server mit einem Aufruf des Auftrags beschäftigt sein darf, und wie oft</translation>
    </message>
    <message>
        <source>Pac&amp;e</source>
        <translation>&amp;Tempo</translation>
    </message>
    <message>
        <source>as fast as the server lets</source>
        <translation>so schnell, wie der Server es zulässt</translation>
    </message>
    <message>
        <source> keys/s</source>
        <translation> Schlüssel/s</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>Ratengrenze</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>Report file</source>
        <translation>Berichtsdatei</translation>
    </message>
    <message>
        <source>no file; .csv or .json</source>
        <translation>keine Datei; .csv oder .json</translation>
    </message>
    <message>
        <source>&amp;Report of each key</source>
        <translation>Beri&amp;cht je Schlüssel</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Choose report file</source>
        <translation>Berichtsdatei wählen</translation>
    </message>
    <message>
        <source>Report of each key</source>
        <translation>Bericht je Schlüssel</translation>
    </message>
    <message>
        <source>Reports (*.csv *.json)</source>
        <translation>Berichte (*.csv *.json)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Undo a job</source>
        <translation>Auftrag rückgängig machen</translation>
    </message>
    <message>
        <source>%1 is undone: its keys are brought back as they were.</source>
        <translation>%1 wird rückgängig gemacht: Die Schlüssel kommen zurück, wie sie waren.</translation>
    </message>
    <message>
        <source>Bring the keys back</source>
        <translation>Schlüssel zurückholen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JsonTreeModel</name>
    <message>
        <source>all found</source>
        <translation>alle gefunden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::JumpField</name>
    <message>
        <source>%1 is no whole number</source>
        <translation>%1 ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>There is no number %1: it has %2, from 0 on</source>
        <translation>Eine Nummer %1 gibt es nicht: Er hat %2, ab 0</translation>
    </message>
    <message>
        <source>%1 is no score</source>
        <translation>%1 ist kein Score</translation>
    </message>
    <message>
        <source>%1 is neither an ID nor a time like 2026-05-01 14:00</source>
        <translation>%1 ist weder eine ID noch eine Zeit wie 2026-05-01 14:00</translation>
    </message>
    <message>
        <source>Go to by</source>
        <translation>Gehen zu nach</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Go to element</source>
        <translation>Zum Element gehen</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Strg+J</translation>
    </message>
    <message>
        <source>Go to ID or time</source>
        <translation>Zu ID oder Zeit gehen</translation>
    </message>
    <message>
        <source>An entry&apos;s ID, or a local time like 2026-05-01 14:00 (%1)</source>
        <translation>Die ID eines Eintrags oder eine Ortszeit wie 2026-05-01 14:00 (%1)</translation>
    </message>
    <message>
        <source>Go to score</source>
        <translation>Zum Score gehen</translation>
    </message>
    <message>
        <source>Go to rank</source>
        <translation>Zum Rang gehen</translation>
    </message>
    <message>
        <source>The first member with at least this score (%1)</source>
        <translation>Das erste Mitglied mit mindestens diesem Score (%1)</translation>
    </message>
    <message>
        <source>A rank; below 0 from the end (%1)</source>
        <translation>Ein Rang; unter 0 vom Ende her (%1)</translation>
    </message>
    <message>
        <source>Go to index</source>
        <translation>Zum Index gehen</translation>
    </message>
    <message>
        <source>An index; below 0 from the end. The middle of a long list takes the server longest (%1)</source>
        <translation>Ein Index; unter 0 vom Ende her. Die Mitte einer langen Liste kostet den Server am meisten Zeit (%1)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyChoiceModel</name>
    <message>
        <source>%1 · db %2</source>
        <translation>%1 · db %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyJumps</name>
    <message>
        <source>There is no key “%1” in the open databases.</source>
        <translation>In den offenen Datenbanken gibt es keinen Schlüssel „%1“.</translation>
    </message>
    <message>
        <source>There is no key “%1” in database %2.</source>
        <translation>In Datenbank %2 gibt es keinen Schlüssel „%1“.</translation>
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
    <message>
        <source>All: %1</source>
        <translation>Alle: %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTableColumns</name>
    <message>
        <source>Columns of the key table</source>
        <translation>Spalten der Schlüsseltabelle</translation>
    </message>
    <message>
        <source>this server&apos;s maxmemory-policy, %1, keeps the frequency instead</source>
        <translation>die maxmemory-policy dieses Servers, %1, führt stattdessen die Häufigkeit</translation>
    </message>
    <message>
        <source>this server&apos;s maxmemory-policy, %1, keeps the idle time instead</source>
        <translation>die maxmemory-policy dieses Servers, %1, führt stattdessen die Untätigkeit</translation>
    </message>
    <message>
        <source>this server has no MEMORY USAGE</source>
        <translation>dieser Server hat kein MEMORY USAGE</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (on this server, asking for it resets a key&apos;s idle time)</source>
        <translation>%1 (auf diesem Server setzt die Frage danach die Untätigkeit eines Schlüssels zurück)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTableModel</name>
    <message>
        <source>Gone: deleted or expired since the keys were read</source>
        <translation>Nicht mehr da: gelöscht oder abgelaufen, seit die Schlüssel gelesen wurden</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>This user may not ask for it</source>
        <translation>Dieser Benutzer darf danach nicht fragen</translation>
    </message>
    <message>
        <source>Expires in %1, at %2</source>
        <translation>Läuft ab in %1, um %2</translation>
    </message>
    <message>
        <source>%1 bytes, estimated</source>
        <translation>%1 Bytes, geschätzt</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>keine Berechtigung</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTablePanel</name>
    <message>
        <source>Sorting</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Keys of the table</source>
        <translation>Schlüssel der Tabelle</translation>
    </message>
    <message>
        <source>State of the table</source>
        <translation>Stand der Tabelle</translation>
    </message>
    <message>
        <source>&amp;All keys</source>
        <translation>&amp;Alle Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Sort again</source>
        <translation>Neu &amp;sortieren</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Write the table&apos;s columns to a CSV file</source>
        <translation>Die Spalten der Tabelle in eine CSV-Datei schreiben</translation>
    </message>
    <message>
        <source>%1 rows are not selected any more, as they stand in another order now.</source>
        <translation>%1 Zeilen sind nicht mehr gewählt, da sie jetzt in anderer Ordnung stehen.</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>Neu sortieren</translation>
    </message>
    <message>
        <source>Show by name</source>
        <translation>Nach Namen zeigen</translation>
    </message>
    <message>
        <source>Looking at some of the keys…</source>
        <translation>Einige Schlüssel werden angesehen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sort %1</source>
        <translation>%1 sortieren</translation>
    </message>
    <message>
        <source>The keys can&apos;t be sorted by %1. %2</source>
        <translation>Die Schlüssel lassen sich nicht nach %1 sortieren. %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Found by “%1” · %2</source>
        <translation>Gefunden mit „%1“ · %2</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 gewählt</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Show in the &amp;tree</source>
        <translation>Im &amp;Baum zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy names</source>
        <translation>Namen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as CS&amp;V</source>
        <translation>Als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>E&amp;xport the table…</source>
        <translation>Tabelle e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>Colu&amp;mns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>&amp;Delete keys…</source>
        <translation>Schlüssel &amp;löschen…</translation>
    </message>
    <message>
        <source>&amp;Delete key…</source>
        <translation>Schlüssel &amp;löschen…</translation>
    </message>
    <message>
        <source>The selected rows</source>
        <translation>Die gewählten Zeilen</translation>
    </message>
    <message>
        <source>Their names are more than 16 MB; export them to a file</source>
        <translation>Ihre Namen sind mehr als 16 MB; in eine Datei exportieren</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTableView</name>
    <message>
        <source>Key table</source>
        <translation>Schlüsseltabelle</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::KeyTabs</name>
    <message>
        <source>%1 (not saved)</source>
        <translation>%1 (nicht gespeichert)</translation>
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
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation>TTL</translation>
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
        <translation>Nicht mehr da: gelöscht oder abgelaufen, seit die Schlüssel gelesen wurden</translation>
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
    <message>
        <source>Table %1 of RedisTABLE: Return opens its rows</source>
        <translation>Tabelle %1 von RedisTABLE: Eingabetaste öffnet ihre Zeilen</translation>
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
        <translation>keines: eine flache Liste</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>Full: done soonest</source>
        <translation>Voll: am schnellsten fertig</translation>
    </message>
    <message>
        <source>Balanced: others hardly notice</source>
        <translation>Ausgewogen: andere merken es kaum</translation>
    </message>
    <message>
        <source>Gentle: others come first</source>
        <translation>Schonend: andere haben Vorrang</translation>
    </message>
    <message>
        <source>Se&amp;parator</source>
        <translation>Trennz&amp;eichen</translation>
    </message>
    <message>
        <source>What parts folders in the names of keys; one or several characters.</source>
        <translation>Was Ordner in den Namen von Schlüsseln trennt; ein oder mehrere Zeichen.</translation>
    </message>
    <message>
        <source>Scan p&amp;ace</source>
        <translation>Scan-Tem&amp;po</translation>
    </message>
    <message>
        <source>How much of the server&apos;s time reading its keys may take.</source>
        <translation>Wie viel Zeit des Servers das Lesen seiner Schlüssel brauchen darf.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LedgerModel</name>
    <message>
        <source>master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>replica</source>
        <translation>Replikat</translation>
    </message>
    <message>
        <source>Server process (run_id): %1</source>
        <translation>Serverprozess (run_id): %1</translation>
    </message>
    <message>
        <source>Cursor: %1</source>
        <translation>Cursor: %1</translation>
    </message>
    <message>
        <source>Last error: %1</source>
        <translation>Letzter Fehler: %1</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Slots</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Keys/call</source>
        <translation>Schlüssel/Aufruf</translation>
    </message>
    <message>
        <source>Calls/s</source>
        <translation>Aufrufe/s</translation>
    </message>
    <message>
        <source>COUNT</source>
        <translation>COUNT</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Server time</source>
        <translation>Serverzeit</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Of one call on average, from sending it to its answer</source>
        <translation>Eines Aufrufs im Mittel, vom Senden bis zur Antwort</translation>
    </message>
    <message>
        <source>What one call takes the server itself</source>
        <translation>Was ein Aufruf den Server selbst kostet</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LedgerPanel</name>
    <message>
        <source>Scan ledger</source>
        <translation>Scan-Protokoll</translation>
    </message>
    <message>
        <source>Resume this node</source>
        <translation>Diesen Knoten fortsetzen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LimitField</name>
    <message>
        <source>%1, limit</source>
        <translation>%1, Grenze</translation>
    </message>
    <message>
        <source>%1, unit</source>
        <translation>%1, Einheit</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LimitsDialog</name>
    <message>
        <source>no limit</source>
        <translation>kein Limit</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Scan limits</source>
        <translation>Scan-Limits</translation>
    </message>
    <message>
        <source>A scan ends when the first of these is reached. It can go on from there.</source>
        <translation>Ein Scan endet, wenn das erste davon erreicht ist. Von dort kann er fortgesetzt werden.</translation>
    </message>
    <message>
        <source>At most &amp;keys</source>
        <translation>Höchstens &amp;Schlüssel</translation>
    </message>
    <message>
        <source>At most &amp;calls</source>
        <translation>Höchstens &amp;Aufrufe</translation>
    </message>
    <message>
        <source>At most &amp;seconds</source>
        <translation>Höchstens Se&amp;kunden</translation>
    </message>
    <message>
        <source>Scan with these limits</source>
        <translation>Mit diesen Limits scannen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::LivePanes</name>
    <message>
        <source>What others change is not noticed until the value is read again.</source>
        <translation>Was andere ändern, wird erst bemerkt, wenn der Wert wieder gelesen wird.</translation>
    </message>
    <message>
        <source>The server tells at once when this key is written or goes.</source>
        <translation>Der Server meldet sofort, wenn dieser Schlüssel geschrieben wird oder verschwindet.</translation>
    </message>
    <message>
        <source>What is on screen is looked at every %1 s, as the server does not tell of changes: %2</source>
        <translation>Was zu sehen ist, wird alle %1 s nachgesehen, da der Server Änderungen nicht meldet: %2</translation>
    </message>
    <message>
        <source>This key was changed at %1. What is shown was read before.</source>
        <translation>Dieser Schlüssel wurde um %1 geändert. Das Gezeigte wurde vorher gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>This key was changed %n times since it was read, the last time at %1.</source>
        <translation>
            <numerusform>Dieser Schlüssel wurde seit dem Lesen %n-mal geändert, zuletzt um %1.</numerusform>
            <numerusform>Dieser Schlüssel wurde seit dem Lesen %n-mal geändert, zuletzt um %1.</numerusform>
        </translation>
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
        <translation>Keyglass</translation>
    </message>
    <message>
        <source>Keyglass — %1 (%2)</source>
        <translation>Keyglass — %1 (%2)</translation>
    </message>
    <message>
        <source>Keyglass — %1</source>
        <translation>Keyglass — %1</translation>
    </message>
    <message>
        <source>work with a set of keys</source>
        <translation>die Arbeit mit einer Schlüsselmenge</translation>
    </message>
    <message>
        <source>Closing ends %1. What was found and not saved is lost; what was changed stays changed.</source>
        <translation>Das Schließen beendet %1. Gefundenes, das nicht gespeichert ist, geht verloren; Geändertes bleibt geändert.</translation>
    </message>
    <message>
        <source>%1 is read-only: nothing there can be deleted. “Edit connection” can change that.</source>
        <translation>%1 ist nur zum Lesen: Dort lässt sich nichts löschen. „Verbindung bearbeiten“ kann das ändern.</translation>
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
        <translation>Der Scan ist pausiert: Die Liste der Schlüssel belegt %1 Speicher, und mehr könnte diesen Rechner zum Auslagern zwingen. Was geladen ist, kann benutzt werden. Fortsetzen belegt bis zu ein Viertel mehr; ein Muster macht die Liste kleiner.</translation>
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
    <name>keyglass::ui::ModuleValue</name>
    <message>
        <source>a Bloom filter (RedisBloom)</source>
        <translation>einen Bloom-Filter (RedisBloom)</translation>
    </message>
    <message>
        <source>a Bloom filter (Valkey Bloom)</source>
        <translation>einen Bloom-Filter (Valkey Bloom)</translation>
    </message>
    <message>
        <source>a cuckoo filter (RedisBloom)</source>
        <translation>einen Cuckoo-Filter (RedisBloom)</translation>
    </message>
    <message>
        <source>a count-min sketch (RedisBloom)</source>
        <translation>einen Count-Min-Sketch (RedisBloom)</translation>
    </message>
    <message>
        <source>a top-k list (RedisBloom)</source>
        <translation>eine Top-k-Liste (RedisBloom)</translation>
    </message>
    <message>
        <source>a t-digest (RedisBloom)</source>
        <translation>einen t-Digest (RedisBloom)</translation>
    </message>
    <message>
        <source>a time series (RedisTimeSeries)</source>
        <translation>eine Zeitreihe (RedisTimeSeries)</translation>
    </message>
    <message>
        <source>a graph (RedisGraph)</source>
        <translation>einen Graphen (RedisGraph)</translation>
    </message>
    <message>
        <source>a vector set (Redis 8)</source>
        <translation>eine Vektormenge (Redis 8)</translation>
    </message>
    <message>
        <source>The key holds a value of the type %1, which belongs to a module of the server.</source>
        <translation>Der Schlüssel enthält einen Wert des Typs %1, der zu einem Modul des Servers gehört.</translation>
    </message>
    <message>
        <source>The key holds %1. Its type is %2, which can&apos;t be shown here.</source>
        <translation>Der Schlüssel enthält %1. Sein Typ ist %2, der hier nicht gezeigt werden kann.</translation>
    </message>
    <message>
        <source>Values of this type can&apos;t be shown</source>
        <translation>Werte dieses Typs können nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Save a dump…</source>
        <translation>Dump speichern…</translation>
    </message>
    <message>
        <source>Save a dump of the key</source>
        <translation>Einen Dump des Schlüssels speichern</translation>
    </message>
    <message>
        <source>Reading the dump…</source>
        <translation>Der Dump wird gelesen…</translation>
    </message>
    <message>
        <source>%1 were saved to %2.</source>
        <translation>%1 in %2 gespeichert.</translation>
    </message>
    <message>
        <source>%1 (version %2)</source>
        <translation>%1 (Version %2)</translation>
    </message>
    <message>
        <source>Modules of the server: %1.</source>
        <translation>Module des Servers: %1.</translation>
    </message>
    <message>
        <source>A dump is the value as the server itself writes it. Key, New key… makes a key of it again.</source>
        <translation>Ein Dump ist der Wert, wie ihn der Server selbst schreibt. Schlüssel, Neuer Schlüssel… macht wieder einen Schlüssel daraus.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::MoveGroupDialog</name>
    <message>
        <source>Move consumer group</source>
        <translation>Verbrauchergruppe versetzen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Versetzen</translation>
    </message>
    <message>
        <source>Group %1 was last delivered %2. What is pending stays as it is.</source>
        <translation>Gruppe %1 wurde zuletzt %2 ausgeliefert. Was aussteht, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>&amp;Goes on</source>
        <translation>&amp;Geht weiter</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::NewKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Create key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>Key name</source>
        <translation>Schlüsselname</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>&amp;Score</source>
        <translation>S&amp;core</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>&amp;Key name</source>
        <translation>&amp;Schlüsselname</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Typ</translation>
    </message>
    <message>
        <source>&amp;Expires</source>
        <translation>Läuft &amp;ab</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Feld</translation>
    </message>
    <message>
        <source>&amp;First element</source>
        <translation>&amp;Erstes Element</translation>
    </message>
    <message>
        <source>&amp;First member</source>
        <translation>&amp;Erstes Mitglied</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>&amp;Wert</translation>
    </message>
    <message>
        <source>JSON document</source>
        <translation>JSON-Dokument</translation>
    </message>
    <message>
        <source>what a dump file holds</source>
        <translation>was eine Dump-Datei enthält</translation>
    </message>
    <message>
        <source>It is larger than %1, which no dump can be here.</source>
        <translation>Sie ist größer als %1; so groß kann hier kein Dump sein.</translation>
    </message>
    <message>
        <source>&amp;Dump</source>
        <translation>&amp;Dump</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Dump file</source>
        <translation>Dump-Datei</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>Open a dump of a key</source>
        <translation>Dump eines Schlüssels öffnen</translation>
    </message>
    <message>
        <source>The field %1 stands there twice.</source>
        <translation>Das Feld %1 steht zweimal da.</translation>
    </message>
    <message>
        <source>The server has no module for JSON documents.</source>
        <translation>Der Server hat kein Modul für JSON-Dokumente.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::NodeWording</name>
    <message numerus="yes">
        <source>%n replica(s)</source>
        <translation>
            <numerusform>%n Replikat</numerusform>
            <numerusform>%n Replikate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keyglass::ui::NodesPage</name>
    <message>
        <source>Sentinels&apos; password</source>
        <translation>Passwort der Sentinels</translation>
    </message>
    <message>
        <source>Keep Sentinels&apos; password</source>
        <translation>Passwort der Sentinels behalten</translation>
    </message>
    <message>
        <source>&amp;Reach all nodes at the host of the first</source>
        <translation>Alle Knoten am Host des e&amp;rsten erreichen</translation>
    </message>
    <message>
        <source>Master name</source>
        <translation>Name des Masters</translation>
    </message>
    <message>
        <source>as the Sentinels know it</source>
        <translation>wie ihn die Sentinels kennen</translation>
    </message>
    <message>
        <source>More addresses</source>
        <translation>Weitere Adressen</translation>
    </message>
    <message>
        <source>host:port, host:port</source>
        <translation>Host:Port, Host:Port</translation>
    </message>
    <message>
        <source>Sentinels&apos; user</source>
        <translation>Benutzer der Sentinels</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Scannen</translation>
    </message>
    <message>
        <source>Masters</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Replicas: spares the masters</source>
        <translation>Replikate: schont die Master</translation>
    </message>
    <message>
        <source>Masters and replicas</source>
        <translation>Master und Replikate</translation>
    </message>
    <message>
        <source>For clusters behind a port forwarding that announce addresses of their own net</source>
        <translation>Für Cluster hinter einer Portweiterleitung, die Adressen ihres eigenen Netzes melden</translation>
    </message>
    <message>
        <source>Address map</source>
        <translation>Adresszuordnung</translation>
    </message>
    <message>
        <source>Announced = reachable from here, one a line; a host alone stands for all its ports.</source>
        <translation>Gemeldet = von hier erreichbar, je Zeile eine; ein Host allein steht für alle seine Ports.</translation>
    </message>
    <message>
        <source>&amp;Master name</source>
        <translation>Name des &amp;Masters</translation>
    </message>
    <message>
        <source>M&amp;ore nodes</source>
        <translation>&amp;Weitere Knoten</translation>
    </message>
    <message>
        <source>Their &amp;user</source>
        <translation>Deren B&amp;enutzer</translation>
    </message>
    <message>
        <source>Their pass&amp;word</source>
        <translation>Deren &amp;Passwort</translation>
    </message>
    <message>
        <source>Sca&amp;n</source>
        <translation>Sca&amp;nnen</translation>
    </message>
    <message>
        <source>&amp;Address map</source>
        <translation>&amp;Adresszuordnung</translation>
    </message>
    <message>
        <source>M&amp;ore Sentinels</source>
        <translation>&amp;Weitere Sentinels</translation>
    </message>
    <message>
        <source>Asked where the first node does not answer; one that answers tells of all others</source>
        <translation>Gefragt, wenn der erste Knoten nicht antwortet; einer, der antwortet, nennt alle anderen</translation>
    </message>
    <message>
        <source>Asked where the first Sentinel does not answer</source>
        <translation>Gefragt, wenn der erste Sentinel nicht antwortet</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::OperationSentence</name>
    <message>
        <source>Deletes the keys.</source>
        <translation>Löscht die Schlüssel.</translation>
    </message>
    <message>
        <source>Takes their time to live away.</source>
        <translation>Nimmt ihre Lebensdauer weg.</translation>
    </message>
    <message>
        <source>They end at %1.</source>
        <translation>Sie enden am %1.</translation>
    </message>
    <message>
        <source>They end in %1.</source>
        <translation>Sie enden in %1.</translation>
    </message>
    <message>
        <source>They last less by %1.</source>
        <translation>Sie halten %1 weniger.</translation>
    </message>
    <message>
        <source>They last longer by %1.</source>
        <translation>Sie halten %1 länger.</translation>
    </message>
    <message>
        <source>They end in at most %1.</source>
        <translation>Sie enden in höchstens %1.</translation>
    </message>
    <message>
        <source>Renames them: %1 becomes %2.</source>
        <translation>Benennt sie um: %1 wird %2.</translation>
    </message>
    <message>
        <source>Moves them to %1.</source>
        <translation>Verschiebt sie nach %1.</translation>
    </message>
    <message>
        <source>Copies them to %1.</source>
        <translation>Kopiert sie nach %1.</translation>
    </message>
    <message>
        <source>Writes them to %1.</source>
        <translation>Schreibt sie nach %1.</translation>
    </message>
    <message>
        <source>Makes the keys of %1.</source>
        <translation>Legt die Schlüssel von %1 an.</translation>
    </message>
    <message>
        <source>Sets the field %1 to %2.</source>
        <translation>Setzt das Feld %1 auf %2.</translation>
    </message>
    <message>
        <source>Runs for each: %1</source>
        <translation>Führt für jeden aus: %1</translation>
    </message>
    <message>
        <source>What has one of their names there is overwritten.</source>
        <translation>Was dort einen ihrer Namen hat, wird überschrieben.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PageTable</name>
    <message>
        <source>Key table</source>
        <translation>Schlüsseltabelle</translation>
    </message>
    <message>
        <source>The tree does not show this key.</source>
        <translation>Der Baum zeigt diesen Schlüssel nicht.</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>%1 were written to %2.</source>
        <translation>%1 in %2 geschrieben.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PageTables</name>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>Tables were seen</source>
        <translation>Tabellen wurden gesehen</translation>
    </message>
    <message>
        <source>A table of RedisTABLE is here: %1.</source>
        <translation>Hier ist eine Tabelle von RedisTABLE: %1.</translation>
    </message>
    <message>
        <source>%1 tables of RedisTABLE are here.</source>
        <translation>Hier sind %1 Tabellen von RedisTABLE.</translation>
    </message>
    <message>
        <source>More than %1 tables of RedisTABLE are here.</source>
        <translation>Hier sind mehr als %1 Tabellen von RedisTABLE.</translation>
    </message>
    <message>
        <source>Show tables</source>
        <translation>Tabellen zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>About the table</source>
        <translation>Über die Tabelle</translation>
    </message>
    <message>
        <source>This key is a part of table %1 of RedisTABLE; an edit here may damage its rows and indexes.</source>
        <translation>Dieser Schlüssel ist ein Teil der Tabelle %1 von RedisTABLE; ihn hier zu bearbeiten kann ihre Zeilen und Indizes beschädigen.</translation>
    </message>
    <message>
        <source>Open table</source>
        <translation>Tabelle öffnen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PassphraseDialog</name>
    <message>
        <source>Seal new archives</source>
        <translation>Neue Archive versiegeln</translation>
    </message>
    <message>
        <source>Sealed archive</source>
        <translation>Versiegeltes Archiv</translation>
    </message>
    <message>
        <source>Undo archives of this session are encrypted from now on. Without the passphrase nobody brings their keys back, you included; Keyglass keeps it until the session is closed and writes it nowhere.</source>
        <translation>Undo-Archive dieser Sitzung werden ab jetzt verschlüsselt. Ohne die Passphrase holt niemand ihre Schlüssel zurück, auch Sie nicht; Keyglass behält sie, bis die Sitzung geschlossen wird, und schreibt sie nirgendwohin.</translation>
    </message>
    <message>
        <source>This archive is encrypted by a passphrase.</source>
        <translation>Dieses Archiv ist durch eine Passphrase verschlüsselt.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>Passphrase noch einmal</translation>
    </message>
    <message>
        <source>&amp;Again</source>
        <translation>Noch &amp;einmal</translation>
    </message>
    <message>
        <source>Open archive</source>
        <translation>Archiv öffnen</translation>
    </message>
    <message>
        <source>The two differ.</source>
        <translation>Die beiden unterscheiden sich.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordChoice</name>
    <message>
        <source>None is asked for</source>
        <translation>Es wird keines verlangt</translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keychain</source>
        <translation>Im Schlüsselbund des Systems behalten</translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation>Jedes Mal fragen</translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keychain (none is running)</source>
        <translation>Im Schlüsselbund des Systems behalten (es läuft keiner)</translation>
    </message>
    <message>
        <source>unchanged, in the keychain</source>
        <translation>unverändert, im Schlüsselbund</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordDialog</name>
    <message>
        <source>Password for %1</source>
        <translation>Passwort für %1</translation>
    </message>
    <message>
        <source>Password of %1 for %2</source>
        <translation>Passwort von %1 für %2</translation>
    </message>
    <message>
        <source>Password for the Sentinels themselves</source>
        <translation>Passwort für die Sentinels selbst</translation>
    </message>
    <message>
        <source>Password of %1 for the Sentinels themselves</source>
        <translation>Passwort von %1 für die Sentinels selbst</translation>
    </message>
    <message>
        <source>&amp;Keep it in the system&apos;s keychain</source>
        <translation>Im &amp;Schlüsselbund des Systems behalten</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Sentinels&apos; password</source>
        <translation>Passwort der Sentinels</translation>
    </message>
    <message>
        <source>&amp;Keep them in the system&apos;s keychain</source>
        <translation>Beide im &amp;Schlüsselbund des Systems behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation>&amp;Verbinden</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PasswordField</name>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Passwort verbergen</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Passwort zeigen</translation>
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
        <translation>Glob</translation>
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
        <translation>Glob: *, ?, [abc]</translation>
    </message>
    <message>
        <source>Exact: this very key</source>
        <translation>Genau: eben dieser Schlüssel</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PendingModel</name>
    <message>
        <source>Since it was last delivered: %1</source>
        <translation>Seit der letzten Auslieferung: %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PlanFields</name>
    <message>
        <source>Operation</source>
        <translation>Operation</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PredicatePopup</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>less than</source>
        <translation>weniger als</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>mehr als</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>has one</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>more than, or none</source>
        <translation>mehr als oder keine</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>%1 less than %2</source>
        <translation>%1 unter %2</translation>
    </message>
    <message>
        <source>%1 more than %2</source>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation>TTL</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>Leerlaufzeit</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Häufigkeit</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Mehr Filter</translation>
    </message>
    <message>
        <source>&amp;TTL</source>
        <translation>&amp;TTL</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>&amp;Speicher</translation>
    </message>
    <message>
        <source>&amp;Idle time</source>
        <translation>&amp;Leerlaufzeit</translation>
    </message>
    <message>
        <source>&amp;Frequency</source>
        <translation>&amp;Häufigkeit</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Scan for these</source>
        <translation>&amp;Damit scannen</translation>
    </message>
    <message>
        <source>The server counts uses instead of idle times (maxmemory-policy %1).</source>
        <translation>Der Server zählt Zugriffe statt Leerlaufzeiten (maxmemory-policy %1).</translation>
    </message>
    <message>
        <source>The server keeps idle times, not frequencies (maxmemory-policy %1).</source>
        <translation>Der Server führt Leerlaufzeiten, keine Häufigkeiten (maxmemory-policy %1).</translation>
    </message>
    <message>
        <source>has a TTL</source>
        <translation>mit TTL</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>ohne TTL</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>Leerlaufzeit</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>Häufigkeit</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::PreviewPane</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Asks for the type and the time to live of each key; nothing is changed.</source>
        <translation>Fragt nach Typ und Lebensdauer jedes Schlüssels; es wird nichts geändert.</translation>
    </message>
    <message>
        <source>Times to live</source>
        <translation>Lebensdauern</translation>
    </message>
    <message>
        <source>Some of the keys</source>
        <translation>Einige der Schlüssel</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Keys left alone</source>
        <translation>Belassene Schlüssel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keys (%1)</source>
        <translation>Schlüssel (%1)</translation>
    </message>
    <message>
        <source>Left alone (%1)</source>
        <translation>Belassen (%1)</translation>
    </message>
    <message>
        <source>&amp;Stop looking</source>
        <translation>Durch&amp;sehen anhalten</translation>
    </message>
    <message>
        <source>&amp;Look through the keys</source>
        <translation>Schlüssel durch&amp;sehen</translation>
    </message>
    <message>
        <source>The first %1 keys</source>
        <translation>Die ersten %1 Schlüssel</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>New names</source>
        <translation>Neue Namen</translation>
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
    <name>keyglass::ui::QueryBar</name>
    <message>
        <source>How the query is answered</source>
        <translation>Wie die Abfrage beantwortet wird</translation>
    </message>
    <message>
        <source>&amp;Run query</source>
        <translation>Abfrage ausfüh&amp;ren</translation>
    </message>
    <message>
        <source>Sto&amp;p query</source>
        <translation>Abfrage anhal&amp;ten</translation>
    </message>
    <message>
        <source>All r&amp;ows</source>
        <translation>Alle &amp;Zeilen</translation>
    </message>
    <message>
        <source>Add con&amp;dition</source>
        <translation>Bedingung h&amp;inzufügen</translation>
    </message>
    <message>
        <source>TABLE.&amp;SELECT…</source>
        <translation>TABLE.&amp;SELECT…</translation>
    </message>
    <message>
        <source>Have the module answer the query, while everybody else waits</source>
        <translation>Das Modul die Abfrage beantworten lassen, während alle anderen warten</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RangeButton</name>
    <message>
        <source>%1 is no score</source>
        <translation>%1 ist kein Score</translation>
    </message>
    <message>
        <source>%1 is no rank</source>
        <translation>%1 ist kein Rang</translation>
    </message>
    <message>
        <source>The first rank is above the last</source>
        <translation>Der erste Rang liegt über dem letzten</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Shows the members of some scores or ranks only</source>
        <translation>Zeigt nur die Mitglieder mancher Scores oder Ränge</translation>
    </message>
    <message>
        <source>Range of members</source>
        <translation>Bereich der Mitglieder</translation>
    </message>
    <message>
        <source>Range by</source>
        <translation>Bereich nach</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Range from</source>
        <translation>Bereich von</translation>
    </message>
    <message>
        <source>the lowest</source>
        <translation>dem niedrigsten</translation>
    </message>
    <message>
        <source>Range to</source>
        <translation>Bereich bis</translation>
    </message>
    <message>
        <source>the highest</source>
        <translation>zum höchsten</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>&amp;Alle zeigen</translation>
    </message>
    <message>
        <source>&amp;Show range</source>
        <translation>Bereich &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Bis</translation>
    </message>
    <message>
        <source>Scores %1 to %2</source>
        <translation>Scores %1 bis %2</translation>
    </message>
    <message>
        <source>Ranks from %1</source>
        <translation>Ränge ab %1</translation>
    </message>
    <message>
        <source>Ranks %1 to %2</source>
        <translation>Ränge %1 bis %2</translation>
    </message>
    <message>
        <source>Range…</source>
        <translation>Bereich…</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RangeView</name>
    <message>
        <source>Entries of the range</source>
        <translation>Einträge des Bereichs</translation>
    </message>
    <message>
        <source>Newest &amp;first</source>
        <translation>Neueste &amp;zuerst</translation>
    </message>
    <message>
        <source>F&amp;ollow</source>
        <translation>&amp;Mitlaufen</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>An ID (1700000000000-3) or a local time (2024-05-01, 2024-05-01 14:03, 2024-05-01 14:03:09)</source>
        <translation>Eine ID (1700000000000-3) oder eine Ortszeit (2024-05-01, 2024-05-01 14:03, 2024-05-01 14:03:09)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>from: time or ID</source>
        <translation>von: Zeit oder ID</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>to: time or ID</source>
        <translation>bis: Zeit oder ID</translation>
    </message>
    <message>
        <source>Shows new entries as they come, looking twice a second</source>
        <translation>Zeigt neue Einträge, wie sie kommen; sieht zweimal in der Sekunde nach</translation>
    </message>
    <message>
        <source>State of the range</source>
        <translation>Stand des Bereichs</translation>
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
        <source>%1, followed; %2 older ones are not kept</source>
        <translation>%1, mitlaufend; %2 ältere sind nicht aufgehoben</translation>
    </message>
    <message>
        <source>%1, followed</source>
        <translation>%1, mitlaufend</translation>
    </message>
    <message>
        <source>%1 – no more fit in memory</source>
        <translation>%1 – mehr passen nicht in den Speicher</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RefreshButton</name>
    <message>
        <source>Follow changes</source>
        <translation>Änderungen verfolgen</translation>
    </message>
    <message>
        <source>&amp;Tell when it changes</source>
        <translation>&amp;Melden, wenn er sich ändert</translation>
    </message>
    <message>
        <source>&amp;Reload when it changes</source>
        <translation>&amp;Neu lesen, wenn er sich ändert</translation>
    </message>
    <message>
        <source>Reload every second</source>
        <translation>Jede Sekunde neu lesen</translation>
    </message>
    <message>
        <source>Reload every %1 seconds</source>
        <translation>Alle %1 Sekunden neu lesen</translation>
    </message>
    <message>
        <source>&amp;Don&apos;t watch it</source>
        <translation>Nicht &amp;beobachten</translation>
    </message>
    <message>
        <source>&amp;History of what was seen…</source>
        <translation>&amp;Verlauf des Gesehenen…</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>nicht beobachtet</translation>
    </message>
    <message>
        <source>watched</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>live</source>
        <translation>mitlaufend</translation>
    </message>
    <message>
        <source>every %1 s</source>
        <translation>alle %1 s</translation>
    </message>
    <message>
        <source>What happens here when the value changes on the server</source>
        <translation>Was hier geschieht, wenn sich der Wert auf dem Server ändert</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RenameDialog</name>
    <message>
        <source>Rename key</source>
        <translation>Schlüssel umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>&amp;Neuer Name</translation>
    </message>
    <message>
        <source>&amp;Overwrite the key that has this name; the undo archive keeps what it is</source>
        <translation>Den Schlüssel dieses Namens ü&amp;berschreiben; das Undo-Archiv hebt auf, was er ist</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RenameFields</name>
    <message>
        <source>The beginning</source>
        <translation>Der Anfang</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>What is replaced</source>
        <translation>Was ersetzt wird</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>is skipped</source>
        <translation>wird übersprungen</translation>
    </message>
    <message>
        <source>overwrites the other</source>
        <translation>überschreibt den anderen</translation>
    </message>
    <message>
        <source>gets a number behind its name</source>
        <translation>bekommt eine Nummer hinter den Namen</translation>
    </message>
    <message>
        <source>Where the new name is taken</source>
        <translation>Wo der neue Name vergeben ist</translation>
    </message>
    <message>
        <source>&amp;Replace:</source>
        <translation>&amp;Ersetzen:</translation>
    </message>
    <message>
        <source>&amp;Old:</source>
        <translation>&amp;Alt:</translation>
    </message>
    <message>
        <source>&amp;New:</source>
        <translation>&amp;Neu:</translation>
    </message>
    <message>
        <source>Where that is &amp;taken, the key</source>
        <translation>Wo das &amp;vergeben ist, der Schlüssel</translation>
    </message>
    <message>
        <source>The new name is the old one</source>
        <translation>Der neue Name ist der alte</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ReplyModel</name>
    <message>
        <source>reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultCommands</name>
    <message>
        <source>Saving the set “%1”</source>
        <translation>Menge „%1“ wird gesichert</translation>
    </message>
    <message>
        <source>Saved the set “%1” of %2.</source>
        <translation>Menge „%1“ gesichert: %2.</translation>
    </message>
    <message>
        <source>Opening the set “%1”</source>
        <translation>Menge „%1“ wird geöffnet</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>Keys were written to %1.</source>
        <translation>Schlüssel wurden nach %1 geschrieben.</translation>
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
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ResultNotice</name>
    <message>
        <source>Result set</source>
        <translation>Ergebnismenge</translation>
    </message>
    <message>
        <source>It was taken over the connection %1.</source>
        <translation>Sie wurde über die Verbindung %1 aufgenommen.</translation>
    </message>
    <message>
        <source>Keys may be missing: %1.</source>
        <translation>Schlüssel können fehlen: %1.</translation>
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
        <translation>Schlüssel können fehlen: %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
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
        <translation>Mengen &amp;aller Verbindungen</translation>
    </message>
    <message>
        <source>Result sets of %1</source>
        <translation>Ergebnismengen von %1</translation>
    </message>
    <message>
        <source>Result sets</source>
        <translation>Ergebnismengen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>Save keys as…</source>
        <translation>Schlüssel sichern unter…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>No set of keys was saved here yet. Tools, Save result as… saves what the key list shows.</source>
        <translation>Hier wurde noch keine Schlüsselmenge gesichert. „Ergebnis sichern unter…“ im Menü „Werkzeuge“ sichert, was die Schlüsselliste zeigt.</translation>
    </message>
    <message>
        <source>One set of another connection is not listed.</source>
        <translation>Eine Menge einer anderen Verbindung ist nicht aufgeführt.</translation>
    </message>
    <message>
        <source>%1 sets of other connections are not listed.</source>
        <translation>%1 Mengen anderer Verbindungen sind nicht aufgeführt.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>New name of the set</source>
        <translation>Neuer Name der Menge</translation>
    </message>
    <message>
        <source>“%1” with its %2 is deleted from this computer. The keys on the server stay.</source>
        <translation>„%1“ (%2) wird von diesem Rechner gelöscht. Die Schlüssel auf dem Server bleiben.</translation>
    </message>
    <message>
        <source>The file %1 is deleted.</source>
        <translation>Die Datei %1 wird gelöscht.</translation>
    </message>
    <message>
        <source>Delete the set</source>
        <translation>Menge löschen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
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
    <message>
        <source>table %1</source>
        <translation>Tabelle %1</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowConflict</name>
    <message>
        <source>no cell</source>
        <translation>keine Zelle</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Conflicting cells</source>
        <translation>Zellen im Konflikt</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>You saw</source>
        <translation>Sie sahen</translation>
    </message>
    <message>
        <source>There now</source>
        <translation>Jetzt da</translation>
    </message>
    <message>
        <source>You write</source>
        <translation>Sie schreiben</translation>
    </message>
    <message>
        <source>&amp;Overwrite</source>
        <translation>&amp;Überschreiben</translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>&amp;Keep editing</source>
        <translation>Weiter &amp;bearbeiten</translation>
    </message>
    <message>
        <source>Writes the cells of the last column; the others stay as they are there</source>
        <translation>Schreibt die Zellen der letzten Spalte; die anderen bleiben, wie sie dort sind</translation>
    </message>
    <message>
        <source>Gives up what you typed and shows the row as it is now</source>
        <translation>Verwirft, was Sie eingegeben haben, und zeigt die Zeile, wie sie jetzt ist</translation>
    </message>
    <message>
        <source>Goes on with what you typed; cells that you did not touch follow the row as it is now</source>
        <translation>Weiter mit dem, was Sie eingegeben haben; unberührte Zellen folgen der Zeile, wie sie jetzt ist</translation>
    </message>
    <message>
        <source>Somebody has changed row %1 since you saw it. Nothing was written.</source>
        <translation>Jemand hat Zeile %1 geändert, seit Sie sie sahen. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>left as it is there</source>
        <translation>bleibt, wie es dort ist</translation>
    </message>
    <message>
        <source>changed since you saw it</source>
        <translation>geändert, seit Sie es sahen</translation>
    </message>
    <message>
        <source>replaces what somebody else has written</source>
        <translation>ersetzt, was jemand anderes geschrieben hat</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowDialog</name>
    <message>
        <source>&amp;Insert row</source>
        <translation>Zeile &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Change row</source>
        <translation>Zeile än&amp;dern</translation>
    </message>
    <message>
        <source>&amp;Change %1</source>
        <translation>%1 än&amp;dern</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowEditDialog</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Show co&amp;mmands</source>
        <translation>&amp;Befehle zeigen</translation>
    </message>
    <message>
        <source>This is a production connection. Type its name, %1, to confirm.</source>
        <translation>Dies ist eine Produktionsverbindung. Zum Bestätigen ihren Namen eingeben: %1.</translation>
    </message>
    <message>
        <source>%1 done.</source>
        <translation>%1 erledigt.</translation>
    </message>
    <message>
        <source>Row %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>And %1 more.</source>
        <translation>Und noch %1.</translation>
    </message>
    <message>
        <source>… and the same for %1 more</source>
        <translation>… und dasselbe für noch %1</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Stopped; not begun: %1.</source>
        <translation>Angehalten; nicht begonnen: %1.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowModel</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>The row has no such cell</source>
        <translation>Die Zeile hat keine solche Zelle</translation>
    </message>
    <message>
        <source>An empty cell</source>
        <translation>Eine leere Zelle</translation>
    </message>
    <message>
        <source>no cell</source>
        <translation>keine Zelle</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>The number of the row; not a column of the table</source>
        <translation>Die Nummer der Zeile; keine Spalte der Tabelle</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Mangel</translation>
    </message>
    <message>
        <source>What is wrong with the row</source>
        <translation>Was an der Zeile falsch ist</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::RowsCopying</name>
    <message>
        <source>The clipboard</source>
        <translation>Die Zwischenablage</translation>
    </message>
    <message>
        <source>It would get more than %1 of text</source>
        <translation>Sie bekäme mehr als %1 Text</translation>
    </message>
    <message>
        <source>Copying rows</source>
        <translation>Kopieren von Zeilen</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 on the clipboard: %2 of text.</source>
        <translation>%1 in der Zwischenablage: %2 Text.</translation>
    </message>
    <message>
        <source>%1 are saved to %2: %3.</source>
        <translation>%1 sind in %2 gespeichert: %3.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copying %1: %2 %</source>
        <translation>%1 werden kopiert: %2 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copying was cancelled; the clipboard is as it was.</source>
        <translation>Das Kopieren wurde abgebrochen; die Zwischenablage ist, wie sie war.</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>In eine Datei speichern …</translation>
    </message>
    <message>
        <source>Save the rows</source>
        <translation>Zeilen speichern</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SaveReportButton</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>Bericht &amp;speichern…</translation>
    </message>
    <message>
        <source>What became of each key, as CSV or JSON</source>
        <translation>Was aus jedem Schlüssel wurde, als CSV oder JSON</translation>
    </message>
    <message>
        <source>What became of each key of this job is not kept, or not any more.</source>
        <translation>Was aus jedem Schlüssel dieses Auftrags wurde, ist nicht oder nicht mehr aufgehoben.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>CSV (*.csv);;JSON (*.json)</source>
        <translation>CSV (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>Der Bericht ist in %1.</translation>
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
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Holds %1.</source>
        <translation>Inhalt: %1.</translation>
    </message>
    <message>
        <source>Holds %1. Keys may be missing: %2.</source>
        <translation>Inhalt: %1. Schlüssel können fehlen: %2.</translation>
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
        <translation>Scan</translation>
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
        <translation>Scan %1</translation>
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
    <name>keyglass::ui::SchemaCommands</name>
    <message>
        <source>The schema of %1 was changed.</source>
        <translation>Das Schema von %1 wurde geändert.</translation>
    </message>
    <message>
        <source>Run a schema plan</source>
        <translation>Schemaplan ausführen</translation>
    </message>
    <message>
        <source>Schema plans (*.json)</source>
        <translation>Schemapläne (*.json)</translation>
    </message>
    <message>
        <source>Undo a change of a table</source>
        <translation>Änderung einer Tabelle zurückholen</translation>
    </message>
    <message>
        <source>Undo archives (*.kga)</source>
        <translation>Undo-Archive (*.kga)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SchemaDialog</name>
    <message>
        <source>What to type</source>
        <translation>Was einzugeben ist</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Save plan…</source>
        <translation>Plan &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>Change a table</source>
        <translation>Tabelle ändern</translation>
    </message>
    <message>
        <source>Undo a change of a table</source>
        <translation>Änderung einer Tabelle zurückholen</translation>
    </message>
    <message>
        <source>To have it done, type %1.</source>
        <translation>Zum Ausführen %1 eingeben.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Save plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Schema plans (*.json)</source>
        <translation>Schemapläne (*.json)</translation>
    </message>
    <message>
        <source>The plan is in %1.</source>
        <translation>Der Plan ist in %1.</translation>
    </message>
    <message>
        <source>Looking at the archive and the table…</source>
        <translation>Archiv und Tabelle werden angesehen…</translation>
    </message>
    <message>
        <source>Why a passphrase</source>
        <translation>Warum eine Passphrase</translation>
    </message>
    <message>
        <source>The archive is sealed. Its &amp;passphrase:</source>
        <translation>Das Archiv ist versiegelt. Seine &amp;Passphrase:</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>&amp;Open the archive</source>
        <translation>Archiv ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Looking at the table and the keys of its node…</source>
        <translation>Die Tabelle und die Schlüssel ihres Knotens werden angesehen …</translation>
    </message>
    <message>
        <source>&amp;Drop what is left…</source>
        <translation>&amp;Reste löschen…</translation>
    </message>
    <message>
        <source>Removes the keys of the former table, and keeps them in an undo archive</source>
        <translation>Entfernt die Schlüssel der früheren Tabelle und bewahrt sie in einem Undo-Archiv auf</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SchemaFields</name>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>namespace.table</source>
        <translation>namensraum.tabelle</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>C&amp;hange</source>
        <translation>Änderun&amp;g</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>Colu&amp;mn</source>
        <translation>S&amp;palte</translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation>T&amp;yp</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>&amp;Namensraum</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namensraum</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>namespace</source>
        <translation>namensraum</translation>
    </message>
    <message>
        <source>Name the namespace.</source>
        <translation>Nennen Sie den Namensraum.</translation>
    </message>
    <message>
        <source>Name the table.</source>
        <translation>Nennen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>Name the column.</source>
        <translation>Nennen Sie die Spalte.</translation>
    </message>
    <message>
        <source>Name a column: a table has at least one.</source>
        <translation>Nennen Sie eine Spalte: Eine Tabelle hat mindestens eine.</translation>
    </message>
    <message>
        <source>Take o&amp;ver the rows of the former table</source>
        <translation>Die Zeilen der früheren Tabelle &amp;übernehmen</translation>
    </message>
    <message>
        <source>Where all their cells fit the columns. Indexes are added when the table is there.</source>
        <translation>Wo alle ihre Zellen zu den Spalten passen. Indizes werden hinzugefügt, wenn die Tabelle da ist.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SchemaOptions</name>
    <message>
        <source>Begin &amp;at</source>
        <translation>Beginnen a&amp;m</translation>
    </message>
    <message>
        <source>Wait for a &amp;quiet moment: below</source>
        <translation>Auf einen &amp;ruhigen Moment warten: unter</translation>
    </message>
    <message>
        <source> commands/s</source>
        <translation> Befehle/s</translation>
    </message>
    <message>
        <source>Quiet below</source>
        <translation>Ruhig unter</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Quiet for</source>
        <translation>Ruhig für</translation>
    </message>
    <message>
        <source>&amp;Keep an undo archive: what is dropped is on this computer&apos;s disk before it goes</source>
        <translation>&amp;Undo-Archiv anlegen: Was gelöscht wird, ist vorher auf der Platte dieses Rechners</translation>
    </message>
    <message>
        <source>Begin at</source>
        <translation>Beginnen am</translation>
    </message>
    <message>
        <source>BGSAVE before</source>
        <translation>BGSAVE vorher</translation>
    </message>
    <message>
        <source>BGREWRITEAOF before</source>
        <translation>BGREWRITEAOF vorher</translation>
    </message>
    <message>
        <source>BGSAVE after</source>
        <translation>BGSAVE nachher</translation>
    </message>
    <message>
        <source>BGREWRITEAOF after</source>
        <translation>BGREWRITEAOF nachher</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>Save before:</source>
        <translation>Vorher sichern:</translation>
    </message>
    <message>
        <source>and after:</source>
        <translation>und nachher:</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SearchField</name>
    <message>
        <source>Filter fields: text or glob</source>
        <translation>Felder filtern: Text oder Glob</translation>
    </message>
    <message>
        <source>Find elements: text or glob, then Return</source>
        <translation>Elemente suchen: Text oder Glob, dann Eingabe</translation>
    </message>
    <message>
        <source>Find entries: text or glob, then Return</source>
        <translation>Einträge suchen: Text oder Glob, dann Eingabe</translation>
    </message>
    <message>
        <source>Filter members: text or glob</source>
        <translation>Mitglieder filtern: Text oder Glob</translation>
    </message>
    <message>
        <source>Filter fields</source>
        <translation>Felder filtern</translation>
    </message>
    <message>
        <source>Text is found anywhere, as it is typed. With * or ? it is a glob, for all of a name: * any bytes, ? one byte, [abc] one of these, \* a star itself.</source>
        <translation>Text wird überall gefunden, so wie er getippt ist. Mit * oder ? ist es ein Glob für den ganzen Namen: * beliebige Bytes, ? ein Byte, [abc] eines davon, \* ein Stern selbst.</translation>
    </message>
    <message>
        <source>Kind of search</source>
        <translation>Art der Suche</translation>
    </message>
    <message>
        <source>What the search is taken for</source>
        <translation>Wofür die Suche gehalten wird</translation>
    </message>
    <message>
        <source>Automatic: glob with * or ?, else text</source>
        <translation>Automatisch: Glob mit * oder ?, sonst Text</translation>
    </message>
    <message>
        <source>Text: found anywhere, as it is typed</source>
        <translation>Text: überall gefunden, wie getippt</translation>
    </message>
    <message>
        <source>Glob: *, ?, [abc]</source>
        <translation>Glob: *, ?, [abc]</translation>
    </message>
    <message>
        <source>glob</source>
        <translation>Glob</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::SeenDifferenceModel</name>
    <message>
        <source>not there</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ServerPage</name>
    <message>
        <source>URI</source>
        <translation>URI</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation>Verbinden mit</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Keep password</source>
        <translation>Passwort behalten</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>&amp;Read-only: nothing on the server is changed</source>
        <translation>Nu&amp;r lesen: Auf dem Server wird nichts geändert</translation>
    </message>
    <message>
        <source>paste redis://…, fills in the rest</source>
        <translation>redis://… einfügen, füllt den Rest aus</translation>
    </message>
    <message>
        <source>give it a name to keep it</source>
        <translation>zum Behalten einen Namen geben</translation>
    </message>
    <message>
        <source>Single server</source>
        <translation>Einzelner Server</translation>
    </message>
    <message>
        <source>Single server by unix socket</source>
        <translation>Einzelner Server über Unix-Socket</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Sentinel</source>
        <translation>Sentinel</translation>
    </message>
    <message>
        <source>name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>UR&amp;I</source>
        <translation>&amp;URI</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Connect &amp;to</source>
        <translation>Verbinden &amp;mit</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>S&amp;ocket</source>
        <translation>S&amp;ocket</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>B&amp;enutzer</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Staging and production are marked by a line of colour; production asks more</source>
        <translation>Vorstufe und Produktion sind durch eine farbige Linie gekennzeichnet; Produktion fragt öfter nach</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>&amp;Datenbank</translation>
    </message>
    <message>
        <source>En&amp;vironment</source>
        <translation>Um&amp;gebung</translation>
    </message>
    <message>
        <source>The path of the socket is missing.</source>
        <translation>Der Pfad des Sockets fehlt.</translation>
    </message>
    <message>
        <source>A node&apos;s &amp;host</source>
        <translation>&amp;Host eines Knotens</translation>
    </message>
    <message>
        <source>A Sentinel&apos;s &amp;host</source>
        <translation>&amp;Host eines Sentinels</translation>
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
        <translation>Start</translation>
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
        <translation>%1
%2
%3</translation>
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
        <translation>Server</translation>
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
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>What parts folders in a key&apos;s name: one or several characters, or nothing for a flat list</source>
        <translation>Was Ordner im Namen eines Schlüssels trennt: ein oder mehrere Zeichen, oder nichts für eine flache Liste</translation>
    </message>
    <message>
        <source>An unsaved edit was kept as a draft.</source>
        <translation>Eine nicht gespeicherte Bearbeitung wurde als Entwurf behalten.</translation>
    </message>
    <message>
        <source>%1 unsaved edits were kept as drafts.</source>
        <translation>%1 nicht gespeicherte Bearbeitungen wurden als Entwürfe behalten.</translation>
    </message>
    <message>
        <source>All keys that begin with %1, also those that come meanwhile</source>
        <translation>Alle Schlüssel, die mit %1 beginnen, auch inzwischen hinzukommende</translation>
    </message>
    <message>
        <source>The %1 that were found below %2</source>
        <translation>Die unter %2 gefundenen: %1</translation>
    </message>
    <message>
        <source>The %1 below %2 that are in the list now</source>
        <translation>Unter %2 jetzt in der Liste: %1</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>Ausgewählt: %1</translation>
    </message>
    <message>
        <source>Found by “%1”: %2</source>
        <translation>Gefunden mit „%1“: %2</translation>
    </message>
    <message>
        <source>All of the list: %1</source>
        <translation>Alle der Liste: %1</translation>
    </message>
    <message>
        <source>Selected in the key table: %1</source>
        <translation>In der Schlüsseltabelle gewählt: %1</translation>
    </message>
    <message>
        <source>All keys of %1, also those that come meanwhile</source>
        <translation>Alle Schlüssel aus %1, auch solche, die inzwischen kommen</translation>
    </message>
    <message>
        <source>The list shows only some of the keys, so there can be more.</source>
        <translation>Die Liste zeigt nur einen Teil der Schlüssel, es können also mehr sein.</translation>
    </message>
    <message>
        <source>The scan has not come to its end, so there can be more.</source>
        <translation>Der Scan ist nicht bis zum Ende gelaufen, es können also mehr sein.</translation>
    </message>
    <message>
        <source>All keys of %1 of type %2, also those that come meanwhile</source>
        <translation>Alle Schlüssel von %1 vom Typ %2, auch inzwischen hinzukommende</translation>
    </message>
    <message>
        <source>All keys of type %2 that begin with %1, also those that come meanwhile</source>
        <translation>Alle Schlüssel vom Typ %2, die mit %1 beginnen, auch inzwischen hinzukommende</translation>
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
        <translation>Cluster</translation>
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
        <translation>db %1</translation>
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
    <name>keyglass::ui::SetFieldFields</name>
    <message>
        <source>&amp;Field:</source>
        <translation>&amp;Feld:</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>&amp;Value:</source>
        <translation>&amp;Wert:</translation>
    </message>
    <message>
        <source>Field&apos;s value</source>
        <translation>Wert des Felds</translation>
    </message>
    <message>
        <source>Escapes as in names of keys: \n, \xHH, \\</source>
        <translation>Maskierung wie in Namen von Schlüsseln: \n, \xHH, \\</translation>
    </message>
    <message>
        <source>Name the field</source>
        <translation>Nennen Sie das Feld</translation>
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
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Ask before</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>none: a flat list</source>
        <translation>keines: eine flache Liste</translation>
    </message>
    <message>
        <source>What parts folders in a key&apos;s name: one or several characters</source>
        <translation>Was Ordner im Namen eines Schlüssels trennt: ein oder mehrere Zeichen</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>&amp;Trennzeichen</translation>
    </message>
    <message>
        <source>Scan pace</source>
        <translation>Scan-Tempo</translation>
    </message>
    <message>
        <source>Gentle: the server hardly notices</source>
        <translation>Schonend: der Server merkt es kaum</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Full: as fast as the server answers</source>
        <translation>Voll: so schnell, wie der Server antwortet</translation>
    </message>
    <message>
        <source>Scan &amp;pace</source>
        <translation>Scan-Tem&amp;po</translation>
    </message>
    <message>
        <source>Memory for keys</source>
        <translation>Speicher für Schlüssel</translation>
    </message>
    <message>
        <source> % of this computer&apos;s</source>
        <translation> % vom Speicher dieses Rechners</translation>
    </message>
    <message>
        <source>A scan pauses, and says so, when the loaded keys take more</source>
        <translation>Ein Scan pausiert mit einem Hinweis, wenn die geladenen Schlüssel mehr belegen</translation>
    </message>
    <message>
        <source>M&amp;emory for keys</source>
        <translation>&amp;Speicher für Schlüssel</translation>
    </message>
    <message>
        <source>Show the &amp;memory column</source>
        <translation>Spei&amp;cherspalte zeigen</translation>
    </message>
    <message>
        <source>&amp;Natural order: user:2 before user:10</source>
        <translation>&amp;Natürliche Reihenfolge: user:2 vor user:10</translation>
    </message>
    <message>
        <source>Show a &amp;folder of one key as that key</source>
        <translation>&amp;Ordner mit nur einem Schlüssel als diesen Schlüssel zeigen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>as the system has it</source>
        <translation>wie im System</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>Font si&amp;ze</source>
        <translation>Schrift&amp;größe</translation>
    </message>
    <message>
        <source>&amp;Closing while work is running</source>
        <translation>&amp;Vor dem Schließen, während Arbeit läuft</translation>
    </message>
    <message>
        <source>&amp;Loading the whole of a large value</source>
        <translation>Vor dem &amp;Laden eines großen Werts im Ganzen</translation>
    </message>
    <message>
        <source>Decoders</source>
        <translation>Dekodierer</translation>
    </message>
    <message>
        <source>Allow programs of yours to &amp;decode values</source>
        <translation>Eigene Programme Werte &amp;dekodieren lassen</translation>
    </message>
    <message>
        <source>Pro&amp;grams…</source>
        <translation>Pro&amp;gramme…</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Undo archives</source>
        <translation>Undo-Archive</translation>
    </message>
    <message>
        <source>Days that undo archives are kept</source>
        <translation>Tage, die Undo-Archive aufgehoben werden</translation>
    </message>
    <message>
        <source>however old they are</source>
        <translation>wie alt sie auch sind</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Older ones are deleted when Keyglass starts. The newest always stays</source>
        <translation>Ältere werden beim Start von Keyglass gelöscht. Das neueste bleibt immer</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>Auf&amp;heben</translation>
    </message>
    <message>
        <source>Disk for undo archives</source>
        <translation>Platz für Undo-Archive</translation>
    </message>
    <message>
        <source>however much they take</source>
        <translation>wie viel sie auch belegen</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Of more than this the oldest are deleted. The newest always stays</source>
        <translation>Von mehr als dem werden die ältesten gelöscht. Das neueste bleibt immer</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>&amp;Höchstens</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::Sparkline</name>
    <message>
        <source>Scan speed</source>
        <translation>Scan-Geschwindigkeit</translation>
    </message>
    <message>
        <source>%1 keys now, %2 at most</source>
        <translation>Schlüssel: jetzt %1, höchstens %2</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Es läuft nichts.</translation>
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
    <name>keyglass::ui::StreamPlace</name>
    <message>
        <source>&quot;%1&quot; is neither an ID (1700000000000-3) nor a time (2024-05-01 14:03:09).</source>
        <translation>„%1“ ist weder eine ID (1700000000000-3) noch eine Zeit (2024-05-01 14:03:09).</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::StreamViews</name>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>Nach Zeit</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::StringSaving</name>
    <message>
        <source>Saving to a file</source>
        <translation>Speichern in eine Datei</translation>
    </message>
    <message>
        <source>%1 is still being saved: wait for it, or cancel it first.</source>
        <translation>%1 wird noch gespeichert: abwarten oder zuerst abbrechen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saving %1 to %2: %3 %</source>
        <translation>%1 wird in %2 gespeichert: %3 %</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2 are saved to %3.</source>
        <translation>%1 von %2 sind in %3 gespeichert.</translation>
    </message>
    <message>
        <source>%1 was not saved: it was cancelled, and nothing was written.</source>
        <translation>%1 wurde nicht gespeichert: abgebrochen, nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>%1 was not saved. %2</source>
        <translation>%1 wurde nicht gespeichert. %2</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TableCheckDialog</name>
    <message>
        <source>Delete rows&apos; keys that are not &amp;listed</source>
        <translation>Nicht a&amp;ufgeführte Schlüssel von Zeilen löschen</translation>
    </message>
    <message>
        <source>Check a table</source>
        <translation>Tabelle prüfen</translation>
    </message>
    <message>
        <source>Check table %1</source>
        <translation>Tabelle %1 prüfen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>namespace.table</source>
        <translation>namensraum.tabelle</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Repair</source>
        <translation>&amp;Reparieren</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Check again</source>
        <translation>Noch einmal &amp;prüfen</translation>
    </message>
    <message>
        <source>Index entries and the counter of ids follow the rows. What is deleted goes into an undo archive first.</source>
        <translation>Indexeinträge und der Zähler der IDs folgen den Zeilen. Was gelöscht wird, kommt zuerst in ein Undo-Archiv.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stopped before all was looked at.</source>
        <translation>Angehalten, bevor alles angesehen war.</translation>
    </message>
    <message>
        <source>Stopped; what was repaired stands.</source>
        <translation>Angehalten; was repariert ist, bleibt.</translation>
    </message>
    <message>
        <source>Repaired: %1</source>
        <translation>Repariert: %1</translation>
    </message>
    <message>
        <source>Left as it is: %1</source>
        <translation>Belassen: %1</translation>
    </message>
    <message>
        <source>What was deleted is in the undo archive %1</source>
        <translation>Was gelöscht wurde, ist im Undo-Archiv %1</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>Delete index &amp;entries of no index, and what is no set in the place of one or of their list</source>
        <translation>Index&amp;einträge ohne Index löschen, und was an deren Stelle oder der ihrer Liste keine Menge ist</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TableImportDialog</name>
    <message>
        <source>&amp;Leave out lines that don&apos;t fit, instead of stopping at the first</source>
        <translation>&amp;Zeilen auslassen, die nicht passen, statt bei der ersten anzuhalten</translation>
    </message>
    <message>
        <source>Import into %1</source>
        <translation>In %1 importieren</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Name of the connection</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>production: type %1 to confirm</source>
        <translation>Produktion: zum Bestätigen %1 eingeben</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>&amp;Dry run</source>
        <translation>&amp;Probelauf</translation>
    </message>
    <message>
        <source>Column for %1</source>
        <translation>Spalte für %1</translation>
    </message>
    <message>
        <source>(nowhere)</source>
        <translation>(nirgendwohin)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(kein Name)</translation>
    </message>
    <message>
        <source>Two fields go to column %1.</source>
        <translation>Zwei Felder gehen in Spalte %1.</translation>
    </message>
    <message>
        <source>No field goes to a column.</source>
        <translation>Kein Feld geht in eine Spalte.</translation>
    </message>
    <message>
        <source>Dry run: %1 of %2 records would be inserted.</source>
        <translation>Probelauf: %1 von %2 Datensätzen würden eingefügt.</translation>
    </message>
    <message>
        <source>%1 of %2 records were inserted.</source>
        <translation>%1 von %2 Datensätzen wurden eingefügt.</translation>
    </message>
    <message>
        <source>Rows %1 to %2.</source>
        <translation>Zeilen %1 bis %2.</translation>
    </message>
    <message>
        <source>It ended early: %1</source>
        <translation>Vorzeitig beendet: %1</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>And %1 more lines that don&apos;t fit.</source>
        <translation>Und %1 weitere Zeilen, die nicht passen.</translation>
    </message>
    <message>
        <source>%1 more were written in part: check the table.</source>
        <translation>%1 weitere wurden nur zum Teil geschrieben: Prüfen Sie die Tabelle.</translation>
    </message>
    <message>
        <source>Of %1 more it is not known whether they are there: look at rows %2 to %3.</source>
        <translation>Von %1 weiteren ist nicht bekannt, ob sie da sind: Sehen Sie sich die Zeilen %2 bis %3 an.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TableListModel</name>
    <message>
        <source>made by RedisTABLE 1.0: only to be looked at</source>
        <translation>von RedisTABLE 1.0 angelegt: nur anzusehen</translation>
    </message>
    <message>
        <source>its namespace has no marker</source>
        <translation>ihr Namensraum hat keine Markierung</translation>
    </message>
    <message>
        <source>an index of no column</source>
        <translation>ein Index ohne Spalte</translation>
    </message>
    <message>
        <source>Estimated from some of its rows</source>
        <translation>Geschätzt nach einigen ihrer Zeilen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namensraum</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indizes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Anmerkungen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TableListView</name>
    <message>
        <source>About the tables</source>
        <translation>Über die Tabellen</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>State of the tables</source>
        <translation>Stand der Tabellen</translation>
    </message>
    <message>
        <source>&amp;Open table</source>
        <translation>&amp;Tabelle öffnen</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>Neu &amp;lesen</translation>
    </message>
    <message>
        <source>Looking for tables…</source>
        <translation>Tabellen werden gesucht…</translation>
    </message>
    <message>
        <source>No tables here</source>
        <translation>Keine Tabellen hier</translation>
    </message>
    <message>
        <source>1 table</source>
        <translation>1 Tabelle</translation>
    </message>
    <message>
        <source>%1 tables</source>
        <translation>%1 Tabellen</translation>
    </message>
    <message>
        <source>1 namespace</source>
        <translation>1 Namensraum</translation>
    </message>
    <message>
        <source>%1 namespaces</source>
        <translation>%1 Namensräume</translation>
    </message>
    <message>
        <source>The tables can&apos;t be listed. %1</source>
        <translation>Die Tabellen lassen sich nicht aufführen. %1</translation>
    </message>
    <message>
        <source>Tables may be missing. %1</source>
        <translation>Vielleicht fehlen Tabellen. %1</translation>
    </message>
    <message>
        <source>Namespace %1 is called like a table, and keeps one of that name from being made.</source>
        <translation>Der Namensraum %1 heißt wie eine Tabelle und verhindert, dass eine dieses Namens angelegt wird.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>scan limit %1 rows</source>
        <translation>Scan-Grenze %1 Zeilen</translation>
    </message>
    <message>
        <source>The RedisTABLE module is not loaded on %1.</source>
        <translation>Das Modul RedisTABLE ist nicht geladen auf %1.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TableView</name>
    <message>
        <source>The table can&apos;t be read.</source>
        <translation>Die Tabelle lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>This table was made by RedisTABLE 1.0: it is only looked at.</source>
        <translation>Diese Tabelle ist von RedisTABLE 1.0 angelegt: Sie wird nur angesehen.</translation>
    </message>
    <message>
        <source>This user lacks %1.</source>
        <translation>Diesem Benutzer fehlt %1.</translation>
    </message>
    <message>
        <source>The next rows were not read.</source>
        <translation>Die nächsten Zeilen wurden nicht gelesen.</translation>
    </message>
    <message>
        <source>The query was not finished.</source>
        <translation>Die Abfrage wurde nicht beendet.</translation>
    </message>
    <message>
        <source>Nobody else is served meanwhile, and it can&apos;t be stopped.</source>
        <translation>Solange wird niemand sonst bedient, und es lässt sich nicht abbrechen.</translation>
    </message>
    <message>
        <source>Run TABLE.SELECT</source>
        <translation>TABLE.SELECT ausführen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The module answers TABLE.SELECT</source>
        <translation>Das Modul beantwortet TABLE.SELECT</translation>
    </message>
    <message>
        <source>TABLE.SELECT was not answered.</source>
        <translation>TABLE.SELECT wurde nicht beantwortet.</translation>
    </message>
    <message>
        <source>Reading the table…</source>
        <translation>Die Tabelle wird gelesen…</translation>
    </message>
    <message>
        <source>%1 by TABLE.SELECT, without their ids</source>
        <translation>%1 durch TABLE.SELECT, ohne ihre IDs</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>there may be more: narrow the query</source>
        <translation>es kann mehr geben: Abfrage eingrenzen</translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>no more are loaded: narrow by a query</source>
        <translation>mehr werden nicht geladen: durch eine Abfrage eingrenzen</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 gewählt</translation>
    </message>
    <message>
        <source>The table is not read yet</source>
        <translation>Die Tabelle ist noch nicht gelesen</translation>
    </message>
    <message>
        <source>The connection is read-only</source>
        <translation>Die Verbindung ist schreibgeschützt</translation>
    </message>
    <message>
        <source>Tables of RedisTABLE 1.0 are only looked at</source>
        <translation>Tabellen von RedisTABLE 1.0 werden nur angesehen</translation>
    </message>
    <message>
        <source>This user may not write the table&apos;s keys</source>
        <translation>Dieser Benutzer darf die Schlüssel der Tabelle nicht schreiben</translation>
    </message>
    <message>
        <source>Rows of TABLE.SELECT have no ids; run the query to edit them</source>
        <translation>Zeilen von TABLE.SELECT haben keine IDs; zum Bearbeiten die Abfrage ausführen</translation>
    </message>
    <message>
        <source>No row is selected</source>
        <translation>Keine Zeile ist gewählt</translation>
    </message>
    <message>
        <source>Row %1 was inserted into %2.</source>
        <translation>Zeile %1 wurde in %2 eingefügt.</translation>
    </message>
    <message>
        <source>Deleted from %1: %2.</source>
        <translation>Aus %1 gelöscht: %2.</translation>
    </message>
    <message>
        <source>Changed in %1: %2.</source>
        <translation>In %1 geändert: %2.</translation>
    </message>
    <message>
        <source>The selected rows make more than 16 MB; export them to a file.</source>
        <translation>Die gewählten Zeilen ergeben mehr als 16 MB; exportieren Sie sie in eine Datei.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Export the rows of %1</source>
        <translation>Zeilen von %1 exportieren</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>Written to %1: %2.</source>
        <translation>In %1 geschrieben: %2.</translation>
    </message>
    <message>
        <source>%1 was not written.</source>
        <translation>%1 wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>Import into %1</source>
        <translation>In %1 importieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Inserted into %1: %2.</source>
        <translation>In %1 eingefügt: %2.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>About the table</source>
        <translation>Über die Tabelle</translation>
    </message>
    <message>
        <source>Work on the table</source>
        <translation>Arbeit an der Tabelle</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>State of the table</source>
        <translation>Stand der Tabelle</translation>
    </message>
    <message>
        <source>Find in loaded rows</source>
        <translation>In geladenen Zeilen suchen</translation>
    </message>
    <message>
        <source>find in loaded rows</source>
        <translation>in geladenen Zeilen suchen</translation>
    </message>
    <message>
        <source>Order of reading</source>
        <translation>Reihenfolge des Lesens</translation>
    </message>
    <message>
        <source>server&apos;s order</source>
        <translation>Reihenfolge des Servers</translation>
    </message>
    <message>
        <source>by id</source>
        <translation>nach ID</translation>
    </message>
    <message>
        <source>In which order rows are read; a click on a head sorts those that are loaded</source>
        <translation>In welcher Reihenfolge Zeilen gelesen werden; ein Klick auf einen Spaltenkopf sortiert die geladenen</translation>
    </message>
    <message>
        <source>Read a&amp;gain</source>
        <translation>Neu l&amp;esen</translation>
    </message>
    <message>
        <source>&amp;Insert row…</source>
        <translation>Zeile einfü&amp;gen…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>Ä&amp;ndern…</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>I&amp;mport CSV…</source>
        <translation>CSV im&amp;portieren…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>Als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Als &amp;JSON kopieren</translation>
    </message>
    <message>
        <source>Copy as CS&amp;V</source>
        <translation>Als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>Copy as S&amp;QL</source>
        <translation>Als S&amp;QL kopieren</translation>
    </message>
    <message>
        <source>Move column le&amp;ft</source>
        <translation>Spalte nach &amp;links</translation>
    </message>
    <message>
        <source>Move column &amp;right</source>
        <translation>Spalte nach &amp;rechts</translation>
    </message>
    <message>
        <source>Whether this user may edit rows can&apos;t be asked here (ACL DRYRUN).</source>
        <translation>Ob dieser Benutzer Zeilen bearbeiten darf, lässt sich hier nicht erfragen (ACL DRYRUN).</translation>
    </message>
    <message>
        <source>This user may not insert rows</source>
        <translation>Dieser Benutzer darf keine Zeilen einfügen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TemplateFields</name>
    <message>
        <source>&amp;Command:</source>
        <translation>&amp;Befehl:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>* is the key. It is put in as one argument, whatever it holds; \* is a star.</source>
        <translation>* ist der Schlüssel. Er wird als ein Argument eingesetzt, was immer er enthält; \* ist ein Stern.</translation>
    </message>
    <message>
        <source>Say which command is to be run for each key</source>
        <translation>Geben Sie an, welcher Befehl für jeden Schlüssel auszuführen ist</translation>
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
    <name>keyglass::ui::TextTable</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
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
        <translation>Verbindung vers&amp;chlüsseln (TLS)</translation>
    </message>
    <message>
        <source>Encry&amp;pt the connection to the Sentinels (TLS)</source>
        <translation>Verbindung zu den Sentinels vers&amp;chlüsseln (TLS)</translation>
    </message>
    <message>
        <source>A unix socket stays on this machine and needs no TLS.</source>
        <translation>Ein Unix-Socket bleibt auf diesem Rechner und braucht kein TLS.</translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation>CA-Zertifikat</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>Client-Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Verify the server&apos;s certificate</source>
        <translation>Zertifikat des Servers &amp;prüfen</translation>
    </message>
    <message>
        <source>Without it, anyone on the way can read and change everything, the password included.</source>
        <translation>Ohne diese Prüfung kann jeder auf dem Weg alles lesen und ändern, auch das Passwort.</translation>
    </message>
    <message>
        <source>the system&apos;s authorities</source>
        <translation>die Zertifizierungsstellen des Systems</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Servername</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>der Host</translation>
    </message>
    <message>
        <source>C&amp;A certificate</source>
        <translation>C&amp;A-Zertifikat</translation>
    </message>
    <message>
        <source>Cl&amp;ient certificate</source>
        <translation>Cli&amp;ent-Zertifikat</translation>
    </message>
    <message>
        <source>Client ke&amp;y</source>
        <translation>Clie&amp;nt-Schlüssel</translation>
    </message>
    <message>
        <source>Server &amp;name</source>
        <translation>Serverna&amp;me</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::TransferFileFields</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Commands for redis-cli</source>
        <translation>Befehle für redis-cli</translation>
    </message>
    <message>
        <source>RESP, for redis-cli --pipe</source>
        <translation>RESP, für redis-cli --pipe</translation>
    </message>
    <message>
        <source>Archive of DUMPs</source>
        <translation>Archiv von DUMPs</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>About the format</source>
        <translation>Über das Format</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>For&amp;mat:</source>
        <translation>For&amp;mat:</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>The file is there already and will be overwritten.</source>
        <translation>Die Datei gibt es schon; sie wird überschrieben.</translation>
    </message>
    <message>
        <source>CSV has no place for consumer groups of streams.</source>
        <translation>CSV hat keinen Platz für Verbrauchergruppen von Streams.</translation>
    </message>
    <message>
        <source>An archive holds every type, for servers that understand this one&apos;s dumps.</source>
        <translation>Ein Archiv fasst jeden Typ, für Server, die die Dumps dieses Servers verstehen.</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>Diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Diesen Ordner gibt es nicht</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::UndoArchivesDialog</name>
    <message>
        <source>Keys whose time is o&amp;ver come back without an end</source>
        <translation>Schlüssel, deren Zeit v&amp;orbei ist, kommen ohne Ende zurück</translation>
    </message>
    <message>
        <source>Undo archives</source>
        <translation>Undo-Archive</translation>
    </message>
    <message>
        <source>Archived keys</source>
        <translation>Archivierte Schlüssel</translation>
    </message>
    <message>
        <source>Find archived key</source>
        <translation>Archivierten Schlüssel finden</translation>
    </message>
    <message>
        <source>a part of its name</source>
        <translation>ein Teil des Namens</translation>
    </message>
    <message>
        <source>&amp;Find key</source>
        <translation>Schlüssel &amp;finden</translation>
    </message>
    <message>
        <source>Keys that are there again</source>
        <translation>Schlüssel, die es wieder gibt</translation>
    </message>
    <message>
        <source>are left as they are, and told</source>
        <translation>bleiben, wie sie sind, und werden gemeldet</translation>
    </message>
    <message>
        <source>are replaced by what was archived</source>
        <translation>werden durch das Archivierte ersetzt</translation>
    </message>
    <message>
        <source>Keys that are &amp;there again</source>
        <translation>Schlüssel, die es &amp;wieder gibt</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eingeben</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>&amp;Delete archive…</source>
        <translation>Archiv &amp;löschen…</translation>
    </message>
    <message>
        <source>&amp;Passphrase…</source>
        <translation>&amp;Passphrase…</translation>
    </message>
    <message>
        <source>Bring &amp;all keys back</source>
        <translation>&amp;Alle Schlüssel zurückholen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>%1 old undo archives were deleted (%2).</source>
        <translation>%1 alte Undo-Archive wurden gelöscht (%2).</translation>
    </message>
    <message>
        <source>There are no undo archives yet. Before keys are deleted or overwritten, they are archived in %1.</source>
        <translation>Es gibt noch keine Undo-Archive. Bevor Schlüssel gelöscht oder überschrieben werden, werden sie in %1 archiviert.</translation>
    </message>
    <message>
        <source>%1 archives in %2, together %3.</source>
        <translation>%1 Archive in %2, zusammen %3.</translation>
    </message>
    <message>
        <source>It is sealed: its passphrase opens it.</source>
        <translation>Es ist versiegelt: Seine Passphrase öffnet es.</translation>
    </message>
    <message>
        <source>Reading the archive…</source>
        <translation>Das Archiv wird gelesen…</translation>
    </message>
    <message>
        <source>%1 keys; the first %2 are listed: look for a part of the name.</source>
        <translation>%1 Schlüssel; die ersten %2 sind aufgeführt: Suchen Sie nach einem Teil des Namens.</translation>
    </message>
    <message>
        <source>1 key.</source>
        <translation>1 Schlüssel.</translation>
    </message>
    <message>
        <source>%1 keys.</source>
        <translation>%1 Schlüssel.</translation>
    </message>
    <message>
        <source>The archive is damaged in %1 places; keys are missing.</source>
        <translation>Das Archiv ist an %1 Stellen beschädigt; es fehlen Schlüssel.</translation>
    </message>
    <message>
        <source>Its end is missing, as its job was cut off; nothing was changed that is not in it.</source>
        <translation>Sein Ende fehlt, da sein Auftrag abgebrochen wurde; es wurde nichts geändert, was nicht darin ist.</translation>
    </message>
    <message>
        <source>&amp;Bring selected keys back</source>
        <translation>&amp;Gewählte Schlüssel zurückholen</translation>
    </message>
    <message>
        <source>&amp;Bring 1 key back</source>
        <translation>1 Schlüssel &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;Bring %1 keys back</source>
        <translation>%1 Schlüssel &amp;zurückholen</translation>
    </message>
    <message>
        <source>No longer &amp;seal new ones</source>
        <translation>&amp;Neue nicht mehr versiegeln</translation>
    </message>
    <message>
        <source>&amp;Seal new archives…</source>
        <translation>&amp;Neue Archive versiegeln…</translation>
    </message>
    <message>
        <source>The archive of %1 with %2 keys is deleted from this computer. They can&apos;t be brought back after that.</source>
        <translation>Das Archiv von %1 mit %2 Schlüsseln wird von diesem Rechner gelöscht. Danach lassen sie sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>The file %1 is deleted. What is archived in it can&apos;t be brought back after that.</source>
        <translation>Die Datei %1 wird gelöscht. Was darin archiviert ist, lässt sich danach nicht zurückholen.</translation>
    </message>
    <message>
        <source>Delete the archive</source>
        <translation>Archiv löschen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>They belong to a change of a table&apos;s schema, which is undone as a whole: single keys would leave its rows and indexes apart.</source>
        <translation>Sie gehören zu einer Änderung am Schema einer Tabelle, die als Ganzes zurückgeholt wird: Einzelne Schlüssel ließen Zeilen und Indizes uneins.</translation>
    </message>
    <message>
        <source>&amp;Undo the schema change…</source>
        <translation>&amp;Schemaänderung zurückholen…</translation>
    </message>
    <message>
        <source>No key of this archive has that in its name.</source>
        <translation>Kein Schlüssel dieses Archivs hat das im Namen.</translation>
    </message>
    <message>
        <source>Reads all archives and tells in which of them there are such keys</source>
        <translation>Liest alle Archive und sagt, in welchen es solche Schlüssel gibt</translation>
    </message>
    <message>
        <source>%1 of %2 archives have keys with that in their names.</source>
        <translation>%1 von %2 Archiven haben Schlüssel, in deren Namen das vorkommt.</translation>
    </message>
    <message>
        <source>Large keys that were just being archived are left out: they had not been deleted.</source>
        <translation>Große Schlüssel, die gerade archiviert wurden, fehlen: sie waren nicht gelöscht.</translation>
    </message>
    <message>
        <source>S&amp;top looking</source>
        <translation>S&amp;uche beenden</translation>
    </message>
    <message>
        <source>In a&amp;ll archives</source>
        <translation>In a&amp;llen Archiven</translation>
    </message>
    <message>
        <source>Not looked into, as they are sealed or can&apos;t be read: %1.</source>
        <translation>Nicht angesehen, weil versiegelt oder nicht lesbar: %1.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::UndoNotice</name>
    <message>
        <source>Undo</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>%1 was overwritten. What it was is kept in the undo archive.</source>
        <translation>%1 wurde überschrieben. Was es war, ist im Undo-Archiv aufgehoben.</translation>
    </message>
    <message>
        <source>%1 was deleted. It is kept in the undo archive.</source>
        <translation>%1 wurde gelöscht. Es ist im Undo-Archiv aufgehoben.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::UnsavedQuestion</name>
    <message>
        <source>Edits are not saved</source>
        <translation>Bearbeitungen sind nicht gespeichert</translation>
    </message>
    <message>
        <source>An edit is not saved. A draft is offered again when its key is opened.</source>
        <translation>Eine Bearbeitung ist nicht gespeichert. Ein Entwurf wird wieder angeboten, wenn ihr Schlüssel geöffnet wird.</translation>
    </message>
    <message>
        <source>%1 edits are not saved. Drafts are offered again when their keys are opened.</source>
        <translation>%1 Bearbeitungen sind nicht gespeichert. Entwürfe werden wieder angeboten, wenn ihre Schlüssel geöffnet werden.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep as drafts</source>
        <translation>Als Entwürfe behalten</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValueCopying</name>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>&amp;Hex</source>
        <translation>&amp;Hex</translation>
    </message>
    <message>
        <source>&amp;Escaped</source>
        <translation>&amp;Maskiert</translation>
    </message>
    <message>
        <source>&amp;Command for redis-cli</source>
        <translation>&amp;Befehl für redis-cli</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>C&amp;SV</source>
        <translation>C&amp;SV</translation>
    </message>
    <message>
        <source>Copy &amp;as</source>
        <translation>Kopieren &amp;als</translation>
    </message>
    <message>
        <source>Select what to copy first.</source>
        <translation>Zuerst wählen, was zu kopieren ist.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValueHeader</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>About the value</source>
        <translation>Über den Wert</translation>
    </message>
    <message>
        <source>Place of the key</source>
        <translation>Ort des Schlüssels</translation>
    </message>
    <message>
        <source>Reload value</source>
        <translation>Wert neu laden</translation>
    </message>
    <message>
        <source>Read the value again</source>
        <translation>Den Wert neu lesen</translation>
    </message>
    <message>
        <source>idle time reset by opening</source>
        <translation>Leerlaufzeit durch das Öffnen zurückgesetzt</translation>
    </message>
    <message>
        <source>This server has no CLIENT NO-TOUCH (7.2), so opening a value counts as a use of its key. Lists, columns and filters do not.</source>
        <translation>Dieser Server hat kein CLIENT NO-TOUCH (7.2); deshalb zählt das Öffnen eines Werts als Zugriff auf seinen Schlüssel. Listen, Spalten und Filter zählen nicht.</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValueLoading</name>
    <message>
        <source>Load the value from a file</source>
        <translation>Wert aus einer Datei laden</translation>
    </message>
    <message>
        <source>Select first what the file is to replace.</source>
        <translation>Zuerst wählen, was die Datei ersetzen soll.</translation>
    </message>
    <message>
        <source>an unknown size</source>
        <translation>unbekannte Größe</translation>
    </message>
    <message>
        <source>Replace %1 of %2 (%3) by the %4 of %5?</source>
        <translation>%1 von %2 (%3) durch %4 aus %5 ersetzen?</translation>
    </message>
    <message>
        <source>It is stored as it is, and its time to live stays. This can&apos;t be undone.</source>
        <translation>Sie wird gespeichert, wie sie ist, und die Lebensdauer bleibt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>It is larger than %1, which is the most that can be loaded into an element.</source>
        <translation>Sie ist größer als %1; mehr kann nicht in ein Element geladen werden.</translation>
    </message>
    <message>
        <source>Loading a file</source>
        <translation>Laden einer Datei</translation>
    </message>
    <message>
        <source>A file is being loaded into %1. Closing its tab ends that, and %1 stays as it is.</source>
        <translation>Eine Datei wird in %1 geladen. Wird der Tab geschlossen, endet das, und %1 bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Close the tab</source>
        <translation>Tab schließen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::ValuePane</name>
    <message>
        <source>All fields</source>
        <translation>Alle Felder</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
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
        <source>index %1</source>
        <translation>Index %1</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
    <message>
        <source>member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>This key is gone</source>
        <translation>Diesen Schlüssel gibt es nicht mehr</translation>
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
        <source>This key is gone since %1: deleted, expired or evicted. What is shown was read at %2.</source>
        <translation>Dieser Schlüssel ist seit %1 weg: gelöscht, abgelaufen oder verdrängt. Das Gezeigte wurde um %2 gelesen.</translation>
    </message>
    <message>
        <source>Views of the value</source>
        <translation>Ansichten des Werts</translation>
    </message>
    <message>
        <source>all found</source>
        <translation>alle gefunden</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>This key is gone since %1 at the latest: deleted, expired or evicted. It was there at %2.</source>
        <translation>Dieser Schlüssel fehlt spätestens seit %1: gelöscht, abgelaufen oder verdrängt. Um %2 war er da.</translation>
    </message>
    <message>
        <source>It was deleted or has expired since it was listed, and is missing since %1 at the latest.</source>
        <translation>Er wurde gelöscht oder ist abgelaufen, seit er aufgelistet wurde, und fehlt spätestens seit %1.</translation>
    </message>
    <message>
        <source>This key has expired at %1. What is shown was read at %2.</source>
        <translation>Dieser Schlüssel ist um %1 abgelaufen. Was gezeigt wird, wurde um %2 gelesen.</translation>
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
        <translation>Score</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation>TTL</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::WholeValue</name>
    <message>
        <source>It is larger than %1, up to which values are taken as a whole.</source>
        <translation>Er ist größer als %1; bis dahin werden Werte als Ganzes genommen.</translation>
    </message>
    <message>
        <source>Some of its elements are too large to be read.</source>
        <translation>Einige seiner Elemente sind zu groß, um gelesen zu werden.</translation>
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
    <message>
        <source>&amp;Bulk</source>
        <translation>&amp;Massenänderung</translation>
    </message>
    <message>
        <source>Cop&amp;y value as</source>
        <translation>Wert kopieren als (&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;disTABLE</source>
        <translation>Re&amp;disTABLE</translation>
    </message>
    <message>
        <source>This connection is read-only</source>
        <translation>Diese Verbindung ist nur zum Lesen</translation>
    </message>
</context>
<context>
    <name>keyglass::ui::WorkNotice</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>std</name>
    <message>
        <source>That is no length</source>
        <translation>Das ist keine Länge</translation>
    </message>
    <message>
        <source>A text does not end where it says</source>
        <translation>Ein Text endet nicht, wo er es angibt</translation>
    </message>
    <message>
        <source>A text in JSON has no control characters and line ends</source>
        <translation>Ein Text in JSON hat keine Steuerzeichen und Zeilenenden</translation>
    </message>
    <message>
        <source>A text in JSON has to be UTF-8</source>
        <translation>Ein Text in JSON muss UTF-8 sein</translation>
    </message>
    <message>
        <source>That is no whole number</source>
        <translation>Das ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>It fits into 32 bits only</source>
        <translation>Es passt nur in 32 Bit</translation>
    </message>
    <message>
        <source>A number is longer than ten bytes</source>
        <translation>Eine Zahl ist länger als zehn Bytes</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 in memory: larger than the %2 that are archived</source>
        <translation>%1 im Speicher: mehr als die %2, die archiviert werden</translation>
    </message>
    <message>
        <source>The times of all its fields are over</source>
        <translation>Die Zeiten aller seiner Felder sind um</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
</TS>
