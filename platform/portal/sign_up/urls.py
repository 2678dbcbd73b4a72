"""The way to a company, on the root domain."""

from django.urls import path

from portal.sign_up import asking, finding, progress

urlpatterns = [
    path("sign-up/", asking.sign_up, name="sign_up"),
    path("sign-up/address", asking.address, name="sign_up_address"),
    path("sign-up/code/<str:token>/", asking.code, name="sign_up_code"),
    path("sign-up/code/<str:token>/again", asking.another_code, name="sign_up_another_code"),
    path("sign-up/progress/<str:token>/", progress.progress, name="sign_up_progress"),
    path("sign-up/progress/<str:token>/again", progress.try_again, name="sign_up_try_again"),
    path("find-my-company/", finding.find, name="find_company"),
    path("find-my-company/sent/", finding.sent, name="find_sent"),
]
