<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ro" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>About Coracle</source>
        <translation>Despre Coracle</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Înapoi</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Închide fereastra</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Întunecat</translation>
    </message>
    <message>
        <source>Do or open anything</source>
        <translation>Fă sau deschide orice</translation>
    </message>
    <message>
        <source>Filter or search</source>
        <translation>Filtrează sau caută</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Înainte</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Scurtături de tastatură</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Luminos</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Ca desktopul</translation>
    </message>
    <message>
        <source>Pull an image…</source>
        <translation>Descarcă o imagine…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Ieșire</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Reîncarcă</translation>
    </message>
    <message>
        <source>Run a container…</source>
        <translation>Rulează un container…</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Lucrări în curs</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Setări</translation>
    </message>
    <message>
        <source>Undo the last deletion</source>
        <translation>Anulează ultima ștergere</translation>
    </message>
    <message>
        <source>Welcome, first steps</source>
        <translation>Bun venit, primii pași</translation>
    </message>
</context>
<context>
    <name>ContainerModel</name>
    <message>
        <source>Created</source>
        <translation>Creat</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Corupt</translation>
    </message>
    <message>
        <source>Exited</source>
        <translation>Oprit</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Sănătos</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>În pauză</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>Intră în pauză</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>Se repornește</translation>
    </message>
    <message>
        <source>Resuming</source>
        <translation>Se reia</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Rulează</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Se pornește</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Se oprește</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>Bolnav</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>cod %1</translation>
    </message>
    <message>
        <source>exit code unknown</source>
        <translation>cod de ieșire necunoscut</translation>
    </message>
    <message>
        <source>its record cannot be read</source>
        <translation>înregistrarea sa nu poate fi citită</translation>
    </message>
    <message>
        <source>never started</source>
        <translation>nu a fost pornit</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>memorie epuizată</translation>
    </message>
    <message>
        <source>start failed</source>
        <translation>pornire eșuată</translation>
    </message>
</context>
<context>
    <name>Deletion</name>
    <message>
        <source>%1 is still in the trash</source>
        <translation>%1 este încă în coș</translation>
    </message>
    <message>
        <source>%1, deleted %2</source>
        <translation>%1, șters %2</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Readu</translation>
    </message>
    <message>
        <source>Bring back what was deleted last?</source>
        <translation>Readuci ce a fost șters ultima dată?</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Coșul este gol.</translation>
    </message>
    <message>
        <source>There is nothing to bring back</source>
        <translation>Nu este nimic de readus</translation>
    </message>
    <message>
        <source>container %1, deleted %2</source>
        <translation>containerul %1, șters %2</translation>
    </message>
    <message>
        <source>image %1, deleted %2</source>
        <translation>imaginea %1, ștearsă %2</translation>
    </message>
    <message numerus="yes">
        <source>in the trash for %n days</source>
        <translation>
            <numerusform>la coș %n zi</numerusform>
            <numerusform>la coș %n zile</numerusform>
            <numerusform>la coș %n de zile</numerusform>
        </translation>
    </message>
    <message>
        <source>kept for 10 s</source>
        <translation>se păstrează 10 s</translation>
    </message>
    <message>
        <source>name %1 of an image, deleted %2</source>
        <translation>numele %1 al unei imagini, șters %2</translation>
    </message>
    <message>
        <source>volume %1, deleted %2</source>
        <translation>volumul %1, șters %2</translation>
    </message>
    <message>
        <source>what was in volume %1, emptied %2</source>
        <translation>ce era în volumul %1, golit %2</translation>
    </message>
</context>
<context>
    <name>DialogFrame</name>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
</context>
<context>
    <name>MountText</name>
    <message numerus="yes">
        <source>%n folders do not exist</source>
        <translation>
            <numerusform>%n dosar nu există</numerusform>
            <numerusform>%n dosare nu există</numerusform>
            <numerusform>%n de dosare nu există</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n storage rows are not complete</source>
        <translation>
            <numerusform>%n rând de stocare este incomplet</numerusform>
            <numerusform>%n rânduri de stocare sunt incomplete</numerusform>
            <numerusform>%n de rânduri de stocare sunt incomplete</numerusform>
        </translation>
    </message>
    <message>
        <source>Another row has the same path inside</source>
        <translation>Alt rând are aceeași cale internă</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Alegeți un dosar</translation>
    </message>
    <message>
        <source>Hidden folders often hold keys and passwords</source>
        <translation>Dosarele ascunse conțin adesea chei și parole</translation>
    </message>
    <message>
        <source>Looking at the folder</source>
        <translation>Se verifică dosarul</translation>
    </message>
    <message>
        <source>One folder does not exist</source>
        <translation>Un dosar nu există</translation>
    </message>
    <message>
        <source>One storage row is not complete</source>
        <translation>Un rând de stocare este incomplet</translation>
    </message>
    <message>
        <source>The folder must start with / or ~/</source>
        <translation>Dosarul trebuie să înceapă cu / sau ~/</translation>
    </message>
    <message>
        <source>The path inside cannot be / itself</source>
        <translation>Calea internă nu poate fi chiar /</translation>
    </message>
    <message>
        <source>The path inside must start with /</source>
        <translation>Calea internă trebuie să înceapă cu /</translation>
    </message>
    <message>
        <source>The size is a number of megabytes</source>
        <translation>Mărimea este un număr de megaocteți</translation>
    </message>
    <message>
        <source>There is no such folder: %1</source>
        <translation>Dosarul nu există: %1</translation>
    </message>
    <message>
        <source>There is no volume %1 yet: it is made when the container is created</source>
        <translation>Volumul %1 nu există încă: se creează odată cu containerul</translation>
    </message>
    <message>
        <source>This is your whole home folder with all keys, mail and settings in it</source>
        <translation>Acesta este tot dosarul dumneavoastră personal, cu chei, e-mailuri și setări cu tot</translation>
    </message>
    <message>
        <source>This path is lent by a file dialog and is not there later; type the real one</source>
        <translation>Această cale este împrumutată de un dialog de fișiere și va dispărea; scrieți calea reală</translation>
    </message>
    <message>
        <source>Type the name of the image whose files are shown</source>
        <translation>Scrieți numele imaginii ale cărei fișiere sunt arătate</translation>
    </message>
    <message>
        <source>Type the path where the container sees it</source>
        <translation>Scrieți calea la care o vede containerul</translation>
    </message>
    <message>
        <source>Volume names have letters, digits, dots, dashes and underscores</source>
        <translation>Numele de volume conțin litere, cifre, puncte, cratime și liniuțe de subliniere</translation>
    </message>
    <message>
        <source>Without a name the volume goes when the container is removed</source>
        <translation>Fără nume, volumul dispare când containerul este șters</translation>
    </message>
    <message>
        <source>You may not open this folder yourself</source>
        <translation>Nici dumneavoastră nu puteți deschide acest dosar</translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message>
        <source>changed</source>
        <translation>modificat</translation>
    </message>
    <message>
        <source>created</source>
        <translation>creat</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>șters</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>oprit</translation>
    </message>
    <message>
        <source>files copied in</source>
        <translation>fișiere copiate înăuntru</translation>
    </message>
    <message>
        <source>files copied out</source>
        <translation>fișiere copiate afară</translation>
    </message>
    <message>
        <source>files exported</source>
        <translation>fișiere exportate</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>sănătos</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>memorie epuizată</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pus pe pauză</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>redenumit</translation>
    </message>
    <message>
        <source>restarted</source>
        <translation>repornit</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>reluat</translation>
    </message>
    <message>
        <source>saved as an image</source>
        <translation>salvat ca imagine</translation>
    </message>
    <message>
        <source>sent a signal</source>
        <translation>semnal trimis</translation>
    </message>
    <message>
        <source>started</source>
        <translation>pornit</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>oprit</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>bolnav</translation>
    </message>
</context>
<context>
    <name>PageRegistry</name>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
</context>
<context>
    <name>PermissionList</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 și încă %n</numerusform>
            <numerusform>%1 și încă %n</numerusform>
            <numerusform>%1 și încă %n</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 parts of /proc and /sys hidden, %2 read only</source>
        <translation>%1 părți din /proc și /sys ascunse, %2 doar pentru citire</translation>
    </message>
    <message>
        <source>%1, read only</source>
        <translation>%1, doar citire</translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n dispozitiv</numerusform>
            <numerusform>%n dispozitive</numerusform>
            <numerusform>%n de dispozitive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filters are active in the kernel now</source>
        <translation>
            <numerusform>%n filtru este activ acum în kernel</numerusform>
            <numerusform>%n filtre sunt active acum în kernel</numerusform>
            <numerusform>%n de filtre sunt active acum în kernel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folders</source>
        <translation>
            <numerusform>%n dosar</numerusform>
            <numerusform>%n dosare</numerusform>
            <numerusform>%n de dosare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes</source>
        <translation>
            <numerusform>%n volum</numerusform>
            <numerusform>%n volume</numerusform>
            <numerusform>%n de volume</numerusform>
        </translation>
    </message>
    <message>
        <source>/dev/dri is hidden</source>
        <translation>/dev/dri este ascuns</translation>
    </message>
    <message>
        <source>Any address, also of your local network</source>
        <translation>Orice adresă, și din rețeaua locală</translation>
    </message>
    <message>
        <source>AppArmor profile %1</source>
        <translation>Profil AppArmor %1</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispozitive</translation>
    </message>
    <message>
        <source>Everything it writes stays in the container</source>
        <translation>Tot ce scrie rămâne în container</translation>
    </message>
    <message>
        <source>Folders you added</source>
        <translation>Dosare adăugate de dumneavoastră</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Placă grafică</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>It has no network at all</source>
        <translation>Nu are deloc rețea</translation>
    </message>
    <message>
        <source>It has no users of its own</source>
        <translation>Nu are utilizatori proprii</translation>
    </message>
    <message>
        <source>It may divide its own limits among its processes</source>
        <translation>Își poate împărți limitele între procesele sale</translation>
    </message>
    <message>
        <source>It may write to /sys where you may</source>
        <translation>Poate scrie în /sys acolo unde puteți și dumneavoastră</translation>
    </message>
    <message>
        <source>No audio socket is passed in</source>
        <translation>Nu are acces la niciun socket audio</translation>
    </message>
    <message>
        <source>No display is passed in</source>
        <translation>Nu are acces la niciun ecran</translation>
    </message>
    <message>
        <source>No folder of this computer</source>
        <translation>Niciun dosar de pe acest computer</translation>
    </message>
    <message>
        <source>No new privileges: setuid programs do nothing</source>
        <translation>Fără privilegii noi: programele setuid nu au efect</translation>
    </message>
    <message>
        <source>No system call filter is active in the kernel</source>
        <translation>Niciun filtru de apeluri de sistem nu este activ în kernel</translation>
    </message>
    <message>
        <source>Nothing from it is shared</source>
        <translation>Nu se partajează nimic din el</translation>
    </message>
    <message>
        <source>Nothing of /proc and /sys is hidden</source>
        <translation>Nimic din /proc și /sys nu este ascuns</translation>
    </message>
    <message>
        <source>Only the standard ones: null, zero, full, random, urandom, tty</source>
        <translation>Doar cele standard: null, zero, full, random, urandom, tty</translation>
    </message>
    <message>
        <source>Own users, mapped to you and your subordinate ids</source>
        <translation>Utilizatori proprii, mapați la dumneavoastră și la ID-urile subordonate</translation>
    </message>
    <message>
        <source>Screen and keyboard</source>
        <translation>Ecran și tastatură</translation>
    </message>
    <message>
        <source>Sees only its own processes, mounts and names</source>
        <translation>Vede doar procesele, montările și numele sale</translation>
    </message>
    <message>
        <source>Setuid programs inside may give the rights of root inside</source>
        <translation>Programele setuid din container pot da drepturile utilizatorului root din container</translation>
    </message>
    <message>
        <source>Shared with this computer: %1</source>
        <translation>Comun cu acest computer: %1</translation>
    </message>
    <message>
        <source>Sound and microphone</source>
        <translation>Sunet și microfon</translation>
    </message>
    <message>
        <source>System call filter on, opened for %1</source>
        <translation>Filtru de apeluri de sistem activ, deschis pentru %1</translation>
    </message>
    <message>
        <source>System call filter on, the rest refused</source>
        <translation>Filtru de apeluri de sistem activ, restul se refuză</translation>
    </message>
    <message>
        <source>System call filter on, with a profile of yours</source>
        <translation>Filtru de apeluri de sistem activ, cu un profil al dumneavoastră</translation>
    </message>
    <message>
        <source>System calls are not filtered but for those that attack your session</source>
        <translation>Apelurile de sistem nu sunt filtrate, cu excepția celor care v-ar ataca sesiunea</translation>
    </message>
    <message>
        <source>The files of its image cannot be changed</source>
        <translation>Fișierele imaginii sale nu pot fi modificate</translation>
    </message>
    <message>
        <source>The network of this computer, with all services that listen on it</source>
        <translation>Rețeaua acestui computer, cu toate serviciile care ascultă pe ea</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>What is set applies after a restart</source>
        <translation>Setările se aplică după o repornire</translation>
    </message>
    <message>
        <source>Your home folder</source>
        <translation>Dosarul personal</translation>
    </message>
    <message>
        <source>Your other containers</source>
        <translation>Celelalte containere ale dumneavoastră</translation>
    </message>
    <message>
        <source>a part</source>
        <translation>o parte</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>tot dosarul</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>permis</translation>
    </message>
    <message>
        <source>may control them</source>
        <translation>le poate controla</translation>
    </message>
    <message>
        <source>namespaces of this computer</source>
        <translation>spații de nume ale acestui computer</translation>
    </message>
    <message>
        <source>none</source>
        <translation>fără</translation>
    </message>
    <message>
        <source>not shared</source>
        <translation>fără acces</translation>
    </message>
    <message>
        <source>own namespaces: %1</source>
        <translation>spații de nume proprii: %1</translation>
    </message>
    <message>
        <source>read-only root</source>
        <translation>rădăcină doar pentru citire</translation>
    </message>
    <message>
        <source>seccomp profile “%1”</source>
        <translation>profil seccomp „%1”</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>cu acces</translation>
    </message>
    <message>
        <source>the running process was started with other settings</source>
        <translation>procesul actual a fost pornit cu alte setări</translation>
    </message>
    <message>
        <source>this computer’s</source>
        <translation>a computerului</translation>
    </message>
    <message>
        <source>user namespace</source>
        <translation>spațiu de nume de utilizator</translation>
    </message>
    <message>
        <source>writable control group</source>
        <translation>grup de control cu drept de scriere</translation>
    </message>
</context>
<context>
    <name>PortText</name>
    <message numerus="yes">
        <source>%n port rows are not complete</source>
        <translation>
            <numerusform>%n rând de porturi este incomplet</numerusform>
            <numerusform>%n rânduri de porturi sunt incomplete</numerusform>
            <numerusform>%n de rânduri de porturi sunt incomplete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports are already taken</source>
        <translation>
            <numerusform>%n port este deja ocupat</numerusform>
            <numerusform>%n porturi sunt deja ocupate</numerusform>
            <numerusform>%n de porturi sunt deja ocupate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ports need the system to allow low ports</source>
        <translation>
            <numerusform>%n port cere ca sistemul să permită porturi privilegiate</numerusform>
            <numerusform>%n porturi cer ca sistemul să permită porturi privilegiate</numerusform>
            <numerusform>%n de porturi cer ca sistemul să permită porturi privilegiate</numerusform>
        </translation>
    </message>
    <message>
        <source>One port is already taken</source>
        <translation>Un port este deja ocupat</translation>
    </message>
    <message>
        <source>One port needs the system to allow low ports</source>
        <translation>Un port cere ca sistemul să permită porturi privilegiate</translation>
    </message>
    <message>
        <source>One port row is not complete</source>
        <translation>Un rând de porturi este incomplet</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>sub %1</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>se verifică</translation>
    </message>
    <message>
        <source>free</source>
        <translation>liber</translation>
    </message>
    <message>
        <source>no port inside</source>
        <translation>lipsește portul intern</translation>
    </message>
    <message>
        <source>not a port (1 to 65535)</source>
        <translation>nu este un port (1 - 65535)</translation>
    </message>
    <message>
        <source>not an IP address</source>
        <translation>nu este o adresă IP</translation>
    </message>
    <message>
        <source>not an address of this computer</source>
        <translation>nu este o adresă a acestui computer</translation>
    </message>
    <message>
        <source>picks a free one</source>
        <translation>alege unul liber</translation>
    </message>
    <message>
        <source>taken by %1</source>
        <translation>ocupat de %1</translation>
    </message>
    <message>
        <source>taken by another program</source>
        <translation>ocupat de alt program</translation>
    </message>
    <message>
        <source>twice in this list</source>
        <translation>de două ori în listă</translation>
    </message>
</context>
<context>
    <name>RunParts</name>
    <message>
        <source>%1 is running</source>
        <translation>%1 rulează</translation>
    </message>
    <message>
        <source>%1 was created</source>
        <translation>%1 a fost creat</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagini</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Deschide</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Salvat</translation>
    </message>
    <message>
        <source>Saved and restarted</source>
        <translation>Salvat și repornit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Setări</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Choose</source>
        <translation>Selectează</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alege tot</translation>
    </message>
    <message>
        <source>Close terminal</source>
        <translation>Închide terminalul</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Paletă de comenzi</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Copiază drept comandă</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>Copiază ID-ul</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Șterge</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editează…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Caută</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Urmărește</translation>
    </message>
    <message>
        <source>Kill…</source>
        <translation>Oprește forțat…</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Jurnal</translation>
    </message>
    <message>
        <source>Menu of a row</source>
        <translation>Meniul unui rând</translation>
    </message>
    <message>
        <source>New terminal</source>
        <translation>Terminal nou</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Potrivirea următoare</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>Fila următoare</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Deschide</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Lipește</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pauză</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Potrivirea precedentă</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>Fila precedentă</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Redenumește…</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Repornește</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reia</translation>
    </message>
    <message>
        <source>Run a copy…</source>
        <translation>Rulează o copie…</translation>
    </message>
    <message>
        <source>Shell and user of the next terminal</source>
        <translation>Shellul și utilizatorul terminalului următor</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Pornește</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Oprește</translation>
    </message>
