<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>About Coracle</source>
        <translation>Über Coracle</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Do or open anything</source>
        <translation>Etwas tun oder öffnen</translation>
    </message>
    <message>
        <source>Filter or search</source>
        <translation>Filtern oder suchen</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Pull an image…</source>
        <translation>Image herunterladen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Run a container…</source>
        <translation>Container starten…</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Aufgaben</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Undo the last deletion</source>
        <translation>Letztes Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Welcome, first steps</source>
        <translation>Willkommen, erste Schritte</translation>
    </message>
</context>
<context>
    <name>ContainerModel</name>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Exited</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Gesund</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Wird pausiert</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>Startet neu</translation>
    </message>
    <message>
        <source>Resuming</source>
        <translation>Wird fortgesetzt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Stoppt</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>Krank</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>exit code unknown</source>
        <translation>Exit-Code unbekannt</translation>
    </message>
    <message>
        <source>its record cannot be read</source>
        <translation>sein Eintrag ist nicht lesbar</translation>
    </message>
    <message>
        <source>never started</source>
        <translation>nie gestartet</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>Speicher voll</translation>
    </message>
    <message>
        <source>start failed</source>
        <translation>Start fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Deletion</name>
    <message>
        <source>%1 is still in the trash</source>
        <translation>%1 ist noch im Papierkorb</translation>
    </message>
    <message>
        <source>%1, deleted %2</source>
        <translation>%1, gelöscht %2</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Bring back what was deleted last?</source>
        <translation>Zuletzt Gelöschtes zurückholen?</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>There is nothing to bring back</source>
        <translation>Es gibt nichts zurückzuholen</translation>
    </message>
    <message>
        <source>container %1, deleted %2</source>
        <translation>Container %1, gelöscht %2</translation>
    </message>
    <message>
        <source>image %1, deleted %2</source>
        <translation>Image %1, gelöscht %2</translation>
    </message>
    <message numerus="yes">
        <source>in the trash for %n days</source>
        <translation>
            <numerusform>%n Tag im Papierkorb</numerusform>
            <numerusform>%n Tage im Papierkorb</numerusform>
        </translation>
    </message>
    <message>
        <source>kept for 10 s</source>
        <translation>wird 10 s aufbewahrt</translation>
    </message>
    <message>
        <source>name %1 of an image, deleted %2</source>
        <translation>Name %1 eines Image, gelöscht %2</translation>
    </message>
    <message>
        <source>volume %1, deleted %2</source>
        <translation>Volume %1, gelöscht %2</translation>
    </message>
    <message>
        <source>what was in volume %1, emptied %2</source>
        <translation>was im Volume %1 war, geleert %2</translation>
    </message>
</context>
<context>
    <name>DialogFrame</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>MountText</name>
    <message numerus="yes">
        <source>%n folders do not exist</source>
        <translation>
            <numerusform>%n Ordner existiert nicht</numerusform>
            <numerusform>%n Ordner existieren nicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n storage rows are not complete</source>
        <translation>
            <numerusform>%n Zeile unter „Daten“ ist unvollständig</numerusform>
            <numerusform>%n Zeilen unter „Daten“ sind unvollständig</numerusform>
        </translation>
    </message>
    <message>
        <source>Another row has the same path inside</source>
        <translation>Eine andere Zeile hat denselben Pfad innen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner auswählen</translation>
    </message>
    <message>
        <source>Hidden folders often hold keys and passwords</source>
        <translation>Versteckte Ordner enthalten oft Schlüssel und Passwörter</translation>
    </message>
    <message>
        <source>Looking at the folder</source>
        <translation>Ordner wird geprüft</translation>
    </message>
    <message>
        <source>One folder does not exist</source>
        <translation>Ein Ordner existiert nicht</translation>
    </message>
    <message>
        <source>One storage row is not complete</source>
        <translation>Eine Zeile unter „Daten“ ist unvollständig</translation>
    </message>
    <message>
        <source>The folder must start with / or ~/</source>
        <translation>Der Ordner muss mit / oder ~/ beginnen</translation>
    </message>
    <message>
        <source>The path inside cannot be / itself</source>
        <translation>Der Pfad innen kann nicht / selbst sein</translation>
    </message>
    <message>
        <source>The path inside must start with /</source>
        <translation>Der Pfad innen muss mit / beginnen</translation>
    </message>
    <message>
        <source>The size is a number of megabytes</source>
        <translation>Die Größe ist eine Zahl in Megabyte</translation>
    </message>
    <message>
        <source>There is no such folder: %1</source>
        <translation>Diesen Ordner gibt es nicht: %1</translation>
    </message>
    <message>
        <source>There is no volume %1 yet: it is made when the container is created</source>
        <translation>Das Volume %1 gibt es noch nicht: Es wird mit dem Container angelegt</translation>
    </message>
    <message>
        <source>This is your whole home folder with all keys, mail and settings in it</source>
        <translation>Das ist Ihr ganzer persönlicher Ordner mit allen Schlüsseln, E-Mails und Einstellungen</translation>
    </message>
    <message>
        <source>This path is lent by a file dialog and is not there later; type the real one</source>
        <translation>Dieser Pfad ist nur vom Dateidialog geliehen und später nicht mehr da; bitte den echten eingeben</translation>
    </message>
    <message>
        <source>Type the name of the image whose files are shown</source>
        <translation>Bitte den Namen des Images eingeben, dessen Dateien gezeigt werden</translation>
    </message>
    <message>
        <source>Type the path where the container sees it</source>
        <translation>Den Pfad eingeben, unter dem der Container ihn sieht</translation>
    </message>
    <message>
        <source>Volume names have letters, digits, dots, dashes and underscores</source>
        <translation>Volume-Namen bestehen aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen</translation>
    </message>
    <message>
        <source>Without a name the volume goes when the container is removed</source>
        <translation>Ohne Namen verschwindet das Volume mit dem Container</translation>
    </message>
    <message>
        <source>You may not open this folder yourself</source>
        <translation>Diesen Ordner dürfen Sie selbst nicht öffnen</translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>created</source>
        <translation>erstellt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>files copied in</source>
        <translation>Dateien hineinkopiert</translation>
    </message>
    <message>
        <source>files copied out</source>
        <translation>Dateien herauskopiert</translation>
    </message>
    <message>
        <source>files exported</source>
        <translation>Dateien exportiert</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>Speicher erschöpft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>umbenannt</translation>
    </message>
    <message>
        <source>restarted</source>
        <translation>neu gestartet</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>saved as an image</source>
        <translation>als Image gespeichert</translation>
    </message>
    <message>
        <source>sent a signal</source>
        <translation>Signal gesendet</translation>
    </message>
    <message>
        <source>started</source>
        <translation>gestartet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>krank</translation>
    </message>
</context>
<context>
    <name>PageRegistry</name>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
</context>
<context>
    <name>PermissionList</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 parts of /proc and /sys hidden, %2 read only</source>
        <translation>%1 Teile von /proc und /sys verborgen, %2 nur lesbar</translation>
    </message>
    <message>
        <source>%1, read only</source>
        <translation>%1, nur lesen</translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n Gerät</numerusform>
            <numerusform>%n Geräte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filters are active in the kernel now</source>
        <translation>
            <numerusform>%n Filter ist gerade im Kernel aktiv</numerusform>
            <numerusform>%n Filter sind gerade im Kernel aktiv</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes</source>
        <translation>
            <numerusform>%n Volume</numerusform>
            <numerusform>%n Volumes</numerusform>
        </translation>
    </message>
    <message>
        <source>/dev/dri is hidden</source>
        <translation>/dev/dri ist verborgen</translation>
    </message>
    <message>
        <source>Any address, also of your local network</source>
        <translation>Jede Adresse, auch im lokalen Netzwerk</translation>
    </message>
    <message>
        <source>AppArmor profile %1</source>
        <translation>AppArmor-Profil %1</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Everything it writes stays in the container</source>
        <translation>Alles, was er schreibt, bleibt im Container</translation>
    </message>
    <message>
        <source>Folders you added</source>
        <translation>Hinzugefügte Ordner</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>It has no network at all</source>
        <translation>Er hat gar kein Netzwerk</translation>
    </message>
    <message>
        <source>It has no users of its own</source>
        <translation>Er hat keine eigenen Benutzer</translation>
    </message>
    <message>
        <source>It may divide its own limits among its processes</source>
        <translation>Er darf seine Grenzen auf seine Prozesse aufteilen</translation>
    </message>
    <message>
        <source>It may write to /sys where you may</source>
        <translation>Er darf in /sys schreiben, wo Sie es dürfen</translation>
    </message>
    <message>
        <source>No audio socket is passed in</source>
        <translation>Kein Audio-Socket wird durchgereicht</translation>
    </message>
    <message>
        <source>No display is passed in</source>
        <translation>Keine Anzeige wird durchgereicht</translation>
    </message>
    <message>
        <source>No folder of this computer</source>
        <translation>Kein Ordner dieses Rechners</translation>
    </message>
    <message>
        <source>No new privileges: setuid programs do nothing</source>
        <translation>Keine neuen Rechte: setuid-Programme bewirken nichts</translation>
    </message>
    <message>
        <source>No system call filter is active in the kernel</source>
        <translation>Im Kernel ist kein Filter für Systemaufrufe aktiv</translation>
    </message>
    <message>
        <source>Nothing from it is shared</source>
        <translation>Nichts daraus ist freigegeben</translation>
    </message>
    <message>
        <source>Nothing of /proc and /sys is hidden</source>
        <translation>Nichts von /proc und /sys ist verborgen</translation>
    </message>
    <message>
        <source>Only the standard ones: null, zero, full, random, urandom, tty</source>
        <translation>Nur die üblichen: null, zero, full, random, urandom, tty</translation>
    </message>
    <message>
        <source>Own users, mapped to you and your subordinate ids</source>
        <translation>Eigene Benutzer, abgebildet auf Sie und Ihre untergeordneten IDs</translation>
    </message>
    <message>
        <source>Screen and keyboard</source>
        <translation>Bildschirm und Tastatur</translation>
    </message>
    <message>
        <source>Sees only its own processes, mounts and names</source>
        <translation>Sieht nur eigene Prozesse, Einhängepunkte und Namen</translation>
    </message>
    <message>
        <source>Setuid programs inside may give the rights of root inside</source>
        <translation>setuid-Programme im Container können dort root-Rechte geben</translation>
    </message>
    <message>
        <source>Shared with this computer: %1</source>
        <translation>Mit diesem Rechner gemeinsam: %1</translation>
    </message>
    <message>
        <source>Sound and microphone</source>
        <translation>Ton und Mikrofon</translation>
    </message>
    <message>
        <source>System call filter on, opened for %1</source>
        <translation>Filter für Systemaufrufe aktiv, geöffnet für %1</translation>
    </message>
    <message>
        <source>System call filter on, the rest refused</source>
        <translation>Filter für Systemaufrufe aktiv, alles Übrige wird abgelehnt</translation>
    </message>
    <message>
        <source>System call filter on, with a profile of yours</source>
        <translation>Filter für Systemaufrufe aktiv, mit eigenem Profil</translation>
    </message>
    <message>
        <source>System calls are not filtered but for those that attack your session</source>
        <translation>Systemaufrufe sind ungefiltert, außer solchen, die Ihre Sitzung angreifen</translation>
    </message>
    <message>
        <source>The files of its image cannot be changed</source>
        <translation>Die Dateien seines Images sind unveränderlich</translation>
    </message>
    <message>
        <source>The network of this computer, with all services that listen on it</source>
        <translation>Das Netzwerk dieses Rechners mit allen Diensten, die dort lauschen</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>What is set applies after a restart</source>
        <translation>Einstellungen gelten erst nach einem Neustart</translation>
    </message>
    <message>
        <source>Your home folder</source>
        <translation>Persönlicher Ordner</translation>
    </message>
    <message>
        <source>Your other containers</source>
        <translation>Andere Container</translation>
    </message>
    <message>
        <source>a part</source>
        <translation>ein Teil</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>may control them</source>
        <translation>darf sie steuern</translation>
    </message>
    <message>
        <source>namespaces of this computer</source>
        <translation>Namespaces dieses Rechners</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>not shared</source>
        <translation>nicht freigegeben</translation>
    </message>
    <message>
        <source>own namespaces: %1</source>
        <translation>eigene Namespaces: %1</translation>
    </message>
    <message>
        <source>read-only root</source>
        <translation>nur lesbares Root-Dateisystem</translation>
    </message>
    <message>
        <source>seccomp profile “%1”</source>
        <translation>seccomp-Profil „%1“</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>the running process was started with other settings</source>
        <translation>der laufende Prozess wurde mit anderen Einstellungen gestartet</translation>
    </message>
    <message>
        <source>this computer’s</source>
        <translation>das des Rechners</translation>
    </message>
    <message>
        <source>user namespace</source>
        <translation>User-Namespace</translation>
    </message>
    <message>
        <source>writable control group</source>
        <translation>beschreibbare Cgroup</translation>
    </message>
</context>
<context>
    <name>PortText</name>
    <message numerus="yes">
        <source>%n port rows are not complete</source>
        <translation>
            <numerusform>%n Port-Zeile ist unvollständig</numerusform>
            <numerusform>%n Port-Zeilen sind unvollständig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports are already taken</source>
        <translation>
            <numerusform>%n Port ist bereits belegt</numerusform>
            <numerusform>%n Ports sind bereits belegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports need the system to allow low ports</source>
        <translation>
            <numerusform>Für %n Port muss das System niedrige Ports erlauben</numerusform>
            <numerusform>Für %n Ports muss das System niedrige Ports erlauben</numerusform>
        </translation>
    </message>
    <message>
        <source>One port is already taken</source>
        <translation>Ein Port ist bereits belegt</translation>
    </message>
    <message>
        <source>One port needs the system to allow low ports</source>
        <translation>Für einen Port muss das System niedrige Ports erlauben</translation>
    </message>
    <message>
        <source>One port row is not complete</source>
        <translation>Eine Port-Zeile ist unvollständig</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>unter %1</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>no port inside</source>
        <translation>kein Port innen</translation>
    </message>
    <message>
        <source>not a port (1 to 65535)</source>
        <translation>kein Port (1 bis 65535)</translation>
    </message>
    <message>
        <source>not an IP address</source>
        <translation>keine IP-Adresse</translation>
    </message>
    <message>
        <source>not an address of this computer</source>
        <translation>keine Adresse dieses Rechners</translation>
    </message>
    <message>
        <source>picks a free one</source>
        <translation>wählt einen freien</translation>
    </message>
    <message>
        <source>taken by %1</source>
        <translation>belegt von %1</translation>
    </message>
    <message>
        <source>taken by another program</source>
        <translation>von anderem Programm belegt</translation>
    </message>
    <message>
        <source>twice in this list</source>
        <translation>doppelt in dieser Liste</translation>
    </message>
