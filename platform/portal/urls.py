"""A company's pages. Of allauth's, only those this product has, under allauth's names."""

from allauth.account import views as account
from django.urls import path
from django.views.generic import RedirectView

from portal import (
    answers,
    calendars,
    files,
    home,
    my_settings,
    offers,
    paths,
    reputations,
    self_check,
    slack,
    unsubscribing,
    week,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("week/", week.week, name="week"),
    path("week/<uuid:uid>/answer", week.answer_item, name="answer_item"),
    path("week/<uuid:uid>/talk", week.talk, name="week_talk"),
    path("week/<uuid:uid>/note", week.note, name="week_note"),
    path("path/", paths.my_path, name="my_path"),
    path("path/<uuid:uid>/", paths.step, name="step"),
    path("path/<uuid:uid>/start", paths.start, name="step_start"),
    path("path/<uuid:uid>/done", paths.done, name="step_done"),
    path("path/<uuid:uid>/intention", paths.intention, name="step_intention"),
    path("path/onboarding/<uuid:uid>", reputations.answer_own, name="answer_reputation"),
    path("files/<uuid:uid>/", files.step_file, name="step_file"),
    path("paths/<uuid:uid>/change", offers.answer_change, name="path_change"),
    path("where-am-i/", self_check.where_am_i, name="where_am_i"),
    path("where-am-i/<uuid:uid>/", self_check.skill, name="where_am_i_skill"),
    path("where-am-i/plan/", self_check.plan, name="where_am_i_plan"),
    path("a/<str:token>", answers.answer_page, name="answer"),
    path("u/<str:token>", unsubscribing.unsubscribe_page, name="unsubscribe"),
    path("r/<str:token>", reputations.reputation_page, name="reputation"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("settings/", my_settings.my_settings, name="my_settings"),
    path("settings/resume", my_settings.resume, name="settings_resume"),
    path("settings/calendar", my_settings.calendar, name="settings_calendar"),
    path("slack/actions", slack.slack_actions, name="slack_actions"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/confirm/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "accounts/password/reset/complete/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "accounts/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    # allauth writes this address into mail to unknown people; nobody signs up by themselves
    path(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
]
