"""A process that sends what is due, once, as a worker's job does. It is there to be killed."""

import django

django.setup()

from assay.platform.mail.sending import send_due  # noqa: E402

if __name__ == "__main__":
    send_due()