</context>
<context>
    <name>coracle::gui::AccessCard</name>
    <message>
        <source>A “+” is an access control list, which may allow more or less; it was not looked at.</source>
        <translation>Un „+” este o listă de control al accesului, care poate permite mai mult sau mai puțin; nu a fost privită.</translation>
    </message>
    <message>
        <source>Asked for %1. %2 is %3 of this computer, read only.</source>
        <translation>Întrebat pentru %1. %2 este %3 de pe acest calculator, doar citire.</translation>
    </message>
    <message>
        <source>Asked for %1. %2 is %3 of this computer.</source>
        <translation>Întrebat pentru %1. %2 este %3 de pe acest calculator.</translation>
    </message>
    <message>
        <source>Can it get to a file?</source>
        <translation>Ajunge la un fișier?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Cancel the look at the path</source>
        <translation>Anulează verificarea căii</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Verifică</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Verifică calea</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Copiază răspunsul</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copiază: %1</translation>
    </message>
    <message>
        <source>For a new container: its user is then you.</source>
        <translation>Pentru un container nou: utilizatorul lui sunteți atunci dumneavoastră.</translation>
    </message>
    <message>
        <source>For a new container: root inside is you, and nobody more.</source>
        <translation>Pentru un container nou: root dinăuntru sunteți dumneavoastră și nimeni altcineva.</translation>
    </message>
    <message>
        <source>In a terminal. Everybody on this computer may then, too.</source>
        <translation>Într-un terminal. Oricine de pe acest calculator va putea atunci la fel.</translation>
    </message>
    <message>
        <source>Its mounts: %1</source>
        <translation>Montajele lui: %1</translation>
    </message>
    <message>
        <source>Looking at the way to it…</source>
        <translation>Se verifică drumul până acolo…</translation>
    </message>
    <message>
        <source>Nothing keeps its user out</source>
        <translation>Nimic nu îi ține utilizatorul afară</translation>
    </message>
    <message>
        <source>Nothing of this computer is mounted here, so all its files come with the image.</source>
        <translation>Nimic de pe acest calculator nu este montat aici, deci toate fișierele vin din imagine.</translation>
    </message>
    <message>
        <source>Path inside the container</source>
        <translation>Calea din container</translation>
    </message>
    <message>
        <source>Path inside, in a mount</source>
        <translation>Calea dinăuntru, într-un montaj</translation>
    </message>
    <message>
        <source>Says which folder on the way its user cannot pass, and what helps.</source>
        <translation>Spune prin care dosar nu poate trece utilizatorul lui și ce ajută.</translation>
    </message>
    <message>
        <source>What helps, one of:</source>
        <translation>Ce ajută, una dintre:</translation>
    </message>
    <message>
        <source>What helps:</source>
        <translation>Ce ajută:</translation>
    </message>
    <message>
        <source>enter</source>
        <comment>what a program may do with a folder</comment>
        <translation>intrare</translation>
    </message>
    <message>
        <source>execute</source>
        <comment>what a program may do with a file</comment>
        <translation>execuție</translation>
    </message>
    <message>
        <source>may: %1</source>
        <translation>poate: %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <comment>what a program may do with a file</comment>
        <translation>nimic</translation>
    </message>
    <message>
        <source>read</source>
        <comment>what a program may do with a file</comment>
        <translation>citire</translation>
    </message>
    <message>
        <source>write</source>
        <comment>what a program may do with a file</comment>
        <translation>scriere</translation>
    </message>
    <message>
        <source>“%1” cannot be listed or entered</source>
        <translation>„%1” nu poate fi listat sau deschis</translation>
    </message>
    <message>
        <source>“%1” cannot be passed</source>
        <translation>Prin „%1” nu se poate trece</translation>
    </message>
    <message>
        <source>“%1” cannot be read</source>
        <translation>„%1” nu poate fi citit</translation>
    </message>
    <message>
        <source>“%1” is not yours: its owner has to allow it.</source>
        <translation>„%1” nu vă aparține: proprietarul trebuie să permită.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::BulkBar</name>
    <message>
        <source>%1 running, %2 stopped</source>
        <translation>%1 rulează, %2 oprite</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pauză</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Repornește</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reia</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Pornește</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Oprește</translation>
    </message>
    <message>
        <source>all running</source>
        <translation>toate rulează</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>niciunul nu rulează</translation>
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
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy the command for: %1</source>
        <translation>Copiază comanda pentru: %1</translation>
    </message>
    <message>
        <source>note</source>
        <translation>notă</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>problemă</translation>
    </message>
    <message>
        <source>suggestion</source>
        <translation>sugestie</translation>
    </message>
    <message>
        <source>works</source>
        <translation>în regulă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ChoiceBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ales</numerusform>
            <numerusform>%n alese</numerusform>
            <numerusform>%n de elemente alese</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Deselectează</translation>
    </message>
    <message>
        <source>Del deletes · Esc clears</source>
        <translation>Del șterge · Esc deselectează</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Șterge…</translation>
    </message>
</context>
<context>
    <name>coracle::gui::CommandPalette</name>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 din %L2</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Paletă de comenzi</translation>
    </message>
    <message>
        <source>Do or open anything</source>
        <translation>Fă sau deschide orice</translation>
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
        <translation>Ce se potrivește</translation>
    </message>
    <message>
        <source>What to do or to open</source>
        <translation>Ce faceți sau deschideți</translation>
    </message>
    <message>
        <source>actions of this item</source>
        <translation>acțiunile lui</translation>
    </message>
    <message>
        <source>back</source>
        <comment>with the Escape key</comment>
        <translation>înapoi</translation>
    </message>
    <message>
        <source>move</source>
        <comment>with the arrow keys</comment>
        <translation>mută</translation>
    </message>
    <message>
        <source>open</source>
        <comment>with the Enter key</comment>
        <translation>deschide</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Scrieți %1 pentru confirmare</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Ce se întâmplă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerActions</name>
    <message>
        <source>%1 deleted</source>
        <translation>S-a șters %1</translation>
    </message>
    <message>
        <source>%1 goes on</source>
        <translation>%1 continuă</translation>
    </message>
    <message>
        <source>%1 is paused</source>
        <translation>%1 este în pauză</translation>
    </message>
    <message>
        <source>%1 is restarted</source>
        <translation>%1 este repornit</translation>
    </message>
    <message>
        <source>%1 is running and is killed</source>
        <translation>%1 rulează și va fi oprit forțat</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 este oprit</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 rulează</translation>
    </message>
    <message numerus="yes">
        <source>%n containers deleted</source>
        <translation>
            <numerusform>S-a șters %n container</numerusform>
            <numerusform>S-au șters %n containere</numerusform>
            <numerusform>S-au șters %n de containere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>încă %n</numerusform>
            <numerusform>încă %n</numerusform>
            <numerusform>încă %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Another container has this name</source>
        <translation>Alt container are acest nume</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>Nu s-a putut șterge %1</translation>
    </message>
    <message>
        <source>Could not kill %1</source>
        <translation>Nu s-a putut opri cu forța %1</translation>
    </message>
    <message>
        <source>Could not pause %1</source>
        <translation>%1 nu a putut fi pus în pauză</translation>
    </message>
    <message>
        <source>Could not rename %1</source>
        <translation>Nu s-a putut redenumi %1</translation>
    </message>
    <message>
        <source>Could not restart %1</source>
        <translation>Nu s-a putut reporni %1</translation>
    </message>
    <message>
        <source>Could not resume %1</source>
        <translation>Nu s-a putut relua %1</translation>
    </message>
    <message>
        <source>Could not start %1</source>
        <translation>Nu s-a putut porni %1</translation>
    </message>
    <message>
        <source>Could not stop %1</source>
        <translation>Nu s-a putut opri %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>Ștergeți %1?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers?</source>
        <translation>
            <numerusform>Ștergeți %n container?</numerusform>
            <numerusform>Ștergeți %n containere?</numerusform>
            <numerusform>Ștergeți %n de containere?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete container</source>
        <translation>Șterge containerul</translation>
    </message>
    <message>
        <source>Delete containers</source>
        <translation>Șterge containerele</translation>
    </message>
    <message>
        <source>Do not ask again before stopping</source>
        <translation>Nu mai întreba înainte de oprire</translation>
    </message>
    <message>
        <source>Each is asked to end and killed when it has not after its time, usually ten seconds.</source>
        <translation>Fiecare primește cererea de oprire și este oprit forțat dacă nu se încheie în timpul acordat, de obicei zece secunde.</translation>
    </message>
    <message>
        <source>It ends at once, without a chance to save its work.</source>
        <translation>Se încheie pe loc, fără să-și poată salva lucrul.</translation>
    </message>
    <message>
        <source>It is asked to end and killed when it has not after its time, usually ten seconds.</source>
        <translation>Primește cererea de oprire și este oprit forțat dacă nu se încheie în timpul acordat, de obicei zece secunde.</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Oprește forțat</translation>
    </message>
    <message>
        <source>Kill %1?</source>
        <translation>Opriți forțat %1?</translation>
    </message>
    <message>
        <source>Letters, digits, dot, dash and underscore only</source>
        <translation>Doar litere, cifre, punct, cratimă și liniuță de subliniere</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Nume nou</translation>
    </message>
    <message>
        <source>Pausing %1</source>
        <translation>Pauză %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Redenumește</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>Redenumește %1</translation>
    </message>
    <message>
        <source>Restarting %1</source>
        <translation>Repornire %1</translation>
    </message>
    <message>
        <source>Resuming %1</source>
        <translation>Reluare %1</translation>
    </message>
    <message>
        <source>Starting %1</source>
        <translation>Pornire %1</translation>
    </message>
    <message>
        <source>Stop %1?</source>
        <translation>Opriți %1?</translation>
    </message>
    <message numerus="yes">
        <source>Stop %n containers?</source>
        <translation>
            <numerusform>Opriți %n container?</numerusform>
            <numerusform>Opriți %n containere?</numerusform>
            <numerusform>Opriți %n de containere?</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop container</source>
        <translation>Oprește containerul</translation>
    </message>
    <message>
        <source>Stop containers</source>
        <translation>Oprește containerele</translation>
    </message>
    <message>
        <source>Stopping %1</source>
        <translation>Oprire %1</translation>
    </message>
    <message>
        <source>The command could not be read</source>
        <translation>Comanda nu a putut fi citită</translation>
    </message>
    <message>
        <source>What was written inside and not to a volume or a folder is deleted.</source>
        <translation>Se șterge tot ce s-a scris înăuntru, în afara volumelor și dosarelor.</translation>
    </message>
    <message>
        <source>What was written inside goes to the trash, from where Undo brings it back.</source>
        <translation>Ce s-a scris înăuntru ajunge la coș, de unde „Anulează” îl aduce înapoi.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerDelegate</name>
    <message>
        <source>Choose</source>
        <translation>Selectează</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alege tot</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Șterge</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Deschide portul %1 în browser</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Pornește</translation>
    </message>
    <message>
        <source>Start all</source>
        <translation>Pornește toate</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Oprește</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Oprește toate</translation>
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
        <translation>%1 din %2 rulează</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 din cel mult %2</translation>
    </message>
    <message>
        <source>%1 of one core; this computer has %2</source>
        <translation>%1 dintr-un nucleu; acest computer are %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1, fără limită</translation>
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
        <translation>Creat</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>It does not run</source>
        <translation>Nu rulează</translation>
    </message>
    <message>
        <source>It is paused</source>
        <translation>Este în pauză</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Încă nemăsurat</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Porturi</translation>
    </message>
    <message>
        <source>Project %1, %2</source>
        <translation>Proiectul %1, %2</translation>
    </message>
    <message>
        <source>Single containers</source>
        <translation>Containere separate</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>Pornit %1</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>created %1</source>
        <translation>creat %1</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>memorie %1</translation>
    </message>
    <message>
        <source>no ports</source>
        <translation>fără porturi</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>necunoscut</translation>
    </message>
    <message>
        <source>ports %1</source>
        <translation>porturi %1</translation>
    </message>
    <message>
        <source>start, delete, more</source>
        <translation>pornește, șterge, altele</translation>
    </message>
    <message>
        <source>stop, delete, more</source>
        <translation>oprește, șterge, altele</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>oprit</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerPage</name>
    <message>
        <source>All containers</source>
        <translation>Toate containerele</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Înapoi</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fișiere</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Inspecție</translation>
    </message>
    <message>
        <source>It was deleted here or by another program.</source>
        <translation>A fost șters de aici sau de alt program.</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Jurnal</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
    <message>
        <source>Open port %1</source>
        <translation>Deschide portul %1</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Deschide portul %1 în browser</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Sumar</translation>
    </message>
    <message>
        <source>Parts of this container</source>
        <translation>Părțile acestui container</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pauză</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Permisiuni</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Repornește</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reia</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Pornește</translation>
    </message>
    <message>
        <source>Stats</source>
        <translation>Consum</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Oprește</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>The last start failed</source>
        <translation>Ultima pornire a eșuat</translation>
    </message>
    <message>
        <source>This container is gone</source>
        <translation>Acest container nu mai există</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainerView</name>
    <message>
        <source>Columns</source>
        <translation>Coloane</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ContainersPage</name>
    <message>
        <source>%1 · %2 of %3 · %4</source>
        <translation>%1 · %2 din %3 · %4</translation>
    </message>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n nucleu</numerusform>
            <numerusform>%n nuclee</numerusform>
            <numerusform>%n de nuclee</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n rulează</numerusform>
            <numerusform>%n rulează</numerusform>
            <numerusform>%n rulează</numerusform>
        </translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 nucleu</translation>
    </message>
    <message>
        <source>A container is a program with its own files and network. It runs as you, without root, and leaves nothing behind unless you say so.</source>
        <translation>Un container este un program cu fișiere și rețea proprii. Rulează în numele dumneavoastră, fără root, și nu lasă nimic în urmă decât dacă cereți acest lucru.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toate</translation>
    </message>
    <message>
        <source>Bring your images over</source>
        <translation>Aduceți-vă imaginile</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>Pe proiecte</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Golește filtrul</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Coloane</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Vine cu Coracle, nu cere rețea</translation>
    </message>
    <message>
        <source>Coming from Docker or Podman?</source>
        <translation>Veniți de la Docker sau Podman?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comandă</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
    <message>
        <source>Containers cannot be read</source>
        <translation>Containerele nu pot fi citite</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n containers</source>
        <translation>
            <numerusform>Șterge %n container</numerusform>
            <numerusform>Șterge %n containere</numerusform>
            <numerusform>Șterge %n de containere</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter containers</source>
        <translation>Filtrează containerele</translation>
    </message>
    <message>
        <source>Find anything by its name, and do it (Ctrl+K)</source>
        <translation>Găsește orice după nume și fă-l (Ctrl+K)</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Listă</translation>
    </message>
    <message>
        <source>From a registry</source>
        <translation>Dintr-un registru</translation>
    </message>
    <message>
        <source>No container is in this state</source>
        <translation>Niciun container nu este în această stare</translation>
    </message>
    <message>
        <source>No container matches “%1”</source>
        <translation>Niciun container nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>Nothing is running yet</source>
        <translation>Încă nu rulează nimic</translation>
    </message>
    <message>
        <source>Pick one and press Run</source>
        <translation>Alegeți una și apăsați „Rulează”</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Descarcă o imagine</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Reîncarcă</translation>
    </message>
    <message>
        <source>Run an image</source>
        <translation>Rulează o imagine</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Rulează</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Rulează…</translation>
    </message>
    <message>
        <source>Save them there with “docker save” or “podman save”, and load the archive here</source>
        <translation>Salvați-le acolo cu „docker save” sau „podman save” și încărcați arhiva aici</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Oprite</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Try the welcome image</source>
        <translation>Încearcă imaginea de bun-venit</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>niciunul nu rulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DBusNotifier</name>
    <message>
        <source>Open</source>
        <translation>Deschide</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskCleaner</name>
    <message>
        <source>%1 are free again</source>
        <translation>%1 sunt din nou liberi</translation>
    </message>
    <message>
        <source>%1 are in the trash</source>
        <translation>%1 sunt în coșul de gunoi</translation>
    </message>
    <message>
        <source>%1 is protected and stays</source>
        <translation>%1 este protejat și rămâne</translation>
    </message>
    <message>
        <source>%1, also %2</source>
        <translation>%1, și %2</translation>
    </message>
    <message>
        <source>%1. Cannot be brought back.</source>
        <translation>%1. Nu se poate recupera.</translation>
    </message>
    <message>
        <source>%1. Data of yours.</source>
        <translation>%1. Datele dvs.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln containers</source>
        <translation>
            <numerusform>%Ln container</numerusform>
            <numerusform>%Ln containere</numerusform>
            <numerusform>%Ln de containere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images</source>
        <translation>
            <numerusform>%Ln imagine</numerusform>
            <numerusform>%Ln imagini</numerusform>
            <numerusform>%Ln de imagini</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln protected</source>
        <translation>
            <numerusform>%Ln protejat</numerusform>
            <numerusform>%Ln protejate</numerusform>
            <numerusform>%Ln protejate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things</source>
        <translation>
            <numerusform>%Ln obiect</numerusform>
            <numerusform>%Ln obiecte</numerusform>
            <numerusform>%Ln de obiecte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things removed</source>
        <translation>
            <numerusform>%Ln obiect eliminat</numerusform>
            <numerusform>%Ln obiecte eliminate</numerusform>
            <numerusform>%Ln de obiecte eliminate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln volumes</source>
        <translation>
            <numerusform>%Ln volum</numerusform>
            <numerusform>%Ln volume</numerusform>
            <numerusform>%Ln de volume</numerusform>
        </translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Curăță</translation>
    </message>
    <message>
        <source>Clean up?</source>
        <translation>Faceți curățenie?</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Curăță…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Se numără…</translation>
    </message>
    <message>
        <source>Free up space</source>
        <translation>Eliberează spațiu</translation>
    </message>
    <message>
        <source>Frees %1</source>
        <translation>Eliberează %1</translation>
    </message>
    <message numerus="yes">
        <source>Goes to the trash first, where it can be brought back for %n days.</source>
        <translation>
            <numerusform>Ajunge întâi la coș, de unde poate fi adus înapoi timp de %n zi.</numerusform>
            <numerusform>Ajunge întâi la coș, de unde poate fi adus înapoi timp de %n zile.</numerusform>
            <numerusform>Ajunge întâi la coș, de unde poate fi adus înapoi timp de %n de zile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash and can be brought back for %n days.</source>
        <translation>
            <numerusform>Ajunge la coș și poate fi adus înapoi timp de %n zi.</numerusform>
            <numerusform>Ajunge la coș și poate fi adus înapoi timp de %n zile.</numerusform>
            <numerusform>Ajunge la coș și poate fi adus înapoi timp de %n de zile.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is gone for good: the trash is turned off in Settings.</source>
        <translation>Se pierde definitiv: coșul este oprit în Setări.</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>Nenumărat</translation>
    </message>
    <message>
        <source>Stopped containers</source>
        <translation>Containere oprite</translation>
    </message>
    <message>
        <source>The trash is emptied for good. All else goes to the trash.</source>
        <translation>Coșul de gunoi se golește definitiv. Restul ajunge în coșul de gunoi.</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Coșul de gunoi este gol</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Coș de gunoi</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfă</translation>
    </message>
    <message>
        <source>Unused images</source>
        <translation>Imagini nefolosite</translation>
    </message>
    <message>
        <source>Unused volumes</source>
        <translation>Volume nefolosite</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>și încă %Ln</numerusform>
            <numerusform>și încă %Ln</numerusform>
            <numerusform>și încă %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>container %1</source>
        <translation>containerul %1</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>imaginea %1</translation>
    </message>
    <message>
        <source>name %1 of an image</source>
        <translation>numele %1 al unei imagini</translation>
    </message>
    <message>
        <source>none</source>
        <translation>niciuna</translation>
    </message>
    <message>
        <source>volume %1</source>
        <translation>volumul %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskModel</name>
    <message>
        <source>%1, unused</source>
        <translation>%1, nefolosit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tip</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>container</source>
        <translation>container</translation>
    </message>
    <message>
        <source>image</source>
        <translation>imagine</translation>
    </message>
    <message>
        <source>images</source>
        <translation>imagini</translation>
    </message>
    <message>
        <source>records</source>
        <translation>evidențe</translation>
    </message>
    <message>
        <source>shared layers and archives</source>
        <translation>straturi comune și arhive</translation>
    </message>
    <message>
        <source>trash</source>
        <translation>coș de gunoi</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>volum</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DiskTab</name>
    <message>
        <source>%1 free on this disk</source>
        <translation>%1 liberi pe acest disc</translation>
    </message>
    <message>
        <source>%1 used by Coracle</source>
        <translation>%1 folosiți de Coracle</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disc</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Formă</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagini</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Listă</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Hartă</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Măsoară din nou</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Se măsoară…</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>Nemăsurat</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Evidențe</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Coș de gunoi</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>What takes the space</source>
        <translation>Ce ocupă spațiul</translation>
    </message>
    <message>
        <source>What takes the space is shown here once it could be measured.</source>
        <translation>Ce ocupă spațiul apare aici după ce a putut fi măsurat.</translation>
    </message>
    <message>
        <source>container</source>
        <translation>container</translation>
    </message>
    <message>
        <source>image</source>
        <translation>imagine</translation>
    </message>
    <message>
        <source>measured %1</source>
        <translation>măsurat %1</translation>
    </message>
    <message>
        <source>measured just now</source>
        <translation>măsurat acum</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>se măsoară</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nemăsurat</translation>
    </message>
    <message>
        <source>records</source>
        <translation>evidențe</translation>
    </message>
    <message>
        <source>trash</source>
        <translation>coș de gunoi</translation>
    </message>
    <message>
        <source>unused, can be freed</source>
        <translation>nefolosit, se poate elibera</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>volum</translation>
    </message>
