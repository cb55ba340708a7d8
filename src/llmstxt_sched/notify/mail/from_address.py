"""Who mail comes from, as the settings say."""

from __future__ import annotations

from email.utils import getaddresses

from msgspec import Struct

from llmstxt_sched.config import SmtpSettings, variable
from llmstxt_sched.domain.notifications.mail_address import check_mail_address
from llmstxt_sched.errors import ConfigError, InvalidInput

NAME = "llms.txt"


class Sender(Struct, frozen=True):
    """A name and an address; the address is also where what cannot be delivered comes back to."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The domain of the address, which ids of messages and lists end in."""
        return self.address.rpartition("@")[2]


def sender_of(settings: SmtpSettings) -> Sender:
    """The sender of all mail.  Raises ConfigError."""
    found = getaddresses([settings.sender])
    name, address = found[0] if len(found) == 1 and settings.sender.isprintable() else ("", "")
    try:
        return Sender(name or NAME, check_mail_address(address))
    except InvalidInput as error:
        raise ConfigError(
            f"{variable('smtp', 'from')}={settings.sender!r} cannot be used: it {error.message}"
        ) from None