</context>
<context>
    <name>RunParts</name>
    <message>
        <source>%1 is running</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>%1 was created</source>
        <translation>%1 wurde erstellt</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saved and restarted</source>
        <translation>Gespeichert und neu gestartet</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Close terminal</source>
        <translation>Terminal schließen</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Kill…</source>
        <translation>Sofort beenden…</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Menu of a row</source>
        <translation>Menü einer Zeile</translation>
    </message>
    <message>
        <source>New terminal</source>
        <translation>Neues Terminal</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Nächster Reiter</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Voriger Reiter</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Run a copy…</source>
        <translation>Eine Kopie ausführen…</translation>
    </message>
    <message>
        <source>Shell and user of the next terminal</source>
        <translation>Shell und Benutzer des nächsten Terminals</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>coracle::gui::AccessCard</name>
    <message>
        <source>A “+” is an access control list, which may allow more or less; it was not looked at.</source>
        <translation>Ein „+“ ist eine Zugriffsliste, die mehr oder weniger erlauben kann; sie wurde nicht betrachtet.</translation>
    </message>
    <message>
        <source>Asked for %1. %2 is %3 of this computer, read only.</source>
        <translation>Gefragt für %1. %2 ist %3 auf diesem Computer, nur lesbar.</translation>
    </message>
    <message>
        <source>Asked for %1. %2 is %3 of this computer.</source>
        <translation>Gefragt für %1. %2 ist %3 auf diesem Computer.</translation>
    </message>
    <message>
        <source>Can it get to a file?</source>
        <translation>Kommt er an eine Datei?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the look at the path</source>
        <translation>Prüfung des Pfads abbrechen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Den Pfad prüfen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Die Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>For a new container: its user is then you.</source>
        <translation>Für einen neuen Container: sein Benutzer sind dann Sie.</translation>
    </message>
    <message>
        <source>For a new container: root inside is you, and nobody more.</source>
        <translation>Für einen neuen Container: root darin sind Sie, und niemand sonst.</translation>
    </message>
    <message>
        <source>In a terminal. Everybody on this computer may then, too.</source>
        <translation>In einem Terminal. Alle auf diesem Computer dürfen es dann auch.</translation>
    </message>
    <message>
        <source>Its mounts: %1</source>
        <translation>Eingehängt ist: %1</translation>
    </message>
    <message>
        <source>Looking at the way to it…</source>
        <translation>Der Weg dorthin wird geprüft…</translation>
    </message>
    <message>
        <source>Nothing keeps its user out</source>
        <translation>Nichts hält seinen Benutzer fern</translation>
    </message>
    <message>
        <source>Nothing of this computer is mounted here, so all its files come with the image.</source>
        <translation>Hier ist nichts von diesem Computer eingehängt, alle Dateien kommen aus dem Image.</translation>
    </message>
    <message>
        <source>Path inside the container</source>
        <translation>Pfad im Container</translation>
    </message>
    <message>
        <source>Path inside, in a mount</source>
        <translation>Pfad darin, in einem Ordner von hier</translation>
    </message>
    <message>
        <source>Says which folder on the way its user cannot pass, and what helps.</source>
        <translation>Sagt, durch welchen Ordner sein Benutzer nicht kommt und was hilft.</translation>
    </message>
    <message>
        <source>What helps, one of:</source>
        <translation>Was hilft, eines davon:</translation>
    </message>
    <message>
        <source>What helps:</source>
        <translation>Was hilft:</translation>
    </message>
    <message>
        <source>enter</source>
        <comment>what a program may do with a folder</comment>
        <translation>betreten</translation>
    </message>
    <message>
        <source>execute</source>
        <comment>what a program may do with a file</comment>
        <translation>ausführen</translation>
    </message>
    <message>
        <source>may: %1</source>
        <translation>darf: %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <comment>what a program may do with a file</comment>
        <translation>nichts</translation>
    </message>
    <message>
        <source>read</source>
        <comment>what a program may do with a file</comment>
        <translation>lesen</translation>
    </message>
    <message>
        <source>write</source>
        <comment>what a program may do with a file</comment>
        <translation>schreiben</translation>
    </message>
    <message>
        <source>“%1” cannot be listed or entered</source>
        <translation>„%1“ lässt sich nicht auflisten oder betreten</translation>
    </message>
    <message>
        <source>“%1” cannot be passed</source>
        <translation>Durch „%1“ kommt er nicht</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>„%1“ lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>“%1” is not yours: its owner has to allow it.</source>
        <translation>„%1“ gehört Ihnen nicht: Der Besitzer muss es erlauben.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::BulkBar</name>
    <message>
        <source>%1 running, %2 stopped</source>
        <translation>%1 laufend, %2 gestoppt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>all running</source>
        <translation>alle laufen</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>keiner läuft</translation>
    </message>
</context>
<context>
    <name>coracle::gui::CheckRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation>%1: %2. %3</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command for: %1</source>
        <translation>Befehl kopieren für: %1</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>suggestion</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>works</source>
        <translation>in Ordnung</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ChoiceBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Del deletes · Esc clears</source>
        <translation>Entf löscht · Esc hebt die Auswahl auf</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
</context>
<context>
    <name>coracle::gui::CommandPalette</name>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Do or open anything</source>
        <translation>Etwas tun oder öffnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
    <message>
        <source>What to do or to open</source>
        <translation>Was zu tun oder zu öffnen ist</translation>
    </message>
    <message>
        <source>actions of this item</source>
        <translation>Aktionen dazu</translation>
    </message>
    <message>
        <source>back</source>
        <comment>with the Escape key</comment>
        <translation>zurück</translation>
    </message>
    <message>
        <source>move</source>
        <comment>with the arrow keys</comment>
        <translation>bewegen</translation>
    </message>
    <message>
        <source>open</source>
        <comment>with the Enter key</comment>
        <translation>öffnen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zum Bestätigen %1 eingeben</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerActions</name>
    <message>
        <source>%1 deleted</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>%1 goes on</source>
        <translation>%1 läuft weiter</translation>
    </message>
    <message>
        <source>%1 is paused</source>
        <translation>%1 ist angehalten</translation>
    </message>
    <message>
        <source>%1 is restarted</source>
        <translation>%1 ist neu gestartet</translation>
    </message>
    <message>
        <source>%1 is running and is killed</source>
        <translation>%1 läuft und wird sofort beendet</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 ist gestoppt</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 läuft</translation>
    </message>
    <message numerus="yes">
        <source>%n containers deleted</source>
        <translation>
            <numerusform>%n Container gelöscht</numerusform>
            <numerusform>%n Container gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Another container has this name</source>
        <translation>Ein anderer Container heißt schon so</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>%1 konnte nicht gelöscht werden</translation>
    </message>
    <message>
        <source>Could not kill %1</source>
        <translation>%1 konnte nicht gewaltsam beendet werden</translation>
    </message>
    <message>
        <source>Could not pause %1</source>
        <translation>%1 konnte nicht pausiert werden</translation>
    </message>
    <message>
        <source>Could not rename %1</source>
        <translation>%1 konnte nicht umbenannt werden</translation>
    </message>
    <message>
        <source>Could not restart %1</source>
        <translation>%1 konnte nicht neu gestartet werden</translation>
    </message>
    <message>
        <source>Could not resume %1</source>
        <translation>%1 konnte nicht fortgesetzt werden</translation>
    </message>
    <message>
        <source>Could not start %1</source>
        <translation>%1 konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>Could not stop %1</source>
        <translation>%1 konnte nicht gestoppt werden</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers?</source>
        <translation>
            <numerusform>%n Container löschen?</numerusform>
            <numerusform>%n Container löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete container</source>
        <translation>Container löschen</translation>
    </message>
    <message>
        <source>Delete containers</source>
        <translation>Container löschen</translation>
    </message>
    <message>
        <source>Do not ask again before stopping</source>
        <translation>Vor dem Stoppen nicht mehr nachfragen</translation>
    </message>
    <message>
        <source>Each is asked to end and killed when it has not after its time, usually ten seconds.</source>
        <translation>Jeder wird zuerst aufgefordert, sich zu beenden; nach Ablauf der Frist, meist zehn Sekunden, wird das Ende erzwungen.</translation>
    </message>
    <message>
        <source>It ends at once, without a chance to save its work.</source>
        <translation>Das Ende kommt sofort, ohne Gelegenheit, die Arbeit zu sichern.</translation>
    </message>
    <message>
        <source>It is asked to end and killed when it has not after its time, usually ten seconds.</source>
        <translation>Zuerst kommt die Aufforderung, sich zu beenden; nach Ablauf der Frist, meist zehn Sekunden, wird das Ende erzwungen.</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Kill %1?</source>
        <translation>%1 sofort beenden?</translation>
    </message>
    <message>
        <source>Letters, digits, dot, dash and underscore only</source>
        <translation>Nur Buchstaben, Ziffern, Punkt, Binde- und Unterstrich</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Pausing %1</source>
        <translation>Pausieren von %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Restarting %1</source>
        <translation>Neustart von %1</translation>
    </message>
    <message>
        <source>Resuming %1</source>
        <translation>Fortsetzen von %1</translation>
    </message>
    <message>
        <source>Starting %1</source>
        <translation>Starten von %1</translation>
    </message>
    <message>
        <source>Stop %1?</source>
        <translation>%1 stoppen?</translation>
    </message>
    <message numerus="yes">
        <source>Stop %n containers?</source>
        <translation>
            <numerusform>%n Container stoppen?</numerusform>
            <numerusform>%n Container stoppen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop container</source>
        <translation>Container stoppen</translation>
    </message>
    <message>
        <source>Stop containers</source>
        <translation>Container stoppen</translation>
    </message>
    <message>
        <source>Stopping %1</source>
        <translation>Stoppen von %1</translation>
    </message>
    <message>
        <source>The command could not be read</source>
        <translation>Der Befehl konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>What was written inside and not to a volume or a folder is deleted.</source>
        <translation>Was im Container und nicht in ein Volume oder einen Ordner geschrieben wurde, wird gelöscht.</translation>
    </message>
    <message>
        <source>What was written inside goes to the trash, from where Undo brings it back.</source>
        <translation>Was darin geschrieben wurde, kommt in den Papierkorb; „Rückgängig“ holt es zurück.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerDelegate</name>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Port %1 im Browser öffnen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start all</source>
        <translation>Alle starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle stoppen</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerModel</name>
    <message>
        <source>%1 of %2 running</source>
        <translation>%1 von %2 aktiv</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 von höchstens %2</translation>
    </message>
    <message>
        <source>%1 of one core; this computer has %2</source>
        <translation>%1 eines Kerns; dieser Rechner hat %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1, keine Grenze</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>It does not run</source>
        <translation>Er läuft nicht</translation>
    </message>
    <message>
        <source>It is paused</source>
        <translation>Er ist pausiert</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Noch nicht gemessen</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Project %1, %2</source>
        <translation>Projekt %1, %2</translation>
    </message>
    <message>
        <source>Single containers</source>
        <translation>Einzelne Container</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>Gestartet %1</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>created %1</source>
        <translation>erstellt %1</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>no ports</source>
        <translation>keine Ports</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>ports %1</source>
        <translation>Ports %1</translation>
    </message>
    <message>
        <source>start, delete, more</source>
        <translation>starten, löschen, mehr</translation>
    </message>
    <message>
        <source>stop, delete, more</source>
        <translation>stoppen, löschen, mehr</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerPage</name>
    <message>
        <source>All containers</source>
        <translation>Alle Container</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>It was deleted here or by another program.</source>
        <translation>Er wurde hier oder von einem anderen Programm gelöscht.</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Open port %1</source>
        <translation>Port %1 öffnen</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Port %1 im Browser öffnen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Parts of this container</source>
        <translation>Teile dieses Containers</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stats</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>The last start failed</source>
        <translation>Der letzte Start ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>This container is gone</source>
        <translation>Diesen Container gibt es nicht mehr</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerView</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainersPage</name>
    <message>
        <source>%1 · %2 of %3 · %4</source>
        <translation>%1 · %2 von %3 · %4</translation>
    </message>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n Kern</numerusform>
            <numerusform>%n Kernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 Kern</translation>
    </message>
    <message>
        <source>A container is a program with its own files and network. It runs as you, without root, and leaves nothing behind unless you say so.</source>
        <translation>Ein Container ist ein Programm mit eigenen Dateien und eigenem Netzwerk. Er läuft unter Ihrem Benutzer, ohne root, und hinterlässt nichts, sofern nicht anders gewünscht.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Bring your images over</source>
        <translation>Images mitbringen</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>Je Projekt</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Liegt Coracle bei, braucht kein Netzwerk</translation>
    </message>
    <message>
        <source>Coming from Docker or Podman?</source>
        <translation>Sie kommen von Docker oder Podman?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers cannot be read</source>
        <translation>Container können nicht gelesen werden</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers</source>
        <translation>
            <numerusform>%n Container löschen</numerusform>
            <numerusform>%n Container löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter containers</source>
        <translation>Container filtern</translation>
    </message>
    <message>
        <source>Find anything by its name, and do it (Ctrl+K)</source>
        <translation>Alles beim Namen finden und tun (Strg+K)</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>From a registry</source>
        <translation>Aus einer Registry</translation>
    </message>
    <message>
        <source>No container is in this state</source>
        <translation>Kein Container ist in diesem Zustand</translation>
    </message>
    <message>
        <source>No container matches “%1”</source>
        <translation>Kein Container passt zu „%1“</translation>
    </message>
    <message>
        <source>Nothing is running yet</source>
        <translation>Noch läuft nichts</translation>
    </message>
    <message>
        <source>Pick one and press Run</source>
        <translation>Eines auswählen und „Starten“ drücken</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Image herunterladen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Run an image</source>
        <translation>Image starten</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Starten…</translation>
    </message>
    <message>
        <source>Save them there with “docker save” or “podman save”, and load the archive here</source>
        <translation>Dort mit „docker save“ oder „podman save“ sichern und das Archiv hier laden</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Try the welcome image</source>
        <translation>Willkommens-Image ausprobieren</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>keiner läuft</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DBusNotifier</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskCleaner</name>
    <message>
        <source>%1 are free again</source>
        <translation>%1 sind wieder frei</translation>
    </message>
    <message>
        <source>%1 are in the trash</source>
        <translation>%1 liegen im Papierkorb</translation>
    </message>
    <message>
        <source>%1 is protected and stays</source>
        <translation>%1 ist geschützt und bleibt</translation>
    </message>
    <message>
        <source>%1, also %2</source>
        <translation>%1, auch %2</translation>
    </message>
    <message>
        <source>%1. Cannot be brought back.</source>
        <translation>%1. Nicht wiederherstellbar.</translation>
    </message>
    <message>
        <source>%1. Data of yours.</source>
        <translation>%1. Ihre Daten.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln containers</source>
        <translation>
            <numerusform>%Ln Container</numerusform>
            <numerusform>%Ln Container</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images</source>
        <translation>
            <numerusform>%Ln Image</numerusform>
            <numerusform>%Ln Images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln protected</source>
        <translation>
            <numerusform>%Ln geschützt</numerusform>
            <numerusform>%Ln geschützt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things</source>
        <translation>
            <numerusform>%Ln Objekt</numerusform>
            <numerusform>%Ln Objekte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things removed</source>
        <translation>
            <numerusform>%Ln Objekt entfernt</numerusform>
            <numerusform>%Ln Objekte entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln volumes</source>
        <translation>
            <numerusform>%Ln Volume</numerusform>
            <numerusform>%Ln Volumes</numerusform>
        </translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Clean up?</source>
        <translation>Aufräumen?</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Aufräumen…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Free up space</source>
        <translation>Platz schaffen</translation>
    </message>
    <message>
        <source>Frees %1</source>
        <translation>Gibt %1 frei</translation>
    </message>
    <message numerus="yes">
        <source>Goes to the trash first, where it can be brought back for %n days.</source>
        <translation>
            <numerusform>Kommt zuerst in den Papierkorb und lässt sich von dort %n Tag lang zurückholen.</numerusform>
            <numerusform>Kommt zuerst in den Papierkorb und lässt sich von dort %n Tage lang zurückholen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash and can be brought back for %n days.</source>
        <translation>
            <numerusform>Es kommt in den Papierkorb und lässt sich %n Tag lang zurückholen.</numerusform>
            <numerusform>Es kommt in den Papierkorb und lässt sich %n Tage lang zurückholen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is gone for good: the trash is turned off in Settings.</source>
        <translation>Es ist endgültig weg: der Papierkorb ist in den Einstellungen ausgeschaltet.</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>Nicht gezählt</translation>
    </message>
    <message>
        <source>Stopped containers</source>
        <translation>Gestoppte Container</translation>
    </message>
    <message>
        <source>The trash is emptied for good. All else goes to the trash.</source>
        <translation>Der Papierkorb wird endgültig geleert. Alles andere kommt in den Papierkorb.</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unused images</source>
        <translation>Unbenutzte Images</translation>
    </message>
    <message>
        <source>Unused volumes</source>
        <translation>Unbenutzte Volumes</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>container %1</source>
        <translation>Container %1</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>Image %1</translation>
    </message>
    <message>
        <source>name %1 of an image</source>
        <translation>Name %1 eines Images</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>volume %1</source>
        <translation>Volume %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskModel</name>
    <message>
        <source>%1, unused</source>
        <translation>%1, unbenutzt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>records</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>shared layers and archives</source>
        <translation>gemeinsame Schichten und Archive</translation>
    </message>
    <message>
        <source>trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>Volume</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskTab</name>
    <message>
        <source>%1 free on this disk</source>
        <translation>%1 frei auf diesem Datenträger</translation>
    </message>
    <message>
        <source>%1 used by Coracle</source>
        <translation>%1 von Coracle belegt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Laufwerk</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Neu messen</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Wird gemessen…</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Nicht gemessen</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>What takes the space</source>
        <translation>Was den Platz belegt</translation>
    </message>
    <message>
        <source>What takes the space is shown here once it could be measured.</source>
        <translation>Was den Platz belegt, steht hier, sobald es gemessen werden konnte.</translation>
    </message>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>measured %1</source>
        <translation>gemessen %1</translation>
    </message>
    <message>
        <source>measured just now</source>
        <translation>gerade gemessen</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>misst</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>records</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>unused, can be freed</source>
        <translation>unbenutzt, kann weg</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>Volume</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DragOut</name>
    <message>
        <source>%1 is ready</source>
        <translation>%1 ist bereit</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Copying %1 for dragging</source>
        <translation>%1 wird zum Ziehen kopiert</translation>
    </message>
    <message>
        <source>Copying %1: %2; keep the button down</source>
        <translation>%1 wird kopiert: %2; Taste gedrückt halten</translation>
    </message>
    <message>
        <source>Copying %1; keep the button down</source>
        <translation>%1 wird kopiert; Taste gedrückt halten</translation>
    </message>
    <message>
        <source>Could not copy %1</source>
        <translation>%1 konnte nicht kopiert werden</translation>
    </message>
    <message>
        <source>Drag it again, to where it shall go.</source>
        <translation>Noch einmal dorthin ziehen, wo es hin soll.</translation>
    </message>
    <message>
        <source>Ready to be dropped</source>
        <translation>Kann abgelegt werden</translation>
    </message>