</context>
<context>
    <name>coracle::gui::DragOut</name>
    <message>
        <source>%1 is ready</source>
        <translation>%1 este gata</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Copying %1 for dragging</source>
        <translation>Se copiază %1 pentru tragere</translation>
    </message>
    <message>
        <source>Copying %1: %2; keep the button down</source>
        <translation>Se copiază %1: %2; țineți butonul apăsat</translation>
    </message>
    <message>
        <source>Copying %1; keep the button down</source>
        <translation>Se copiază %1; țineți butonul apăsat</translation>
    </message>
    <message>
        <source>Could not copy %1</source>
        <translation>Nu s-a putut copia %1</translation>
    </message>
    <message>
        <source>Drag it again, to where it shall go.</source>
        <translation>Trageți-l din nou, acolo unde trebuie să ajungă.</translation>
    </message>
    <message>
        <source>Ready to be dropped</source>
        <translation>Gata de plasat</translation>
    </message>
</context>
<context>
    <name>coracle::gui::EditDialog</name>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Un nume conține litere, cifre, puncte, cratime și liniuțe de subliniere</translation>
    </message>
    <message>
        <source>Another container has this name</source>
        <translation>Alt container are acest nume</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Editează %1</translation>
    </message>
    <message>
        <source>Folders and variables need a restart. Its files stay.</source>
        <translation>Dosarele și variabilele cer o repornire. Fișierele lui rămân.</translation>
    </message>
    <message>
        <source>General</source>
        <translation>General</translation>
    </message>
    <message>
        <source>It is removed when it stops</source>
        <translation>Este șters când se oprește</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Nothing is changed yet</source>
        <translation>Nimic nu este modificat încă</translation>
    </message>
    <message>
        <source>Reading the container</source>
        <translation>Se citește containerul</translation>
    </message>
    <message>
        <source>Restarting the container</source>
        <translation>Se repornește containerul</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvează</translation>
    </message>
    <message>
        <source>Save and restart</source>
        <translation>Salvează și repornește</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Se salvează</translation>
    </message>
    <message>
        <source>Takes effect at once</source>
        <translation>Are efect imediat</translation>
    </message>
    <message>
        <source>Takes effect when it is started</source>
        <translation>Are efect când este pornit</translation>
    </message>
    <message>
        <source>The container could not be read</source>
        <translation>Containerul nu a putut fi citit</translation>
    </message>
    <message>
        <source>When it stops</source>
        <translation>Când se oprește</translation>
    </message>
</context>
<context>
    <name>coracle::gui::EnvironmentEditor</name>
    <message>
        <source>%1 set here, %2 from the image</source>
        <translation>%1 setate aici, %2 din imagine</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more from the image: %1</source>
        <translation>
            <numerusform>încă %n din imagine: %1</numerusform>
            <numerusform>încă %n din imagine: %1</numerusform>
            <numerusform>încă %n din imagine: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set here</source>
        <translation>
            <numerusform>%n setată aici</numerusform>
            <numerusform>%n setate aici</numerusform>
            <numerusform>%n setate aici</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has no = in it</source>
        <translation>Un nume nu poate conține =</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adaugă</translation>
    </message>
    <message>
        <source>Add a variable</source>
        <translation>Adaugă o variabilă</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Mediu</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrează</translation>
    </message>
    <message>
        <source>Filter variables</source>
        <translation>Filtrează variabilele</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De la</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>Omite %1</translation>
    </message>
    <message>
        <source>Load .env file…</source>
        <translation>Încarcă fișier .env…</translation>
    </message>
    <message>
        <source>Load variables from a file</source>
        <translation>Încarcă variabile dintr-un fișier</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Name of the variable</source>
        <translation>Numele variabilei</translation>
    </message>
    <message>
        <source>No variable matches “%1”.</source>
        <translation>Nicio variabilă nu se potrivește cu „%1”.</translation>
    </message>
    <message>
        <source>Only what the image sets itself.</source>
        <translation>Doar ce stabilește imaginea.</translation>
    </message>
    <message>
        <source>Remove this variable</source>
        <translation>Elimină această variabilă</translation>
    </message>
    <message>
        <source>The variable needs a name</source>
        <translation>Variabila are nevoie de un nume</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valoare</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Valoarea %1</translation>
    </message>
    <message>
        <source>Value of the variable</source>
        <translation>Valoarea variabilei</translation>
    </message>
    <message>
        <source>Values are part of the command and of what Inspect shows: keep passwords in files.</source>
        <translation>Valorile fac parte din comandă și din ce arată „Inspecție”: păstrați parolele în fișiere.</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modificată</translation>
    </message>
    <message>
        <source>from .env</source>
        <translation>din .env</translation>
    </message>
    <message>
        <source>image</source>
        <translation>imagine</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>setată aici</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilePreview</name>
    <message>
        <source>%1 in the image</source>
        <translation>%1 în imagine</translation>
    </message>
    <message>
        <source>%1 inside</source>
        <translation>%1 în interior</translation>
    </message>
    <message>
        <source>%1 inside, you outside</source>
        <translation>%1 în interior, dumneavoastră în exterior</translation>
    </message>
    <message>
        <source>A device, pipe or socket</source>
        <translation>Un dispozitiv, o conductă sau un socket</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Un dosar</translation>
    </message>
    <message>
        <source>A link</source>
        <translation>O legătură</translation>
    </message>
    <message>
        <source>Choose a file to look into it and to see what was changed.</source>
        <translation>Alegeți un fișier pentru a vedea ce conține și ce s-a modificat.</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>Conținutul fișierului</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Șterge</translation>
    </message>
    <message>
        <source>Delete what the container made</source>
        <translation>Șterge ce a creat containerul</translation>
    </message>
    <message>
        <source>Deleted here</source>
        <translation>Șters aici</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Diferențe</translation>
    </message>
    <message>
        <source>Download it to open it with a program of yours.</source>
        <translation>Descărcați-l pentru a-l deschide cu un program al dumneavoastră.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fișier</translation>
    </message>
    <message>
        <source>It cannot be shown</source>
        <translation>Nu poate fi arătat</translation>
    </message>
    <message>
        <source>It has no content of its own.</source>
        <translation>Nu are conținut propriu.</translation>
    </message>
    <message>
        <source>Its owner, mode or time was changed.</source>
        <translation>S-au modificat proprietarul, drepturile sau data.</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Duce la</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Se citește</translation>
    </message>
    <message>
        <source>Make it what it is in the image</source>
        <translation>Îl face ca în imagine</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Drepturi</translation>
    </message>
    <message>
        <source>Mounted</source>
        <translation>Montat</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>Niciun fișier ales</translation>
    </message>
    <message>
        <source>Not a text</source>
        <translation>Nu este text</translation>
    </message>
    <message>
        <source>Open it to see what is in it, or download it as a whole.</source>
        <translation>Deschideți-l pentru a vedea ce conține sau descărcați-l întreg.</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Proprietar</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Cale</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurează</translation>
    </message>
    <message>
        <source>Same content as in the image</source>
        <translation>Același conținut ca în imagine</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Arătat</translation>
    </message>
    <message>
        <source>The image still has it. Restore brings it back.</source>
        <translation>Imaginea îl are încă. Restaurarea îl aduce înapoi.</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>A fost</translation>
    </message>
    <message>
        <source>added</source>
        <translation>adăugat</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>șters</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>modificat</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>primii %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FileTreeModel</name>
    <message>
        <source>%1, a link to %2</source>
        <translation>%1, o legătură către %2</translation>
    </message>
    <message>
        <source>%1, added</source>
        <translation>%1, adăugat</translation>
    </message>
    <message>
        <source>%1, deleted</source>
        <translation>%1, șters</translation>
    </message>
    <message>
        <source>%1, has changes inside</source>
        <translation>%1, conține modificări</translation>
    </message>
    <message>
        <source>%1, modified</source>
        <translation>%1, modificat</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modificare</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modificate</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Drepturi</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Proprietar</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Cale</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilesTab</name>
    <message>
        <source>%1 has files of these names; what is in them is lost.</source>
        <translation>%1 are fișiere cu aceste nume; conținutul lor se pierde.</translation>
    </message>
    <message>
        <source>%1 is as in the image</source>
        <translation>%1 este ca în imagine</translation>
    </message>
    <message>
        <source>%1 is back</source>
        <translation>%1 este din nou aici</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 este șters</translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln adăugat</numerusform>
            <numerusform>%Ln adăugate</numerusform>
            <numerusform>%Ln adăugate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln added files are deleted for good</source>
        <translation>
            <numerusform>%Ln fișier adăugat se șterge definitiv</numerusform>
            <numerusform>%Ln fișiere adăugate se șterg definitiv</numerusform>
            <numerusform>%Ln de fișiere adăugate se șterg definitiv</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted</source>
        <translation>
            <numerusform>%Ln șters</numerusform>
            <numerusform>%Ln șterse</numerusform>
            <numerusform>%Ln șterse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted files come back</source>
        <translation>
            <numerusform>%Ln fișier șters revine</numerusform>
            <numerusform>%Ln fișiere șterse revin</numerusform>
            <numerusform>%Ln de fișiere șterse revin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files found</source>
        <translation>
            <numerusform>%Ln fișier găsit</numerusform>
            <numerusform>%Ln fișiere găsite</numerusform>
            <numerusform>%Ln de fișiere găsite</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified</source>
        <translation>
            <numerusform>%Ln modificat</numerusform>
            <numerusform>%Ln modificate</numerusform>
            <numerusform>%Ln modificate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln modified files lose what was changed</source>
        <translation>
            <numerusform>%Ln fișier modificat își pierde modificările</numerusform>
            <numerusform>%Ln fișiere modificate își pierd modificările</numerusform>
            <numerusform>%Ln de fișiere modificate își pierd modificările</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths differ from the image</source>
        <translation>
            <numerusform>%Ln cale diferă de imagine</numerusform>
            <numerusform>%Ln căi diferă de imagine</numerusform>
            <numerusform>%Ln de căi diferă de imagine</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Un dosar…</translation>
    </message>
    <message>
        <source>A name has no blanks: team/app:2</source>
        <translation>Un nume nu are spații: team/app:2</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Toate fișierele</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modificate</translation>
    </message>
    <message>
        <source>Comparing with the image…</source>
        <translation>Se compară cu imaginea…</translation>
    </message>
    <message>
        <source>Copied into %1</source>
        <translation>Copiat în %1</translation>
    </message>
    <message>
        <source>Copy a folder into %1</source>
        <translation>Copiază un dosar în %1</translation>
    </message>
    <message>
        <source>Copy files into %1</source>
        <translation>Copiază fișiere în %1</translation>
    </message>
    <message>
        <source>Copy files of yours into %1</source>
        <translation>Copiază fișiere de pe acest calculator în %1</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiază calea</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>Nu s-a putut șterge %1</translation>
    </message>
    <message>
        <source>Could not discard the changes of %1</source>
        <translation>Nu s-a putut renunța la modificările din %1</translation>
    </message>
    <message>
        <source>Could not download %1</source>
        <translation>Nu s-a putut descărca %1</translation>
    </message>
    <message>
        <source>Could not restore %1</source>
        <translation>Nu s-a putut restaura %1</translation>
    </message>
    <message>
        <source>Could not save %1 as an image</source>
        <translation>%1 nu s-a putut salva ca imagine</translation>
    </message>
    <message>
        <source>Could not upload %1</source>
        <translation>Nu s-a putut încărca %1</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Șterge</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>Ștergeți %1?</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>Se șterge %1</translation>
    </message>
    <message>
        <source>Discard all changes of %1?</source>
        <translation>Renunțați la toate modificările din %1?</translation>
    </message>
    <message>
        <source>Discard all changes…</source>
        <translation>Renunță la toate modificările…</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Renunță la modificări</translation>
    </message>
    <message>
        <source>Discarding changes of %1</source>
        <translation>Se renunță la modificările din %1</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descarcă</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>Se descarcă %1</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Descarcă…</translation>
    </message>
    <message>
        <source>Files of the container</source>
        <translation>Fișierele containerului</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Fișiere…</translation>
    </message>
    <message>
        <source>Filter changed paths</source>
        <translation>Filtrează căile modificate</translation>
    </message>
    <message>
        <source>Find in container</source>
        <translation>Caută în container</translation>
    </message>
    <message>
        <source>Its files are those of the image</source>
        <translation>Fișierele sale sunt cele ale imaginii</translation>
    </message>
    <message>
        <source>Its files become those of the image. Volumes and shared folders are left alone.</source>
        <translation>Fișierele sale devin cele ale imaginii. Volumele și dosarele partajate rămân neatinse.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Citește din nou</translation>
    </message>
    <message>
        <source>Looking for “%1”…</source>
        <translation>Se caută „%1”…</translation>
    </message>
    <message>
        <source>Name of the image</source>
        <translation>Numele imaginii</translation>
    </message>
    <message>
        <source>No changed path matches</source>
        <translation>Nicio cale modificată nu se potrivește</translation>
    </message>
    <message>
        <source>No file has “%1” in its name</source>
        <translation>Niciun fișier nu are „%1” în nume</translation>
    </message>
    <message>
        <source>Not compared with the image</source>
        <translation>Necomparat cu imaginea</translation>
    </message>
    <message>
        <source>Nothing differs from the image</source>
        <translation>Nimic nu diferă de imagine</translation>
    </message>
    <message>
        <source>Part of a name, a pattern such as *.conf, or part of a path with a slash</source>
        <translation>O parte din nume, un model ca *.conf sau o parte dintr-o cale cu bară oblică</translation>
    </message>
    <message>
        <source>Path; Enter goes there</source>
        <translation>Cale; Enter merge acolo</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Înlocuiește</translation>
    </message>
    <message>
        <source>Replace %1?</source>
        <translation>Înlocuiți %1?</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln files?</source>
        <translation>
            <numerusform>Înlocuiți %Ln fișier?</numerusform>
            <numerusform>Înlocuiți %Ln fișiere?</numerusform>
            <numerusform>Înlocuiți %Ln de fișiere?</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurează</translation>
    </message>
    <message>
        <source>Restore %1?</source>
        <translation>Restaurați %1?</translation>
    </message>
    <message>
        <source>Restoring %1</source>
        <translation>Se restaurează %1</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Salvează %1</translation>
    </message>
    <message>
        <source>Save %1 as an image</source>
        <translation>Salvează %1 ca imagine</translation>
    </message>
    <message>
        <source>Save %1 into</source>
        <translation>Salvează %1 în</translation>
    </message>
    <message>
        <source>Save as image…</source>
        <translation>Salvează ca imagine…</translation>
    </message>
    <message>
        <source>Save image</source>
        <translation>Salvează imaginea</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Salvat ca %1</translation>
    </message>
    <message>
        <source>Saving %1 as an image</source>
        <translation>Se salvează %1 ca imagine</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Arată în dosar</translation>
    </message>
    <message>
        <source>The container made it: there is no other copy.</source>
        <translation>Containerul l-a creat: nu există altă copie.</translation>
    </message>
    <message>
        <source>The files cannot be listed</source>
        <translation>Fișierele nu pot fi listate</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln files found; there are more</source>
        <translation>
            <numerusform>Primul fișier găsit (%Ln); mai sunt și altele</numerusform>
            <numerusform>Primele %Ln fișiere găsite; mai sunt și altele</numerusform>
            <numerusform>Primele %Ln de fișiere găsite; mai sunt și altele</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no %1</source>
        <translation>Nu există %1</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>La dosarul de deasupra</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Încearcă din nou</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Încarcă</translation>
    </message>
    <message>
        <source>Upload a folder into %1…</source>
        <translation>Încarcă un dosar în %1…</translation>
    </message>
    <message>
        <source>Upload files into %1…</source>
        <translation>Încarcă fișiere în %1…</translation>
    </message>
    <message>
        <source>Uploading %1</source>
        <translation>Se încarcă %1</translation>
    </message>
    <message>
        <source>What was changed in it since the image is lost.</source>
        <translation>Ce s-a modificat în el față de imagine se pierde.</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>Care fișiere</translation>
    </message>
    <message numerus="yes">
        <source>Writable layer: %1 in %Ln paths</source>
        <translation>
            <numerusform>Strat inscriptibil: %1 în %Ln cale</numerusform>
            <numerusform>Strat inscriptibil: %1 în %Ln căi</numerusform>
            <numerusform>Strat inscriptibil: %1 în %Ln de căi</numerusform>
        </translation>
    </message>
    <message>
        <source>image</source>
        <translation>imagine</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>memorie</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>partajat</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>volum</translation>
    </message>
    <message>
        <source>“Save as image…” keeps a copy of all that is there now.</source>
        <translation>„Salvează ca imagine…” păstrează o copie a tot ce este acum.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FilterEdit</name>
    <message>
        <source>Clear</source>
        <translation>Golește</translation>
    </message>
</context>
<context>
    <name>coracle::gui::FirstRunDialog</name>
    <message numerus="yes">
        <source>%n checks passed</source>
        <translation>
            <numerusform>%n verificare reușită</numerusform>
            <numerusform>%n verificări reușite</numerusform>
            <numerusform>%n de verificări reușite</numerusform>
        </translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Reverifică</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Verificări</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Vine cu Coracle, nu cere rețea</translation>
    </message>
    <message>
        <source>Continue with limits</source>
        <translation>Continuă cu limitări</translation>
    </message>
    <message numerus="yes">
        <source>Coracle checked what this computer can do. %n things do not work yet.</source>
        <translation>
            <numerusform>Coracle a verificat ce poate acest calculator. %n lucru nu merge încă.</numerusform>
            <numerusform>Coracle a verificat ce poate acest calculator. %n lucruri nu merg încă.</numerusform>
            <numerusform>Coracle a verificat ce poate acest calculator. %n de lucruri nu merg încă.</numerusform>
        </translation>
    </message>
    <message>
        <source>Coracle looks at what this computer can do…</source>
        <translation>Coracle se uită ce poate acest calculator…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gata</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Primii pași</translation>
    </message>
    <message>
        <source>From a registry</source>
        <translation>Dintr-un registru</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere and no service is installed. Coracle runs only while you use it.</source>
        <translation>Nu se trimite nimic nicăieri și nu se instalează niciun serviciu. Coracle rulează doar cât îl folosești.</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Descarcă o imagine</translation>
    </message>
    <message>
        <source>This computer is ready for containers.</source>
        <translation>Acest calculator este pregătit pentru containere.</translation>
    </message>
    <message numerus="yes">
        <source>This computer is ready for containers. %n things would work better.</source>
        <translation>
            <numerusform>Acest calculator este pregătit pentru containere. %n lucru ar putea merge mai bine.</numerusform>
            <numerusform>Acest calculator este pregătit pentru containere. %n lucruri ar putea merge mai bine.</numerusform>
            <numerusform>Acest calculator este pregătit pentru containere. %n de lucruri ar putea merge mai bine.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try the welcome image</source>
        <translation>Încearcă imaginea de bun-venit</translation>
    </message>
    <message>
        <source>Welcome to Coracle</source>
        <translation>Bine ai venit la Coracle</translation>
    </message>
    <message>
        <source>What this computer can do is not known.</source>
        <translation>Nu se știe ce poate acest calculator.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HealthCard</name>
    <message numerus="yes">
        <source>%1 of the last %n checks passed</source>
        <translation>
            <numerusform>%1 din ultima %n verificare a reușit</numerusform>
            <numerusform>%1 din ultimele %n verificări au reușit</numerusform>
            <numerusform>%1 din ultimele %n de verificări au reușit</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: exit code %2</source>
        <translation>%1: cod de ieșire %2</translation>
    </message>
    <message>
        <source>%1: passed</source>
        <translation>%1: reușită</translation>
    </message>
    <message>
        <source>%1: took too long, or could not be run</source>
        <translation>%1: a durat prea mult sau nu a putut fi rulată</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Sănătate</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>Ultimele verificări</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>încă neverificat</translation>
    </message>
    <message numerus="yes">
        <source>the last %n checks passed</source>
        <translation>
            <numerusform>%n verificare a reușit</numerusform>
            <numerusform>ultimele %n verificări au reușit</numerusform>
            <numerusform>ultimele %n de verificări au reușit</numerusform>
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
            <numerusform>%n problemă</numerusform>
            <numerusform>%n probleme</numerusform>
            <numerusform>%n de probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>o problemă</translation>
    </message>
    <message>
        <source>Cgroups</source>
        <translation>Cgroups</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Reverifică</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Verificări</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Linie de comandă</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiază raportul</translation>
    </message>
    <message>
        <source>Coracle</source>
        <translation>Coracle</translation>
    </message>
    <message>
        <source>Coracle runs this command as you:</source>
        <translation>Coracle rulează această comandă în numele dumneavoastră:</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Nuclee</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Free disk</source>
        <translation>Spațiu liber</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Straturi</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Arhitectură</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rețea</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
    <message>
        <source>The command failed</source>
        <translation>Comanda a eșuat</translation>
    </message>
    <message>
        <source>The same checks in a terminal:</source>
        <translation>Aceleași verificări în terminal:</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Acest computer</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versiune</translation>
    </message>
    <message>
        <source>You are</source>
        <translation>Utilizator</translation>
    </message>
    <message>
        <source>checked %1</source>
        <translation>verificat %1</translation>
    </message>
    <message>
        <source>checked just now</source>
        <translation>verificat chiar acum</translation>
    </message>
    <message>
        <source>checked just now, took %1 s</source>
        <translation>verificat chiar acum, a durat %1 s</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>se verifică</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>neverificat</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>încă necunoscut</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>gata</translation>
    </message>
    <message numerus="yes">
        <source>ready, %n suggestions</source>
        <translation>
            <numerusform>gata, %n sugestie</numerusform>
            <numerusform>gata, %n sugestii</numerusform>
            <numerusform>gata, %n de sugestii</numerusform>
        </translation>
    </message>
    <message>
        <source>ready, 1 suggestion</source>
        <translation>gata, o sugestie</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HistoryDialog</name>
    <message numerus="yes">
        <source>%Ln layers</source>
        <translation>
            <numerusform>%Ln strat</numerusform>
            <numerusform>%Ln straturi</numerusform>
            <numerusform>%Ln de straturi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln steps</source>
        <translation>
            <numerusform>%Ln pas</numerusform>
            <numerusform>%Ln pași</numerusform>
            <numerusform>%Ln de pași</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Se interoghează</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
    <message>
        <source>Copy step</source>
        <translation>Copiază pasul</translation>
    </message>
    <message>
        <source>How %1 was made</source>
        <translation>Cum s-a construit %1</translation>
    </message>
    <message>
        <source>Its maker wrote nothing down</source>
        <translation>Autorul nu a notat nimic</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pași</translation>
    </message>
