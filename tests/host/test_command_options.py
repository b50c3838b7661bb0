"""Commands beside this host's own: the same script with our programs (and our shell) and with the
host's must write the same and end with the same status, error messages apart."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from machine import build_dir
from test_commands import host_runs_i386

# name: scripts. Blanks are equal to blanks, however many, where a name ends in _loose.
SCRIPTS = {
    'cat': ['printf a >f; echo b | cat f - f', 'cat -u f nonesuch; cat .', 'echo x >-- ; cat -- --', 'cat - <f'],
    'cp': ['cp', 'cp f', 'cp f f', 'mkdir d; cp d e; ls', 'echo a >a; echo b >b; cp a b nonesuch',
           'mkdir -p d/s; cp -R d d/s; find d | sort', 'mkdir d; echo 1 >d/f; chmod 500 d; cp -R d e; ls -ld e | cut -c1-10; ls e',
           'mkdir d e; echo 1 >e/f; cp -R d/. e; cp -R e/. d; ls d', 'echo 1 >d; mkdir e; cp -R e d; cat d',
           'echo 1 >f; ln -s f l; cp -R l m; ls -l m | sed "s/.* m/m/"; cp -RL l n; test -L n; echo $?; cp -RH l o; test -L o; echo $?',
           'mkdir d; echo 1 >f; ln -s ../f d/l; ln -s d k; cp -RH k e; test -L e/l; echo $?; test -L e; echo $?; cp -RL d g; test -L g/l; echo $?',
           'echo 1 >f; touch -t 202001020304.05 f; chmod 4751 f; cp -p f g; ls -l f g | cut -c1-10; find g -newer f; find f -newer g',
           'echo 1 >f; echo 2 >g; echo n | cp -i f g 2>/dev/null; cat g; echo y | cp -i f g 2>/dev/null; cat g',
           'mkfifo p; cp -R p q; test -p q; echo $?', 'echo 1 >f; ln f g; cp f g; cat f', 'ln -s x l; ln -s y m; cp -RP l m; readlink m',
           'mkdir d; cp -R d//// e; ls', 'echo 1 >f; mkdir d; cp f d/; cp ./f d/.; ls d', 'echo a >-x; cp -- -x y; cat y'],
    'mv': ['mv', 'mv f', 'echo 1 >f; mv f f; cat f', 'echo 1 >f; mkdir d; mv f d; mv d/f g; ls', 'mkdir d e; mv d e; ls e; mkdir d; touch e/d/x; mv d e; ls e/d',
           'echo 1 >f; echo 2 >g; echo n | mv -fi f g 2>/dev/null; ls; echo n | mv -if f g; ls', 'mv nonesuch x; mkdir d; echo 1 >f; mv f nonesuch d; ls d',
           'ln -s nowhere l; mv l m; readlink m', 'mkdir d; echo 1 >f; mv -- f d/; ls d', 'mkdir d; echo 1 >f; mv d f; ls',
           'echo 1 >f; ln f g; mv f g; ls | wc -l'],
    'rm': ['rm', 'rm -f', 'rm -f nonesuch', 'rm nonesuch', 'mkdir d; rm d; ls', 'mkdir d; rm -d d; ls', 'mkdir -p d/e; touch d/e/f; rm -Rf d nonesuch; ls',
           'rm -r .', 'mkdir d; rm -r d/..; ls', 'mkdir d; rm -r d/.; ls', 'mkdir d; ln -s d l; rm -r l; ls', 'touch -- -f; rm -- -f; ls',
           'touch a b; (echo n; echo y) | rm -i a b 2>/dev/null; ls', 'touch a; echo n | rm -fi a 2>/dev/null; ls; rm -if a; ls',
           'mkdir d; touch d/f; (echo y; echo n; echo y) | rm -ri d 2>/dev/null; ls d', 'touch f; rm f/x; rm -f f/x; echo $?'],
    'ln': ['ln', 'echo 1 >f; ln f g; find g -links 2', 'echo 1 >f; ln -f nonesuch f; cat f', 'echo 1 >f; ln -f f f; cat f', 'echo 1 >f; ln f g; ln -f f g; cat g',
           'echo 1 >f; echo 2 >g; ln f g; ln -f f g; cat g', 'mkdir d; echo 1 >f; echo 2 >g; ln f g d; ls d', 'ln -s a/b; readlink b', 'mkdir d; ln d e',
           'ln -s x l; ln -sf y l; readlink l', 'echo 1 >f; ln -s f l; ln -P l m; test -L m; echo $?; ln -L l n; test -L n; echo $?', 'mkdir d; ln -s f1 d/; ls d',
           'echo 1 >f; ln f f g nonesuch'],
    'mkdir': ['mkdir', 'mkdir -p a//b/; ls a', 'mkdir -p a/b; mkdir -p a/b; echo $?; touch f; mkdir -p f; mkdir -p f/g', 'umask 077; mkdir -p -m 755 a/b; ls -ld a a/b | cut -c1-10',
              'umask 0777; mkdir -p a/b; ls -ld a | cut -c1-10; chmod 700 a; ls -l a | tail -n 1 | cut -c1-10', 'umask 022; mkdir -m -w a; mkdir -m u=rwx,go= b; mkdir -m g=u,o=g-w c; mkdir -m a=rx,u+w d; ls -ld a b c d | cut -c1-10',
              'mkdir -m 1777 a; mkdir -m u+s,+t b; ls -ld a b | cut -c1-10', 'mkdir -m zz a; ls', 'mkdir -m u+z a; ls', 'mkdir -m 9 a; ls', 'mkdir -m +w+X-x a; ls -ld a | cut -c1-10', 'mkdir -pm700 a; ls -ld a | cut -c1-10'],
    'chmod': ['touch f; for m in 644 u+x a=X +x,a=X go-rwx g=u o=u-x =r u=,g=,o= +t u+s ug+s,a+x -s 0; do chmod $m f; ls -l f | cut -c1-10; done',
              'umask 027; touch f; chmod 0 f; chmod +rwx f; ls -l f | cut -c1-10; chmod 777 f; chmod -- -w f; ls -l f | cut -c1-10; chmod =x f; ls -l f | cut -c1-10',
              'mkdir -p d/e; touch d/f; chmod -R u=rwX,go= d; ls -l d | cut -c1-10; ls -ld d | cut -c1-10', 'touch f; chmod u+q f; chmod 888 f; chmod u f; chmod; chmod 644'],
    'rmdir': ['rmdir', 'mkdir -p a/b/c; rmdir -p a/b/c; ls', 'mkdir -p a/b; touch a/f; rmdir -p a/b; ls a', 'touch f; rmdir f nonesuch'],
    'head': ['seq 20 | head', 'seq 20 >f; head -n 3 f -; head -c 5 f f', 'seq 20 >f; head -3 f; head -n3 -- f; head -n 0 f', 'head nonesuch; head .', 'seq 30 >f; (head -n 2; head -n 2) <f', 'head -n x f',
             'printf "a\\0b\\nc" | head -n 1 | od -c',
           'seq 5 >f; head -n 100 f; head -c 0 f; head -n 2 f nonesuch f; head -n 1 - <f; head -n; head -c -- f'],
    'tail': ['seq 20 | tail', 'seq 20 >f; tail -n 3 f; tail -n +18 f; tail -n+19 f; tail -n -2 f; tail -c 4 f; tail -c +48 f; tail -n 0 f', 'seq 20 >f; tail -3 f; tail -c3 - <f', 'tail nonesuch; tail .',
             'printf "a\\0b\\nc" | tail -n 2 | od -c', 'printf "a\\nb" | tail -n 1', 'printf abc | tail -c +0; printf abc | tail -c +1', 'echo x | tail -f', 'tail -n x', 'seq 100000 | tail -n 70000 | head -n 1',
           'seq 5 >f; tail -n +6 f; tail -n +0 f; tail -n +1 f; tail -c +1 f; tail -c -3 f; tail -c 0 f; tail -n 100 f; seq 3 | tail -n1 -; tail -n 2 -- f'],
    'wc_loose': ['printf "a b\\nc" >f; wc f; wc -l f; wc -wl f; wc -c <f; wc f f; wc -m f; cat f | wc', 'wc nonesuch; wc .; wc -', 'printf "a\\vb\\fc\\rd e" | wc -w'],
    'wc': ['seq 5 >f; wc -l <f; wc -c <f'],
    'grep': ['seq 30 >f; grep -e 1 -e 2 -c f; grep -e"1\n3" -e 7 f; grep "1\n5" f', 'seq 9 >f; printf "1\\n2" >p; grep -f p f; grep -F -f p -e 9 f; grep -fp -vc f; grep -f /dev/null f; grep -v -f /dev/null -c f; printf "\\n" >q; grep -c -f q f',
             'seq 9 >f; grep -E "1|2|(3)+" f; grep -x -E "1|12" f; grep -Fx 1 f; grep -Fi A - <f; printf "aBc\\nabc\\n" | grep -i ABC; printf "a.c\\nabc\\n" | grep -F a.c',
             'seq 9 >f; cp f g; grep 1 f g; grep -l 1 f g; grep -c 1 f g; grep -n 1 f g; grep -h 1 f g; grep -H 1 f; grep -lv 1 f; grep -lc 1 f',
             'seq 9 >f; grep -q 1 nonesuch f; grep -q 1 f nonesuch; grep 1 f nonesuch; grep -s 1 nonesuch; grep -q x f', 'grep; grep -e; grep "[" f', 'seq 3 | grep -n 2 -; seq 3 | grep -l 2; seq 3 | grep -H 2',
             'printf "a\\nb" | grep b; printf "" | grep -c a; printf "\\n" | grep -c "^$"; printf "ab\\n" | grep -x "a"; printf "ab\\n" | grep -E -x "a|ab"', 'mkdir d; grep x d; grep -s x d', 'seq 3 >f; grep -- 2 f; grep -ne2 f; grep -F "" f | wc -l; grep -E "" f | wc -l',
             'mkdir -p d/e; echo x >d/e/f; grep -r x d', 'printf "x\\n-v\\n" | grep -e -v'],
    'sort': ['printf "b 2\\na 10\\na 9\\n" >f; sort -k 2,2n f; sort -k1,1r -k2n f; sort -rk2.1,2.1 f; sort -t " " -k2 f; sort -o f f; cat f', 'printf "3\\n-1\\n10\\n 2\\n0.5\\n.25\\n-0\\nx\\n-1.5\\n00012\\n99999999999999999999\\n100000000000000000000\\n" | sort -n',
             'printf "a\\nb\\n" | sort -c; printf "b\\na\\n" | sort -C; printf "a\\na\\n" | sort -cu; printf "b\\na\\n" | sort -cr; sort -c x y', 'printf "a:b:c\\na::d\\nb\\n:x\\n" | sort -t: -k2; printf "a:b:c\\na::d\\nb\\n:x\\n" | sort -t : -k 2,2 -k1,1r; printf "a:3\\nb:1\\n" | sort -t: -k2.1n',
             'printf "B\\na\\nA\\nb\\n" | sort -f; printf "B\\na\\nA\\nb\\n" | sort -fu; printf "a-b\\nab\\na c\\n" | sort -d; printf "a\\001b\\nab\\naa\\n" | sort -i | od -c', 'printf "  b\\n a\\nc\\n" | sort -b; printf "  b\\n a\\nc\\n" | sort; printf "x   b\\nx  a\\nx c\\n" | sort -k2b; printf "x   b\\nx  a\\nx c\\n" | sort -k2; printf "x   b\\nx  a\\nx c\\n" | sort -b -k2,2; printf "x   b1\\nx  a2\\n" | sort -k2.2b,2.2b',
             'seq 5 >f; seq 3 8 >g; sort -m -n f g; sort -mu -n f g; sort -nru f g', 'sort nonesuch; sort .; sort -k 0; sort -k 1.0; sort -k x; sort -k 1,', 'printf "1 x\\n1 a\\n0 z\\n" | sort -n -k1,1; printf "1 x\\n1 a\\n0 z\\n" | sort -u -n -k1,1; printf "1 x\\n1 a\\n" | sort -r -k1,1',
             'printf "a\\0c\\na\\0b\\n" | sort | od -c', 'printf "b\\na" | sort -- -; printf "b\\na" | sort -o x; cat x', 'printf "1,2\\n1,1\\n" | sort -t, -k1,1 -k2,2n', 'printf "x1 5\\nx2 4\\n" | sort -k 1.2,1.2nr; printf "x1 5\\nx2 4\\n" | sort -k2.1,2.2 -k1.1',
           'printf "1.10\\n1.9\\n1.09\\n-.5\\n-0.6\\n" | sort -n; printf "a\\tb\\na b\\n" | sort -k2; printf "x:3:z\\ny:1:a\\n" | sort -t: -k3,3 -k2,2; printf "x:3:z\\ny:1:a\\n" | sort -t: -k2,2nr',
           "printf '10\\n9\\n1e1\\n' | sort -n; printf '+1\\n-2\\n0\\n' | sort -n; printf 'a1\\nb0\\n' | sort -k1.2"],
    'dd': ['printf abcdefghij | dd bs=4 2>e; head -n 2 e', 'printf abcdefghij | dd ibs=3 obs=4 2>e; head -n 2 e', 'printf abcdefghij | dd bs=3 skip=1 count=2 2>e; head -n 2 e', 'printf abcdef >f; dd if=f of=g bs=1 seek=3 2>/dev/null; od -c g; dd if=f of=g bs=2 seek=1 count=1 conv=notrunc 2>/dev/null; od -c g; dd if=f of=g bs=1 seek=2 count=1 2>/dev/null; od -c g',
           'printf abcde | dd conv=swab 2>/dev/null; printf aBc | dd conv=ucase 2>/dev/null; printf aBc | dd conv=lcase 2>/dev/null; printf "aBc" | dd conv=ucase,swab bs=2 2>/dev/null', 'printf "ab\\nabcdef\\n\\nx" | dd cbs=4 conv=block 2>e; head -n 3 e', 'printf "ab  abcd    x " | dd cbs=4 conv=unblock 2>e; head -n 2 e',
           'printf "ab\\nHello~^[]\\n" | dd cbs=8 conv=ebcdic 2>/dev/null | od -x; printf "ab\\nHello~^[]\\n" | dd cbs=8 conv=ibm,ucase 2>/dev/null | od -x; printf "ab\\nHello\\n" | dd cbs=8 conv=ebcdic 2>/dev/null | dd cbs=8 conv=ascii 2>/dev/null', 'printf "Hello\\n" | dd conv=ebcdic 2>/dev/null | dd conv=ascii,lcase 2>/dev/null',
           'printf abcde | dd ibs=4 obs=8 conv=sync 2>e | od -c; head -n 2 e', 'printf abc | dd ibs=8 cbs=4 conv=sync,block 2>/dev/null | od -c', 'dd if=nonesuch; dd count; dd conv=nope; dd bs=x', 'seq 10000 >f; dd if=f of=g bs=1k count=2x2 skip=1b 2>/dev/null; wc -c <g; dd if=f bs=2x3 count=1 2>/dev/null; dd if=f of=g count=0 2>/dev/null; wc -c <g',
           'dd if=/dev/zero bs=2w count=1kx2 2>/dev/null | wc -c', 'dd if=. bs=1 count=1 2>/dev/null', 'dd if=/dev/zero of=/dev/full bs=1 count=1 2>/dev/null', 'printf abc >f; dd if=f of=g conv=excl 2>/dev/null; dd if=f of=g conv=excl 2>/dev/null; dd if=f of=h conv=nocreat 2>/dev/null; ls',
           'printf abcdefgh | dd bs=3 count=2 of=f 2>/dev/null; cat f; dd if=f bs=4 conv=sync 2>/dev/null | od -c; printf ab | dd cbs=3 conv=block,sync ibs=5 2>/dev/null | od -c; printf "a\\nbb\\nccc\\ndddd\\n" | dd cbs=3 conv=block,ucase obs=5 2>e | od -c; head -n 3 e; printf abc | dd ibs=2 obs=3 skip=1 2>/dev/null; printf abc | dd of=g seek=2 obs=2 2>/dev/null; od -c g; dd if=f skip=100 2>/dev/null; dd if=f ibs=0; dd count=-1 if=f'],
    'date': ['date -u +%Y%m%d >a; date +%Y-%m-%dT%H: >/dev/null; date -u "+%%%n%t%C" | cut -c1-3', 'date +%Ey%Od%EC%Om >/dev/null; test "$(date +%OH%Od%EY)" = "$(date +%H%d%Y)"', 'date +; date x; date 13010000; date 02300000; date -u 1; date a b', 'test "$(date -u)" = "$(date -u "+%a %b %e %H:%M:%S %Z %Y")"'],
    'ls': ['touch b a .h; mkdir d; touch d/x; ls; ls -a; ls -A; ls -d; ls -1r; ls d b a; ls d .; ls nonesuch a', 'touch a b c; mkdir d; ls -C; ls -x; ls -m; ls -mp; ls -F; ls -p; ls -Cl | wc -l; ls -lC; ls -l1 | wc -l; ls -1l | wc -l; ls -1C; ls -C1; ls -xm; ls -mx',
           'for i in 1 2 3 4 5 6 7 8 9; do touch file$i; done; COLUMNS=30 ls -m', 'mkdir -p d/e/f; touch d/e/x; ls -R; ls -Rd; ls -R d e; ls -RA d', 'touch -t 202001010000 a; touch -t 202101010000 b; touch -t 201901010000 c; ls -t; ls -tr; ls -t c a b; ls -d -t *; ls -St; ls -tS; printf xx >c; printf x >a; ls -S; ls -Sr; ls -St',
           'ln -s nowhere l; mkdir d; ln -s d m; touch d/x; ls; ls m; ls -F m; ls -d m; ls -LF d; ls -HF m; ls -F; ls -p; mkfifo p; ls -F p; touch x; chmod +x x; ls -F x', 'printf "" >"a\001b"; ls -q; ls -1q', 'touch b a; ls -f | sort; ls -fr | sort', 'touch a; ls -- a; ls -- -x', 'mkdir d; touch d/a d/.b; ls -d d/; ls d/; ls -Ad d', 'mkdir b a; touch b/y a/x; ls b a; ls -r b a; mkdir d; ln -s .. d/up; ls -LR d | head -n 2'],
    'ls_loose': ['touch a; printf 12345 >b; mkdir d; ls -l b d; ls -ln b; ls -g b; ls -o b; ls -gn b; ls -lL b; ls -go b', 'printf 12345 >b; ls -s b; ls -sk b; ls -s; ls -ls; ls -lsk', 'ln -s x l; ls -l l; ls -l /dev/null; ls -ld .', 'touch -t 202001020304 f; ls -l f; ls -lu f; touch f; ls -l f; ls -lc f',
                 'touch f; chmod 7777 f; ls -l f; chmod 7000 f; ls -l f; mkdir d; chmod 1777 d; ls -ld d', 'mkdir d; ln -s d l; touch d/x; ls -l l; ls -lH l; ls -lL l', 'touch a; test "$(ls -i a)" = "$(ls -i a)"; ls -lkd .'],
    'kill': ['env kill -l 9; env kill -l QUIT; env kill -l 15', 'env kill -0 $$; env kill -s 0 $$; env kill -s CONT -- $$; env kill -CONT $$; env kill -18 $$; env kill -sCONT $$', 'env kill; env kill -s; env kill x; env kill -NOPE $$; env kill -s TERM', 'kill -l 9; kill -l 143; sleep 9 & kill -s KILL $!; wait $!; sleep 9 & kill -TERM -- $!; wait $!',
             'env kill -0 $$ 999999', 'sleep 9 & env kill -KILL $!; wait $!',
           'sleep 5 & env kill -s kill $!; wait $!; sleep 5 & env kill -SIGTERM $!; wait $!; env kill -0 -- $$; env kill -l KILL; env kill -TERM; env kill ""; env kill -- x'],
    'test': [r'''for e in "" "a" "! a" "! " "-n a" "-z a" "a = a" "a = b" "a != b" "-f = -f" "! = !" "( a )" "( = (" "! a = b" "( ! a )" "-n = -n" "1 -eq 01" "1 -lt 2" "-1 -gt -2" "1 -le 1" "2 -ge 3" "1 -ne 2" "a -a b" "-a = -a" "a -o b" "-d / -a -d /" "-d / -a ! -d /" "-f / -o -d /" "( -f / -o -d / ) -a a" "! -f / -a a = a" "-e / -a ( a = b -o a )" "-t 9" "-r / -a -w / -a -x /" "1 -eq x" "a b c" "a b" "a b c d" "( a" "-L /" "-h /" "-p /" "-S /" "-b /" "-c /dev/null" "-g /" "-u /" "-k /tmp" "-s /etc/passwd" "/ -ef /." "/ -nt /none" "/none -ot /" "! ! a" "! ( a )" "-f" "-a" "!" "( )"; do env test $e; echo "$e $?"; [ $e ]; echo $?; done'''],
    'echo': ['env echo a b; env echo; env echo -- -x; env echo a "" b'],
    'uname': ['test "$(uname)" = "$(uname -s)"; test "$(uname -sn)" = "$(uname -ns)"; test "$(uname -a | cut -d" " -f1)" = Linux; uname x; uname -z; uname -rm; uname -snrm'],
    'sleep': ['sleep; sleep x; sleep 0; sleep -- 0; sleep 0.01; sleep .01; sleep 1x; sleep -1'],
    'seq': ['seq 3; seq 2 4; seq 5 -2 1; seq 3 1; seq -2 2; seq -s , 3; seq -w 8 11; seq 0.5 2; seq 0 .25 1; seq -w -1 1; seq 1 .5 2.7; seq 1 2.9; seq -w 9.5 10.5; seq -w -5 5 5; seq', 'seq 1 0 2; seq x; seq 1 2 3 4; seq -s "" 3; seq -ws: 9 10; seq -1 -1 -3; seq -.5 .5 .5',
           'seq 1 3 10; seq 10 -3 1; seq 0; seq 1.5; seq -s: -w 1 5 11; seq 1 0.1 1.3; seq -- -2 0; seq 3 -1 3; seq +3'],
    'hexdump': ['seq 20 | hexdump; seq 20 | hexdump -C; seq 5 | hexdump -b; seq 5 | hexdump -c; seq 5 | hexdump -d; seq 5 | hexdump -o; seq 5 | hexdump -x; printf abc | hexdump', 'head -c 100 /dev/zero | hexdump; head -c 100 /dev/zero | hexdump -v; seq 20 >f; hexdump -s 5 -n 7 f; hexdump -C -s 0x10 f; hexdump f f', 'hexdump nonesuch; printf "" | hexdump; printf "\\0\\a\\177\\377ab\\n" | hexdump -c; printf "\\0\\a\\177" | hexdump -C',
           'printf "abc\\n" | hexdump -C -n 2; printf "abcdefghijklmnopqrstuvwxyz" | hexdump -x; printf ab | hexdump -v -o; printf abc | hexdump -d; hexdump -n 0 /dev/zero; hexdump -C -n 0 /dev/zero; hexdump -n 33 -C /dev/zero; printf "\\377\\n" | hexdump -b'],
    'touch_loose': ['touch -t 7001010000 a; ls -l a; touch -t 202002301200 b; ls; touch -r a c; ls -l c; touch -c d; ls; touch -d 2020-01-02T03:04:05 e; ls -l e; touch -am e; touch -t x f; ls; touch -mt 202001010000 c; ls -l c; touch -t 202001010000.61 z'],
    'tee': ['echo a | tee x; echo b | tee -a x y; cat x y', 'echo a | tee .',
           'echo a | tee -i x; echo b | tee x y >/dev/full; cat x y; echo c | tee nonesuch/x y; cat y'],
    'full': ['for c in "cat f" "head f" "tail f" "wc f" "grep 1 f" "sort f" "ls" "env echo x" "seq 3" "date" "uname" "ps" "hexdump f" "dd if=f status=none"; do seq 3 >f; env $c >/dev/full || echo $c; done',
             'echo x >/dev/full; echo $?; printf x >/dev/full; echo $?; pwd >/dev/full; echo $?', 'env echo x >&-; seq 3 | cat >&-'],
    'ps': ['ps -o pid= -p $$ | tr -d " " | grep -cx $$', 'ps -o pid,ppid=P -p $$ | head -n 1 | tr -s " "; ps -o pid= -o ppid= -p 1 | tr -s " "; ps -o bad', 'ps -p 999999; ps -A -o pid= | grep -c "^ *1$"; ps -e -o pid= | grep -c "^ *1$"', 'ps -u root -o pid= | grep -c "^ *1$"; ps -U 0 -o pid= | grep -c "^ *1$"; ps -G 0 -o pid= | grep -c "^ *1$"; ps -p "1 $$" -o pid= | wc -l; ps -p 1,$$ -o pid= | wc -l; ps -u nosuch',
           'ps -o ruser= -o user= -o rgroup= -o group= -o ppid= -o comm= -p 1 | tr -s " "; ps -o nice= -p $$ | tr -d " "', 'sleep 3 & ps -o args= -p $!; ps -o comm= -p $!; kill $!', 'for o in ruser user rgroup group pid ppid pgid pcpu vsz nice etime time tty comm args; do ps -o $o -p $$ | head -n 1 | tr -d " "; done', 'ps -f -p $$ | head -n 1 | tr -s " "; ps -p $$ | head -n 1 | tr -s " "; ps -l -p $$ | head -n 1 | tr -s " "'],
}


def normal(output, name):
    if name not in EXACT:
        output = re.sub(r'(?m)^=[1-9]\d*$', '=failed', output)
    return '\n'.join(' '.join(line.split()) for line in output.split('\n')) if name.endswith('_loose') else output


# Elsewhere POSIX only tells success from failure.
EXACT = {'grep', 'sort', 'test'}


def with_statuses(script):
    """The script with an echo of $? behind each of its statements, but for one with a loop."""
    if ' do ' in script:
        return script
    quote, depth, out = '', 0, ''
    for i, c in enumerate(script):
        if quote:
            quote = '' if c == quote else quote
        elif c in '\'"':
            quote = c
        elif c in '()':
            depth += 1 if c == '(' else -1
        elif c == ' ' and depth == 0 and script[i - 1] == ';':
            out += ' echo "=$?";'
        out += c
    return out + '; echo "=$?"'


def run(path, script):
    """Output of the script in an empty folder."""
    folder = tempfile.mkdtemp()
    try:
        result = subprocess.run(['/bin/sh', '-c', 'exec 2>/dev/null\n' + with_statuses(script)],
                                cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=30,
                                env={'PATH': path, 'POSIXLY_CORRECT': '1', 'LC_ALL': 'C', 'TZ': 'UTC0'})
        return result.stdout.decode('utf-8', 'replace')
    finally:
        subprocess.run(['chmod', '-R', 'u+rwx', folder])
        shutil.rmtree(folder)


def compared(name, script):
    def case(self):
        tools = os.defpath
        self.assertEqual(normal(run(self.programs + ':' + tools, script), name), normal(run(tools, script), name), script)
    return case


def add_cases(cls):
    for command, scripts in SCRIPTS.items():
        for number, script in enumerate(scripts):
            setattr(cls, 'test_%s_%d' % (command, number), compared(command, script))
    return cls


@unittest.skipUnless(host_runs_i386(), 'this host runs no i386 programs')
@add_cases
class BesideTheHosts(unittest.TestCase):
    programs = os.path.join(build_dir(), 'bin')


if __name__ == '__main__':
    unittest.main()
