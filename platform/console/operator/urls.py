"""The console's addresses, on the root domain. Of allauth's pages, those an operator needs."""

from allauth.account import views as account
from django.urls import path
from django.views.generic import RedirectView

from console.operator import creating, details, listing, passwords, sign_in, switching
from console.operator.impersonating import asking

ONE = "companies/<slug:slug>/"

urlpatterns = [
    path("", listing.companies, name="companies"),
    path("companies.csv", listing.download, name="companies_file"),
    path("new/", creating.new_company, name="company_new"),
    path("new/address", creating.address, name="company_address"),
    path(ONE, details.company, name="company"),
    path(f"{ONE}progress/", creating.progress, name="company_progress"),
    path(f"{ONE}again", creating.try_again, name="company_again"),
    path(f"{ONE}suspend/", switching.suspend, name="company_suspend"),
    path(f"{ONE}resume/", switching.resume, name="company_resume"),
    path(f"{ONE}passwords/", passwords.passwords, name="company_passwords"),
    path(f"{ONE}look/", asking.look, name="company_look"),
    path(f"{ONE}look/end", asking.end_all, name="company_look_end"),
    path("welcome/<str:token>", sign_in.welcome, name="operator_welcome"),
    path("accounts/login/", sign_in.OperatorLogin.as_view(), name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
]