</context>
<context>
    <name>coracle::gui::HistoryModel</name>
    <message>
        <source>Made</source>
        <translation>Creat</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>no files</source>
        <translation>fără fișiere</translation>
    </message>
</context>
<context>
    <name>coracle::gui::IdMapView</name>
    <message>
        <source>%1 is %2 here</source>
        <translation>%1 este %2 aici</translation>
    </message>
    <message>
        <source>%L1 – %L2</source>
        <translation>%L1 – %L2</translation>
    </message>
    <message>
        <source>root inside</source>
        <translation>root înăuntru</translation>
    </message>
    <message>
        <source>user %1 inside</source>
        <translation>utilizatorul %1 înăuntru</translation>
    </message>
    <message>
        <source>users %L1 – %L2 inside</source>
        <translation>utilizatorii %L1 – %L2 înăuntru</translation>
    </message>
    <message>
        <source>you (%1)</source>
        <translation>dvs. (%1)</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageDelegate</name>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Rulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageFacts</name>
    <message>
        <source>%1, of which other images share %2</source>
        <translation>%1, din care alte imagini partajează %2</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Se interoghează</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comandă</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configurație</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Containers that use it</source>
        <translation>Containere care o folosesc</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creat</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>Punct de intrare</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Mediu</translation>
    </message>
    <message>
        <source>How its containers start</source>
        <translation>Cum pornesc containerele ei</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>In registries</source>
        <translation>În registre</translation>
    </message>
    <message>
        <source>Its maker wrote nothing down</source>
        <translation>Autorul nu a notat nimic</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etichete</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>No container uses it.</source>
        <translation>Niciun container nu îl folosește.</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Platformă</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Porturi</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pași</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>Imaginea nu poate fi citită</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilizator</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>Dosar de lucru</translation>
    </message>
    <message>
        <source>none</source>
        <translation>fără</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImageModel</name>
    <message>
        <source>%1 of its own, %2 shared with other images</source>
        <translation>%1 proprii, %2 comuni cu alte imagini</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creată</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Straturi</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Folosită de</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>fără nume</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>nefolosită</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagePage</name>
    <message>
        <source>%1 wasted</source>
        <translation>%1 irosiți</translation>
    </message>
    <message numerus="yes">
        <source>%Ln paths</source>
        <translation>
            <numerusform>%Ln cale</numerusform>
            <numerusform>%Ln căi</numerusform>
            <numerusform>%Ln de căi</numerusform>
        </translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Adăugate</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Înapoi</translation>
    </message>
    <message>
        <source>Bytes that later steps overwrite or delete still ship with the image:</source>
        <translation>Octeții pe care pașii următori îi suprascriu sau îi șterg rămân totuși în imagine:</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Compară cu…</translation>
    </message>
    <message>
        <source>Comparing with %1</source>
        <translation>Se compară cu %1</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configurație</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>Copiază digestul</translation>
    </message>
    <message>
        <source>Efficiency %1%</source>
        <translation>Eficiență %1%</translation>
    </message>
    <message>
        <source>End comparison</source>
        <translation>Încheie comparația</translation>
    </message>
    <message>
        <source>Everything in it can be seen: no step overwrites or deletes what an earlier one brought.</source>
        <translation>Totul se vede: niciun pas nu suprascrie și nu șterge ce a adus unul anterior.</translation>
    </message>
    <message>
        <source>Files of the step</source>
        <translation>Fișierele pasului</translation>
    </message>
    <message>
        <source>Find file</source>
        <translation>Caută fișier</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Istoric</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>Image so far</source>
        <translation>Imaginea până aici</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagini</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Inspecție</translation>
    </message>
    <message>
        <source>Kinds of changes</source>
        <translation>Tipuri de modificări</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Straturi</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modificate</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
    <message>
        <source>No path matches “%1”</source>
        <translation>Nicio cale nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>Only the first look at an image takes a moment.</source>
        <translation>Doar prima privire asupra unei imagini durează puțin.</translation>
    </message>
    <message>
        <source>Parts of this image</source>
        <translation>Părțile acestei imagini</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Publică…</translation>
    </message>
    <message>
        <source>Reading the layers</source>
        <translation>Se citesc straturile</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Eliminate</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Rulează…</translation>
    </message>
    <message>
        <source>Steps of the image</source>
        <translation>Pașii imaginii</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>Imaginea nu poate fi citită</translation>
    </message>
    <message>
        <source>Their files are the same</source>
        <translation>Fișierele lor sunt aceleași</translation>
    </message>
    <message>
        <source>There is no other image</source>
        <translation>Nu există altă imagine</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>Acest strat</translation>
    </message>
    <message>
        <source>This step changes no file</source>
        <translation>Acest pas nu modifică niciun fișier</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Încearcă din nou</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Folosită de</translation>
    </message>
    <message>
        <source>What is carried along unseen</source>
        <translation>Ce se transportă nevăzut</translation>
    </message>
    <message>
        <source>What makes %1 of %2: %3 added, %4 modified, %5 removed</source>
        <translation>Ce face %1 din %2: %3 adăugate, %4 modificate, %5 eliminate</translation>
    </message>
    <message>
        <source>Which files</source>
        <translation>Care fișiere</translation>
    </message>
    <message>
        <source>made %1</source>
        <translation>făcut %1</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>folosită de %1</translation>
    </message>
    <message numerus="yes">
        <source>used by %n containers</source>
        <translation>
            <numerusform>folosită de %n container</numerusform>
            <numerusform>folosită de %n containere</numerusform>
            <numerusform>folosită de %n de containere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImagesPage</name>
    <message>
        <source>%1 deleted</source>
        <translation>S-a șters %1</translation>
    </message>
    <message>
        <source>%1 in use, %2 unused</source>
        <translation>%1 folosite, %2 nefolosite</translation>
    </message>
    <message>
        <source>%1 is in use</source>
        <translation>%1 este în uz</translation>
    </message>
    <message>
        <source>%1 of it no other image shares</source>
        <translation>%1 din ele nu sunt partajați de nicio altă imagine</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>%1 pe disc</translation>
    </message>
    <message>
        <source>%1 stays: used by %2</source>
        <translation>%1 rămâne: folosit de %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, of an image that keeps other names</source>
        <translation>%1, al unei imagini care își păstrează alte nume</translation>
    </message>
    <message numerus="yes">
        <source>%n images deleted</source>
        <translation>
            <numerusform>%n imagine ștearsă</numerusform>
            <numerusform>%n imagini șterse</numerusform>
            <numerusform>%n de imagini șterse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>încă %n</numerusform>
            <numerusform>încă %n</numerusform>
            <numerusform>încă %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names of images deleted</source>
        <translation>
            <numerusform>%n nume de imagine șters</numerusform>
            <numerusform>%n nume de imagini șterse</numerusform>
            <numerusform>%n de nume de imagini șterse</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has no blanks: team/app:2</source>
        <translation>Un nume nu conține spații: team/app:2</translation>
    </message>
    <message>
        <source>Add a name to %1</source>
        <translation>Adaugă un nume pentru %1</translation>
    </message>
    <message>
        <source>Add a name…</source>
        <translation>Adaugă un nume…</translation>
    </message>
    <message>
        <source>Add name</source>
        <translation>Adaugă nume</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toate</translation>
    </message>
    <message>
        <source>An image is the file system that a container starts from. Pull one from a registry.</source>
        <translation>O imagine este sistemul de fișiere de la care pornește un container. Descărcați una dintr-un registru.</translation>
    </message>
    <message>
        <source>Bring in the images of an archive</source>
        <translation>Încarcă imaginile dintr-o arhivă</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Curăță…</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Golește filtrul</translation>
    </message>
    <message>
        <source>Containers use all of them</source>
        <translation>Containerele le folosesc pe toate</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Copiază numele</translation>
    </message>
    <message>
        <source>Could not import %1</source>
        <translation>Nu s-a putut importa %1</translation>
    </message>
    <message>
        <source>Could not load %1</source>
        <translation>Nu s-a putut încărca %1</translation>
    </message>
    <message>
        <source>Could not save %1</source>
        <translation>Nu s-a putut salva %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>Ștergeți %1?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images?</source>
        <translation>
            <numerusform>Ștergeți %n imagine?</numerusform>
            <numerusform>Ștergeți %n imagini?</numerusform>
            <numerusform>Ștergeți %n de imagini?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n images…</source>
        <translation>
            <numerusform>Șterge %n imagine…</numerusform>
            <numerusform>Șterge %n imagini…</numerusform>
            <numerusform>Șterge %n de imagini…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n names of images?</source>
        <translation>
            <numerusform>Ștergeți %n nume de imagine?</numerusform>
            <numerusform>Ștergeți %n nume de imagini?</numerusform>
            <numerusform>Ștergeți %n de nume de imagini?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete image</source>
        <translation>Șterge imaginea</translation>
    </message>
    <message>
        <source>Delete image (used by %1)</source>
        <translation>Șterge imaginea (folosită de %1)</translation>
    </message>
    <message>
        <source>Delete images</source>
        <translation>Șterge imaginile</translation>
    </message>
    <message>
        <source>Delete the containers that use it first: %1</source>
        <translation>Ștergeți mai întâi containerele care o folosesc: %1</translation>
    </message>
    <message>
        <source>Delete the containers that use them first</source>
        <translation>Ștergeți mai întâi containerele care le folosesc</translation>
    </message>
    <message>
        <source>Delete this name</source>
        <translation>Șterge acest nume</translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>Filtrează imaginile</translation>
    </message>
    <message>
        <source>How it was made…</source>
        <translation>Cum s-a construit…</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagini</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>Importat ca %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Se importă %1</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importă…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Folosite</translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Ajunge la coș, de unde „Anulează” o aduce înapoi timp de %n zi. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ajunge la coș, de unde „Anulează” o aduce înapoi timp de %n zile. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ajunge la coș, de unde „Anulează” o aduce înapoi timp de %n de zile. Un disc plin poate scurta timpul.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has this name already</source>
        <translation>Are deja acest nume</translation>
    </message>
    <message>
        <source>It is deleted for good, and has to be pulled or built again.</source>
        <translation>Este ștearsă definitiv și trebuie descărcată sau construită din nou.</translation>
    </message>
    <message>
        <source>Layers and files</source>
        <translation>Straturi și fișiere</translation>
    </message>
    <message>
        <source>Layers are stored once and shared</source>
        <translation>Straturile se păstrează o dată, în comun</translation>
    </message>
    <message>
        <source>Load images from an archive</source>
        <translation>Încarcă imagini dintr-o arhivă</translation>
    </message>
    <message>
        <source>Loaded %1</source>
        <translation>S-a încărcat %1</translation>
    </message>
    <message>
        <source>Loading %1</source>
        <translation>Încărcare %1</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>Încarcă…</translation>
    </message>
    <message>
        <source>Make an image of the files of a tar</source>
        <translation>Fă o imagine din fișierele unui tar</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Nume nou</translation>
    </message>
    <message>
        <source>No image matches “%1”</source>
        <translation>Nicio imagine nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>No image of this kind</source>
        <translation>Nicio imagine de acest fel</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Încă nicio imagine</translation>
    </message>
    <message>
        <source>Pull…</source>
        <translation>Descarcă…</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Trimite…</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Rulează…</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Salvează %1</translation>
    </message>
    <message>
        <source>Save to a file…</source>
        <translation>Salvează într-un fișier…</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Salvat ca %1</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>Salvare %1</translation>
    </message>
    <message>
        <source>See what can go, and what that frees</source>
        <translation>Vezi ce poate pleca și cât eliberează</translation>
    </message>
    <message>
        <source>The image keeps its other names</source>
        <translation>Imaginea își păstrează celelalte nume</translation>
    </message>
    <message>
        <source>The images cannot be listed</source>
        <translation>Imaginile nu pot fi listate</translation>
    </message>
    <message>
        <source>They are deleted for good, and have to be pulled or built again.</source>
        <translation>Sunt șterse definitiv și trebuie descărcate sau construite din nou.</translation>
    </message>
    <message>
        <source>They are in use</source>
        <translation>Sunt în folosință</translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Ajung la coș, de unde „Anulează” le aduce înapoi timp de %n zi. Un disc plin poate scurta acest timp.</numerusform>
            <numerusform>Ajung la coș, de unde „Anulează” le aduce înapoi timp de %n zile. Un disc plin poate scurta acest timp.</numerusform>
            <numerusform>Ajung la coș, de unde „Anulează” le aduce înapoi timp de %n de zile. Un disc plin poate scurta acest timp.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Nefolosite</translation>
    </message>
    <message>
        <source>Which images</source>
        <translation>Ce imagini</translation>
    </message>
    <message>
        <source>all in use</source>
        <translation>toate folosite</translation>
    </message>
    <message>
        <source>all unused</source>
        <translation>toate nefolosite</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>imaginea %1</translation>
    </message>
    <message>
        <source>would be %1 without sharing</source>
        <translation>ar fi %1 fără partajare</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ImportDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importă</translation>
    </message>
    <message>
        <source>Import %1 as an image</source>
        <translation>Importă %1 ca imagine</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>The files of the tar become one layer. For an image that was saved, use Load.</source>
        <translation>Fișierele din tar devin un strat. Pentru o imagine salvată, folosește Încarcă.</translation>
    </message>
    <message>
        <source>Type a name: tools, team/app:2</source>
        <translation>Scrie un nume: tools, team/app:2</translation>
    </message>
    <message>
        <source>What it is, for its history</source>
        <translation>Ce este, pentru istoricul ei</translation>
    </message>
    <message>
        <source>What it runs: lines of a Dockerfile</source>
        <translation>Ce rulează: linii de Dockerfile</translation>
    </message>
</context>
<context>
    <name>coracle::gui::InfoDialog</name>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
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
        <translation>Imagine</translation>
    </message>
    <message>
        <source>OCI config</source>
        <translation>Config OCI</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stare</translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonModel</name>
    <message numerus="yes">
        <source> … %Ln items </source>
        <translation>
            <numerusform> … %Ln element </numerusform>
            <numerusform> … %Ln elemente </numerusform>
            <numerusform> … %Ln de elemente </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonPanel</name>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 din %L2</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>Copiază JSON</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiază calea</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Potrivirea următoare (F3)</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nimic de afișat</translation>
    </message>
    <message>
        <source>Path of the selected part</source>
        <translation>Calea părții selectate</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Potrivirea anterioară (Shift+F3)</translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation>Caută chei și valori</translation>
    </message>
    <message>
        <source>The document could not be read.</source>
        <translation>Documentul nu a putut fi citit.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>none</source>
        <translation>fără</translation>
    </message>
</context>
<context>
    <name>coracle::gui::JsonView</name>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
</context>
<context>
    <name>coracle::gui::KeepChoice</name>
    <message>
        <source>A file</source>
        <translation>Un fișier</translation>
    </message>
    <message>
        <source>As plain text in %1, which only you can read.</source>
        <translation>Ca text simplu în %1, pe care îl puteți citi doar dumneavoastră.</translation>
    </message>
    <message>
        <source>Docker’s settings name this program.</source>
        <translation>Setările Docker indică acest program.</translation>
    </message>
    <message>
        <source>Encrypted; the command line finds it there, too.</source>
        <translation>Criptată; o găsește acolo și linia de comandă.</translation>
    </message>
    <message>
        <source>It is locked: the desktop asks for its password.</source>
        <translation>Este blocat: desktopul îi cere parola.</translation>
    </message>
    <message>
        <source>Keep the password in</source>
        <translation>Parola se păstrează în</translation>
    </message>
    <message>
        <source>Looking for the desktop’s keyring…</source>
        <translation>Se caută inelul de chei al desktopului…</translation>
    </message>
    <message>
        <source>The desktop’s keyring</source>
        <translation>Inelul de chei al desktopului</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LayerModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 din %2</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Deja aici</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>Deja acolo</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Se verifică</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Eșuat</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Din %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Strat</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progres</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Trimis</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Se extrage</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verificat</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Așteaptă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LayerStepModel</name>
    <message>
        <source>%1 added, %2 changed, %3 deleted</source>
        <translation>%1 adăugate, %2 modificate, %3 șterse</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fișiere</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Neprecizat</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Pas</translation>
    </message>
    <message>
        <source>deleted in step %1</source>
        <translation>șters în pasul %1</translation>
    </message>
    <message>
        <source>written again in step %1</source>
        <translation>scris din nou în pasul %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LimitRow</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 în %2</translation>
    </message>
    <message>
        <source>%1 is no number</source>
        <translation>%1 nu este un număr</translation>
    </message>
    <message>
        <source>Limit: %1</source>
        <translation>Limită: %1</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>nelimitat</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ListTable</name>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogHistogram</name>
    <message>
        <source>When the lines were written</source>
        <translation>Când au fost scrise rândurile</translation>
    </message>
    <message>
        <source>When the lines were written; error output is red</source>
        <translation>Când au fost scrise rândurile; ieșirea de erori este roșie</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogView</name>
    <message>
        <source>Log</source>
        <translation>Jurnal</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LoginDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Conectare</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Conectare la %1</translation>
    </message>
    <message>
        <source>Log in to a registry</source>
        <translation>Conectare la un registru</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registru</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LoginForm</name>
    <message>
        <source>Log in</source>
        <translation>Conectare</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Conectare la %1</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>Parolă sau token</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nume de utilizator</translation>
    </message>
