"""Who can sign in (``User``) and who has been asked to (``Invitation``)."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now

from assay.platform.access.roles import Role

ROLE_CHOICES = [(role.value, role.label) for role in Role]


class LowercaseEmailField(models.EmailField):  # type: ignore[type-arg]
    """An address that is stored and compared in lower case, so that one person cannot sign in as two."""

    def to_python(self, value: Any) -> Any:
        """Return the address in lower case without surrounding space."""
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database compares and keeps."""
        return self.to_python(super().get_prep_value(value))


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the actions module decides who may have one."""

    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        name: str = "",
        role: Role = Role.VIEWER,
        time_zone: str = "UTC",
    ) -> "User":
        """Create an account; without a password it can only sign in by single sign-on."""
        user = self.model(email=email.strip().lower(), name=name, role=role.value, time_zone=time_zone)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account with this address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in. ``role`` says what they are; hiring teams say where."""

    email = LowercaseEmailField(unique=True, max_length=254)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.VIEWER.value)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("name", "email")
        constraints = (
            models.CheckConstraint(name="accounts_user_email_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(
                name="accounts_user_role_is_known", condition=models.Q(role__in=[role.value for role in Role])
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name, or the address of somebody who gave none."""
        return self.name or self.email


class Invitation(models.Model):
    """A one-time link to an account. Only the hash of its token is kept; an empty ``email`` is chosen on acceptance."""

    email = LowercaseEmailField(max_length=254, blank=True)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="invitations_accepted")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="accounts_invitation_role_is_known", condition=models.Q(role__in=[role.value for role in Role])
            ),
            models.UniqueConstraint(
                name="accounts_one_open_invitation_per_email",
                fields=("email",),
                condition=models.Q(accepted_at=None, revoked_at=None) & ~models.Q(email=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} for {self.email or 'the first administrator'}"
