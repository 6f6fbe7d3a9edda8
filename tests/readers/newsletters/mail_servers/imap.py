"""IMAP."""

from __future__ import annotations

import re

from tests.readers.newsletters.mail_servers.kept import USER, Session


class ImapSession(Session):
    """As much of IMAP (RFC 9051) as is needed to read a mailbox."""

    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.lines():
            tag, command, *rest = line.split(" ", 2)
            if command == "UID":
                command, *rest = rest[0].split(" ", 1)
            answer = getattr(self, f"do_{command}")(rest[0] if rest else "")
            self.say(f"{tag} {answer or 'OK done'}")
            if command == "STARTTLS":
                self.encrypt()
            if command == "LOGOUT":
                return

    def do_CAPABILITY(self, rest: str) -> None:  # noqa: N802
        self.say("* CAPABILITY IMAP4rev1 STARTTLS" + (" UIDPLUS" if self.server.kept.uidplus else ""))

    def do_STARTTLS(self, rest: str) -> None:  # noqa: N802
        pass

    def do_LOGIN(self, rest: str) -> str:  # noqa: N802
        return "OK in" if rest == f'{USER} "{self.server.kept.password}"' else "NO wrong password"

    def do_SELECT(self, rest: str) -> str:  # noqa: N802
        self.say("* OK [UIDVALIDITY 17] valid")
        return "OK [READ-WRITE] done" if rest in {"INBOX", '"Came back"'} else "NO no such folder"

    def do_SEARCH(self, rest: str) -> None:  # noqa: N802
        kept = self.server.kept
        shown = [str(uid) for uid in kept.mails if "\\Deleted" not in kept.flags[uid] or rest != "UNDELETED"]
        self.say("* SEARCH " + " ".join(shown))

    def do_FETCH(self, rest: str) -> str:  # noqa: N802
        kept, asked = self.server.kept, re.fullmatch(r"(\d+) \(BODY(\.PEEK)?\[\]<0\.(\d+)>\)", rest)
        uid, most = int(asked[1]), int(asked[3])
        if uid in kept.unreadable:
            return "NO it cannot be read"
        kept.fetched.append(uid)
        if not asked[2]:
            kept.flags[uid].add("\\Seen")
        mail = kept.mails[uid][:most]
        self.say(f"* {list(kept.mails).index(uid) + 1} FETCH (UID {uid} BODY[]<0> {{{len(mail)}}}".encode())
        self.wfile.write(mail)
        self.say(")")
        return "OK fetched"

    def do_STORE(self, rest: str) -> None:  # noqa: N802
        uid, _, flag = rest.split(" ")
        self.server.kept.flags[int(uid)].add(flag.strip("()"))

    def do_EXPUNGE(self, rest: str) -> None:  # noqa: N802
        kept = self.server.kept
        for uid in [int(rest)] if rest else list(kept.mails):
            if "\\Deleted" in kept.flags[uid]:
                kept.remove(uid)

    def do_LOGOUT(self, rest: str) -> None:  # noqa: N802
        self.say("* BYE")
