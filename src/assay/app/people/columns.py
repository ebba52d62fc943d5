"""The columns of the tables on these pages."""

from assay.app.ui.tables import Column

ACCOUNTS = (
    Column("name", "Name"),
    Column("role", "Role"),
    Column("factor", "Second factor"),
    Column("seen", "Last sign-in"),
)
INVITATIONS = (
    Column("email", "E-mail"),
    Column("role", "Role"),
    Column("by", "Invited by"),
    Column("until", "Works until"),
    Column("actions", "Actions", is_label_hidden=True),
)
EVENTS_OF_ACCOUNT = (
    Column("when", "When"),
    Column("who", "Who"),
    Column("what", "What"),
    Column("why", "Why"),
)
SETTINGS = (
    Column("label", "Setting"),
    Column("value", "Now"),
    Column("change", "To change it"),
)
EVENTS = (
    Column("number", "No.", is_number=True),
    *EVENTS_OF_ACCOUNT[:3],
    Column("object", "Object"),
    Column("why", "Why"),
    Column("details", "Details"),
)
