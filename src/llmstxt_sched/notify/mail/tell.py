"""Tells a reader of mail: a mail that was written before, or one event at once."""

from __future__ import annotations

from llmstxt_sched.config import variable
from llmstxt_sched.notify.mail.letter import Letter, write_letter
from llmstxt_sched.notify.mail.render import Frame, render_note
from llmstxt_sched.notify.mail.smtp import SmtpServer
from llmstxt_sched.notify.mail.texts import NoteText
from llmstxt_sched.notify.message import Answer, Telling


async def refuse(_: Telling) -> Answer:
    """Stand in for the server that is not set; it may be set again before a mail is given up."""
    return Answer(None, 0, error=f"{variable('smtp', 'host')} names no server for mail")


async def tell(server: SmtpServer, telling: Telling) -> Answer:
    """Send one mail, whose id is that of the delivery."""
    message, address = telling.message, telling.destination.address
    if message.kind is None:
        return await server.send(address, message.body)
    rendered = render_note(NoteText(message.title, message.text, message.url), Frame("UTC", address))
    letter = Letter(telling.delivery_id, address, message.at, rendered.subject, rendered.text, rendered.html)
    return await server.send(address, write_letter(letter, server.sender))