</context>
<context>
    <name>coracle::gui::EditDialog</name>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen</translation>
    </message>
    <message>
        <source>Another container has this name</source>
        <translation>Ein anderer Container heißt schon so</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Folders and variables need a restart. Its files stay.</source>
        <translation>Ordner und Variablen brauchen einen Neustart. Seine Dateien bleiben.</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>It is removed when it stops</source>
        <translation>Er wird gelöscht, wenn er endet</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Nothing is changed yet</source>
        <translation>Noch ist nichts geändert</translation>
    </message>
    <message>
        <source>Reading the container</source>
        <translation>Container wird gelesen</translation>
    </message>
    <message>
        <source>Restarting the container</source>
        <translation>Container wird neu gestartet</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save and restart</source>
        <translation>Speichern und neu starten</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Wird gespeichert</translation>
    </message>
    <message>
        <source>Takes effect at once</source>
        <translation>Gilt sofort</translation>
    </message>
    <message>
        <source>Takes effect when it is started</source>
        <translation>Gilt, wenn er gestartet wird</translation>
    </message>
    <message>
        <source>The container could not be read</source>
        <translation>Der Container ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>When it stops</source>
        <translation>Nach dem Stopp</translation>
    </message>
</context>
<context>
    <name>coracle::gui::EnvironmentEditor</name>
    <message>
        <source>%1 set here, %2 from the image</source>
        <translation>%1 hier gesetzt, %2 aus dem Image</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more from the image: %1</source>
        <translation>
            <numerusform>%n weitere aus dem Image: %1</numerusform>
            <numerusform>%n weitere aus dem Image: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set here</source>
        <translation>
            <numerusform>%n hier gesetzt</numerusform>
            <numerusform>%n hier gesetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has no = in it</source>
        <translation>Ein Name enthält kein =</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a variable</source>
        <translation>Eine Variable hinzufügen</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter variables</source>
        <translation>Variablen filtern</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>%1 weglassen</translation>
    </message>
    <message>
        <source>Load .env file…</source>
        <translation>.env-Datei laden…</translation>
    </message>
    <message>
        <source>Load variables from a file</source>
        <translation>Variablen aus einer Datei laden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the variable</source>
        <translation>Name der Variable</translation>
    </message>
    <message>
        <source>No variable matches “%1”.</source>
        <translation>Keine Variable passt zu „%1“.</translation>
    </message>
    <message>
        <source>Only what the image sets itself.</source>
        <translation>Nur was das Image selbst setzt.</translation>
    </message>
    <message>
        <source>Remove this variable</source>
        <translation>Diese Variable entfernen</translation>
    </message>
    <message>
        <source>The variable needs a name</source>
        <translation>Die Variable braucht einen Namen</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>Value of the variable</source>
        <translation>Wert der Variable</translation>
    </message>
    <message>
        <source>Values are part of the command and of what Inspect shows: keep passwords in files.</source>
        <translation>Werte stehen im Befehl und sind unter „Rohdaten“ sichtbar: Passwörter besser in Dateien ablegen.</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>from .env</source>
        <translation>aus .env</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>hier gesetzt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilePreview</name>
    <message>
        <source>%1 in the image</source>
        <translation>%1 im Image</translation>
    </message>
    <message>
        <source>%1 inside</source>
        <translation>%1 innen</translation>
    </message>
    <message>
        <source>%1 inside, you outside</source>
        <translation>%1 innen, Sie selbst außen</translation>
    </message>
    <message>
        <source>A device, pipe or socket</source>
        <translation>Ein Gerät, eine Pipe oder ein Socket</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>A link</source>
        <translation>Ein Link</translation>
    </message>
    <message>
        <source>Choose a file to look into it and to see what was changed.</source>
        <translation>Wählen Sie eine Datei, um hineinzusehen und ihre Änderungen zu sehen.</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>Inhalt der Datei</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete what the container made</source>
        <translation>Löschen, was der Container angelegt hat</translation>
    </message>
    <message>
        <source>Deleted here</source>
        <translation>Hier gelöscht</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Download it to open it with a program of yours.</source>
        <translation>Laden Sie sie herunter, um sie mit einem Ihrer Programme zu öffnen.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>It cannot be shown</source>
        <translation>Es kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>It has no content of its own.</source>
        <translation>Es hat keinen eigenen Inhalt.</translation>
    </message>
    <message>
        <source>Its owner, mode or time was changed.</source>
        <translation>Besitzer, Rechte oder Zeit wurden geändert.</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Make it what it is in the image</source>
        <translation>Wieder so machen wie im Image</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Mounted</source>
        <translation>Eingehängt</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>Keine Datei gewählt</translation>
    </message>
    <message>
        <source>Not a text</source>
        <translation>Kein Text</translation>
    </message>
    <message>
        <source>Open it to see what is in it, or download it as a whole.</source>
        <translation>Öffnen Sie ihn, um den Inhalt zu sehen, oder laden Sie ihn ganz herunter.</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Same content as in the image</source>
        <translation>Gleicher Inhalt wie im Image</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>The image still has it. Restore brings it back.</source>
        <translation>Das Image hat es noch. Wiederherstellen bringt es zurück.</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>die ersten %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FileTreeModel</name>
    <message>
        <source>%1, a link to %2</source>
        <translation>%1, ein Link auf %2</translation>
    </message>
    <message>
        <source>%1, added</source>
        <translation>%1, hinzugefügt</translation>
    </message>
    <message>
        <source>%1, deleted</source>
        <translation>%1, gelöscht</translation>
    </message>
    <message>
        <source>%1, has changes inside</source>
        <translation>%1, enthält Änderungen</translation>
    </message>
    <message>
        <source>%1, modified</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilesTab</name>
    <message>
        <source>%1 has files of these names; what is in them is lost.</source>
        <translation>%1 hat Dateien mit diesen Namen; ihr Inhalt geht verloren.</translation>
    </message>
    <message>
        <source>%1 is as in the image</source>
        <translation>%1 ist wie im Image</translation>
    </message>
    <message>
        <source>%1 is back</source>
        <translation>%1 ist wieder da</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 ist gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln hinzugefügt</numerusform>
            <numerusform>%Ln hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln added files are deleted for good</source>
        <translation>
            <numerusform>%Ln hinzugefügte Datei wird endgültig gelöscht</numerusform>
            <numerusform>%Ln hinzugefügte Dateien werden endgültig gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted</source>
        <translation>
            <numerusform>%Ln gelöscht</numerusform>
            <numerusform>%Ln gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted files come back</source>
        <translation>
            <numerusform>%Ln gelöschte Datei kommt zurück</numerusform>
            <numerusform>%Ln gelöschte Dateien kommen zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files found</source>
        <translation>
            <numerusform>%Ln Datei gefunden</numerusform>
            <numerusform>%Ln Dateien gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified</source>
        <translation>
            <numerusform>%Ln geändert</numerusform>
            <numerusform>%Ln geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified files lose what was changed</source>
        <translation>
            <numerusform>%Ln geänderte Datei verliert ihre Änderungen</numerusform>
            <numerusform>%Ln geänderte Dateien verlieren ihre Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths differ from the image</source>
        <translation>
            <numerusform>%Ln Pfad weicht vom Image ab</numerusform>
            <numerusform>%Ln Pfade weichen vom Image ab</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Einen Ordner…</translation>
    </message>
    <message>
        <source>A name has no blanks: team/app:2</source>
        <translation>Ein Name enthält keine Leerzeichen: team/app:2</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Comparing with the image…</source>
        <translation>Wird mit dem Image verglichen…</translation>
    </message>
    <message>
        <source>Copied into %1</source>
        <translation>Kopiert nach %1</translation>
    </message>
    <message>
        <source>Copy a folder into %1</source>
        <translation>Einen Ordner nach %1 kopieren</translation>
    </message>
    <message>
        <source>Copy files into %1</source>
        <translation>Dateien nach %1 kopieren</translation>
    </message>
    <message>
        <source>Copy files of yours into %1</source>
        <translation>Eigene Dateien nach %1 kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>%1 konnte nicht gelöscht werden</translation>
    </message>
    <message>
        <source>Could not discard the changes of %1</source>
        <translation>Die Änderungen von %1 konnten nicht verworfen werden</translation>
    </message>
    <message>
        <source>Could not download %1</source>
        <translation>%1 konnte nicht heruntergeladen werden</translation>
    </message>
    <message>
        <source>Could not restore %1</source>
        <translation>%1 konnte nicht wiederhergestellt werden</translation>
    </message>
    <message>
        <source>Could not save %1 as an image</source>
        <translation>%1 konnte nicht als Image gespeichert werden</translation>
    </message>
    <message>
        <source>Could not upload %1</source>
        <translation>%1 konnte nicht hochgeladen werden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>%1 wird gelöscht</translation>
    </message>
    <message>
        <source>Discard all changes of %1?</source>
        <translation>Alle Änderungen von %1 verwerfen?</translation>
    </message>
    <message>
        <source>Discard all changes…</source>
        <translation>Alle Änderungen verwerfen…</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Discarding changes of %1</source>
        <translation>Änderungen von %1 werden verworfen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>%1 wird heruntergeladen</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Herunterladen…</translation>
    </message>
    <message>
        <source>Files of the container</source>
        <translation>Dateien des Containers</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Dateien…</translation>
    </message>
    <message>
        <source>Filter changed paths</source>
        <translation>Geänderte Pfade filtern</translation>
    </message>
    <message>
        <source>Find in container</source>
        <translation>Im Container suchen</translation>
    </message>
    <message>
        <source>Its files are those of the image</source>
        <translation>Seine Dateien sind die des Images</translation>
    </message>
    <message>
        <source>Its files become those of the image. Volumes and shared folders are left alone.</source>
        <translation>Seine Dateien werden wieder die des Images. Volumes und geteilte Ordner bleiben unberührt.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Looking for “%1”…</source>
        <translation>Suche nach „%1“…</translation>
    </message>
    <message>
        <source>Name of the image</source>
        <translation>Name des Images</translation>
    </message>
    <message>
        <source>No changed path matches</source>
        <translation>Kein geänderter Pfad passt</translation>
    </message>
    <message>
        <source>No file has “%1” in its name</source>
        <translation>Keine Datei hat „%1“ im Namen</translation>
    </message>
    <message>
        <source>Not compared with the image</source>
        <translation>Nicht mit dem Image verglichen</translation>
    </message>
    <message>
        <source>Nothing differs from the image</source>
        <translation>Nichts weicht vom Image ab</translation>
    </message>
    <message>
        <source>Part of a name, a pattern such as *.conf, or part of a path with a slash</source>
        <translation>Teil eines Namens, ein Muster wie *.conf oder Teil eines Pfads mit Schrägstrich</translation>
    </message>
    <message>
        <source>Path; Enter goes there</source>
        <translation>Pfad; Eingabetaste geht dorthin</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace %1?</source>
        <translation>%1 ersetzen?</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln files?</source>
        <translation>
            <numerusform>%Ln Datei ersetzen?</numerusform>
            <numerusform>%Ln Dateien ersetzen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore %1?</source>
        <translation>%1 wiederherstellen?</translation>
    </message>
    <message>
        <source>Restoring %1</source>
        <translation>%1 wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 speichern</translation>
    </message>
    <message>
        <source>Save %1 as an image</source>
        <translation>%1 als Image speichern</translation>
    </message>
    <message>
        <source>Save %1 into</source>
        <translation>%1 speichern in</translation>
    </message>
    <message>
        <source>Save as image…</source>
        <translation>Als Image speichern…</translation>
    </message>
    <message>
        <source>Save image</source>
        <translation>Image speichern</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Saving %1 as an image</source>
        <translation>%1 wird als Image gespeichert</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>The container made it: there is no other copy.</source>
        <translation>Der Container hat es angelegt: Es gibt keine andere Kopie.</translation>
    </message>
    <message>
        <source>The files cannot be listed</source>
        <translation>Die Dateien können nicht aufgelistet werden</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln files found; there are more</source>
        <translation>
            <numerusform>Die erste gefundene Datei; es gibt mehr (%Ln)</numerusform>
            <numerusform>Die ersten %Ln gefundenen Dateien; es gibt mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no %1</source>
        <translation>Es gibt kein %1</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>Zum Ordner darüber</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Upload a folder into %1…</source>
        <translation>Einen Ordner nach %1 hochladen…</translation>
    </message>
    <message>
        <source>Upload files into %1…</source>
        <translation>Dateien nach %1 hochladen…</translation>
    </message>
    <message>
        <source>Uploading %1</source>
        <translation>%1 wird hochgeladen</translation>
    </message>
    <message>
        <source>What was changed in it since the image is lost.</source>
        <translation>Was seit dem Image darin geändert wurde, geht verloren.</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>Welche Dateien</translation>
    </message>
    <message numerus="yes">
        <source>Writable layer: %1 in %Ln paths</source>
        <translation>
            <numerusform>Schreibschicht: %1 in %Ln Pfad</numerusform>
            <numerusform>Schreibschicht: %1 in %Ln Pfaden</numerusform>
        </translation>
    </message>
    <message>
        <source>image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>geteilt</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>“Save as image…” keeps a copy of all that is there now.</source>
        <translation>„Als Image speichern…“ behält eine Kopie von allem, was jetzt da ist.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilterEdit</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FirstRunDialog</name>
    <message numerus="yes">
        <source>%n checks passed</source>
        <translation>
            <numerusform>%n Prüfung bestanden</numerusform>
            <numerusform>%n Prüfungen bestanden</numerusform>
        </translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Liegt Coracle bei, braucht kein Netzwerk</translation>
    </message>
    <message>
        <source>Continue with limits</source>
        <translation>Mit Einschränkungen weiter</translation>
    </message>
    <message numerus="yes">
        <source>Coracle checked what this computer can do. %n things do not work yet.</source>
        <translation>
            <numerusform>Coracle hat geprüft, was dieser Rechner kann. %n Punkt geht noch nicht.</numerusform>
            <numerusform>Coracle hat geprüft, was dieser Rechner kann. %n Punkte gehen noch nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Coracle looks at what this computer can do…</source>
        <translation>Coracle sieht nach, was dieser Rechner kann …</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>From a registry</source>
        <translation>Aus einer Registry</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere and no service is installed. Coracle runs only while you use it.</source>
        <translation>Es wird nichts irgendwohin gesendet und kein Dienst eingerichtet. Coracle läuft nur, solange Sie es benutzen.</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Image herunterladen</translation>
    </message>
    <message>
        <source>This computer is ready for containers.</source>
        <translation>Dieser Rechner ist bereit für Container.</translation>
    </message>
    <message numerus="yes">
        <source>This computer is ready for containers. %n things would work better.</source>
        <translation>
            <numerusform>Dieser Rechner ist bereit für Container. %n Punkt ginge besser.</numerusform>
            <numerusform>Dieser Rechner ist bereit für Container. %n Punkte gingen besser.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try the welcome image</source>
        <translation>Willkommens-Image ausprobieren</translation>
    </message>
    <message>
        <source>Welcome to Coracle</source>
        <translation>Willkommen bei Coracle</translation>
    </message>
    <message>
        <source>What this computer can do is not known.</source>
        <translation>Was dieser Rechner kann, ist nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HealthCard</name>
    <message numerus="yes">
        <source>%1 of the last %n checks passed</source>
        <translation>
            <numerusform>%1 der letzten %n Prüfung bestanden</numerusform>
            <numerusform>%1 der letzten %n Prüfungen bestanden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: exit code %2</source>
        <translation>%1: Rückgabewert %2</translation>
    </message>
    <message>
        <source>%1: passed</source>
        <translation>%1: bestanden</translation>
    </message>
    <message>
        <source>%1: took too long, or could not be run</source>
        <translation>%1: dauerte zu lange oder ließ sich nicht ausführen</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Gesundheit</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>Letzte Prüfungen</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message numerus="yes">
        <source>the last %n checks passed</source>
        <translation>
            <numerusform>%n Prüfung bestanden</numerusform>
            <numerusform>die letzten %n Prüfungen bestanden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::HealthTab</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 Problem</translation>
    </message>
    <message>
        <source>Cgroups</source>
        <translation>Cgroups</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Coracle</source>
        <translation>Coracle</translation>
    </message>
    <message>
        <source>Coracle runs this command as you:</source>
        <translation>Coracle führt diesen Befehl unter Ihrem Benutzer aus:</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation>Freier Platz</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>The command failed</source>
        <translation>Der Befehl ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The same checks in a terminal:</source>
        <translation>Dieselben Prüfungen im Terminal:</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>You are</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>checked %1</source>
        <translation>geprüft %1</translation>
    </message>
    <message>
        <source>checked just now</source>
        <translation>gerade geprüft</translation>
    </message>
    <message>
        <source>checked just now, took %1 s</source>
        <translation>gerade geprüft, in %1 s</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message numerus="yes">
        <source>ready, %n suggestions</source>
        <translation>
            <numerusform>bereit, %n Vorschlag</numerusform>
            <numerusform>bereit, %n Vorschläge</numerusform>
        </translation>
    </message>
    <message>
        <source>ready, 1 suggestion</source>
        <translation>bereit, 1 Vorschlag</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HistoryDialog</name>
    <message numerus="yes">
        <source>%Ln layers</source>
        <translation>
            <numerusform>%Ln Schicht</numerusform>
            <numerusform>%Ln Schichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln steps</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Wird abgefragt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy step</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>How %1 was made</source>
        <translation>Wie %1 entstand</translation>
    </message>
    <message>
        <source>Its maker wrote nothing down</source>
        <translation>Keine Angaben zur Entstehung</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HistoryModel</name>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>no files</source>
        <translation>keine Dateien</translation>
    </message>
