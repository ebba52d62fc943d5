"""How allauth signs people in here: by invitation only, whichever way they prove who they are."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from assay.platform.accounts.models import User


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by accepting an invitation; there is no open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody may sign up by themselves."""
        return False


class InvitationOnlySocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on lets in whoever already has an account under the address the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Single sign-on makes no accounts either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join a first single sign-on to the invited account, or turn the person away."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            messages.error(request, "No account here has this address. Ask an administrator for an invitation.")
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
