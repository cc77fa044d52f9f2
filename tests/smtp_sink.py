"""A real SMTP server on loopback that keeps what it is given."""

import socket
import time
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SmtpSink:
    """`messages` in the order in which they were taken. `delay` slows every message down; `refuse` maps a
    recipient to the answer it gets."""

    def __init__(self, port: int | None = None, delay: float = 0) -> None:
        self.port = port or free_port()
        self.delay = delay
        self.refuse: dict[str, str] = {}
        self.messages = []
        self.recipients: list[list[str]] = []
        self.connections = 0
        self._controller = None

    def start(self) -> "SmtpSink":
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.connections = 0  # the controller's own first look is not a client
        return self

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        if self.delay:
            time.sleep(self.delay)
        return "250 taken"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]