</context>
<context>
    <name>coracle::gui::IdMapView</name>
    <message>
        <source>%1 is %2 here</source>
        <translation>%1 ist hier %2</translation>
    </message>
    <message>
        <source>%L1 – %L2</source>
        <translation>%L1 – %L2</translation>
    </message>
    <message>
        <source>root inside</source>
        <translation>root innen</translation>
    </message>
    <message>
        <source>user %1 inside</source>
        <translation>Benutzer %1 innen</translation>
    </message>
    <message>
        <source>users %L1 – %L2 inside</source>
        <translation>Benutzer %L1 – %L2 innen</translation>
    </message>
    <message>
        <source>you (%1)</source>
        <translation>Sie (%1)</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageDelegate</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageFacts</name>
    <message>
        <source>%1, of which other images share %2</source>
        <translation>%1, davon teilen andere Images %2</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Wird abgefragt</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers that use it</source>
        <translation>Container, die es benutzen</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>Einstiegspunkt</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>How its containers start</source>
        <translation>Wie seine Container starten</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>In registries</source>
        <translation>In Registrys</translation>
    </message>
    <message>
        <source>Its maker wrote nothing down</source>
        <translation>Keine Angaben zur Entstehung</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>No container uses it.</source>
        <translation>Kein Container benutzt es.</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>Das Image kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>Arbeitsordner</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageModel</name>
    <message>
        <source>%1 of its own, %2 shared with other images</source>
        <translation>%1 eigene Daten, %2 mit anderen Images geteilt</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>unbenutzt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagePage</name>
    <message>
        <source>%1 wasted</source>
        <translation>%1 verschwendet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths</source>
        <translation>
            <numerusform>%Ln Pfad</numerusform>
            <numerusform>%Ln Pfade</numerusform>
        </translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Bytes that later steps overwrite or delete still ship with the image:</source>
        <translation>Bytes, die spätere Schritte überschreiben oder löschen, werden trotzdem mit dem Image ausgeliefert:</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <source>Comparing with %1</source>
        <translation>Vergleich mit %1</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>Digest kopieren</translation>
    </message>
    <message>
        <source>Efficiency %1%</source>
        <translation>Effizienz %1%</translation>
    </message>
    <message>
        <source>End comparison</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>Everything in it can be seen: no step overwrites or deletes what an earlier one brought.</source>
        <translation>Alles darin ist sichtbar: Kein Schritt überschreibt oder löscht, was ein früherer mitgebracht hat.</translation>
    </message>
    <message>
        <source>Files of the step</source>
        <translation>Dateien des Schritts</translation>
    </message>
    <message>
        <source>Find file</source>
        <translation>Datei suchen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Image so far</source>
        <translation>Image bis hier</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>Kinds of changes</source>
        <translation>Arten von Änderungen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>No path matches “%1”</source>
        <translation>Kein Pfad passt zu „%1“</translation>
    </message>
    <message>
        <source>Only the first look at an image takes a moment.</source>
        <translation>Nur der erste Blick auf ein Image dauert einen Moment.</translation>
    </message>
    <message>
        <source>Parts of this image</source>
        <translation>Teile dieses Images</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Hochladen…</translation>
    </message>
    <message>
        <source>Reading the layers</source>
        <translation>Schichten werden gelesen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Starten…</translation>
    </message>
    <message>
        <source>Steps of the image</source>
        <translation>Schritte des Images</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>Das Image kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Their files are the same</source>
        <translation>Ihre Dateien sind gleich</translation>
    </message>
    <message>
        <source>There is no other image</source>
        <translation>Es gibt kein anderes Image</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>Diese Schicht</translation>
    </message>
    <message>
        <source>This step changes no file</source>
        <translation>Dieser Schritt ändert keine Datei</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>What is carried along unseen</source>
        <translation>Was unsichtbar mitgetragen wird</translation>
    </message>
    <message>
        <source>What makes %1 of %2: %3 added, %4 modified, %5 removed</source>
        <translation>Was %1 aus %2 macht: %3 hinzugefügt, %4 geändert, %5 entfernt</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>Welche Dateien</translation>
    </message>
    <message>
        <source>made %1</source>
        <translation>entstanden %1</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>benutzt von %1</translation>
    </message>
    <message numerus="yes">
        <source>used by %n containers</source>
        <translation>
            <numerusform>benutzt von %n Container</numerusform>
            <numerusform>benutzt von %n Containern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagesPage</name>
    <message>
        <source>%1 deleted</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>%1 in use, %2 unused</source>
        <translation>%1 benutzt, %2 unbenutzt</translation>
    </message>
    <message>
        <source>%1 is in use</source>
        <translation>%1 wird benutzt</translation>
    </message>
    <message>
        <source>%1 of it no other image shares</source>
        <translation>%1 davon teilt kein anderes Image</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>%1 belegt</translation>
    </message>
    <message>
        <source>%1 stays: used by %2</source>
        <translation>%1 bleibt: benutzt von %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, of an image that keeps other names</source>
        <translation>%1, von einem Image, das andere Namen behält</translation>
    </message>
    <message numerus="yes">
        <source>%n images deleted</source>
        <translation>
            <numerusform>%n Image gelöscht</numerusform>
            <numerusform>%n Images gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names of images deleted</source>
        <translation>
            <numerusform>%n Name eines Images gelöscht</numerusform>
            <numerusform>%n Namen von Images gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has no blanks: team/app:2</source>
        <translation>Ein Name enthält keine Leerzeichen: team/app:2</translation>
    </message>
    <message>
        <source>Add a name to %1</source>
        <translation>Neuer Name für %1</translation>
    </message>
    <message>
        <source>Add a name…</source>
        <translation>Namen hinzufügen…</translation>
    </message>
    <message>
        <source>Add name</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>An image is the file system that a container starts from. Pull one from a registry.</source>
        <translation>Ein Image ist das Dateisystem, mit dem ein Container startet. Es lässt sich aus einer Registry herunterladen.</translation>
    </message>
    <message>
        <source>Bring in the images of an archive</source>
        <translation>Images aus einem Archiv laden</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Aufräumen…</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Containers use all of them</source>
        <translation>Container benutzen sie alle</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Could not import %1</source>
        <translation>%1 konnte nicht importiert werden</translation>
    </message>
    <message>
        <source>Could not load %1</source>
        <translation>%1 konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>Could not save %1</source>
        <translation>%1 konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images?</source>
        <translation>
            <numerusform>%n Image löschen?</numerusform>
            <numerusform>%n Images löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images…</source>
        <translation>
            <numerusform>%n Image löschen…</numerusform>
            <numerusform>%n Images löschen…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n names of images?</source>
        <translation>
            <numerusform>%n Namen eines Images löschen?</numerusform>
            <numerusform>%n Namen von Images löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete image</source>
        <translation>Image löschen</translation>
    </message>
    <message>
        <source>Delete image (used by %1)</source>
        <translation>Image löschen (benutzt von %1)</translation>
    </message>
    <message>
        <source>Delete images</source>
        <translation>Images löschen</translation>
    </message>
    <message>
        <source>Delete the containers that use it first: %1</source>
        <translation>Zuerst die Container löschen, die es benutzen: %1</translation>
    </message>
    <message>
        <source>Delete the containers that use them first</source>
        <translation>Zuerst die Container löschen, die sie benutzen</translation>
    </message>
    <message>
        <source>Delete this name</source>
        <translation>Diesen Namen löschen</translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>Images filtern</translation>
    </message>
    <message>
        <source>How it was made…</source>
        <translation>Entstehung…</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>Importiert als %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Benutzt</translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Es kommt in den Papierkorb; „Rückgängig“ holt es %n Tag lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
            <numerusform>Es kommt in den Papierkorb; „Rückgängig“ holt es %n Tage lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has this name already</source>
        <translation>Es heißt schon so</translation>
    </message>
    <message>
        <source>It is deleted for good, and has to be pulled or built again.</source>
        <translation>Es wird endgültig gelöscht und muss neu geholt oder gebaut werden.</translation>
    </message>
    <message>
        <source>Layers and files</source>
        <translation>Schichten und Dateien</translation>
    </message>
    <message>
        <source>Layers are stored once and shared</source>
        <translation>Schichten werden einmal gespeichert und geteilt</translation>
    </message>
    <message>
        <source>Load images from an archive</source>
        <translation>Images aus einem Archiv laden</translation>
    </message>
    <message>
        <source>Loaded %1</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>Loading %1</source>
        <translation>Laden von %1</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>Archiv…</translation>
    </message>
    <message>
        <source>Make an image of the files of a tar</source>
        <translation>Ein Image aus den Dateien eines Tar machen</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>No image matches “%1”</source>
        <translation>Kein Image passt zu „%1“</translation>
    </message>
    <message>
        <source>No image of this kind</source>
        <translation>Kein Image dieser Art</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Noch keine Images</translation>
    </message>
    <message>
        <source>Pull…</source>
        <translation>Herunterladen…</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Hochladen…</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Starten…</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 speichern</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>In Datei speichern…</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>Speichern von %1</translation>
    </message>
    <message>
        <source>See what can go, and what that frees</source>
        <translation>Ansehen, was gehen kann und was das freigibt</translation>
    </message>
    <message>
        <source>The image keeps its other names</source>
        <translation>Das Image behält seine anderen Namen</translation>
    </message>
    <message>
        <source>The images cannot be listed</source>
        <translation>Die Images können nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>They are deleted for good, and have to be pulled or built again.</source>
        <translation>Sie werden endgültig gelöscht und müssen neu geholt oder gebaut werden.</translation>
    </message>
    <message>
        <source>They are in use</source>
        <translation>Sie werden benutzt</translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Sie kommen in den Papierkorb; „Rückgängig“ holt sie %n Tag lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
            <numerusform>Sie kommen in den Papierkorb; „Rückgängig“ holt sie %n Tage lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Unbenutzt</translation>
    </message>
    <message>
        <source>Which images</source>
        <translation>Welche Images</translation>
    </message>
    <message>
        <source>all in use</source>
        <translation>alle benutzt</translation>
    </message>
    <message>
        <source>all unused</source>
        <translation>alle unbenutzt</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>Image %1</translation>
    </message>
    <message>
        <source>would be %1 without sharing</source>
        <translation>ungeteilt wären es %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImportDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import %1 as an image</source>
        <translation>%1 als Image importieren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The files of the tar become one layer. For an image that was saved, use Load.</source>
        <translation>Die Dateien des Tar werden eine Schicht. Für ein gespeichertes Image gibt es Laden.</translation>
    </message>
    <message>
        <source>Type a name: tools, team/app:2</source>
        <translation>Einen Namen eingeben: tools, team/app:2</translation>
    </message>
    <message>
        <source>What it is, for its history</source>
        <translation>Was es ist, für seine Geschichte</translation>
    </message>
    <message>
        <source>What it runs: lines of a Dockerfile</source>
        <translation>Was es ausführt: Zeilen eines Dockerfile</translation>
    </message>
</context>
<context>
    <name>coracle::gui::InfoDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::InspectTab</name>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>OCI config</source>
        <translation>OCI-Config</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonModel</name>
    <message numerus="yes">
        <source> … %Ln items </source>
        <translation>
            <numerusform> … %Ln Eintrag </numerusform>
            <numerusform> … %Ln Einträge </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonPanel</name>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>JSON kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts anzuzeigen</translation>
    </message>
    <message>
        <source>Path of the selected part</source>
        <translation>Pfad des ausgewählten Teils</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation>Schlüssel und Werte suchen</translation>
    </message>
    <message>
        <source>The document could not be read.</source>
        <translation>Das Dokument konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonView</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
</context>
<context>
    <name>coracle::gui::KeepChoice</name>
    <message>
        <source>A file</source>
        <translation>Eine Datei</translation>
    </message>
    <message>
        <source>As plain text in %1, which only you can read.</source>
        <translation>Als Klartext in %1, nur für Sie lesbar.</translation>
    </message>
    <message>
        <source>Docker’s settings name this program.</source>
        <translation>Die Einstellungen von Docker nennen dieses Programm.</translation>
    </message>
    <message>
        <source>Encrypted; the command line finds it there, too.</source>
        <translation>Verschlüsselt; auch die Befehlszeile findet es dort.</translation>
    </message>
    <message>
        <source>It is locked: the desktop asks for its password.</source>
        <translation>Er ist gesperrt: Der Desktop fragt nach seinem Passwort.</translation>
    </message>
    <message>
        <source>Keep the password in</source>
        <translation>Passwort aufbewahren in</translation>
    </message>
    <message>
        <source>Looking for the desktop’s keyring…</source>
        <translation>Schlüsselbund des Desktops wird gesucht …</translation>
    </message>
    <message>
        <source>The desktop’s keyring</source>
        <translation>Schlüsselbund des Desktops</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LayerModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Schon da</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>Schon dort</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Aus %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Wird entpackt</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LayerStepModel</name>
    <message>
        <source>%1 added, %2 changed, %3 deleted</source>
        <translation>%1 hinzugefügt, %2 geändert, %3 gelöscht</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Nicht angegeben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>deleted in step %1</source>
        <translation>gelöscht in Schritt %1</translation>
    </message>
    <message>
        <source>written again in step %1</source>
        <translation>erneut geschrieben in Schritt %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LimitRow</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 is no number</source>
        <translation>%1 ist keine Zahl</translation>
    </message>
    <message>
        <source>Limit: %1</source>
        <translation>Grenze: %1</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ListTable</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogHistogram</name>
    <message>
        <source>When the lines were written</source>
        <translation>Zeitverlauf der Zeilen</translation>
    </message>
    <message>
        <source>When the lines were written; error output is red</source>
        <translation>Zeitverlauf der Zeilen; Fehlerausgaben sind rot</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogView</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LoginDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Log in to a registry</source>
        <translation>Bei einer Registry anmelden</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registry</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LoginForm</name>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>Passwort oder Token</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogsTab</name>
    <message>
        <source>%L1 of %2</source>
        <translation>%L1 von %2</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines are hidden</source>
        <translation>
            <numerusform>%Ln Zeile ist ausgeblendet</numerusform>
            <numerusform>%Ln Zeilen sind ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new lines</source>
        <translation>
            <numerusform>%Ln neue Zeile</numerusform>
            <numerusform>%Ln neue Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Folgt der Ausgabe</translation>
    </message>
    <message>
        <source>From info</source>
        <translation>Ab Info</translation>
    </message>
    <message>
        <source>From warnings</source>
        <translation>Ab Warnung</translation>
    </message>
    <message>
        <source>Last 5 min</source>
        <translation>Letzte 5 min</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Levels that are shown</source>
        <translation>Angezeigte Stufen</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>No line matches “%1”</source>
        <translation>Keine Zeile passt zu „%1“</translation>
    </message>
    <message>
        <source>No line of this kind</source>
        <translation>Keine Zeile dieser Art</translation>
    </message>
    <message>
        <source>No output yet</source>
        <translation>Noch keine Ausgabe</translation>
    </message>
    <message>
        <source>Only matches</source>
        <translation>Nur Treffer</translation>
    </message>
    <message>
        <source>Paused while you read · End to follow again</source>
        <translation>Beim Lesen angehalten · mit Ende wieder folgen</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Protokoll durchsuchen</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>Alle Zeilen zeigen</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>Seit Start</translation>
    </message>
    <message>
        <source>The container is not running; its output is kept</source>
        <translation>Der Container läuft nicht; seine Ausgabe bleibt erhalten</translation>
    </message>
    <message>
        <source>The log could not be saved</source>
        <translation>Das Protokoll konnte nicht gespeichert werden</translation>
    </message>
    <message>
        <source>The log was saved</source>
        <translation>Das Protokoll wurde gespeichert</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>Angezeigter Zeitraum</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>What the container writes to its output appears here and is kept after it ends.</source>
        <translation>Was der Container ausgibt, erscheint hier und bleibt auch nach seinem Ende erhalten.</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>Umbruch</translation>
    </message>
    <message>
        <source>error output</source>
        <translation>Fehlerausgabe</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>older lines are not shown</source>
        <translation>ältere Zeilen werden nicht angezeigt</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>sucht</translation>
    </message>