</context>
<context>
    <name>coracle::gui::LogsTab</name>
    <message>
        <source>%L1 of %2</source>
        <translation>%L1 din %2</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 din %L2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln rând</numerusform>
            <numerusform>%Ln rânduri</numerusform>
            <numerusform>%Ln de rânduri</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines are hidden</source>
        <translation>
            <numerusform>%Ln linie este ascunsă</numerusform>
            <numerusform>%Ln linii sunt ascunse</numerusform>
            <numerusform>%Ln de linii sunt ascunse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new lines</source>
        <translation>
            <numerusform>%Ln rând nou</numerusform>
            <numerusform>%Ln rânduri noi</numerusform>
            <numerusform>%Ln de rânduri noi</numerusform>
        </translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Orice nivel</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erori</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Urmărește</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Se urmărește</translation>
    </message>
    <message>
        <source>From info</source>
        <translation>De la info</translation>
    </message>
    <message>
        <source>From warnings</source>
        <translation>De la avertizări</translation>
    </message>
    <message>
        <source>Last 5 min</source>
        <translation>Ultimele 5 min</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Ultima zi</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Ultima oră</translation>
    </message>
    <message>
        <source>Levels that are shown</source>
        <translation>Niveluri afișate</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Ține cont de majuscule</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Potrivirea următoare (F3)</translation>
    </message>
    <message>
        <source>No line matches “%1”</source>
        <translation>Nicio linie nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>No line of this kind</source>
        <translation>Nicio linie de acest fel</translation>
    </message>
    <message>
        <source>No output yet</source>
        <translation>Încă nu s-a scris nimic</translation>
    </message>
    <message>
        <source>Only matches</source>
        <translation>Doar potriviri</translation>
    </message>
    <message>
        <source>Paused while you read · End to follow again</source>
        <translation>În pauză cât citiți · End reia urmărirea</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Potrivirea anterioară (Shift+F3)</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Expresie regulată</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Salvează jurnalul</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Caută în jurnal</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>Arată toate liniile</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>De la pornire</translation>
    </message>
    <message>
        <source>The container is not running; its output is kept</source>
        <translation>Containerul nu rulează; ieșirea sa se păstrează</translation>
    </message>
    <message>
        <source>The log could not be saved</source>
        <translation>Jurnalul nu a putut fi salvat</translation>
    </message>
    <message>
        <source>The log was saved</source>
        <translation>Jurnalul a fost salvat</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Ora</translation>
    </message>
    <message>
        <source>Time that is shown</source>
        <translation>Perioada afișată</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>What the container writes to its output appears here and is kept after it ends.</source>
        <translation>Ce scrie containerul la ieșire apare aici și se păstrează și după oprirea lui.</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>Pliază</translation>
    </message>
    <message>
        <source>error output</source>
        <translation>ieșire de erori</translation>
    </message>
    <message>
        <source>none</source>
        <translation>niciuna</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>nevalid</translation>
    </message>
    <message>
        <source>older lines are not shown</source>
        <translation>rândurile mai vechi nu se afișează</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>se caută</translation>
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
        <translation>%1 · deschide pagina sa</translation>
    </message>
    <message>
        <source>About Coracle</source>
        <translation>Despre Coracle</translation>
    </message>
    <message>
        <source>Add a name to %1…</source>
        <translation>Adaugă un nume la %1…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspect</translation>
    </message>
    <message>
        <source>Appearance: %1</source>
        <translation>Aspect: %1</translation>
    </message>
    <message>
        <source>Changes made elsewhere are not seen at the moment</source>
        <translation>Modificările făcute în altă parte nu se văd momentan</translation>
    </message>
    <message>
        <source>Check this computer</source>
        <translation>Verifică acest calculator</translation>
    </message>
    <message>
        <source>Clone %1…</source>
        <translation>Clonează %1…</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Containere</translation>
    </message>
    <message>
        <source>Containers without root and without a daemon. What you start here runs as you and keeps running when this window is closed.</source>
        <translation>Containere fără root și fără daemon. Ce porniți aici rulează în numele dumneavoastră și continuă să ruleze după închiderea acestei ferestre.</translation>
    </message>
    <message>
        <source>Copy %1 as command</source>
        <translation>Copiază %1 drept comandă</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Șterge %1</translation>
    </message>
    <message>
        <source>Delete %1…</source>
        <translation>Șterge %1…</translation>
    </message>
    <message>
        <source>Disk space, clean up</source>
        <translation>Spațiu pe disc, curățare</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Acțiuni</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gata</translation>
    </message>
    <message>
        <source>Edit %1…</source>
        <translation>Editează %1…</translation>
    </message>
    <message>
        <source>Empty %1…</source>
        <translation>Golește %1…</translation>
    </message>
    <message>
        <source>Export %1…</source>
        <translation>Exportă %1…</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Mergi la</translation>
    </message>
    <message>
        <source>How %1 was made…</source>
        <translation>Cum a fost făcut %1…</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagini</translation>
    </message>
    <message>
        <source>Import a volume from an archive…</source>
        <translation>Importă un volum dintr-o arhivă…</translation>
    </message>
    <message>
        <source>Import an image from the files of a tar…</source>
        <translation>Importă o imagine din fișierele unui tar…</translation>
    </message>
    <message>
        <source>Inspect %1</source>
        <translation>Inspectează %1</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licență</translation>
    </message>
    <message>
        <source>Load images from an archive…</source>
        <translation>Încarcă imagini dintr-o arhivă…</translation>
    </message>
    <message>
        <source>Log in to a registry…</source>
        <translation>Autentificare la un registru…</translation>
    </message>
    <message>
        <source>Logs of %1</source>
        <translation>Jurnalul containerului %1</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Volum nou…</translation>
    </message>
    <message>
        <source>Nothing has this name</source>
        <translation>Nimic nu are acest nume</translation>
    </message>
    <message>
        <source>Open port %1 of %2</source>
        <translation>Deschide portul %1 al containerului %2</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Pune %1 în pauză</translation>
    </message>
    <message>
        <source>Permissions of %1</source>
        <translation>Permisiunile containerului %1</translation>
    </message>
    <message>
        <source>Pull %1 again…</source>
        <translation>Descarcă din nou %1…</translation>
    </message>
    <message>
        <source>Pull image “%1”…</source>
        <translation>Descarcă imaginea „%1”…</translation>
    </message>
    <message>
        <source>Push %1…</source>
        <translation>Trimite %1…</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Rename %1…</source>
        <translation>Redenumește %1…</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Repornește %1</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>Reia %1</translation>
    </message>
    <message>
        <source>Run %1…</source>
        <translation>Rulează %1…</translation>
    </message>
    <message>
        <source>Run image “%1”…</source>
        <translation>Rulează imaginea „%1”…</translation>
    </message>
    <message>
        <source>Save %1 to a file…</source>
        <translation>Salvează %1 într-un fișier…</translation>
    </message>
    <message>
        <source>Settings: appearance, language</source>
        <translation>Setări: aspect, limbă</translation>
    </message>
    <message>
        <source>Settings: questions</source>
        <translation>Setări: întrebări</translation>
    </message>
    <message>
        <source>Settings: registries, logins</source>
        <translation>Setări: registre, autentificări</translation>
    </message>
    <message>
        <source>Settings: start and background</source>
        <translation>Setări: pornire și fundal</translation>
    </message>
    <message>
        <source>Settings: storage, trash</source>
        <translation>Setări: stocare, coș</translation>
    </message>
    <message>
        <source>Show %1 in the list</source>
        <translation>Arată %1 în listă</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>Pornește %1</translation>
    </message>
    <message>
        <source>Stats of %1</source>
        <translation>Consumul containerului %1</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Oprește %1</translation>
    </message>
    <message>
        <source>Terminal in %1</source>
        <translation>Terminal în %1</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versiune</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nefolosit</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>folosit de %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::NetworkEditor</name>
    <message>
        <source>A container’s</source>
        <translation>A unui container</translation>
    </message>
    <message numerus="yes">
        <source>A host name has at most %n letters</source>
        <translation>
            <numerusform>Un nume de gazdă are cel mult %n literă</numerusform>
            <numerusform>Un nume de gazdă are cel mult %n litere</numerusform>
            <numerusform>Un nume de gazdă are cel mult %n de litere</numerusform>
        </translation>
    </message>
    <message>
        <source>A host name has no blanks</source>
        <translation>Un nume de gazdă nu are spații</translation>
    </message>
    <message>
        <source>Both share addresses, ports and names: what one listens on, the other reaches as localhost.</source>
        <translation>Ambele au aceleași adrese, porturi și nume: ce ascultă unul, celălalt atinge ca localhost.</translation>
    </message>
    <message>
        <source>Choose the container whose network it joins</source>
        <translation>Alegeți containerul la a cărui rețea se alătură</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>Conectat la</translation>
    </message>
    <message>
        <source>Host name inside</source>
        <translation>Numele de gazdă în interior</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>Propria rețea</translation>
    </message>
    <message>
        <source>Its programs reach what listens on this computer only, and are reached like yours.</source>
        <translation>Programele sale ajung la ce ascultă doar pe acest calculator și sunt accesibile ca ale dumneavoastră.</translation>
    </message>
    <message>
        <source>Loopback only</source>
        <translation>Doar loopback</translation>
    </message>
    <message>
        <source>More names it knows</source>
        <translation>Alte nume pe care le cunoaște</translation>
    </message>
    <message>
        <source>Name servers</source>
        <translation>Servere de nume</translation>
    </message>
    <message>
        <source>No container runs whose network it could join</source>
        <translation>Nu rulează niciun container la a cărui rețea s-ar putea alătura</translation>
    </message>
    <message>
        <source>No isolation, all ports shared</source>
        <translation>Fără izolare, toate porturile partajate</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Niciuna</translation>
    </message>
    <message>
        <source>Nothing goes in or out: its programs reach each other only.</source>
        <translation>Nimic nu intră și nu iese: programele sale ajung doar unele la altele.</translation>
    </message>
    <message>
        <source>Private, reaches out through slirp4netns</source>
        <translation>Privată, iese prin slirp4netns</translation>
    </message>
    <message numerus="yes">
        <source>Publishing ports needs a network of its own: the %n ports are left out.</source>
        <translation>
            <numerusform>Publicarea porturilor cere o rețea proprie: %n port este omis.</numerusform>
            <numerusform>Publicarea porturilor cere o rețea proprie: %n porturi sunt omise.</numerusform>
            <numerusform>Publicarea porturilor cere o rețea proprie: %n de porturi sunt omise.</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing ports needs a network of its own: the port is left out.</source>
        <translation>Publicarea porturilor cere o rețea proprie: portul este omis.</translation>
    </message>
    <message>
        <source>Reaches the internet. Nothing reaches it but through the ports that you publish.</source>
        <translation>Ajunge la internet. Din exterior se ajunge doar la porturile pe care le publicați.</translation>
    </message>
    <message>
        <source>Shares the network of another one</source>
        <translation>Folosește rețeaua altuia</translation>
    </message>
    <message>
        <source>That container does not run: start it first.</source>
        <translation>Acel container nu rulează: porniți-l mai întâi.</translation>
    </message>
    <message>
        <source>This computer’s</source>
        <translation>A acestui calculator</translation>
    </message>
    <message>
        <source>Whose network</source>
        <translation>A cui rețea</translation>
    </message>
    <message>
        <source>db:192.0.2.7</source>
        <translation>db:192.0.2.7</translation>
    </message>
    <message>
        <source>its short id</source>
        <translation>id-ul său scurt</translation>
    </message>
    <message>
        <source>that container’s</source>
        <translation>cel al containerului</translation>
    </message>
    <message>
        <source>this computer’s</source>
        <translation>al acestui calculator</translation>
    </message>
    <message>
        <source>those of the network</source>
        <translation>cele ale rețelei</translation>
    </message>
    <message>
        <source>“%1” is no address: write 192.0.2.1 or 2001:db8::1</source>
        <translation>„%1” nu este o adresă: scrieți 192.0.2.1 sau 2001:db8::1</translation>
    </message>
    <message>
        <source>“%1” is no name with an address: write db:192.0.2.7</source>
        <translation>„%1” nu este un nume cu adresă: scrieți db:192.0.2.7</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Notices</name>
    <message>
        <source>%1 ended with code %2</source>
        <translation>%1 s-a încheiat cu codul %2</translation>
    </message>
    <message>
        <source>%1 is unhealthy</source>
        <translation>%1 nu este sănătos</translation>
    </message>
    <message>
        <source>%1 ran out of memory</source>
        <translation>%1 a rămas fără memorie</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gata</translation>
    </message>
    <message>
        <source>It is started again.</source>
        <translation>Este pornit din nou.</translation>
    </message>
    <message>
        <source>It stays stopped.</source>
        <translation>Rămâne oprit.</translation>
    </message>
    <message>
        <source>Its health check fails again and again.</source>
        <translation>Verificarea sănătății eșuează mereu.</translation>
    </message>
    <message>
        <source>Show logs</source>
        <translation>Arată jurnalul</translation>
    </message>
    <message>
        <source>The kernel ended it at its limit. %1</source>
        <translation>Nucleul l-a încheiat la limita lui. %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::OverviewTab</name>
    <message>
        <source>%1 cores</source>
        <translation>%1 nuclee</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 din %2</translation>
    </message>
    <message>
        <source>%1 · service %2</source>
        <translation>%1 · serviciul %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1, fără limită</translation>
    </message>
    <message>
        <source>%1/s in · %2/s out</source>
        <translation>%1/s primit · %2/s trimis</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 nucleu</translation>
    </message>
    <message>
        <source>A file the container writes as root is yours on this computer.</source>
        <translation>Un fișier scris de container ca root este al dumneavoastră pe acest computer.</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acces</translation>
    </message>
    <message>
        <source>Add a folder or volume</source>
        <translation>Adaugă un dosar sau un volum</translation>
    </message>
    <message numerus="yes">
        <source>All %n</source>
        <translation>
            <numerusform>Toate (%n)</numerusform>
            <numerusform>Toate (%n)</numerusform>
            <numerusform>Toate (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Change the limits</source>
        <translation>Schimbă limitele</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comandă</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>Copiază ID-ul</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copiază adresa</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copiază comanda</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creat</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalii</translation>
    </message>
    <message>
        <source>Everything it writes stays in the container.</source>
        <translation>Tot ce scrie rămâne în container.</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Mai puține</translation>
    </message>
    <message>
        <source>Files of other users inside belong to your subordinate ids.</source>
        <translation>Fișierele altor utilizatori din container aparțin ID-urilor dumneavoastră subordonate.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Înăuntru</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rețea</translation>
    </message>
    <message>
        <source>Nothing is published.</source>
        <translation>Nu se publică nimic.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Pe acest computer</translation>
    </message>
    <message>
        <source>Only root exists inside, because you have no subordinate ids.</source>
        <translation>Înăuntru există doar root, pentru că nu aveți ID-uri subordonate.</translation>
    </message>
    <message>
        <source>Open port %1 in the browser</source>
        <translation>Deschide portul %1 în browser</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Sumar</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Cale</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Porturi</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Proces</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Procese</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Proiect</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publică</translation>
    </message>
    <message>
        <source>Publish a port</source>
        <translation>Publică un port</translation>
    </message>
    <message>
        <source>Publish port %1</source>
        <translation>Publică portul %1</translation>
    </message>
    <message>
        <source>Recent events</source>
        <translation>Evenimente recente</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Repornire</translation>
    </message>
    <message>
        <source>Root inside is another user on this computer.</source>
        <translation>Root din container este alt utilizator pe acest computer.</translation>
    </message>
    <message>
        <source>Same thing in a terminal</source>
        <translation>Același lucru în terminal</translation>
    </message>
    <message>
        <source>Show all events</source>
        <translation>Arată toate evenimentele</translation>
    </message>
    <message>
        <source>Show only the last events</source>
        <translation>Arată doar ultimele evenimente</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sursă</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Pornit</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stocare</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilizator</translation>
    </message>
    <message>
        <source>Who is who</source>
        <translation>Cine este cine</translation>
    </message>
    <message>
        <source>Written files</source>
        <translation>Fișiere scrise</translation>
    </message>
    <message>
        <source>all addresses</source>
        <translation>toate adresele</translation>
    </message>
    <message>
        <source>always</source>
        <translation>întotdeauna</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>cel mult %1</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>adus înapoi</translation>
    </message>
    <message>
        <source>chosen at start</source>
        <translation>ales la pornire</translation>
    </message>
    <message>
        <source>created</source>
        <translation>creat</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>oprit</translation>
    </message>
    <message>
        <source>ended with exit code %1</source>
        <translation>oprit cu codul de ieșire %1</translation>
    </message>
    <message>
        <source>ended, out of memory</source>
        <translation>oprit, memorie epuizată</translation>
    </message>
    <message>
        <source>its own volume</source>
        <translation>volum propriu</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>memorie</translation>
    </message>
    <message>
        <source>never</source>
        <translation>niciodată</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nu</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>fără limită</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nu are</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nepublicat</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>nu rulează</translation>
    </message>
    <message>
        <source>on failure</source>
        <translation>la eroare</translation>
    </message>
    <message>
        <source>on failure, %1 of %2 used</source>
        <translation>la eroare, %1 din %2 folosite</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>în pauză</translation>
    </message>
    <message>
        <source>pid %1 on this computer</source>
        <translation>pid %1 pe acest computer</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>doar citire</translation>
    </message>
    <message>
        <source>read/write</source>
        <translation>citire/scriere</translation>
    </message>
    <message>
        <source>started</source>
        <translation>pornit</translation>
    </message>
    <message>
        <source>that of this computer</source>
        <translation>cea a acestui computer</translation>
    </message>
    <message>
        <source>unless you stopped it</source>
        <translation>dacă nu l-ați oprit</translation>
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
        <translation>Fișier</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Pe acest computer</translation>
    </message>
    <message>
        <source>Seen inside as</source>
        <translation>Văzut înăuntru ca</translation>
    </message>
    <message>
        <source>The container can</source>
        <translation>Accesul containerului</translation>
    </message>
    <message>
        <source>The folder is empty. What root inside writes here belongs to you.</source>
        <translation>Dosarul este gol. Ce scrie aici root din container vă aparține.</translation>
    </message>
    <message>
        <source>Who owns the files of %1</source>
        <translation>Cui aparțin fișierele din %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>și încă %n</numerusform>
            <numerusform>și încă %n</numerusform>
            <numerusform>și încă %n</numerusform>
        </translation>
    </message>
    <message>
        <source>and one more</source>
        <translation>și încă unul</translation>
    </message>
    <message>
        <source>nobody (65534)</source>
        <translation>nobody (65534)</translation>
    </message>
    <message>
        <source>not open it</source>
        <translation>fără acces</translation>
    </message>
    <message>
        <source>read</source>
        <translation>citire</translation>
    </message>
    <message>
        <source>read and write</source>
        <translation>citire și scriere</translation>
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
        <translation>dvs. (%1)</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Page</name>
    <message>
        <source>Open folder</source>
        <translation>Deschide dosarul</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Setările nu au putut fi citite</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PageHeader</name>
    <message>
        <source>Main menu</source>
        <translation>Meniu principal</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PasteDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Renunță</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Linie de comandă</translation>
    </message>
    <message>
        <source>Fill in the form</source>
        <translation>Completează formularul</translation>
    </message>
    <message>
        <source>Paste a line of docker run, podman run or coracle run.</source>
        <translation>Lipiți o linie docker run, podman run sau coracle run.</translation>
    </message>
    <message>
        <source>Start from a command</source>
        <translation>Pornește de la o comandă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PathTreeModel</name>
    <message>
        <source>%1, added</source>
        <translation>%1, adăugat</translation>
    </message>
    <message>
        <source>%1, has changes inside</source>
        <translation>%1, conține modificări</translation>
    </message>
    <message>
        <source>%1, modified</source>
        <translation>%1, modificat</translation>
    </message>
    <message>
        <source>%1, removed</source>
        <translation>%1, eliminat</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Drepturi</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Proprietar</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Cale</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PermissionsTab</name>
    <message>
        <source>%1 of %2 capabilities, valid only inside</source>
        <translation>%1 din %2 de capabilități, valabile doar înăuntru</translation>
    </message>
    <message numerus="yes">
        <source>%Ln dropped, among them %1.</source>
        <translation>
            <numerusform>%Ln eliminată, între care %1.</numerusform>
            <numerusform>%Ln eliminate, între care %1.</numerusform>
            <numerusform>%Ln eliminate, între care %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wide open</source>
        <translation>
            <numerusform>%n breșă</numerusform>
            <numerusform>%n breșe</numerusform>
            <numerusform>%n de breșe</numerusform>
        </translation>
    </message>
    <message>
        <source>A container keeps its permissions for life. This opens the run dialog with the same settings.</source>
        <translation>Un container își păstrează permisiunile toată viața. De aici se deschide dialogul de rulare cu aceleași setări.</translation>
    </message>
    <message>
        <source>A container shares the kernel of this computer. For hostile code use a virtual machine.</source>
        <translation>Un container folosește kernelul acestui computer. Pentru cod ostil folosiți o mașină virtuală.</translation>
    </message>
    <message>
        <source>Change in a copy…</source>
        <translation>Modifică într-o copie…</translation>
    </message>
    <message>
        <source>Isolation</source>
        <translation>Izolare</translation>
    </message>
    <message>
        <source>None is dropped: as root inside it may do all that you may.</source>
        <translation>Niciuna nu este eliminată: ca root înăuntru poate face tot ce puteți și dumneavoastră.</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Permisiuni</translation>
    </message>
    <message>
        <source>Root inside may</source>
        <translation>Root înăuntru poate</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>What this container can reach</source>
        <translation>La ce are acces acest container</translation>
    </message>
    <message>
        <source>no extra holes</source>
        <translation>fără breșe în plus</translation>
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
        <translation>Adaugă port</translation>
    </message>
    <message>
        <source>Address of this computer</source>
        <translation>Adresa acestui computer</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy the command that lowers the limit</source>
        <translation>Copiază comanda care coboară limita</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Înăuntru</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tip</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>Rețeaua locală</translation>
    </message>
    <message>
        <source>Lower the limit once for everyone:</source>
        <translation>Coborâți limita o dată, pentru toți:</translation>
    </message>
    <message>
        <source>No port is reachable. Add one to open it to this computer or to the local network.</source>
        <translation>Niciun port nu este accesibil. Adăugați unul ca să îl deschideți pentru acest computer sau pentru rețeaua locală.</translation>
    </message>
    <message>
        <source>One address…</source>
        <translation>O adresă…</translation>
    </message>
    <message>
        <source>Port %1 needs the system to allow low ports</source>
        <translation>Portul %1 cere ca sistemul să permită porturi privilegiate</translation>
    </message>
    <message>
        <source>Port here</source>
        <translation>Port aici</translation>
    </message>
    <message>
        <source>Port inside the container</source>
        <translation>Portul din container</translation>
    </message>
    <message>
        <source>Port on this computer, or auto</source>
        <translation>Portul de pe acest computer sau auto</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Porturi</translation>
    </message>
    <message>
        <source>Ports under %1 are closed to normal users here.</source>
        <translation>Porturile sub %1 sunt închise aici pentru utilizatorii obișnuiți.</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>Publică %1</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>Accesibil din</translation>
    </message>
    <message>
        <source>Remove this port</source>
        <translation>Elimină acest port</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>Doar acest computer</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Pune %1</translation>
    </message>
    <message>
        <source>Use %1, or lower the limit once for everyone:</source>
        <translation>Folosiți %1 sau coborâți limita o dată, pentru toți:</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>the image says it listens on</source>
        <translation>imaginea spune că ascultă pe</translation>
    </message>
    <message>
        <source>“Local network” lets other computers connect. “This computer only” binds to 127.0.0.1.</source>
        <translation>„Rețeaua locală” permite conectarea altor computere. „Doar acest computer” ascultă pe 127.0.0.1.</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ProcessCard</name>
    <message>
        <source>Ask process %1 to end?</source>
        <translation>Ceri procesului %1 să se încheie?</translation>
    </message>
    <message>
        <source>Ask to end</source>
        <translation>Cere încheierea</translation>
    </message>
    <message>
        <source>Ask to end…</source>
        <translation>Cere încheierea…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copiază comanda</translation>
    </message>
    <message>
        <source>It ends at once, without a chance to save its work.</source>
        <translation>Se încheie pe loc, fără să-și poată salva lucrul.</translation>
    </message>
    <message>
        <source>It gets the signal TERM. What it does then is up to the program.</source>
        <translation>Primește semnalul TERM. Ce face apoi ține de program.</translation>
    </message>
    <message>
        <source>It is the first process: the container ends with it</source>
        <translation>Este primul proces: containerul se încheie odată cu el</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Oprește forțat</translation>
    </message>
    <message>
        <source>Kill process %1?</source>
        <translation>Oprești forțat procesul %1?</translation>
    </message>
    <message>
        <source>Kill…</source>
        <translation>Oprește forțat…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Citește din nou</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Procese</translation>
    </message>
    <message>
        <source>Send KILL, which ends it at once</source>
        <translation>Trimite KILL, care îl încheie imediat</translation>
    </message>
    <message>
        <source>Send TERM, which a program may handle</source>
        <translation>Trimite TERM, pe care un program îl poate trata</translation>
    </message>
    <message>
        <source>The signal did not reach “%1”</source>
        <translation>Semnalul nu a ajuns la „%1”</translation>
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
        <translation>Comandă</translation>
    </message>
    <message>
        <source>Host pid</source>
        <translation>Pid în afară</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Înăuntru</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilizator</translation>
    </message>
    <message>
        <source>ended, not yet waited for</source>
        <translation>încheiat, nepreluat încă</translation>
    </message>
    <message>
        <source>running</source>
        <translation>rulează</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>doarme</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>oprit</translation>
    </message>
    <message>
        <source>waiting for a device</source>
        <translation>așteaptă un dispozitiv</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PullDialog</name>
    <message>
        <source>%1 already here</source>
        <translation>%1 deja aici</translation>
    </message>
    <message>
        <source>%1 to fetch</source>
        <translation>%1 de descărcat</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>An image name has no blanks</source>
        <translation>Un nume de imagine nu conține spații</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>Se interoghează %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Cancel pull</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Cancelled; nothing was left behind</source>
        <translation>Anulat; nu a rămas nimic în urmă</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Se anulează</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation>Copiază digestul</translation>
    </message>
    <message>
        <source>Each layer of the image shows here while it comes</source>
        <translation>Aici apare fiecare strat al imaginii pe măsură ce sosește</translation>
    </message>
    <message>
        <source>Every layer is checked against its sha256 digest before it is used</source>
        <translation>Fiecare strat este verificat după digestul său sha256 înainte de a fi folosit</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>Keep going in background</source>
        <translation>Continuă în fundal</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Straturi</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Platformă</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>Descarcă</translation>
    </message>
    <message>
        <source>Pull an image</source>
        <translation>Descarcă o imagine</translation>
    </message>
    <message>
        <source>Run it when ready</source>
        <translation>Rulează când e gata</translation>
    </message>
    <message>
        <source>This computer’s</source>
        <translation>A acestui computer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Type the name of an image</source>
        <translation>Scrieți numele unei imagini</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>Toată imaginea</translation>
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
        <translation>%1 de descărcat</translation>
    </message>
    <message>
        <source>Could not pull %1</source>
        <translation>Nu s-a putut descărca %1</translation>
    </message>
    <message>
        <source>Pulled %1</source>
        <translation>S-a descărcat %1</translation>
    </message>
    <message>
        <source>Pulling %1</source>
        <translation>Descărcare %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::PushDialog</name>
    <message>
        <source>%1 already there</source>
        <translation>%1 deja acolo</translation>
    </message>
    <message>
        <source>%1 to send</source>
        <translation>%1 de trimis</translation>
    </message>
    <message>
        <source>An image name has no blanks</source>
        <translation>Un nume de imagine nu conține spații</translation>
    </message>
    <message>
        <source>Cancel push</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Cancelled; the registry shows nothing of it</source>
        <translation>Anulat; în registru nu apare nimic</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Se anulează</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation>Copiază digestul</translation>
    </message>
    <message>
        <source>Each layer of the image shows here while it is sent</source>
        <translation>Aici apare fiecare strat al imaginii pe măsură ce se trimite</translation>
    </message>
    <message>
        <source>Keep going in background</source>
        <translation>Continuă în fundal</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Straturi</translation>
    </message>
    <message>
        <source>Layers that %1 has already are not sent again</source>
        <translation>Straturile pe care %1 le are deja nu se mai trimit</translation>
    </message>
    <message>
        <source>Names of localhost/ stay on this computer; name a registry in front</source>
        <translation>Numele cu localhost/ rămân pe acest computer; puneți un registru în față</translation>
    </message>
    <message>
        <source>Others pull it by this name or by its digest.</source>
        <translation>Alții o descarcă după acest nume sau după digestul ei.</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Trimite</translation>
    </message>
    <message>
        <source>Push again</source>
        <translation>Trimite iar</translation>
    </message>
    <message>
        <source>Push an image</source>
        <translation>Trimite o imagine</translation>
    </message>
    <message>
        <source>Pushed to %1</source>
        <translation>S-a trimis la %1</translation>
    </message>
    <message>
        <source>Say where it goes: registry.example/team/app:2</source>
        <translation>Spuneți unde se trimite: registry.example/team/app:2</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Către</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>Toată imaginea</translation>
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
        <translation>%1 de trimis</translation>
    </message>
    <message>
        <source>Could not push %1</source>
        <translation>Nu s-a putut trimite %1</translation>
    </message>
    <message>
        <source>Pushed %1</source>
        <translation>S-a trimis %1</translation>
    </message>
    <message>
        <source>Pushing %1</source>
        <translation>Trimitere %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RegistriesCard</name>
    <message>
        <source>Add a registry…</source>
        <translation>Adaugă un registru…</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Editează %1</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editează…</translation>
    </message>
    <message>
        <source>Forget what is set for %1</source>
        <translation>Uită ce este stabilit pentru %1</translation>
    </message>
    <message>
        <source>Kept by %1</source>
        <translation>Păstrat de %1</translation>
    </message>
    <message>
        <source>Kept in the desktop’s keyring</source>
        <translation>Păstrat în inelul de chei al desktopului</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Conectare la %1</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Conectare…</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Deconectare</translation>
    </message>
    <message>
        <source>Log out of %1</source>
        <translation>Deconectare de la %1</translation>
    </message>
    <message>
        <source>Nothing is set: images come from where their names say, by TLS.</source>
        <translation>Nimic nu este stabilit: imaginile vin prin TLS de unde spun numele lor.</translation>
    </message>
    <message>
        <source>Settings of %1 forgotten</source>
        <translation>Setările pentru %1 au fost uitate</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blocat</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>certificat de client</translation>
    </message>
    <message>
        <source>its certificate is not checked</source>
        <translation>certificatul lui nu este verificat</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>conectat</translation>
    </message>
    <message>
        <source>logged in as %1</source>
        <translation>conectat ca %1</translation>
    </message>
    <message>
        <source>mirrors: %1</source>
        <translation>oglinzi: %1</translation>
    </message>
    <message>
        <source>nothing is set</source>
        <translation>nimic stabilit</translation>
    </message>
    <message>
        <source>own certificate authority</source>
        <translation>autoritate de certificare proprie</translation>
    </message>
    <message>
        <source>taken from %1</source>
        <translation>luat de la %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RegistryDialog</name>
    <message>
        <source>Add a registry</source>
        <translation>Adaugă un registru</translation>
    </message>
    <message>
        <source>Also allows it without encryption. Who is on the way can change images.</source>
        <translation>Îl permite și fără criptare. Cine se află pe drum poate schimba imaginile.</translation>
    </message>
    <message>
        <source>Block it</source>
        <translation>Blochează-l</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Choose a file: %1</source>
        <translation>Alege un fișier: %1</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Certificat de client</translation>
    </message>
    <message>
        <source>Do not check its certificate</source>
        <translation>Nu verifica certificatul</translation>
    </message>
    <message>
        <source>Its own certificate authority</source>
        <translation>Autoritatea lui de certificare</translation>
    </message>
    <message>
        <source>Key of it</source>
        <translation>Cheia lui</translation>
    </message>
    <message>
        <source>Mirrors, one in a line; they are tried first</source>
        <translation>Oglinzi, câte una pe linie; sunt încercate primele</translation>
    </message>
    <message>
        <source>Nothing is taken from it or sent to it</source>
        <translation>Nimic nu se ia de la el și nimic nu i se trimite</translation>
    </message>
    <message>
        <source>Registry %1</source>
        <translation>Registrul %1</translation>
    </message>
    <message>
        <source>Registry, or the beginning of names in it</source>
        <translation>Registru sau începutul numelor din el</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvează</translation>
    </message>
    <message>
        <source>Take images from another place instead</source>
        <translation>Ia imaginile din alt loc</translation>
    </message>
    <message>
        <source>This is a matter of the whole registry</source>
        <translation>Aceasta ține de întregul registru</translation>
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
        <translation>%1 cote</translation>
    </message>
    <message>
        <source>A limit of swap needs one of memory</source>
        <translation>O limită de swap are nevoie de una de memorie</translation>
    </message>
    <message>
        <source>Also kept: %1</source>
        <translation>Se păstrează și: %1</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Copiază comanda</translation>
    </message>
    <message>
        <source>Guards against runaway forks</source>
        <translation>Protejează de înmulțirea scăpată de sub control</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Mare</translation>
    </message>
    <message>
        <source>In addition to memory</source>
        <translation>Pe lângă memorie</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Mică</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normală</translation>
    </message>
    <message>
        <source>Not held: it %1</source>
        <translation>Nu are efect: %1</translation>
    </message>
    <message numerus="yes">
        <source>Of %n cores on this computer</source>
        <translation>
            <numerusform>Din %n nucleu al acestui calculator</numerusform>
            <numerusform>Din %n nuclee ale acestui calculator</numerusform>
            <numerusform>Din %n de nuclee ale acestui calculator</numerusform>
        </translation>
    </message>
    <message>
        <source>Of the one core of this computer</source>
        <translation>Din singurul nucleu al acestui calculator</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioritate</translation>
    </message>
    <message>
        <source>Priority when the processors are busy</source>
        <translation>Prioritatea când procesoarele sunt ocupate</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Procese</translation>
    </message>
    <message>
        <source>Processor time</source>
        <translation>Timp de procesor</translation>
    </message>
    <message>
        <source>Running containers take %1 of %2</source>
        <translation>Containerele pornite folosesc %1 din %2</translation>
    </message>
    <message>
        <source>Stopped by the kernel above this</source>
        <translation>Peste atât, nucleul îl oprește</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>The kernel would not hold these limits: %1</source>
        <translation>Nucleul nu ar respecta aceste limite: %1</translation>
    </message>
    <message>
        <source>Your session may set %1 limits only</source>
        <translation>Sesiunea poate seta doar limite pentru %1</translation>
    </message>
    <message>
        <source>Your session may set memory, processor and process limits</source>
        <translation>Sesiunea poate seta limite de memorie, procesor și procese</translation>
    </message>
    <message>
        <source>Your session may set no limits</source>
        <translation>Sesiunea nu poate seta limite</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>nuclee</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>memorie</translation>
    </message>
    <message>
        <source>none</source>
        <translation>niciuna</translation>
    </message>
    <message>
        <source>not held</source>
        <translation>fără efect</translation>
    </message>
    <message>
        <source>process</source>
        <translation>proces</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>procesor</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>nelimitat</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RestartBox</name>
    <message>
        <source>Leave it stopped</source>
        <translation>Rămâne oprit</translation>
    </message>
    <message>
        <source>Restart always</source>
        <translation>Repornește mereu</translation>
    </message>
    <message>
        <source>Restart on failure</source>
        <translation>Repornește la eroare</translation>
    </message>
    <message numerus="yes">
        <source>Restart on failure, at most %n times</source>
        <translation>
            <numerusform>Repornește la eroare, de cel mult %n dată</numerusform>
            <numerusform>Repornește la eroare, de cel mult %n ori</numerusform>
            <numerusform>Repornește la eroare, de cel mult %n de ori</numerusform>
        </translation>
    </message>
    <message>
        <source>Restart unless you stopped it</source>
        <translation>Repornește dacă nu l-ați oprit</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunBasics</name>
    <message>
        <source>%1 (image)</source>
        <translation>%1 (imagine)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n arguments</source>
        <translation>
            <numerusform>%n argument</numerusform>
            <numerusform>%n argumente</numerusform>
            <numerusform>%n de argumente</numerusform>
        </translation>
    </message>
    <message>
        <source>1 argument</source>
        <translation>1 argument</translation>
    </message>
    <message>
        <source>A container has this name already</source>
        <translation>Un container are deja acest nume</translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Un nume conține litere, cifre, puncte, cratime și liniuțe de subliniere</translation>
    </message>
    <message>
        <source>A name, with or without registry and tag</source>
        <translation>Un nume, cu sau fără registru și etichetă</translation>
    </message>
    <message>
        <source>A quote is not closed</source>
        <translation>Lipsește o ghilimea de închidere</translation>
    </message>
    <message>
        <source>Always, for the newest</source>
        <translation>Întotdeauna, pentru cea mai nouă</translation>
    </message>
    <message>
        <source>Choose an image</source>
        <translation>Alegeți o imagine</translation>
    </message>
    <message>
        <source>Comes with Coracle, needs no network</source>
        <translation>Vine cu Coracle, nu cere rețea</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comandă</translation>
    </message>
    <message>
        <source>For as long as you are logged in</source>
        <translation>Cât timp durează sesiunea dumneavoastră</translation>
    </message>
    <message>
        <source>Here already · %1 · made %2</source>
        <translation>Deja aici · %1 · creată %2</translation>
    </message>
    <message>
        <source>How you find it again</source>
        <translation>Cum îl regăsiți</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>Keep input open</source>
        <translation>Intrare deschisă</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Niciodată</translation>
    </message>
    <message>
        <source>Not here yet: it is pulled first</source>
        <translation>Nu e încă aici: mai întâi se descarcă</translation>
    </message>
    <message>
        <source>Not here, and not to be pulled</source>
        <translation>Nu este aici și nu se descarcă</translation>
    </message>
    <message>
        <source>Passes signals on and takes care of orphaned processes</source>
        <translation>Transmite mai departe semnalele și se ocupă de procesele orfane</translation>
    </message>
    <message>
        <source>Program: %1 · %2</source>
        <translation>Program: %1 · %2</translation>
    </message>
    <message>
        <source>Pull the image</source>
        <translation>Descărcarea imaginii</translation>
    </message>
    <message>
        <source>Read-only root</source>
        <translation>Rădăcină doar citire</translation>
    </message>
    <message>
        <source>Small init as pid 1</source>
        <translation>Init minimal (pid 1)</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>The folder must start with /</source>
        <translation>Dosarul trebuie să înceapă cu /</translation>
    </message>
    <message>
        <source>This name is free</source>
        <translation>Acest nume este liber</translation>
    </message>
    <message>
        <source>User inside</source>
        <translation>Utilizator intern</translation>
    </message>
    <message>
        <source>When it is not here</source>
        <translation>Când nu este aici</translation>
    </message>
    <message>
        <source>When it stops</source>
        <translation>Când se oprește</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>Dosar de lucru</translation>
    </message>
    <message>
        <source>alpine, or registry.example/team/app:2</source>
        <translation>alpine sau registry.example/team/app:2</translation>
    </message>
    <message>
        <source>as the image says</source>
        <translation>conform imaginii</translation>
    </message>
    <message>
        <source>made up when empty</source>
        <translation>generat dacă e gol</translation>
    </message>
    <message>
        <source>replaces the image’s own</source>
        <translation>o înlocuiește pe cea a imaginii</translation>
    </message>
    <message>
        <source>root inside is your own user outside</source>
        <translation>root din container este, în afară, utilizatorul dumneavoastră</translation>
    </message>
    <message>
        <source>the image names no program</source>
        <translation>imaginea nu indică niciun program</translation>
    </message>
    <message>
        <source>the image would run %1</source>
        <translation>imaginea ar rula %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunDialog</name>
    <message>
        <source>A file of variables</source>
        <translation>Un fișier cu variabile</translation>
    </message>
    <message>
        <source>A filter of system calls</source>
        <translation>Un filtru de apeluri de sistem</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>De bază</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Se anulează</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
    <message>
        <source>Create only</source>
        <translation>Doar creează</translation>
    </message>
    <message>
        <source>Creating the container</source>
        <translation>Se creează containerul</translation>
    </message>
    <message>
        <source>It starts again when it stops</source>
        <translation>Repornește când se oprește</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rețea</translation>
    </message>
    <message>
        <source>Only what you change is passed on. The rest stays as the image says.</source>
        <translation>Se transmite doar ce modificați. Restul rămâne conform imaginii.</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Deschide pagina</translation>
    </message>
    <message>
        <source>Pulling the image</source>
        <translation>Se descarcă imaginea</translation>
    </message>
    <message>
        <source>Pulling the image, %1</source>
        <translation>Se descarcă imaginea, %1</translation>
    </message>
    <message>
        <source>Remove when it stops</source>
        <translation>Șterge la oprire</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Rulează</translation>
    </message>
    <message>
        <source>Run a container</source>
        <translation>Rulează un container</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Securitate</translation>
    </message>
    <message>
        <source>Starting the container</source>
        <translation>Se pornește containerul</translation>
    </message>
    <message>
        <source>The form has the settings of %1, but for its name.</source>
        <translation>Formularul are setările lui %1, în afară de nume.</translation>
    </message>
    <message>
        <source>The form has what the command says.</source>
        <translation>Formularul are ce spune comanda.</translation>
    </message>
    <message>
        <source>The form has what the image says.</source>
        <translation>Formularul are ce spune imaginea.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Anulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::RunPreview</name>
    <message>
        <source>Command</source>
        <translation>Comandă</translation>
    </message>
    <message>
        <source>Compose file</source>
        <translation>Fișier compose</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Copiază textul</translation>
    </message>
    <message>
        <source>Form of the text</source>
        <translation>Forma textului</translation>
    </message>
    <message>
        <source>Quadlet</source>
        <translation>Quadlet</translation>
    </message>
    <message>
        <source>The command that does the same</source>
        <translation>Comanda care face același lucru</translation>
    </message>
    <message>
        <source>The compose file that does the same</source>
        <translation>Fișierul compose care face același lucru</translation>
    </message>
    <message>
        <source>The quadlet that does the same</source>
        <translation>Quadletul care face același lucru</translation>
    </message>
    <message>
        <source>updates as you type</source>
        <translation>se actualizează pe măsură ce scrieți</translation>
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
            <numerusform>%n problemă</numerusform>
            <numerusform>%n probleme</numerusform>
            <numerusform>%n de probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>o problemă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SecurityEditor</name>
    <message>
        <source>Add</source>
        <translation>Adaugă</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>Adaugă o capabilitate</translation>
    </message>
    <message>
        <source>Allows what docker allows, and starts with its fourteen capabilities</source>
        <translation>Permite ce permite docker și începe cu cele paisprezece capabilități ale sale</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capabilități</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Alege alt fișier</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Alege…</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Personalizat</translation>
    </message>
    <message>
        <source>Default call filter and 11 capabilities</source>
        <translation>Filtrul implicit și 11 capabilități</translation>
    </message>
    <message>
        <source>Default filter</source>
        <translation>Filtrul implicit</translation>
    </message>
    <message>
        <source>Docker’s filter</source>
        <translation>Filtrul docker</translation>
    </message>
    <message>
        <source>Every call reaches the kernel: a mistake in it is within reach of the container</source>
        <translation>Fiecare apel ajunge la nucleu: o greșeală din el este la îndemâna containerului</translation>
    </message>
    <message>
        <source>Everything that you may do yourself: all capabilities, your devices, nothing masked</source>
        <translation>Tot ce aveți voie dumneavoastră: toate capabilitățile, dispozitivele, nimic mascat</translation>
    </message>
    <message>
        <source>Filter of system calls</source>
        <translation>Filtrul apelurilor de sistem</translation>
    </message>
    <message>
        <source>For 32-bit programs</source>
        <translation>Pentru programe pe 32 de biți</translation>
    </message>
    <message>
        <source>For containers inside</source>
        <translation>Pentru containere în interior</translation>
    </message>
    <message>
        <source>For debuggers and profilers</source>
        <translation>Pentru depanatoare și profilere</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Dintr-un fișier…</translation>
    </message>
    <message>
        <source>Hide kernel interfaces such as /proc/kcore</source>
        <translation>Ascunde interfețe ale nucleului precum /proc/kcore</translation>
    </message>
    <message>
        <source>How tight</source>
        <translation>Cât de strict</translation>
    </message>
    <message>
        <source>Ids that no other container shares, as many as the image needs</source>
        <translation>Id-uri pe care nu le are alt container, câte cere imaginea</translation>
    </message>
    <message>
        <source>Its ids are mapped one by one (--uidmap, --gidmap)</source>
        <translation>Id-urile sale sunt mapate una câte una (--uidmap, --gidmap)</translation>
    </message>
    <message>
        <source>Locked down</source>
        <translation>Blocat</translation>
    </message>
    <message>
        <source>Mask /proc and /sys</source>
        <translation>Maschează /proc și /sys</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>Niciun filtru</translation>
    </message>
    <message>
        <source>No new privileges</source>
        <translation>Fără privilegii noi</translation>
    </message>
    <message>
        <source>Not even root inside may do more than other users.</source>
        <translation>Nici root din interior nu are voie mai mult decât alți utilizatori.</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Acum: %1</translation>
    </message>
    <message>
        <source>Only mounted paths can be written</source>
        <translation>Se poate scrie doar în căile montate</translation>
    </message>
    <message>
        <source>Own user range</source>
        <translation>Interval propriu de utilizatori</translation>
    </message>
    <message>
        <source>Privileged</source>
        <translation>Privilegiat</translation>
    </message>
    <message>
        <source>Profiles %1</source>
        <translation>Profilurile %1</translation>
    </message>
    <message>
        <source>Read-only root</source>
        <translation>Rădăcină doar pentru citire</translation>
    </message>
    <message>
        <source>Read-only, no network, no capabilities</source>
        <translation>Doar citire, fără rețea, fără capabilități</translation>
    </message>
    <message>
        <source>Refuses mount, bpf, keyctl, perf_event_open, module loading and others</source>
        <translation>Refuză mount, bpf, keyctl, perf_event_open, încărcarea modulelor și altele</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>Apeluri de sistem</translation>
    </message>
    <message>
        <source>Take away %1</source>
        <translation>Elimină %1</translation>
    </message>
    <message>
        <source>The default, and calls of the 32-bit kind, whose sockets are not filtered</source>
        <translation>Cel implicit, plus apelurile pe 32 de biți, ale căror socketuri nu se filtrează</translation>
    </message>
    <message>
        <source>The default, and programs of the container may be traced and measured</source>
        <translation>Cel implicit, iar programele containerului pot fi urmărite și măsurate</translation>
    </message>
    <message>
        <source>The default, with new namespaces and mounts; nothing of /proc is hidden</source>
        <translation>Cel implicit, cu spații de nume și montări noi; nimic din /proc nu este ascuns</translation>
    </message>
    <message>
        <source>The other choices need all of them in sight</source>
        <translation>Celelalte opțiuni au nevoie de toate la vedere</translation>
    </message>
    <message>
        <source>There is no capability %1</source>
        <translation>Nu există capabilitatea %1</translation>
    </message>
    <message>
        <source>You choose below</source>
        <translation>Alegeți mai jos</translation>
    </message>
    <message>
        <source>setuid programs and file capabilities give nothing</source>
        <translation>programele setuid și capabilitățile fișierelor nu dau nimic</translation>
    </message>
    <message>
        <source>valid only inside</source>
        <translation>valabile doar în interior</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SettingsPage</name>
    <message>
        <source> days</source>
        <translation> zile</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>% of the disk</source>
        <translation>% din disc</translation>
    </message>
    <message>
        <source>All together, those in the trash included</source>
        <translation>Toate la un loc, inclusiv cele din coșul de gunoi</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Mereu</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspect</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Golește căutarea</translation>
    </message>
    <message>
        <source>Closing the window leaves the icon; containers run on either way</source>
        <translation>După închiderea ferestrei rămâne pictograma; containerele rulează oricum mai departe</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Culori</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Confortabil</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Compact</translation>
    </message>
    <message>
        <source>Compact shows about 25% more rows</source>
        <translation>Compact arată cu circa 25% mai multe rânduri</translation>
    </message>
    <message>
        <source>Confirm before</source>
        <translation>Întreabă înainte de</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Întunecat</translation>
    </message>
    <message>
        <source>Deletes only</source>
        <translation>Doar ștergere</translation>
    </message>
    <message>
        <source>Follow desktop</source>
        <translation>Ca desktopul</translation>
    </message>
    <message>
        <source>Follow the desktop switches with it at once</source>
        <translation>„Ca desktopul” se schimbă odată cu el</translation>
    </message>
    <message>
        <source>General</source>
        <translation>General</translation>
    </message>
    <message>
        <source>Images may take</source>
        <translation>Spațiu pentru imagini</translation>
    </message>
    <message>
        <source>In the trash, where Undo brings them back from</source>
        <translation>În coșul de gunoi, de unde Desfă le aduce înapoi</translation>
    </message>
    <message>
        <source>Keep free on the disk</source>
        <translation>Spațiu lăsat liber pe disc</translation>
    </message>
    <message>
        <source>Keep removed things</source>
        <translation>Păstrează ce s-a șters</translation>
    </message>
    <message>
        <source>Keep running in the tray</source>
        <translation>Rulează mai departe în zona de notificare</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Limbă</translation>
    </message>
    <message>
        <source>Letters of one width, as the programs in it expect</source>
        <translation>Litere de o singură lățime, cum se așteaptă programele din el</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Luminos</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Ca desktopul</translation>
    </message>
    <message>
        <source>Loss of data only</source>
        <translation>Doar pierdere de date</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Niciodată</translation>
    </message>
    <message>
        <source>No image is fetched that would take it</source>
        <translation>Nu se descarcă nicio imagine care l-ar ocupa</translation>
    </message>
    <message>
        <source>No setting matches “%1”</source>
        <translation>Nicio setare nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notificări</translation>
    </message>
    <message>
        <source>Of the disk; the oldest goes first</source>
        <translation>Din disc; ce e mai vechi pleacă întâi</translation>
    </message>
    <message>
        <source>Opens in the tray, without a window</source>
        <translation>Apare în zona de notificare, fără fereastră</translation>
    </message>
    <message>
        <source>Parts of the settings</source>
        <translation>Părțile setărilor</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Întrebări</translation>
    </message>
    <message>
        <source>Registries</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Rânduri</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Caută în setări</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Setări</translation>
    </message>
    <message>
        <source>Size of the terminal’s letters</source>
        <translation>Mărimea literelor din terminal</translation>
    </message>
    <message>
        <source>Start Coracle when I log in</source>
        <translation>Pornește Coracle la autentificare</translation>
    </message>
    <message>
        <source>Start and background</source>
        <translation>Pornire și fundal</translation>
    </message>
    <message>
        <source>Start containers when I log in</source>
        <translation>Pornește containerele la autentificare</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Oprire</translation>
    </message>
    <message>
        <source>Stopping, deleting</source>
        <translation>Oprire, ștergere</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stocare</translation>
    </message>
    <message>
        <source>Terminal font</source>
        <translation>Fontul terminalului</translation>
    </message>
    <message>
        <source>The command line obeys the same file: ~/.config/coracle/registries.json. Logins are where “coracle login” keeps them.</source>
        <translation>Linia de comandă ascultă de același fișier: ~/.config/coracle/registries.json. Autentificările sunt acolo unde le păstrează „coracle login”.</translation>
    </message>
    <message>
        <source>The command line obeys the same file: ~/.config/coracle/store.json</source>
        <translation>Linia de comandă respectă același fișier: ~/.config/coracle/store.json</translation>
    </message>
    <message>
        <source>The desktop’s</source>
        <translation>Cel al desktopului</translation>
    </message>
    <message>
        <source>The next start takes it</source>
        <translation>Se aplică de la următoarea pornire</translation>
    </message>
    <message>
        <source>The start with the session could not be changed</source>
        <translation>Pornirea la autentificare nu a putut fi schimbată</translation>
    </message>
    <message>
        <source>The trash may take</source>
        <translation>Spațiu pentru coșul de gunoi</translation>
    </message>
    <message>
        <source>This desktop has no tray for icons</source>
        <translation>Acest desktop nu are zonă de notificare pentru pictograme</translation>
    </message>
    <message>
        <source>Those with a restart policy, as “coracle system enable-restart” does</source>
        <translation>Cele cu o regulă de repornire, ca „coracle system enable-restart”</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Unit of what stays free</source>
        <translation>Unitatea spațiului liber</translation>
    </message>
    <message>
        <source>What deletes data for good always asks</source>
        <translation>Ce șterge date definitiv întreabă mereu</translation>
    </message>
    <message>
        <source>When a container ends with an error, runs out of memory or becomes unhealthy, and when long work ends</source>
        <translation>Când un container se încheie cu o eroare, rămâne fără memorie sau nu mai e sănătos și când se încheie o muncă lungă</translation>
    </message>
    <message>
        <source>When in background</source>
        <translation>În fundal</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>fără limită</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>deloc</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nimic</translation>
    </message>
    <message>
        <source>the least: 32 MiB</source>
        <translation>minimul: 32 MiB</translation>
    </message>
    <message>
        <source>usual size</source>
        <translation>mărime obișnuită</translation>
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
        <translation>Închide</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Scurtături de tastatură</translation>
    </message>
    <message>
        <source>Lists and containers</source>
        <translation>Liste și containere</translation>
    </message>
    <message>
        <source>Logs and documents</source>
        <translation>Jurnale și documente</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secțiuni</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fereastră</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Sidebar</name>
    <message>
        <source>Sections</source>
        <translation>Secțiuni</translation>
    </message>
    <message>
        <source>System sections</source>
        <translation>Secțiunile sistemului</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Se încarcă</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SpecForm</name>
    <message>
        <source>Environment</source>
        <translation>Mediu</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Porturi</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Resurse</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secțiuni</translation>
    </message>
    <message>
        <source>Share a folder with the container</source>
        <translation>Partajează un dosar cu containerul</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stocare</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StartFrom</name>
    <message>
        <source>A pasted command…</source>
        <translation>O comandă lipită…</translation>
    </message>
    <message>
        <source>Image defaults</source>
        <translation>Valorile imaginii</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Pornește de la</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StatsTab</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 din %2</translation>
    </message>
    <message>
        <source>%1 · peak %2</source>
        <translation>%1 · maxim %2</translation>
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
        <translation>Un container care nu rulează nu ocupă decât spațiu pe disc.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Counted over the processes that run now: those that have ended are missing</source>
        <translation>Calculat după procesele care rulează acum: cele încheiate lipsesc</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disc</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reia</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memorie</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rețea</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Nu rulează</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pauză</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>Salvează CSV…</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Salvează valorile</translation>
    </message>
    <message>
        <source>The numbers could not be saved</source>
        <translation>Valorile nu au putut fi salvate</translation>
    </message>
    <message>
        <source>The numbers were saved</source>
        <translation>Numerele au fost salvate</translation>
    </message>
    <message>
        <source>Your session has no control group to count in. See System for how to get one.</source>
        <translation>Sesiunea nu are un grup de control pentru măsurare. Vedeți la Sistem cum obțineți unul.</translation>
    </message>
    <message>
        <source>in</source>
        <translation>primit</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>primit %1</translation>
    </message>
    <message>
        <source>one sample a second</source>
        <translation>o măsurătoare pe secundă</translation>
    </message>
    <message>
        <source>out</source>
        <translation>trimis</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>trimis %1</translation>
    </message>
    <message>
        <source>paused; samples go on</source>
        <translation>în pauză; măsurarea continuă</translation>
    </message>
    <message>
        <source>read</source>
        <translation>citit</translation>
    </message>
    <message>
        <source>read %1</source>
        <translation>citit %1</translation>
    </message>
    <message>
        <source>write %1</source>
        <translation>scris %1</translation>
    </message>
    <message>
        <source>written</source>
        <translation>scris</translation>
    </message>
</context>
<context>
    <name>coracle::gui::StatusStrip</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 și încă %n</numerusform>
            <numerusform>%1 și încă %n</numerusform>
            <numerusform>%1 și încă %n</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 liberi</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Memory of all running containers</source>
        <translation>Memoria tuturor containerelor pornite</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progres</translation>
    </message>
    <message>
        <source>Rootless · you are root inside</source>
        <translation>Fără root · înăuntru sunteți root</translation>
    </message>
    <message>
        <source>Running as root</source>
        <translation>Rulează ca root</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Lucrări în curs</translation>
    </message>
    <message>
        <source>Taken by all running containers, of all cores</source>
        <translation>Folosit de toate containerele pornite, din toate nucleele</translation>
    </message>
    <message>
        <source>layers cannot be mounted</source>
        <translation>straturile nu pot fi montate</translation>
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
        <translation>Acces</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Adaugă dosar…</translation>
    </message>
    <message>
        <source>Add temporary</source>
        <translation>Adaugă temporar</translation>
    </message>
    <message>
        <source>Add volume</source>
        <translation>Adaugă volum</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Alegeți un dosar</translation>
    </message>
    <message>
        <source>Drop a folder from your file manager here to add it. Shared folders are the only part of your disk the container sees.</source>
        <translation>Trageți aici un dosar din managerul de fișiere ca să îl adăugați. Dosarele partajate sunt singura parte a discului pe care o vede containerul.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dosar</translation>
    </message>
    <message>
        <source>Folder on this computer</source>
        <translation>Dosarul de pe acest computer</translation>
    </message>
    <message>
        <source>Folders and volumes</source>
        <translation>Dosare și volume</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Sursă</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagine</translation>
    </message>
    <message>
        <source>MB in memory</source>
        <translation>MB în memorie</translation>
    </message>
    <message>
        <source>Path inside</source>
        <translation>Cale internă</translation>
    </message>
    <message>
        <source>Path inside the container</source>
        <translation>Calea din container</translation>
    </message>
    <message>
        <source>Read and write</source>
        <translation>Citire-scriere</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Doar citire</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Elimină acest rând</translation>
    </message>
    <message>
        <source>Size in megabytes</source>
        <translation>Mărimea în megaocteți</translation>
    </message>
    <message>
        <source>Temporary</source>
        <translation>Temporar</translation>
    </message>
    <message>
        <source>The container keeps nothing and sees nothing of your disk. Add a folder or a volume.</source>
        <translation>Containerul nu păstrează nimic și nu vede nimic de pe disc. Adăugați un dosar sau un volum.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tip</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volum</translation>
    </message>
    <message>
        <source>a name, or empty</source>
        <translation>un nume sau gol</translation>
    </message>
    <message>
        <source>name of an image</source>
        <translation>numele unei imagini</translation>
    </message>
</context>
<context>
    <name>coracle::gui::SystemPage</name>
    <message numerus="yes">
        <source>%n lines want attention</source>
        <translation>
            <numerusform>%n rând cere atenție</numerusform>
            <numerusform>%n rânduri cer atenție</numerusform>
            <numerusform>%n de rânduri cer atenție</numerusform>
        </translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disc</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Stare</translation>
    </message>
    <message>
        <source>Parts of the system page</source>
        <translation>Părțile paginii de sistem</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistem</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Task</name>
    <message>
        <source>Cancelled</source>
        <translation>Anulat</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Se anulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TaskPopup</name>
    <message>
        <source>Cancel</source>
        <translation>Anulează</translation>
    </message>
    <message>
        <source>Nothing is under way.</source>
        <translation>Nimic în curs.</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Lucrări în curs</translation>
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
        <translation>%L1 din %L2</translation>
    </message>
    <message>
        <source>A shell runs each line as soon as it arrives.</source>
        <translation>Un shell rulează fiecare rând imediat ce sosește.</translation>
    </message>
    <message>
        <source>A terminal needs a container that runs.</source>
        <translation>Un terminal are nevoie de un container care rulează.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
    <message>
        <source>Close terminal</source>
        <translation>Închide terminalul</translation>
    </message>
    <message>
        <source>Close terminal (Ctrl+Shift+W)</source>
        <translation>Închide terminalul (Ctrl+Shift+W)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiază</translation>
    </message>
    <message>
        <source>Copy the command that opens this in a terminal of your desktop</source>
        <translation>Copiază comanda care deschide același lucru într-un terminal de pe desktop</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C copy</source>
        <translation>Ctrl+Shift+C copiază</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F find</source>
        <translation>Ctrl+Shift+F caută</translation>
    </message>
    <message>
        <source>Ctrl+Shift+V paste</source>
        <translation>Ctrl+Shift+V lipește</translation>
    </message>
    <message>
        <source>Enter opens it again.</source>
        <translation>Enter îl redeschide.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Caută</translation>
    </message>
    <message>
        <source>Find (Ctrl+Shift+F)</source>
        <translation>Caută (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Find in this terminal</source>
        <translation>Caută în acest terminal</translation>
    </message>
    <message>
        <source>For the next terminal: a name or a number inside</source>
        <translation>Pentru terminalul următor: un nume sau un număr din container</translation>
    </message>
    <message>
        <source>For the next terminal; any program of the container can be typed</source>
        <translation>Pentru terminalul următor; se poate scrie orice program din container</translation>
    </message>
    <message>
        <source>New terminal (Ctrl+Shift+T)</source>
        <translation>Terminal nou (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Potrivirea următoare (F3)</translation>
    </message>
    <message>
        <source>No terminal open</source>
        <translation>Niciun terminal deschis</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Nu rulează</translation>
    </message>
    <message>
        <source>Open a terminal</source>
        <translation>Deschide un terminal</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Redeschide</translation>
    </message>
    <message>
        <source>Open one to type commands inside of the container.</source>
        <translation>Deschideți unul ca să scrieți comenzi în container.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Lipește</translation>
    </message>
    <message numerus="yes">
        <source>Paste %Ln lines?</source>
        <translation>
            <numerusform>Lipiți %Ln rând?</numerusform>
            <numerusform>Lipiți %Ln rânduri?</numerusform>
            <numerusform>Lipiți %Ln de rânduri?</numerusform>
        </translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Potrivirea anterioară (Shift+F3)</translation>
    </message>
    <message>
        <source>Root in here is your own user (uid %1) outside</source>
        <translation>Root de aici este, în afară, utilizatorul dumneavoastră (uid %1)</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Selectează tot</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Pornește</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>Terminale</translation>
    </message>
    <message>
        <source>The container is not running.</source>
        <translation>Containerul nu rulează.</translation>
    </message>
    <message>
        <source>The image has no such program: %1. Choose another shell.</source>
        <translation>Imaginea nu are acest program: %1. Alegeți alt shell.</translation>
    </message>
    <message>
        <source>The program has ended</source>
        <translation>Programul s-a încheiat</translation>
    </message>
    <message>
        <source>The program has ended with exit code %1</source>
        <translation>Programul s-a încheiat cu codul de ieșire %1</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilizator</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automat</translation>
    </message>
    <message>
        <source>none</source>
        <translation>niciuna</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>shell</translation>
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
        <translation>Anulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::TimeChart</name>
    <message>
        <source>limit</source>
        <translation>limită</translation>
    </message>
</context>
<context>
    <name>coracle::gui::Toast</name>
    <message>
        <source>Close</source>
        <translation>Închide</translation>
    </message>
</context>
<context>
    <name>coracle::gui::ToastHost</name>
    <message>
        <source>Notifications</source>
        <translation>Notificări</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfă</translation>
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
        <translation>încă circa %1 min</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>încă circa %1 s</translation>
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
            <numerusform>Încă %n…</numerusform>
            <numerusform>Încă %n…</numerusform>
            <numerusform>Încă %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n rulează</numerusform>
            <numerusform>%n rulează</numerusform>
            <numerusform>%n rulează</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Coracle</source>
        <translation>Deschide Coracle</translation>
    </message>
    <message>
        <source>Open port %1</source>
        <translation>Deschide portul %1</translation>
    </message>
    <message>
        <source>Quit, containers keep running</source>
        <translation>Ieși, containerele rulează mai departe</translation>
    </message>
    <message>
        <source>Run a container…</source>
        <translation>Rulează un container…</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>niciunul nu rulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::UsageBar</name>
    <message>
        <source>In use %1, shared layers %2, unused %3</source>
        <translation>În uz %1, straturi comune %2, nefolosit %3</translation>
    </message>
    <message>
        <source>in use %1</source>
        <translation>în uz %1</translation>
    </message>
    <message>
        <source>shared layers %1</source>
        <translation>straturi comune %1</translation>
    </message>
    <message>
        <source>unused %1</source>
        <translation>nefolosit %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumeFiles</name>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 este șters</translation>
    </message>
    <message>
        <source>%1 leads to %2</source>
        <translation>%1 duce la %2</translation>
    </message>
    <message>
        <source>%1 of volume %2</source>
        <translation>%1 din volumul %2</translation>
    </message>
    <message>
        <source>%1, changed %2</source>
        <translation>%1, modificat %2</translation>
    </message>
    <message>
        <source>A name has no slash and is not empty</source>
        <translation>Un nume nu are bară oblică și nu este gol</translation>
    </message>
    <message>
        <source>Copy a file of yours into %1</source>
        <translation>Copiază un fișier al dumneavoastră în %1</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiază calea</translation>
    </message>
    <message>
        <source>Could not delete %1</source>
        <translation>Nu s-a putut șterge %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>Ștergeți %1?</translation>
    </message>
    <message>
        <source>Delete file</source>
        <translation>Șterge fișierul</translation>
    </message>
    <message>
        <source>Delete folder</source>
        <translation>Șterge dosarul</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Șterge…</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>Se șterge %1</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descarcă</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Descarcă…</translation>
    </message>
    <message>
        <source>Files of the volume</source>
        <translation>Fișierele volumului</translation>
    </message>
    <message>
        <source>It has links that lead out of the volume. There, they lead to files of your own: look at what you open and copy.</source>
        <translation>Are legături care duc în afara volumului. Acolo ele duc la fișiere ale dumneavoastră: fiți atent la ce deschideți și copiați.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Citește din nou</translation>
    </message>
    <message>
        <source>Make folder</source>
        <translation>Creează dosarul</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Dosar nou</translation>
    </message>
    <message>
        <source>New folder in %1</source>
        <translation>Dosar nou în %1</translation>
    </message>
    <message>
        <source>New folder in %1…</source>
        <translation>Dosar nou în %1…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Deschide</translation>
    </message>
    <message>
        <source>Open %1 in the file manager?</source>
        <translation>Deschideți %1 în managerul de fișiere?</translation>
    </message>
    <message>
        <source>Open in files</source>
        <translation>Deschide în fișiere</translation>
    </message>
    <message>
        <source>Path; Enter goes there</source>
        <translation>Cale; Enter merge acolo</translation>
    </message>
    <message>
        <source>Show the volume's folder in the file manager of the desktop</source>
        <translation>Arată dosarul volumului în managerul de fișiere</translation>
    </message>
    <message>
        <source>The file is deleted for good. There is no undo.</source>
        <translation>Fișierul este șters definitiv și nu mai poate fi recuperat.</translation>
    </message>
    <message>
        <source>The files cannot be listed</source>
        <translation>Fișierele nu pot fi listate</translation>
    </message>
    <message>
        <source>The folder is deleted for good with all that is in it. There is no undo.</source>
        <translation>Dosarul este șters definitiv cu tot ce conține și nu mai poate fi recuperat.</translation>
    </message>
    <message>
        <source>The volume is empty. Drop files here to put them into it.</source>
        <translation>Volumul este gol. Trageți fișiere aici ca să le puneți în el.</translation>
    </message>
    <message>
        <source>There is no %1</source>
        <translation>Nu există %1</translation>
    </message>
    <message>
        <source>There is one of this name already</source>
        <translation>Există deja ceva cu acest nume</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>La dosarul de deasupra</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Încarcă</translation>
    </message>
    <message>
        <source>Upload into %1…</source>
        <translation>Încarcă în %1…</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>și încă %n</numerusform>
            <numerusform>și încă %n</numerusform>
            <numerusform>și încă %n</numerusform>
        </translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>folosit de %1</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumeModel</name>
    <message>
        <source>More</source>
        <translation>Altele</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Folosit de</translation>
    </message>
    <message>
        <source>unnamed %1</source>
        <translation>fără nume %1</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>nefolosit</translation>
    </message>
</context>
<context>
    <name>coracle::gui::VolumesPage</name>
    <message>
        <source>%1 are deleted for good</source>
        <translation>Se șterg definitiv %1</translation>
    </message>
    <message>
        <source>%1 deleted</source>
        <translation>S-a șters %1</translation>
    </message>
    <message>
        <source>%1 emptied</source>
        <translation>%1 golit</translation>
    </message>
    <message>
        <source>%1 go to the trash</source>
        <translation>%1 ajung la coș</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 în total</translation>
    </message>
    <message>
        <source>%1 in use, %2 unused</source>
        <translation>%1 folosite, %2 nefolosite</translation>
    </message>
    <message>
        <source>%1 is in use</source>
        <translation>%1 este în uz</translation>
    </message>
    <message>
        <source>%1 stays: used by %2</source>
        <translation>%1 rămâne: folosit de %2</translation>
    </message>
    <message>
        <source>%1, %2, made %3</source>
        <translation>%1, %2, creat %3</translation>
    </message>
    <message numerus="yes">
        <source>%n volumes chosen</source>
        <translation>
            <numerusform>%n volum ales</numerusform>
            <numerusform>%n volume alese</numerusform>
            <numerusform>%n de volume alese</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volumes deleted</source>
        <translation>
            <numerusform>%n volum șters</numerusform>
            <numerusform>%n volume șterse</numerusform>
            <numerusform>%n de volume șterse</numerusform>
        </translation>
    </message>
    <message>
        <source>A name has letters, digits, dots, dashes and underscores</source>
        <translation>Un nume conține litere, cifre, puncte, cratime și liniuțe de subliniere</translation>
    </message>
    <message>
        <source>A volume has this name already</source>
        <translation>Un volum are deja acest nume</translation>
    </message>
    <message>
        <source>A volume keeps the data of a container when the container goes.</source>
        <translation>Un volum păstrează datele unui container după ce acesta dispare.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toate</translation>
    </message>
    <message>
        <source>All data in these volumes is lost. There is no copy and no undo.</source>
        <translation>Toate datele din aceste volume se pierd. Nu există copie și nici anulare.</translation>
    </message>
    <message>
        <source>All data in this volume is lost. There is no copy and no undo.</source>
        <translation>Toate datele din acest volum se pierd. Nu există copie și nu se poate reveni.</translation>
    </message>
    <message>
        <source>Choose a volume</source>
        <translation>Alegeți un volum</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Golește filtrul</translation>
    </message>
    <message>
        <source>Clone volume</source>
        <translation>Clonează volumul</translation>
    </message>
    <message>
        <source>Clone volume %1</source>
        <translation>Clonează volumul %1</translation>
    </message>
    <message>
        <source>Cloned as %1</source>
        <translation>Clonat ca %1</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Clonează…</translation>
    </message>
    <message>
        <source>Cloning %1</source>
        <translation>Se clonează %1</translation>
    </message>
    <message>
        <source>Containers use all of them</source>
        <translation>Containerele le folosesc pe toate</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Copiază numele</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiază calea</translation>
    </message>
    <message>
        <source>Could not clone %1</source>
        <translation>Nu s-a putut clona %1</translation>
    </message>
    <message>
        <source>Could not export %1</source>
        <translation>Nu s-a putut exporta %1</translation>
    </message>
    <message>
        <source>Could not import %1</source>
        <translation>Nu s-a putut importa %1</translation>
    </message>
    <message>
        <source>Create volume</source>
        <translation>Creează volumul</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creat</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes?</source>
        <translation>
            <numerusform>Ștergeți %n volum?</numerusform>
            <numerusform>Ștergeți %n volume?</numerusform>
            <numerusform>Ștergeți %n de volume?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n volumes…</source>
        <translation>
            <numerusform>Șterge %n volum…</numerusform>
            <numerusform>Șterge %n volume…</numerusform>
            <numerusform>Șterge %n de volume…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the containers that use them first</source>
        <translation>Ștergeți mai întâi containerele care le folosesc</translation>
    </message>
    <message>
        <source>Delete volume</source>
        <translation>Șterge volumul</translation>
    </message>
    <message>
        <source>Delete volume %1?</source>
        <translation>Ștergeți volumul %1?</translation>
    </message>
    <message>
        <source>Delete volumes</source>
        <translation>Șterge volumele</translation>
    </message>
    <message>
        <source>Delete volume…</source>
        <translation>Șterge volumul…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Șterge…</translation>
    </message>
    <message>
        <source>Deleting it takes its data along.</source>
        <translation>Ștergerea îi ia și datele.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalii</translation>
    </message>
    <message>
        <source>Empty volume</source>
        <translation>Golește volumul</translation>
    </message>
    <message>
        <source>Empty volume %1?</source>
        <translation>Goliți volumul %1?</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Golește…</translation>
    </message>
    <message>
        <source>Export first…</source>
        <translation>Exportă întâi…</translation>
    </message>
    <message>
        <source>Export volume %1</source>
        <translation>Exportă volumul %1</translation>
    </message>
    <message>
        <source>Exported as %1</source>
        <translation>Exportat ca %1</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>Se exportă %1</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportă…</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fișiere</translation>
    </message>
    <message>
        <source>Filter volumes</source>
        <translation>Filtrează volumele</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importă</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Importă %1</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>Importat ca %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Se importă %1</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importă…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Folosite</translation>
    </message>
    <message>
        <source>It cannot be deleted while containers use it: %1</source>
        <translation>Nu poate fi șters cât timp îl folosesc containere: %1</translation>
    </message>
    <message>
        <source>It cannot be emptied while these run: %1</source>
        <translation>Nu poate fi golit cât timp rulează: %1</translation>
    </message>
    <message numerus="yes">
        <source>It goes to the trash with all its data, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Ajunge la coș cu toate datele, de unde „Anulează” îl aduce înapoi timp de %n zi. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ajunge la coș cu toate datele, de unde „Anulează” îl aduce înapoi timp de %n zile. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ajunge la coș cu toate datele, de unde „Anulează” îl aduce înapoi timp de %n de zile. Un disc plin poate scurta timpul.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its size is not known yet</source>
        <translation>Mărimea sa nu este încă cunoscută</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tip</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etichete</translation>
    </message>
    <message>
        <source>Make a volume of an archive</source>
        <translation>Fă un volum dintr-o arhivă</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nume</translation>
    </message>
    <message>
        <source>Name of the new volume</source>
        <translation>Numele noului volum</translation>
    </message>
    <message>
        <source>New volume</source>
        <translation>Volum nou</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Volum nou…</translation>
    </message>
    <message>
        <source>No container uses it.</source>
        <translation>Niciun container nu îl folosește.</translation>
    </message>
    <message>
        <source>No volume matches “%1”</source>
        <translation>Niciun volum nu se potrivește cu „%1”</translation>
    </message>
    <message>
        <source>No volume of this kind</source>
        <translation>Niciun volum de acest fel</translation>
    </message>
    <message>
        <source>No volumes yet</source>
        <translation>Încă niciun volum</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Pe acest computer</translation>
    </message>
    <message>
        <source>Open container %1</source>
        <translation>Deschide containerul %1</translation>
    </message>
    <message>
        <source>Parts of this volume</source>
        <translation>Părțile acestui volum</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Stop what uses it first: %1</source>
        <translation>Opriți mai întâi ce îl folosește: %1</translation>
    </message>
    <message>
        <source>Take out all that is in it; the volume stays</source>
        <translation>Scoate tot ce este în el; volumul rămâne</translation>
    </message>
    <message>
        <source>The volumes cannot be listed</source>
        <translation>Volumele nu pot fi listate</translation>
    </message>
    <message>
        <source>They are in use</source>
        <translation>Sunt în folosință</translation>
    </message>
    <message numerus="yes">
        <source>They go to the trash with all their data, from where Undo brings them back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Ajung la coș cu toate datele, de unde „Anulează” le aduce înapoi timp de %n zi. Un disc plin poate scurta acest timp.</numerusform>
            <numerusform>Ajung la coș cu toate datele, de unde „Anulează” le aduce înapoi timp de %n zile. Un disc plin poate scurta acest timp.</numerusform>
            <numerusform>Ajung la coș cu toate datele, de unde „Anulează” le aduce înapoi timp de %n de zile. Un disc plin poate scurta acest timp.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reîncearcă</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Nefolosite</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Folosit de</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>What %1 writes meanwhile may be in it in part. Stop what uses it for a copy of one moment.</source>
        <translation>Ce scrie %1 între timp poate fi inclus doar în parte. Pentru starea unui singur moment, opriți ce îl folosește.</translation>
    </message>
    <message numerus="yes">
        <source>What is in it goes to the trash, from where Undo brings it back for %n days. A full disk may shorten that.</source>
        <translation>
            <numerusform>Ce este în el ajunge la coș, de unde „Anulează” îl aduce înapoi timp de %n zi. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ce este în el ajunge la coș, de unde „Anulează” îl aduce înapoi timp de %n zile. Un disc plin poate scurta timpul.</numerusform>
            <numerusform>Ce este în el ajunge la coș, de unde „Anulează” îl aduce înapoi timp de %n de zile. Un disc plin poate scurta timpul.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which volumes</source>
        <translation>Ce volume</translation>
    </message>
    <message>
        <source>all in use</source>
        <translation>toate folosite</translation>
    </message>
    <message>
        <source>all unused</source>
        <translation>toate nefolosite</translation>
    </message>
    <message numerus="yes">
        <source>delete %n volumes</source>
        <translation>
            <numerusform>șterge %n volum</numerusform>
            <numerusform>șterge %n volume</numerusform>
            <numerusform>șterge %n de volume</numerusform>
        </translation>
    </message>
    <message>
        <source>made %1, %2</source>
        <translation>creat %1, %2</translation>
    </message>
    <message>
        <source>named: stays until deleted</source>
        <translation>cu nume: rămâne până la ștergere</translation>
    </message>
    <message>
        <source>no container uses it</source>
        <translation>niciun container nu îl folosește</translation>
    </message>
    <message>
        <source>none</source>
        <translation>niciuna</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>încă nemăsurată</translation>
    </message>
    <message>
        <source>size not known yet</source>
        <translation>mărime încă necunoscută</translation>
    </message>
    <message>
        <source>the next container may fill it from its image again</source>
        <translation>următorul container îl poate umple din nou din imaginea lui</translation>
    </message>
    <message>
        <source>unnamed: goes with its container</source>
        <translation>fără nume: dispare odată cu containerul</translation>
    </message>
    <message>
        <source>used by %1, which do not run</source>
        <translation>folosit de %1, care nu rulează</translation>
    </message>
</context>
<context>
    <name>coracle::gui::WasteModel</name>
    <message>
        <source>Path</source>
        <translation>Cale</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Mărime</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pași</translation>
    </message>
    <message>
        <source>added in %1, again in %2</source>
        <translation>adăugat în %1, din nou în %2</translation>
    </message>
    <message>
        <source>added in %1, deleted in %2</source>
        <translation>adăugat în %1, șters în %2</translation>
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
        <translation>acum %1</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 zile</translation>
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
        <translation>%1 luni</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1 săpt.</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 ani</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>chiar acum</translation>
    </message>
    <message>
        <source>now</source>
        <translation>acum</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>azi %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>ieri %1</translation>
    </message>
</context>
</TS>
