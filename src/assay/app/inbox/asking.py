"""What every source of an inbox is asked with."""

from dataclasses import dataclass
from datetime import datetime

from assay.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose inbox, at which moment, and whether for their own steps or for all that they may look at."""

    user: User
    now: datetime
    whole_team: bool = False