</context>
<context>
    <name>coracle::gui::MainWindow</name>
    <message>
        <source>%1 - Coracle</source>
        <translation>%1 - Coracle</translation>
    </message>
    <message>
        <source>%1 · opens its page</source>
        <translation>%1 · öffnet die Seite</translation>
    </message>
    <message>
        <source>About Coracle</source>
        <translation>Über Coracle</translation>
    </message>
    <message>
        <source>Add a name to %1…</source>
        <translation>%1 einen Namen geben …</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Appearance: %1</source>
        <translation>Aussehen: %1</translation>
    </message>
    <message>
        <source>Changes made elsewhere are not seen at the moment</source>
        <translation>Änderungen von außerhalb werden zurzeit nicht erkannt</translation>
    </message>
    <message>
        <source>Check this computer</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
    <message>
        <source>Clone %1…</source>
        <translation>%1 klonen …</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers without root and without a daemon. What you start here runs as you and keeps running when this window is closed.</source>
        <translation>Container ohne root und ohne Daemon. Was hier gestartet wird, läuft unter Ihrem Benutzer und läuft weiter, auch wenn dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Copy %1 as command</source>
        <translation>%1 als Befehl kopieren</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Delete %1…</source>
        <translation>%1 löschen …</translation>
    </message>
    <message>
        <source>Disk space, clean up</source>
        <translation>Speicherplatz, aufräumen</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Edit %1…</source>
        <translation>%1 bearbeiten …</translation>
    </message>
    <message>
        <source>Empty %1…</source>
        <translation>%1 leeren …</translation>
    </message>
    <message>
        <source>Export %1…</source>
        <translation>%1 exportieren …</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>How %1 was made…</source>
        <translation>Wie %1 entstanden ist …</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Import a volume from an archive…</source>
        <translation>Volume aus einem Archiv importieren …</translation>
    </message>
    <message>
        <source>Import an image from the files of a tar…</source>
        <translation>Ein Image aus den Dateien eines Tar importieren …</translation>
    </message>
    <message>
        <source>Inspect %1</source>
        <translation>Rohdaten von %1</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Load images from an archive…</source>
        <translation>Images aus einem Archiv laden …</translation>
    </message>
    <message>
        <source>Log in to a registry…</source>
        <translation>Bei einer Registry anmelden …</translation>
    </message>
    <message>
        <source>Logs of %1</source>
        <translation>Protokoll von %1</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Neues Volume …</translation>
    </message>
    <message>
        <source>Nothing has this name</source>
        <translation>Nichts heißt so</translation>
    </message>
    <message>
        <source>Open port %1 of %2</source>
        <translation>Port %1 von %2 öffnen</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 pausieren</translation>
    </message>
    <message>
        <source>Permissions of %1</source>
        <translation>Rechte von %1</translation>
    </message>
    <message>
        <source>Pull %1 again…</source>
        <translation>%1 erneut herunterladen…</translation>
    </message>
    <message>
        <source>Pull image “%1”…</source>
        <translation>Image „%1“ herunterladen…</translation>
    </message>
    <message>
        <source>Push %1…</source>
        <translation>%1 hochladen…</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Rename %1…</source>
        <translation>%1 umbenennen…</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 fortsetzen</translation>
    </message>
    <message>
        <source>Run %1…</source>
        <translation>%1 starten…</translation>
    </message>
    <message>
        <source>Run image “%1”…</source>
        <translation>Image „%1“ starten…</translation>
    </message>
    <message>
        <source>Save %1 to a file…</source>
        <translation>%1 in einer Datei speichern …</translation>
    </message>
    <message>
        <source>Settings: appearance, language</source>
        <translation>Einstellungen: Aussehen, Sprache</translation>
    </message>
    <message>
        <source>Settings: questions</source>
        <translation>Einstellungen: Rückfragen</translation>
    </message>
    <message>
        <source>Settings: registries, logins</source>
        <translation>Einstellungen: Registries, Anmeldungen</translation>
    </message>
    <message>
        <source>Settings: start and background</source>
        <translation>Einstellungen: Start und Hintergrund</translation>
    </message>
    <message>
        <source>Settings: storage, trash</source>
        <translation>Einstellungen: Speicher, Papierkorb</translation>
    </message>
    <message>
        <source>Show %1 in the list</source>
        <translation>%1 in der Liste zeigen</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>%1 starten</translation>
    </message>
    <message>
        <source>Stats of %1</source>
        <translation>Statistik von %1</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 stoppen</translation>
    </message>
    <message>
        <source>Terminal in %1</source>
        <translation>Terminal in %1</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht benutzt</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>benutzt von %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::NetworkEditor</name>
    <message>
        <source>A container’s</source>
        <translation>Das eines Containers</translation>
    </message>
    <message numerus="yes">
        <source>A host name has at most %n letters</source>
        <translation>
            <numerusform>Ein Rechnername hat höchstens %n Zeichen</numerusform>
            <numerusform>Ein Rechnername hat höchstens %n Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>A host name has no blanks</source>
        <translation>Ein Rechnername enthält keine Leerzeichen</translation>
    </message>
    <message>
        <source>Both share addresses, ports and names: what one listens on, the other reaches as localhost.</source>
        <translation>Beide teilen Adressen, Ports und Namen: Worauf der eine lauscht, erreicht der andere als localhost.</translation>
    </message>
    <message>
        <source>Choose the container whose network it joins</source>
        <translation>Wählen Sie den Container, dessen Netz er teilt</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>Verbunden mit</translation>
    </message>
    <message>
        <source>Host name inside</source>
        <translation>Rechnername im Container</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>Ein eigenes</translation>
    </message>
    <message>
        <source>Its programs reach what listens on this computer only, and are reached like yours.</source>
        <translation>Seine Programme erreichen auch, was nur auf diesem Rechner lauscht, und sind erreichbar wie Ihre.</translation>
    </message>
    <message>
        <source>Loopback only</source>
        <translation>Nur Loopback</translation>
    </message>
    <message>
        <source>More names it knows</source>
        <translation>Weitere Namen, die er kennt</translation>
    </message>
    <message>
        <source>Name servers</source>
        <translation>Nameserver</translation>
    </message>
    <message>
        <source>No container runs whose network it could join</source>
        <translation>Es läuft kein Container, dessen Netz er teilen könnte</translation>
    </message>
    <message>
        <source>No isolation, all ports shared</source>
        <translation>Keine Isolation, alle Ports geteilt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Nothing goes in or out: its programs reach each other only.</source>
        <translation>Nichts geht hinein oder hinaus: Seine Programme erreichen nur einander.</translation>
    </message>
    <message>
        <source>Private, reaches out through slirp4netns</source>
        <translation>Privat, nach außen über slirp4netns</translation>
    </message>
    <message numerus="yes">
        <source>Publishing ports needs a network of its own: the %n ports are left out.</source>
        <translation>
            <numerusform>Zum Veröffentlichen von Ports braucht er ein eigenes Netzwerk: %n Port wird weggelassen.</numerusform>
            <numerusform>Zum Veröffentlichen von Ports braucht er ein eigenes Netzwerk: %n Ports werden weggelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing ports needs a network of its own: the port is left out.</source>
        <translation>Zum Veröffentlichen von Ports braucht er ein eigenes Netzwerk: Der Port wird weggelassen.</translation>
    </message>
    <message>
        <source>Reaches the internet. Nothing reaches it but through the ports that you publish.</source>
        <translation>Erreicht das Internet. Von außen ist nichts erreichbar außer den Ports, die Sie veröffentlichen.</translation>
    </message>
    <message>
        <source>Shares the network of another one</source>
        <translation>Teilt das Netz eines anderen</translation>
    </message>
    <message>
        <source>That container does not run: start it first.</source>
        <translation>Dieser Container läuft nicht: Starten Sie ihn zuerst.</translation>
    </message>
    <message>
        <source>This computer’s</source>
        <translation>Das dieses Rechners</translation>
    </message>
    <message>
        <source>Whose network</source>
        <translation>Wessen Netz</translation>
    </message>
    <message>
        <source>db:192.0.2.7</source>
        <translation>db:192.0.2.7</translation>
    </message>
    <message>
        <source>its short id</source>
        <translation>seine kurze Id</translation>
    </message>
    <message>
        <source>that container’s</source>
        <translation>der jenes Containers</translation>
    </message>
    <message>
        <source>this computer’s</source>
        <translation>der dieses Rechners</translation>
    </message>
    <message>
        <source>those of the network</source>
        <translation>die des Netzes</translation>
    </message>
    <message>
        <source>“%1” is no address: write 192.0.2.1 or 2001:db8::1</source>
        <translation>„%1“ ist keine Adresse: Schreiben Sie 192.0.2.1 oder 2001:db8::1</translation>
    </message>
    <message>
        <source>“%1” is no name with an address: write db:192.0.2.7</source>
        <translation>„%1“ ist kein Name mit Adresse: Schreiben Sie db:192.0.2.7</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Notices</name>
    <message>
        <source>%1 ended with code %2</source>
        <translation>%1 endete mit Code %2</translation>
    </message>
    <message>
        <source>%1 is unhealthy</source>
        <translation>%1 ist nicht gesund</translation>
    </message>
    <message>
        <source>%1 ran out of memory</source>
        <translation>%1 hatte keinen Speicher mehr</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>It is started again.</source>
        <translation>Er wird wieder gestartet.</translation>
    </message>
    <message>
        <source>It stays stopped.</source>
        <translation>Er bleibt gestoppt.</translation>
    </message>
    <message>
        <source>Its health check fails again and again.</source>
        <translation>Seine Gesundheitsprüfung schlägt immer wieder fehl.</translation>
    </message>
    <message>
        <source>Show logs</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>The kernel ended it at its limit. %1</source>
        <translation>Der Kernel hat ihn an seiner Grenze beendet. %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::OverviewTab</name>
    <message>
        <source>%1 cores</source>
        <translation>%1 CPUs</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 · service %2</source>
        <translation>%1 · Dienst %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1, keine Grenze</translation>
    </message>
    <message>
        <source>%1/s in · %2/s out</source>
        <translation>%1/s ein · %2/s aus</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 CPU</translation>
    </message>
    <message>
        <source>A file the container writes as root is yours on this computer.</source>
        <translation>Eine Datei, die der Container als root schreibt, gehört auf diesem Rechner Ihnen.</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Add a folder or volume</source>
        <translation>Ordner oder Volume hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>All %n</source>
        <translation>
            <numerusform>Alle %n</numerusform>
            <numerusform>Alle %n</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Change the limits</source>
        <translation>Grenzen ändern</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Everything it writes stays in the container.</source>
        <translation>Alles, was er schreibt, bleibt im Container.</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Files of other users inside belong to your subordinate ids.</source>
        <translation>Dateien anderer Benutzer im Container gehören Ihren untergeordneten IDs.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Nothing is published.</source>
        <translation>Nichts ist veröffentlicht.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Only root exists inside, because you have no subordinate ids.</source>
        <translation>Im Container gibt es nur root, weil Sie keine untergeordneten IDs haben.</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Port %1 im Browser öffnen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Publish a port</source>
        <translation>Port freigeben</translation>
    </message>
    <message>
        <source>Publish port %1</source>
        <translation>Port %1 freigeben</translation>
    </message>
    <message>
        <source>Recent events</source>
        <translation>Letzte Ereignisse</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Root inside is another user on this computer.</source>
        <translation>root im Container ist auf diesem Rechner ein anderer Benutzer.</translation>
    </message>
    <message>
        <source>Same thing in a terminal</source>
        <translation>Dasselbe im Terminal</translation>
    </message>
    <message>
        <source>Show all events</source>
        <translation>Alle Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Show only the last events</source>
        <translation>Nur die letzten Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Who is who</source>
        <translation>Wer ist wer</translation>
    </message>
    <message>
        <source>Written files</source>
        <translation>Geschriebene Dateien</translation>
    </message>
    <message>
        <source>all addresses</source>
        <translation>alle Adressen</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>zurückgeholt</translation>
    </message>
    <message>
        <source>chosen at start</source>
        <translation>beim Start gewählt</translation>
    </message>
    <message>
        <source>created</source>
        <translation>erstellt</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>ended with exit code %1</source>
        <translation>beendet mit Exit-Code %1</translation>
    </message>
    <message>
        <source>ended, out of memory</source>
        <translation>beendet, Speicher voll</translation>
    </message>
    <message>
        <source>its own volume</source>
        <translation>eigenes Volume</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nicht veröffentlicht</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>on failure</source>
        <translation>bei Fehler</translation>
    </message>
    <message>
        <source>on failure, %1 of %2 used</source>
        <translation>bei Fehler, %1 von %2 verbraucht</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>pid %1 on this computer</source>
        <translation>PID %1 auf diesem Rechner</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>read/write</source>
        <translation>lesen/schreiben</translation>
    </message>
    <message>
        <source>started</source>
        <translation>gestartet</translation>
    </message>
    <message>
        <source>that of this computer</source>
        <translation>das dieses Rechners</translation>
    </message>
    <message>
        <source>unless you stopped it</source>
        <translation>außer Sie hielten ihn an</translation>
    </message>
