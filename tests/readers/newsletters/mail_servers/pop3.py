"""POP3."""

from __future__ import annotations

from tests.readers.newsletters.mail_servers.kept import USER, Session


class Pop3Session(Session):
    """As much of POP3 (RFC 1939) as is needed to read a mailbox."""

    def handle(self) -> None:
        self.say("+OK ready")
        kept = self.server.kept
        self.numbers, self.marked = dict(enumerate(kept.mails, start=1)), set()
        for line in self.lines():
            command, _, rest = line.partition(" ")
            self.say(getattr(self, f"do_{command}")(rest) or "+OK")
            if command == "STLS":
                self.encrypt()
            if command == "QUIT":
                return

    def do_CAPA(self, rest: str) -> str:  # noqa: N802
        return "+OK\r\nSTLS\r\nUIDL\r\n."

    def do_STLS(self, rest: str) -> None:  # noqa: N802
        pass

    def do_USER(self, rest: str) -> str:  # noqa: N802
        return "+OK" if rest == USER else "-ERR who?"

    def do_PASS(self, rest: str) -> str:  # noqa: N802
        return "+OK" if rest == self.server.kept.password else "-ERR wrong password"

    def do_LIST(self, rest: str) -> str:  # noqa: N802
        mails = self.server.kept.mails
        return "\r\n".join(["+OK", *(f"{number} {len(mails[uid])}" for number, uid in self.numbers.items()), "."])

    def do_UIDL(self, rest: str) -> str:  # noqa: N802
        return "\r\n".join(["+OK", *(f"{number} unique-{uid}" for number, uid in self.numbers.items()), "."])

    def do_TOP(self, rest: str) -> bytes | str:  # noqa: N802
        number, most = rest.split(" ")
        return self.give(int(number), int(most)) if self.server.kept.knows_top else "-ERR no such command"

    def do_RETR(self, rest: str) -> bytes | str:  # noqa: N802
        self.server.kept.flags[self.numbers[int(rest)]].add("\\Seen")
        return self.give(int(rest), 0)

    def give(self, number: int, most: int) -> bytes | str:
        kept, uid = self.server.kept, self.numbers[number]
        if uid in kept.unreadable:
            return "-ERR it cannot be read"
        kept.fetched.append(uid)
        head, _, body = kept.mails[uid].rstrip(b"\r\n").partition(b"\r\n\r\n")
        lines = [*head.split(b"\r\n"), b"", *body.split(b"\r\n")[: most or None]]
        return b"\r\n".join([b"+OK", *(b"." + line if line.startswith(b".") else line for line in lines), b"."])

    def do_DELE(self, rest: str) -> None:  # noqa: N802
        self.marked.add(self.numbers[int(rest)])

    def do_QUIT(self, rest: str) -> None:  # noqa: N802
        for uid in self.marked:
            self.server.kept.remove(uid)
