"""Settings for tests: the product's own, on a data folder made for this run, with a cheap password hash."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

RUN_FOLDER = Path(tempfile.mkdtemp(prefix="assay-tests-"))
# The database may have to run as another user, who must be able to enter.
RUN_FOLDER.chmod(0o711)
atexit.register(shutil.rmtree, RUN_FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("ASSAY_") and name != "ASSAY_POSTGRES_BIN"]:
    del os.environ[name]
os.environ["ASSAY_DATA"] = str(RUN_FOLDER / "data")

from assay.runtime.settings import *  # noqa: E402, F403 - the environment must be set before it is read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Whitenoise warns about a folder that is not there, and warnings are errors.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