</context>
<context>
    <name>coracle::gui::OwnersCard</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Seen inside as</source>
        <translation>Innen gesehen als</translation>
    </message>
    <message>
        <source>The container can</source>
        <translation>Der Container kann</translation>
    </message>
    <message>
        <source>The folder is empty. What root inside writes here belongs to you.</source>
        <translation>Der Ordner ist leer. Was root im Container hier schreibt, gehört Ihnen.</translation>
    </message>
    <message>
        <source>Who owns the files of %1</source>
        <translation>Wem die Dateien in %1 gehören</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>and one more</source>
        <translation>und eine weitere</translation>
    </message>
    <message>
        <source>nobody (65534)</source>
        <translation>nobody (65534)</translation>
    </message>
    <message>
        <source>not open it</source>
        <translation>nicht öffnen</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>read and write</source>
        <translation>lesen und schreiben</translation>
    </message>
    <message>
        <source>root (0)</source>
        <translation>root (0)</translation>
    </message>
    <message>
        <source>uid %1</source>
        <translation>uid %1</translation>
    </message>
    <message>
        <source>you (%1)</source>
        <translation>Sie (%1)</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Page</name>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Die Einstellungen konnten nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PageHeader</name>
    <message>
        <source>Main menu</source>
        <translation>Hauptmenü</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PasteDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Fill in the form</source>
        <translation>Formular ausfüllen</translation>
    </message>
    <message>
        <source>Paste a line of docker run, podman run or coracle run.</source>
        <translation>Eine Zeile von docker run, podman run oder coracle run einfügen.</translation>
    </message>
    <message>
        <source>Start from a command</source>
        <translation>Von einem Befehl ausgehen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PathTreeModel</name>
    <message>
        <source>%1, added</source>
        <translation>%1, hinzugefügt</translation>
    </message>
    <message>
        <source>%1, has changes inside</source>
        <translation>%1, enthält Änderungen</translation>
    </message>
    <message>
        <source>%1, modified</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>%1, removed</source>
        <translation>%1, entfernt</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PermissionsTab</name>
    <message>
        <source>%1 of %2 capabilities, valid only inside</source>
        <translation>%1 von %2 Capabilities, nur innen gültig</translation>
    </message>
    <message numerus="yes">
        <source>%Ln dropped, among them %1.</source>
        <translation>
            <numerusform>%Ln entzogen, darunter %1.</numerusform>
            <numerusform>%Ln entzogen, darunter %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wide open</source>
        <translation>
            <numerusform>%n weit offen</numerusform>
            <numerusform>%n weit offen</numerusform>
        </translation>
    </message>
    <message>
        <source>A container keeps its permissions for life. This opens the run dialog with the same settings.</source>
        <translation>Ein Container behält seine Rechte zeitlebens. Öffnet den Startdialog mit denselben Einstellungen.</translation>
    </message>
    <message>
        <source>A container shares the kernel of this computer. For hostile code use a virtual machine.</source>
        <translation>Ein Container nutzt den Kernel dieses Rechners mit. Für bösartigen Code besser eine virtuelle Maschine verwenden.</translation>
    </message>
    <message>
        <source>Change in a copy…</source>
        <translation>In Kopie ändern…</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>Isolation</translation>
    </message>
    <message>
        <source>None is dropped: as root inside it may do all that you may.</source>
        <translation>Keine ist entzogen: Als root im Container darf er alles, was Sie dürfen.</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Root inside may</source>
        <translation>root innen darf</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>What this container can reach</source>
        <translation>Was dieser Container erreicht</translation>
    </message>
    <message>
        <source>no extra holes</source>
        <translation>nichts weit offen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PortEditor</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Add port</source>
        <translation>Neuer Port</translation>
    </message>
    <message>
        <source>Address of this computer</source>
        <translation>Adresse dieses Rechners</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command that lowers the limit</source>
        <translation>Befehl kopieren, der die Grenze senkt</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>Lokales Netzwerk</translation>
    </message>
    <message>
        <source>Lower the limit once for everyone:</source>
        <translation>Die Grenze einmal für alle senken:</translation>
    </message>
    <message>
        <source>No port is reachable. Add one to open it to this computer or to the local network.</source>
        <translation>Kein Port ist erreichbar. „Neuer Port“ öffnet einen für diesen Rechner oder das lokale Netzwerk.</translation>
    </message>
    <message>
        <source>One address…</source>
        <translation>Eine Adresse…</translation>
    </message>
    <message>
        <source>Port %1 needs the system to allow low ports</source>
        <translation>Für Port %1 muss das System niedrige Ports erlauben</translation>
    </message>
    <message>
        <source>Port here</source>
        <translation>Port hier</translation>
    </message>
    <message>
        <source>Port inside the container</source>
        <translation>Port im Container</translation>
    </message>
    <message>
        <source>Port on this computer, or auto</source>
        <translation>Port auf diesem Rechner oder auto</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Ports under %1 are closed to normal users here.</source>
        <translation>Ports unter %1 sind hier für normale Benutzer gesperrt.</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>%1 veröffentlichen</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>Erreichbar von</translation>
    </message>
    <message>
        <source>Remove this port</source>
        <translation>Diesen Port entfernen</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>Nur dieser Rechner</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Mit %1</translation>
    </message>
    <message>
        <source>Use %1, or lower the limit once for everyone:</source>
        <translation>%1 nehmen oder die Grenze einmal für alle senken:</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>the image says it listens on</source>
        <translation>das Image lauscht laut Angabe auf</translation>
    </message>
    <message>
        <source>“Local network” lets other computers connect. “This computer only” binds to 127.0.0.1.</source>
        <translation>„Lokales Netzwerk“ erlaubt Verbindungen von anderen Rechnern. „Nur dieser Rechner“ bindet an 127.0.0.1.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ProcessCard</name>
    <message>
        <source>Ask process %1 to end?</source>
        <translation>Prozess %1 um sein Ende bitten?</translation>
    </message>
    <message>
        <source>Ask to end</source>
        <translation>Um Ende bitten</translation>
    </message>
    <message>
        <source>Ask to end…</source>
        <translation>Um Ende bitten …</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>It ends at once, without a chance to save its work.</source>
        <translation>Das Ende kommt sofort, ohne Gelegenheit, die Arbeit zu sichern.</translation>
    </message>
    <message>
        <source>It gets the signal TERM. What it does then is up to the program.</source>
        <translation>Er bekommt das Signal TERM. Was er dann tut, bestimmt das Programm.</translation>
    </message>
    <message>
        <source>It is the first process: the container ends with it</source>
        <translation>Es ist der erste Prozess: mit ihm endet der Container</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Kill process %1?</source>
        <translation>Prozess %1 sofort beenden?</translation>
    </message>
    <message>
        <source>Kill…</source>
        <translation>Sofort beenden…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Send KILL, which ends it at once</source>
        <translation>KILL senden, das ihn sofort beendet</translation>
    </message>
    <message>
        <source>Send TERM, which a program may handle</source>
        <translation>TERM senden, das ein Programm behandeln kann</translation>
    </message>
    <message>
        <source>The signal did not reach “%1”</source>
        <translation>Das Signal hat „%1“ nicht erreicht</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ProcessModel</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Host pid</source>
        <translation>Pid außen</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>ended, not yet waited for</source>
        <translation>beendet, noch nicht abgeholt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>schläft</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>waiting for a device</source>
        <translation>wartet auf ein Gerät</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PullDialog</name>
    <message>
        <source>%1 already here</source>
        <translation>%1 schon da</translation>
    </message>
    <message>
        <source>%1 to fetch</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>An image name has no blanks</source>
        <translation>Ein Image-Name enthält keine Leerzeichen</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>%1 wird abgefragt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel pull</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled; nothing was left behind</source>
        <translation>Abgebrochen; nichts ist zurückgeblieben</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation>Digest kopieren</translation>
    </message>
    <message>
        <source>Each layer of the image shows here while it comes</source>
        <translation>Hier erscheinen die Schichten des Images beim Herunterladen</translation>
    </message>
    <message>
        <source>Every layer is checked against its sha256 digest before it is used</source>
        <translation>Jede Schicht wird vor der Verwendung gegen ihren sha256-Digest geprüft</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Keep going in background</source>
        <translation>Im Hintergrund weiter</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Image herunterladen</translation>
    </message>
    <message>
        <source>Run it when ready</source>
        <translation>Danach starten</translation>
    </message>
    <message>
        <source>This computer’s</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Type the name of an image</source>
        <translation>Den Namen eines Images eingeben</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>Ganzes Image</translation>
    </message>
    <message>
        <source>alpine, postgres:17, registry.example/team/app:2</source>
        <translation>alpine, postgres:17, registry.example/team/app:2</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PullJob</name>
    <message>
        <source>%1 to fetch</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>Could not pull %1</source>
        <translation>%1 konnte nicht heruntergeladen werden</translation>
    </message>
    <message>
        <source>Pulled %1</source>
        <translation>%1 heruntergeladen</translation>
    </message>
    <message>
        <source>Pulling %1</source>
        <translation>Herunterladen von %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PushDialog</name>
    <message>
        <source>%1 already there</source>
        <translation>%1 schon dort</translation>
    </message>
    <message>
        <source>%1 to send</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>An image name has no blanks</source>
        <translation>Ein Image-Name enthält keine Leerzeichen</translation>
    </message>
    <message>
        <source>Cancel push</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled; the registry shows nothing of it</source>
        <translation>Abgebrochen; in der Registry ist nichts davon zu sehen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation>Digest kopieren</translation>
    </message>
    <message>
        <source>Each layer of the image shows here while it is sent</source>
        <translation>Hier erscheinen die Schichten des Images beim Hochladen</translation>
    </message>
    <message>
        <source>Keep going in background</source>
        <translation>Im Hintergrund weiter</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers that %1 has already are not sent again</source>
        <translation>Schichten, die %1 schon hat, werden nicht erneut gesendet</translation>
    </message>
    <message>
        <source>Names of localhost/ stay on this computer; name a registry in front</source>
        <translation>Namen unter localhost/ bleiben auf diesem Rechner; eine Registry voranstellen</translation>
    </message>
    <message>
        <source>Others pull it by this name or by its digest.</source>
        <translation>Andere laden es unter diesem Namen oder über seinen Digest herunter.</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Push again</source>
        <translation>Erneut hochladen</translation>
    </message>
    <message>
        <source>Push an image</source>
        <translation>Image hochladen</translation>
    </message>
    <message>
        <source>Pushed to %1</source>
        <translation>Nach %1 hochgeladen</translation>
    </message>
    <message>
        <source>Say where it goes: registry.example/team/app:2</source>
        <translation>Das Ziel angeben: registry.example/team/app:2</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>Ganzes Image</translation>
    </message>
    <message>
        <source>registry.example/team/app:2</source>
        <translation>registry.example/team/app:2</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PushJob</name>
    <message>
        <source>%1 to send</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>Could not push %1</source>
        <translation>%1 konnte nicht hochgeladen werden</translation>
    </message>
    <message>
        <source>Pushed %1</source>
        <translation>%1 hochgeladen</translation>
    </message>
    <message>
        <source>Pushing %1</source>
        <translation>Hochladen von %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RegistriesCard</name>
    <message>
        <source>Add a registry…</source>
        <translation>Registry hinzufügen…</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Forget what is set for %1</source>
        <translation>Einstellungen für %1 vergessen</translation>
    </message>
    <message>
        <source>Kept by %1</source>
        <translation>Aufbewahrt von %1</translation>
    </message>
    <message>
        <source>Kept in the desktop’s keyring</source>
        <translation>Aufbewahrt im Schlüsselbund des Desktops</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Log out of %1</source>
        <translation>Von %1 abmelden</translation>
    </message>
    <message>
        <source>Nothing is set: images come from where their names say, by TLS.</source>
        <translation>Nichts ist eingestellt: Images kommen über TLS von dort, wo ihr Name es sagt.</translation>
    </message>
    <message>
        <source>Settings of %1 forgotten</source>
        <translation>Einstellungen von %1 vergessen</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>its certificate is not checked</source>
        <translation>sein Zertifikat wird nicht geprüft</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>logged in as %1</source>
        <translation>angemeldet als %1</translation>
    </message>
    <message>
        <source>mirrors: %1</source>
        <translation>Spiegel: %1</translation>
    </message>
    <message>
        <source>nothing is set</source>
        <translation>nichts eingestellt</translation>
    </message>
    <message>
        <source>own certificate authority</source>
        <translation>eigene Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>taken from %1</source>
        <translation>geholt von %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RegistryDialog</name>
    <message>
        <source>Add a registry</source>
        <translation>Registry hinzufügen</translation>
    </message>
    <message>
        <source>Also allows it without encryption. Who is on the way can change images.</source>
        <translation>Erlaubt sie auch ohne Verschlüsselung. Wer auf dem Weg sitzt, kann Images verändern.</translation>
    </message>
    <message>
        <source>Block it</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a file: %1</source>
        <translation>Datei wählen: %1</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Do not check its certificate</source>
        <translation>Ihr Zertifikat nicht prüfen</translation>
    </message>
    <message>
        <source>Its own certificate authority</source>
        <translation>Eigene Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>Schlüssel dazu</translation>
    </message>
    <message>
        <source>Mirrors, one in a line; they are tried first</source>
        <translation>Spiegel, einer je Zeile; sie werden zuerst versucht</translation>
    </message>
    <message>
        <source>Nothing is taken from it or sent to it</source>
        <translation>Nichts wird von dort geholt oder dorthin gesendet</translation>
    </message>
    <message>
        <source>Registry %1</source>
        <translation>Registry %1</translation>
    </message>
    <message>
        <source>Registry, or the beginning of names in it</source>
        <translation>Registry oder der Anfang von Namen darin</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Take images from another place instead</source>
        <translation>Images stattdessen von woanders holen</translation>
    </message>
    <message>
        <source>This is a matter of the whole registry</source>
        <translation>Das gilt nur für die ganze Registry</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ResourceEditor</name>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>%1 shares</source>
        <translation>%1 Anteile</translation>
    </message>
    <message>
        <source>A limit of swap needs one of memory</source>
        <translation>Eine Grenze für Swap braucht eine für den Speicher</translation>
    </message>
    <message>
        <source>Also kept: %1</source>
        <translation>Ebenfalls behalten: %1</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Guards against runaway forks</source>
        <translation>Schützt vor endlosem Vervielfältigen</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>In addition to memory</source>
        <translation>Zusätzlich zum Speicher</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Not held: it %1</source>
        <translation>Wirkt nicht: %1</translation>
    </message>
    <message numerus="yes">
        <source>Of %n cores on this computer</source>
        <translation>
            <numerusform>Von %n Kern dieses Rechners</numerusform>
            <numerusform>Von %n Kernen dieses Rechners</numerusform>
        </translation>
    </message>
    <message>
        <source>Of the one core of this computer</source>
        <translation>Vom einzigen Kern dieses Rechners</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>Priority when the processors are busy</source>
        <translation>Vorrang, wenn die Prozessoren ausgelastet sind</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Processor time</source>
        <translation>Rechenzeit</translation>
    </message>
    <message>
        <source>Running containers take %1 of %2</source>
        <translation>Laufende Container brauchen %1 von %2</translation>
    </message>
    <message>
        <source>Stopped by the kernel above this</source>
        <translation>Darüber beendet ihn der Kernel</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>The kernel would not hold these limits: %1</source>
        <translation>Der Kernel würde diese Grenzen nicht einhalten: %1</translation>
    </message>
    <message>
        <source>Your session may set %1 limits only</source>
        <translation>Ihre Sitzung darf nur Grenzen für %1 setzen</translation>
    </message>
    <message>
        <source>Your session may set memory, processor and process limits</source>
        <translation>Ihre Sitzung darf Grenzen für Speicher, Prozessor und Prozesse setzen</translation>
    </message>
    <message>
        <source>Your session may set no limits</source>
        <translation>Ihre Sitzung darf keine Grenzen setzen</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not held</source>
        <translation>wirkungslos</translation>
    </message>
    <message>
        <source>process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RestartBox</name>
    <message>
        <source>Leave it stopped</source>
        <translation>Gestoppt lassen</translation>
    </message>
    <message>
        <source>Restart always</source>
        <translation>Immer neu starten</translation>
    </message>
    <message>
        <source>Restart on failure</source>
        <translation>Bei Fehler neu starten</translation>
    </message>
    <message numerus="yes">
        <source>Restart on failure, at most %n times</source>
        <translation>
            <numerusform>Bei Fehler neu starten, höchstens %n-mal</numerusform>
            <numerusform>Bei Fehler neu starten, höchstens %n-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>Restart unless you stopped it</source>
        <translation>Neu starten, außer nach Stopp von Hand</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunBasics</name>
    <message>
        <source>%1 (image)</source>
        <translation>%1 (Image)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n arguments</source>
        <translation>
            <numerusform>%n Argument</numerusform>
            <numerusform>%n Argumente</numerusform>
        </translation>
    </message>
    <message>
        <source>1 argument</source>
        <translation>1 Argument</translation>
    </message>
    <message>
        <source>A container has this name already</source>
        <translation>Ein Container heißt schon so</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen</translation>
    </message>
    <message>
        <source>A name, with or without registry and tag</source>
        <translation>Ein Name, mit oder ohne Registry und Tag</translation>
    </message>
    <message>
        <source>A quote is not closed</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen</translation>
    </message>
    <message>
        <source>Always, for the newest</source>
        <translation>Immer, für das neueste</translation>
    </message>
    <message>
        <source>Choose an image</source>
        <translation>Image auswählen</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Liegt Coracle bei, braucht kein Netzwerk</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>For as long as you are logged in</source>
        <translation>Solange Sie angemeldet sind</translation>
    </message>
    <message>
        <source>Here already · %1 · made %2</source>
        <translation>Schon da · %1 · erstellt %2</translation>
    </message>
    <message>
        <source>How you find it again</source>
        <translation>Zum Wiederfinden</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Keep input open</source>
        <translation>Eingabe offen halten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Not here yet: it is pulled first</source>
        <translation>Noch nicht hier: Wird zuerst heruntergeladen</translation>
    </message>
    <message>
        <source>Not here, and not to be pulled</source>
        <translation>Nicht hier, und soll nicht geladen werden</translation>
    </message>
    <message>
        <source>Passes signals on and takes care of orphaned processes</source>
        <translation>Reicht Signale weiter und kümmert sich um verwaiste Prozesse</translation>
    </message>
    <message>
        <source>Program: %1 · %2</source>
        <translation>Programm: %1 · %2</translation>
    </message>
    <message>
        <source>Pull the image</source>
        <translation>Image laden</translation>
    </message>
    <message>
        <source>Read-only root</source>
        <translation>Root-FS nur lesbar</translation>
    </message>
    <message>
        <source>Small init as pid 1</source>
        <translation>Kleines Init als PID 1</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>The folder must start with /</source>
        <translation>Der Ordner muss mit / beginnen</translation>
    </message>
    <message>
        <source>This name is free</source>
        <translation>Dieser Name ist frei</translation>
    </message>
    <message>
        <source>User inside</source>
        <translation>Benutzer innen</translation>
    </message>
    <message>
        <source>When it is not here</source>
        <translation>Wenn es nicht hier ist</translation>
    </message>
    <message>
        <source>When it stops</source>
        <translation>Nach dem Stopp</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>Arbeitsordner</translation>
    </message>
    <message>
        <source>alpine, or registry.example/team/app:2</source>
        <translation>alpine oder registry.example/team/app:2</translation>
    </message>
    <message>
        <source>as the image says</source>
        <translation>wie im Image</translation>
    </message>
    <message>
        <source>made up when empty</source>
        <translation>wenn leer, automatisch</translation>
    </message>
    <message>
        <source>replaces the image’s own</source>
        <translation>ersetzt den des Images</translation>
    </message>
    <message>
        <source>root inside is your own user outside</source>
        <translation>root innen ist draußen Ihr eigener Benutzer</translation>
    </message>
    <message>
        <source>the image names no program</source>
        <translation>das Image nennt kein Programm</translation>
    </message>
    <message>
        <source>the image would run %1</source>
        <translation>das Image würde %1 ausführen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunDialog</name>
    <message>
        <source>A file of variables</source>
        <translation>Eine Datei mit Variablen</translation>
    </message>
    <message>
        <source>A filter of system calls</source>
        <translation>Ein Filter für Systemaufrufe</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Create only</source>
        <translation>Nur erstellen</translation>
    </message>
    <message>
        <source>Creating the container</source>
        <translation>Container wird erstellt</translation>
    </message>
    <message>
        <source>It starts again when it stops</source>
        <translation>Er startet nach dem Stoppen neu</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Only what you change is passed on. The rest stays as the image says.</source>
        <translation>Nur Geändertes wird übergeben. Alles andere bleibt, wie das Image es vorgibt.</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Pulling the image</source>
        <translation>Image wird heruntergeladen</translation>
    </message>
    <message>
        <source>Pulling the image, %1</source>
        <translation>Abbild wird geholt, %1</translation>
    </message>
    <message>
        <source>Remove when it stops</source>
        <translation>Nach dem Stopp löschen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Run a container</source>
        <translation>Container starten</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Starting the container</source>
        <translation>Container wird gestartet</translation>
    </message>
    <message>
        <source>The form has the settings of %1, but for its name.</source>
        <translation>Das Formular hat die Einstellungen von %1, außer dem Namen.</translation>
    </message>
    <message>
        <source>The form has what the command says.</source>
        <translation>Das Formular hat, was der Befehl sagt.</translation>
    </message>
    <message>
        <source>The form has what the image says.</source>
        <translation>Das Formular hat, was das Image sagt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunPreview</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Compose file</source>
        <translation>Compose-Datei</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Den Text kopieren</translation>
    </message>
    <message>
        <source>Form of the text</source>
        <translation>Form des Textes</translation>
    </message>
    <message>
        <source>Quadlet</source>
        <translation>Quadlet</translation>
    </message>
    <message>
        <source>The command that does the same</source>
        <translation>Der Befehl, der dasselbe tut</translation>
    </message>
    <message>
        <source>The compose file that does the same</source>
        <translation>Die Compose-Datei, die dasselbe tut</translation>
    </message>
    <message>
        <source>The quadlet that does the same</source>
        <translation>Das Quadlet, das dasselbe tut</translation>
    </message>
    <message>
        <source>updates as you type</source>
        <translation>folgt Ihrer Eingabe</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SectionList</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 Problem</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SecurityEditor</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>Eine Capability hinzufügen</translation>
    </message>
    <message>
        <source>Allows what docker allows, and starts with its fourteen capabilities</source>
        <translation>Erlaubt, was Docker erlaubt, und beginnt mit dessen vierzehn Capabilities</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capabilities</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Eine andere Datei wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene Wahl</translation>
    </message>
    <message>
        <source>Default call filter and 11 capabilities</source>
        <translation>Standardfilter und 11 Capabilities</translation>
    </message>
    <message>
        <source>Default filter</source>
        <translation>Standardfilter</translation>
    </message>
    <message>
        <source>Docker’s filter</source>
        <translation>Dockers Filter</translation>
    </message>
    <message>
        <source>Every call reaches the kernel: a mistake in it is within reach of the container</source>
        <translation>Jeder Aufruf erreicht den Kernel: Ein Fehler darin ist für den Container erreichbar</translation>
    </message>
    <message>
        <source>Everything that you may do yourself: all capabilities, your devices, nothing masked</source>
        <translation>Alles, was Sie selbst dürfen: alle Capabilities, Ihre Geräte, nichts verdeckt</translation>
    </message>
    <message>
        <source>Filter of system calls</source>
        <translation>Filter für Systemaufrufe</translation>
    </message>
    <message>
        <source>For 32-bit programs</source>
        <translation>Für 32-Bit-Programme</translation>
    </message>
    <message>
        <source>For containers inside</source>
        <translation>Für Container darin</translation>
    </message>
    <message>
        <source>For debuggers and profilers</source>
        <translation>Für Debugger und Profiler</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>Hide kernel interfaces such as /proc/kcore</source>
        <translation>Verdeckt Schnittstellen des Kernels wie /proc/kcore</translation>
    </message>
    <message>
        <source>How tight</source>
        <translation>Wie streng</translation>
    </message>
    <message>
        <source>Ids that no other container shares, as many as the image needs</source>
        <translation>Ids, die kein anderer Container hat, so viele wie das Image braucht</translation>
    </message>
    <message>
        <source>Its ids are mapped one by one (--uidmap, --gidmap)</source>
        <translation>Seine Ids sind einzeln zugeordnet (--uidmap, --gidmap)</translation>
    </message>
    <message>
        <source>Locked down</source>
        <translation>Abgeriegelt</translation>
    </message>
    <message>
        <source>Mask /proc and /sys</source>
        <translation>/proc und /sys verdecken</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>Kein Filter</translation>
    </message>
    <message>
        <source>No new privileges</source>
        <translation>Keine neuen Rechte</translation>
    </message>
    <message>
        <source>Not even root inside may do more than other users.</source>
        <translation>Nicht einmal root darin darf mehr als andere Benutzer.</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Jetzt: %1</translation>
    </message>
    <message>
        <source>Only mounted paths can be written</source>
        <translation>Nur eingehängte Pfade sind beschreibbar</translation>
    </message>
    <message>
        <source>Own user range</source>
        <translation>Eigener Id-Bereich</translation>
    </message>
    <message>
        <source>Privileged</source>
        <translation>Privilegiert</translation>
    </message>
    <message>
        <source>Profiles %1</source>
        <translation>Profile %1</translation>
    </message>
    <message>
        <source>Read-only root</source>
        <translation>Wurzel nur lesbar</translation>
    </message>
    <message>
        <source>Read-only, no network, no capabilities</source>
        <translation>Nur lesbar, kein Netzwerk, keine Capabilities</translation>
    </message>
    <message>
        <source>Refuses mount, bpf, keyctl, perf_event_open, module loading and others</source>
        <translation>Verweigert mount, bpf, keyctl, perf_event_open, das Laden von Modulen und weitere</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>Systemaufrufe</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>%1 wegnehmen</translation>
    </message>
    <message>
        <source>The default, and calls of the 32-bit kind, whose sockets are not filtered</source>
        <translation>Der Standard, dazu Aufrufe der 32-Bit-Art, deren Sockets nicht gefiltert werden</translation>
    </message>
    <message>
        <source>The default, and programs of the container may be traced and measured</source>
        <translation>Der Standard, und Programme des Containers dürfen verfolgt und gemessen werden</translation>
    </message>
    <message>
        <source>The default, with new namespaces and mounts; nothing of /proc is hidden</source>
        <translation>Der Standard, mit neuen Namensräumen und Mounts; nichts von /proc ist verdeckt</translation>
    </message>
    <message>
        <source>The other choices need all of them in sight</source>
        <translation>Die anderen Möglichkeiten brauchen sie alle sichtbar</translation>
    </message>
    <message>
        <source>There is no capability %1</source>
        <translation>Es gibt keine Capability %1</translation>
    </message>
    <message>
        <source>You choose below</source>
        <translation>Sie wählen unten</translation>
    </message>
    <message>
        <source>setuid programs and file capabilities give nothing</source>
        <translation>setuid-Programme und Datei-Capabilities geben nichts</translation>
    </message>
    <message>
        <source>valid only inside</source>
        <translation>gültig nur innen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SettingsPage</name>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>% of the disk</source>
        <translation>% der Platte</translation>
    </message>
    <message>
        <source>All together, those in the trash included</source>
        <translation>Alle zusammen, auch die im Papierkorb</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche löschen</translation>
    </message>
    <message>
        <source>Closing the window leaves the icon; containers run on either way</source>
        <translation>Nach dem Schließen des Fensters bleibt das Symbol; Container laufen so oder so weiter</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Eng</translation>
    </message>
    <message>
        <source>Compact shows about 25% more rows</source>
        <translation>Eng zeigt etwa 25 % mehr Zeilen</translation>
    </message>
    <message>
        <source>Confirm before</source>
        <translation>Nachfragen vor</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Deletes only</source>
        <translation>Nur Löschen</translation>
    </message>
    <message>
        <source>Follow desktop</source>
        <translation>Wie Desktop</translation>
    </message>
    <message>
        <source>Follow the desktop switches with it at once</source>
        <translation>„Wie Desktop“ wechselt sofort mit ihm</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Images may take</source>
        <translation>Platz für Images</translation>
    </message>
    <message>
        <source>In the trash, where Undo brings them back from</source>
        <translation>Im Papierkorb, aus dem Rückgängig sie zurückholt</translation>
    </message>
    <message>
        <source>Keep free on the disk</source>
        <translation>Auf dem Datenträger frei lassen</translation>
    </message>
    <message>
        <source>Keep removed things</source>
        <translation>Entferntes aufheben</translation>
    </message>
    <message>
        <source>Keep running in the tray</source>
        <translation>Im Infobereich weiterlaufen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Letters of one width, as the programs in it expect</source>
        <translation>Buchstaben gleicher Breite, wie die Programme darin sie erwarten</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Loss of data only</source>
        <translation>Nur Datenverlust</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>No image is fetched that would take it</source>
        <translation>Kein Image wird geholt, das ihn belegen würde</translation>
    </message>
    <message>
        <source>No setting matches “%1”</source>
        <translation>Keine Einstellung passt zu „%1“</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Of the disk; the oldest goes first</source>
        <translation>Vom Datenträger; das Älteste geht zuerst</translation>
    </message>
    <message>
        <source>Opens in the tray, without a window</source>
        <translation>Erscheint im Infobereich, ohne Fenster</translation>
    </message>
    <message>
        <source>Parts of the settings</source>
        <translation>Teile der Einstellungen</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Registries</source>
        <translation>Registrys</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Size of the terminal’s letters</source>
        <translation>Größe der Buchstaben im Terminal</translation>
    </message>
    <message>
        <source>Start Coracle when I log in</source>
        <translation>Coracle beim Anmelden starten</translation>
    </message>
    <message>
        <source>Start and background</source>
        <translation>Start und Hintergrund</translation>
    </message>
    <message>
        <source>Start containers when I log in</source>
        <translation>Container starten, wenn ich mich anmelde</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stopping, deleting</source>
        <translation>Stoppen, Löschen</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicherplatz</translation>
    </message>
    <message>
        <source>Terminal font</source>
        <translation>Schrift im Terminal</translation>
    </message>
    <message>
        <source>The command line obeys the same file: ~/.config/coracle/registries.json. Logins are where “coracle login” keeps them.</source>
        <translation>Die Befehlszeile befolgt dieselbe Datei: ~/.config/coracle/registries.json. Anmeldungen liegen, wo „coracle login“ sie aufbewahrt.</translation>
    </message>
    <message>
        <source>The command line obeys the same file: ~/.config/coracle/store.json</source>
        <translation>Die Befehlszeile hält sich an dieselbe Datei: ~/.config/coracle/store.json</translation>
    </message>
    <message>
        <source>The desktop’s</source>
        <translation>Die der Arbeitsumgebung</translation>
    </message>
    <message>
        <source>The next start takes it</source>
        <translation>Gilt ab dem nächsten Start</translation>
    </message>
    <message>
        <source>The start with the session could not be changed</source>
        <translation>Der Start beim Anmelden ließ sich nicht ändern</translation>
    </message>
    <message>
        <source>The trash may take</source>
        <translation>Platz für den Papierkorb</translation>
    </message>
    <message>
        <source>This desktop has no tray for icons</source>
        <translation>Dieser Desktop hat keinen Infobereich für Symbole</translation>
    </message>
    <message>
        <source>Those with a restart policy, as “coracle system enable-restart” does</source>
        <translation>Die mit einer Neustartregel, wie „coracle system enable-restart“</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Unit of what stays free</source>
        <translation>Einheit des freien Platzes</translation>
    </message>
    <message>
        <source>What deletes data for good always asks</source>
        <translation>Was Daten endgültig löscht, fragt immer</translation>
    </message>
    <message>
        <source>When a container ends with an error, runs out of memory or becomes unhealthy, and when long work ends</source>
        <translation>Wenn ein Container mit einem Fehler endet, keinen Speicher mehr hat oder nicht mehr gesund ist, und wenn lange Arbeit endet</translation>
    </message>
    <message>
        <source>When in background</source>
        <translation>Im Hintergrund</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>gar nicht</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>the least: 32 MiB</source>
        <translation>das Mindeste: 32 MiB</translation>
    </message>
    <message>
        <source>usual size</source>
        <translation>übliche Größe</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ShortcutsDialog</name>
    <message>
        <source>Alt+1 … Alt+%1</source>
        <translation>Alt+1 … Alt+%1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Lists and containers</source>
        <translation>Listen und Container</translation>
    </message>
    <message>
        <source>Logs and documents</source>
        <translation>Protokolle und Dokumente</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Sidebar</name>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>System sections</source>
        <translation>Bereiche des Systems</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SpecForm</name>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Share a folder with the container</source>
        <translation>Ordner für den Container freigeben</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Daten</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StartFrom</name>
    <message>
        <source>A pasted command…</source>
        <translation>Ein eingefügter Befehl…</translation>
    </message>
    <message>
        <source>Image defaults</source>
        <translation>Vorgaben des Images</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgehen von</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StatsTab</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 · peak %2</source>
        <translation>%1 · Spitze %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>A container that does not run takes nothing but disk space.</source>
        <translation>Ein Container, der nicht läuft, braucht nur Plattenplatz.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Counted over the processes that run now: those that have ended are missing</source>
        <translation>Gezählt über die gerade laufenden Prozesse: Bereits beendete fehlen</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Laufwerk</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>Als CSV…</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Messwerte speichern</translation>
    </message>
    <message>
        <source>The numbers could not be saved</source>
        <translation>Die Messwerte konnten nicht gespeichert werden</translation>
    </message>
    <message>
        <source>The numbers were saved</source>
        <translation>Die Zahlen wurden gespeichert</translation>
    </message>
    <message>
        <source>Your session has no control group to count in. See System for how to get one.</source>
        <translation>Ihre Sitzung hat keine Cgroup zum Zählen. Abhilfe steht unter „System“.</translation>
    </message>
    <message>
        <source>in</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>ein %1</translation>
    </message>
    <message>
        <source>one sample a second</source>
        <translation>ein Messwert pro Sekunde</translation>
    </message>
    <message>
        <source>out</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>aus %1</translation>
    </message>
    <message>
        <source>paused; samples go on</source>
        <translation>angehalten; es wird weiter gemessen</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>read %1</source>
        <translation>lesen %1</translation>
    </message>
    <message>
        <source>write %1</source>
        <translation>schreiben %1</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StatusStrip</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weitere</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 frei</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Memory of all running containers</source>
        <translation>Speicher aller laufenden Container</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Rootless · you are root inside</source>
        <translation>Rootless · innen sind Sie root</translation>
    </message>
    <message>
        <source>Running as root</source>
        <translation>Läuft als root</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Aufgaben</translation>
    </message>
    <message>
        <source>Taken by all running containers, of all cores</source>
        <translation>Last aller laufenden Container, über alle Kerne</translation>
    </message>
    <message>
        <source>layers cannot be mounted</source>
        <translation>Schichten sind nicht einhängbar</translation>
    </message>
    <message>
        <source>overlay (native)</source>
        <translation>overlay (nativ)</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StorageEditor</name>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Add temporary</source>
        <translation>Temporär</translation>
    </message>
    <message>
        <source>Add volume</source>
        <translation>Neues Volume</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner auswählen</translation>
    </message>
    <message>
        <source>Drop a folder from your file manager here to add it. Shared folders are the only part of your disk the container sees.</source>
        <translation>Ordner aus der Dateiverwaltung hier ablegen, um sie hinzuzufügen. Vom Datenträger sieht der Container nur freigegebene Ordner.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder on this computer</source>
        <translation>Ordner auf diesem Rechner</translation>
    </message>
    <message>
        <source>Folders and volumes</source>
        <translation>Ordner und Volumes</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>MB in memory</source>
        <translation>MB im Speicher</translation>
    </message>
    <message>
        <source>Path inside</source>
        <translation>Pfad innen</translation>
    </message>
    <message>
        <source>Path inside the container</source>
        <translation>Pfad im Container</translation>
    </message>
    <message>
        <source>Read and write</source>
        <translation>Lesen/schreiben</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Diese Zeile entfernen</translation>
    </message>
    <message>
        <source>Size in megabytes</source>
        <translation>Größe in Megabyte</translation>
    </message>
    <message>
        <source>Temporary</source>
        <translation>Temporär</translation>
    </message>
    <message>
        <source>The container keeps nothing and sees nothing of your disk. Add a folder or a volume.</source>
        <translation>Der Container bewahrt nichts auf und sieht nichts vom Datenträger. Ordner und Volumes lassen sich hinzufügen.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>a name, or empty</source>
        <translation>ein Name oder leer</translation>
    </message>
    <message>
        <source>name of an image</source>
        <translation>Name eines Images</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SystemPage</name>
    <message numerus="yes">
        <source>%n lines want attention</source>
        <translation>
            <numerusform>%n Zeile braucht Aufmerksamkeit</numerusform>
            <numerusform>%n Zeilen brauchen Aufmerksamkeit</numerusform>
        </translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Laufwerk</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Parts of the system page</source>
        <translation>Teile der Systemseite</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Task</name>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TaskPopup</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing is under way.</source>
        <translation>Zurzeit läuft nichts.</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Aufgaben</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TerminalTab</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>A shell runs each line as soon as it arrives.</source>
        <translation>Eine Shell führt jede Zeile aus, sobald sie ankommt.</translation>
    </message>
    <message>
        <source>A terminal needs a container that runs.</source>
        <translation>Ein Terminal braucht einen laufenden Container.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close terminal</source>
        <translation>Terminal schließen</translation>
    </message>
    <message>
        <source>Close terminal (Ctrl+Shift+W)</source>
        <translation>Terminal schließen (Strg+Umschalt+W)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command that opens this in a terminal of your desktop</source>
        <translation>Befehl kopieren, der dies in einem Terminal des Desktops öffnet</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C copy</source>
        <translation>Strg+Umschalt+C kopieren</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F find</source>
        <translation>Strg+Umschalt+F suchen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+V paste</source>
        <translation>Strg+Umschalt+V einfügen</translation>
    </message>
    <message>
        <source>Enter opens it again.</source>
        <translation>Enter öffnet es neu.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find (Ctrl+Shift+F)</source>
        <translation>Suchen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Find in this terminal</source>
        <translation>In diesem Terminal suchen</translation>
    </message>
    <message>
        <source>For the next terminal: a name or a number inside</source>
        <translation>Für das nächste Terminal: ein Name oder eine Nummer im Container</translation>
    </message>
    <message>
        <source>For the next terminal; any program of the container can be typed</source>
        <translation>Für das nächste Terminal; jedes Programm des Containers kann eingegeben werden</translation>
    </message>
    <message>
        <source>New terminal (Ctrl+Shift+T)</source>
        <translation>Neues Terminal (Strg+Umschalt+T)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>No terminal open</source>
        <translation>Kein Terminal offen</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>Open a terminal</source>
        <translation>Terminal öffnen</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Neu öffnen</translation>
    </message>
    <message>
        <source>Open one to type commands inside of the container.</source>
        <translation>Ein Terminal öffnen, um Befehle im Container einzugeben.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message numerus="yes">
        <source>Paste %Ln lines?</source>
        <translation>
            <numerusform>%Ln Zeile einfügen?</numerusform>
            <numerusform>%Ln Zeilen einfügen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Voriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Root in here is your own user (uid %1) outside</source>
        <translation>root hier drin ist draußen Ihr eigener Benutzer (uid %1)</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>Terminals</translation>
    </message>
    <message>
        <source>The container is not running.</source>
        <translation>Der Container läuft nicht.</translation>
    </message>
    <message>
        <source>The image has no such program: %1. Choose another shell.</source>
        <translation>Das Image hat kein solches Programm: %1. Bitte eine andere Shell wählen.</translation>
    </message>
    <message>
        <source>The program has ended</source>
        <translation>Das Programm ist beendet</translation>
    </message>
    <message>
        <source>The program has ended with exit code %1</source>
        <translation>Das Programm ist mit Exit-Code %1 beendet</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>Shell</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TerminalWidget</name>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TextDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TimeChart</name>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Toast</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ToastHost</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TransferJob</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1/s · %2</source>
        <translation>%1/s · %2</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Tray</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>Noch %n …</numerusform>
            <numerusform>Noch %n …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Coracle</source>
        <translation>Coracle öffnen</translation>
    </message>
    <message>
        <source>Open port %1</source>
        <translation>Port %1 öffnen</translation>
    </message>
    <message>
        <source>Quit, containers keep running</source>
        <translation>Beenden, Container laufen weiter</translation>
    </message>
    <message>
        <source>Run a container…</source>
        <translation>Container starten…</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>keiner läuft</translation>
    </message>
</context>
<context>
    <name>coracle::gui::UsageBar</name>
    <message>
        <source>In use %1, shared layers %2, unused %3</source>
        <translation>Benutzt %1, geteilte Schichten %2, unbenutzt %3</translation>
    </message>
    <message>
        <source>in use %1</source>
        <translation>benutzt %1</translation>
    </message>
    <message>
        <source>shared layers %1</source>
        <translation>geteilt %1</translation>
    </message>
    <message>
        <source>unused %1</source>
        <translation>unbenutzt %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumeFiles</name>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 ist gelöscht</translation>
    </message>
    <message>
        <source>%1 leads to %2</source>
        <translation>%1 führt zu %2</translation>
    </message>
    <message>
        <source>%1 of volume %2</source>
        <translation>%1 des Volumes %2</translation>
    </message>
    <message>
        <source>%1, changed %2</source>
        <translation>%1, geändert %2</translation>
    </message>
    <message>
        <source>A name has no slash and is not empty</source>
        <translation>Ein Name hat keinen Schrägstrich und ist nicht leer</translation>
    </message>
    <message>
        <source>Copy a file of yours into %1</source>
        <translation>Eine Ihrer Dateien nach %1 kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>%1 konnte nicht gelöscht werden</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Delete file</source>
        <translation>Datei löschen</translation>
    </message>
    <message>
        <source>Delete folder</source>
        <translation>Ordner löschen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>%1 wird gelöscht</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Herunterladen…</translation>
    </message>
    <message>
        <source>Files of the volume</source>
        <translation>Dateien des Volumes</translation>
    </message>
    <message>
        <source>It has links that lead out of the volume. There, they lead to files of your own: look at what you open and copy.</source>
        <translation>Es enthält Links, die aus dem Volume hinausführen. Dort führen sie zu eigenen Dateien: Achten Sie darauf, was Sie öffnen und kopieren.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Make folder</source>
        <translation>Ordner anlegen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>New folder in %1</source>
        <translation>Neuer Ordner in %1</translation>
    </message>
    <message>
        <source>New folder in %1…</source>
        <translation>Neuer Ordner in %1…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open %1 in the file manager?</source>
        <translation>%1 im Dateimanager öffnen?</translation>
    </message>
    <message>
        <source>Open in files</source>
        <translation>Im Dateimanager öffnen</translation>
    </message>
    <message>
        <source>Path; Enter goes there</source>
        <translation>Pfad; Eingabetaste geht dorthin</translation>
    </message>
    <message>
        <source>Show the volume's folder in the file manager of the desktop</source>
        <translation>Den Ordner des Volumes im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>The file is deleted for good. There is no undo.</source>
        <translation>Die Datei wird endgültig gelöscht und kommt nicht zurück.</translation>
    </message>
    <message>
        <source>The files cannot be listed</source>
        <translation>Die Dateien können nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>The folder is deleted for good with all that is in it. There is no undo.</source>
        <translation>Der Ordner wird mit seinem ganzen Inhalt endgültig gelöscht und kommt nicht zurück.</translation>
    </message>
    <message>
        <source>The volume is empty. Drop files here to put them into it.</source>
        <translation>Das Volume ist leer. Dateien können hier abgelegt werden.</translation>
    </message>
    <message>
        <source>There is no %1</source>
        <translation>%1 gibt es nicht</translation>
    </message>
    <message>
        <source>There is one of this name already</source>
        <translation>Es gibt schon etwas mit diesem Namen</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>Zum Ordner darüber</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Upload into %1…</source>
        <translation>Nach %1 hochladen…</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>benutzt von %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumeModel</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>unnamed %1</source>
        <translation>unbenannt %1</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>unbenutzt</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumesPage</name>
    <message>
        <source>%1 are deleted for good</source>
        <translation>%1 werden endgültig gelöscht</translation>
    </message>
    <message>
        <source>%1 deleted</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>%1 emptied</source>
        <translation>%1 geleert</translation>
    </message>
    <message>
        <source>%1 go to the trash</source>
        <translation>%1 kommen in den Papierkorb</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 insgesamt</translation>
    </message>
    <message>
        <source>%1 in use, %2 unused</source>
        <translation>%1 benutzt, %2 unbenutzt</translation>
    </message>
    <message>
        <source>%1 is in use</source>
        <translation>%1 wird benutzt</translation>
    </message>
    <message>
        <source>%1 stays: used by %2</source>
        <translation>%1 bleibt: benutzt von %2</translation>
    </message>
    <message>
        <source>%1, %2, made %3</source>
        <translation>%1, %2, angelegt %3</translation>
    </message>
    <message numerus="yes">
        <source>%n volumes chosen</source>
        <translation>
            <numerusform>%n Volume gewählt</numerusform>
            <numerusform>%n Volumes gewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes deleted</source>
        <translation>
            <numerusform>%n Volume gelöscht</numerusform>
            <numerusform>%n Volumes gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen</translation>
    </message>
    <message>
        <source>A volume has this name already</source>
        <translation>Ein Volume heißt schon so</translation>
    </message>
    <message>
        <source>A volume keeps the data of a container when the container goes.</source>
        <translation>Ein Volume bewahrt die Daten eines Containers über dessen Ende hinaus.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All data in these volumes is lost. There is no copy and no undo.</source>
        <translation>Alle Daten in diesen Volumes gehen verloren. Es gibt keine Kopie und kein Zurück.</translation>
    </message>
    <message>
        <source>All data in this volume is lost. There is no copy and no undo.</source>
        <translation>Alle Daten in diesem Volume gehen verloren. Es gibt weder eine Kopie noch ein Zurück.</translation>
    </message>
    <message>
        <source>Choose a volume</source>
        <translation>Volume auswählen</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Clone volume</source>
        <translation>Volume klonen</translation>
    </message>
    <message>
        <source>Clone volume %1</source>
        <translation>Volume %1 klonen</translation>
    </message>
    <message>
        <source>Cloned as %1</source>
        <translation>Geklont als %1</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen…</translation>
    </message>
    <message>
        <source>Cloning %1</source>
        <translation>%1 wird geklont</translation>
    </message>
    <message>
        <source>Containers use all of them</source>
        <translation>Container benutzen sie alle</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Could not clone %1</source>
        <translation>%1 konnte nicht geklont werden</translation>
    </message>
    <message>
        <source>Could not export %1</source>
        <translation>%1 konnte nicht exportiert werden</translation>
    </message>
    <message>
        <source>Could not import %1</source>
        <translation>%1 konnte nicht importiert werden</translation>
    </message>
    <message>
        <source>Create volume</source>
        <translation>Volume erstellen</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes?</source>
        <translation>
            <numerusform>%n Volume löschen?</numerusform>
            <numerusform>%n Volumes löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes…</source>
        <translation>
            <numerusform>%n Volume löschen…</numerusform>
            <numerusform>%n Volumes löschen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the containers that use them first</source>
        <translation>Zuerst die Container löschen, die sie benutzen</translation>
    </message>
    <message>
        <source>Delete volume</source>
        <translation>Volume löschen</translation>
    </message>
    <message>
        <source>Delete volume %1?</source>
        <translation>Volume %1 löschen?</translation>
    </message>
    <message>
        <source>Delete volumes</source>
        <translation>Volumes löschen</translation>
    </message>
    <message>
        <source>Delete volume…</source>
        <translation>Volume löschen…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Deleting it takes its data along.</source>
        <translation>Beim Löschen gehen seine Daten mit.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Empty volume</source>
        <translation>Volume leeren</translation>
    </message>
    <message>
        <source>Empty volume %1?</source>
        <translation>Volume %1 leeren?</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Leeren…</translation>
    </message>
    <message>
        <source>Export first…</source>
        <translation>Zuerst exportieren …</translation>
    </message>
    <message>
        <source>Export volume %1</source>
        <translation>Volume %1 exportieren</translation>
    </message>
    <message>
        <source>Exported as %1</source>
        <translation>Exportiert als %1</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>%1 wird exportiert</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Filter volumes</source>
        <translation>Volumes filtern</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>Importiert als %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>It cannot be deleted while containers use it: %1</source>
        <translation>Es kann nicht gelöscht werden, solange Container es benutzen: %1</translation>
    </message>
    <message>
        <source>It cannot be emptied while these run: %1</source>
        <translation>Es kann nicht geleert werden, solange diese laufen: %1</translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash with all its data, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Es kommt mit allen Daten in den Papierkorb; „Rückgängig“ holt es %n Tag lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
            <numerusform>Es kommt mit allen Daten in den Papierkorb; „Rückgängig“ holt es %n Tage lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its size is not known yet</source>
        <translation>Seine Größe ist noch unbekannt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Make a volume of an archive</source>
        <translation>Aus einem Archiv ein Volume machen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the new volume</source>
        <translation>Name des neuen Volumes</translation>
    </message>
    <message>
        <source>New volume</source>
        <translation>Neues Volume</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Neues Volume…</translation>
    </message>
    <message>
        <source>No container uses it.</source>
        <translation>Kein Container benutzt es.</translation>
    </message>
    <message>
        <source>No volume matches “%1”</source>
        <translation>Kein Volume passt zu „%1“</translation>
    </message>
    <message>
        <source>No volume of this kind</source>
        <translation>Kein Volume dieser Art</translation>
    </message>
    <message>
        <source>No volumes yet</source>
        <translation>Noch keine Volumes</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Open container %1</source>
        <translation>Container %1 öffnen</translation>
    </message>
    <message>
        <source>Parts of this volume</source>
        <translation>Teile dieses Volumes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Stop what uses it first: %1</source>
        <translation>Zuerst anhalten, was es benutzt: %1</translation>
    </message>
    <message>
        <source>Take out all that is in it; the volume stays</source>
        <translation>Alles darin entfernen; das Volume bleibt</translation>
    </message>
    <message>
        <source>The volumes cannot be listed</source>
        <translation>Die Volumes können nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>They are in use</source>
        <translation>Sie werden benutzt</translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash with all their data, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Sie kommen mit allen Daten in den Papierkorb; „Rückgängig“ holt sie %n Tag lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
            <numerusform>Sie kommen mit allen Daten in den Papierkorb; „Rückgängig“ holt sie %n Tage lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Unbenutzt</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>What %1 writes meanwhile may be in it in part. Stop what uses it for a copy of one moment.</source>
        <translation>Was %1 inzwischen schreibt, kann teilweise enthalten sein. Für den Stand eines Augenblicks vorher anhalten, was es benutzt.</translation>
    </message>
    <message numerus="yes">
        <source>What is in it goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Was darin ist, kommt in den Papierkorb; „Rückgängig“ holt es %n Tag lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
            <numerusform>Was darin ist, kommt in den Papierkorb; „Rückgängig“ holt es %n Tage lang zurück. Eine volle Platte kann das verkürzen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which volumes</source>
        <translation>Welche Volumes</translation>
    </message>
    <message>
        <source>all in use</source>
        <translation>alle benutzt</translation>
    </message>
    <message>
        <source>all unused</source>
        <translation>alle unbenutzt</translation>
    </message>
    <message numerus="yes">
        <source>delete %n volumes</source>
        <translation>
            <numerusform>%n Volume löschen</numerusform>
            <numerusform>%n Volumes löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>made %1, %2</source>
        <translation>erstellt %1, %2</translation>
    </message>
    <message>
        <source>named: stays until deleted</source>
        <translation>benannt: bleibt, bis es gelöscht wird</translation>
    </message>
    <message>
        <source>no container uses it</source>
        <translation>kein Container benutzt es</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>size not known yet</source>
        <translation>Größe noch nicht bekannt</translation>
    </message>
    <message>
        <source>the next container may fill it from its image again</source>
        <translation>der nächste Container füllt es vielleicht wieder aus seinem Image</translation>
    </message>
    <message>
        <source>unnamed: goes with its container</source>
        <translation>unbenannt: verschwindet mit seinem Container</translation>
    </message>
    <message>
        <source>used by %1, which do not run</source>
        <translation>benutzt von %1, die nicht laufen</translation>
    </message>
</context>
<context>
    <name>coracle::gui::WasteModel</name>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>added in %1, again in %2</source>
        <translation>hinzugefügt in %1, erneut in %2</translation>
    </message>
    <message>
        <source>added in %1, deleted in %2</source>
        <translation>hinzugefügt in %1, gelöscht in %2</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
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
        <source>%1 months</source>
        <translation>%1 Mon.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1 Wo.</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 J.</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
</context>
</TS>
