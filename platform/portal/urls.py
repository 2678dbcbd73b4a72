"""A company's pages. Of allauth's, only those this product has, under allauth's names."""

from allauth.account import views as account
from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from portal import again, home, logo, sign_in, slack, style
from portal.barriers import page as barriers
from portal.calibration import page as calibration
from portal.calibration import writes as calibrating
from portal.links import answers, calendars, reputations, unsubscribing
from portal.my_data import pages as my_data
from portal.own_settings import languages, my_settings
from portal.path import files, my_path, offers, steps
from portal.people import pauses, sheet, sightings, suggestions
from portal.self_check import pages as self_check
from portal.sign_up.welcome import welcome
from portal.single_sign_on import urls as single_sign_on
from portal.team import page as team
from portal.week import page as week
from portal.week import writes

urlpatterns = [
    path("", home.home, name="home"),
    path("again/", again.again, name="again"),
    path("logo/<str:name>", logo.logo, name="logo"),
    path("week/", week.week, name="week"),
    path("week/<uuid:uid>/answer", writes.answer_item, name="answer_item"),
    path("week/<uuid:uid>/answer/back", writes.take_back_answer, name="answer_back"),
    path("week/<uuid:uid>/talk", writes.talk, name="week_talk"),
    path("week/<uuid:uid>/talk/back", writes.take_back_talk, name="week_talk_back"),
    path("week/<uuid:uid>/note", writes.write_note, name="week_note"),
    path("week/<uuid:uid>/prompt", writes.another_prompt, name="week_prompt"),
    path("week/<uuid:uid>/prompt/back", writes.prompt_before, name="week_prompt_back"),
    path("team/", team.team, name="team"),
    path("team/<uuid:uid>/", team.team_below, name="team_below"),
    path("team/people/<uuid:uid>/", sheet.person, name="person"),
    path("team/people/<uuid:uid>/seen", sightings.seen, name="person_seen"),
    path("team/people/<uuid:uid>/seen/back", sightings.unseen, name="person_unseen"),
    path("team/people/<uuid:uid>/suggest", suggestions.suggest, name="person_suggest"),
    path("team/people/<uuid:uid>/suggest/back", suggestions.unsuggest, name="person_unsuggest"),
    path("team/people/<uuid:uid>/pause", pauses.pause, name="person_pause"),
    path("team/people/<uuid:uid>/resume", pauses.resume, name="person_resume"),
    path("barriers/", barriers.barriers, name="barriers"),
    path("barriers/<uuid:uid>/standing", barriers.standing, name="barrier_standing"),
    path("calibration/<uuid:uid>/", calibration.calibration, name="calibration"),
    path("calibration/<uuid:uid>/levels", calibrating.levels, name="calibration_levels"),
    path("calibration/<uuid:uid>/done", calibrating.done, name="calibration_done"),
    path("path/", my_path.my_path, name="my_path"),
    path("path/<uuid:uid>/", steps.step, name="step"),
    path("path/<uuid:uid>/start", steps.start, name="step_start"),
    path("path/<uuid:uid>/done", steps.done, name="step_done"),
    path("path/<uuid:uid>/undo", steps.undo, name="step_undo"),
    path("path/<uuid:uid>/intention", steps.intention, name="step_intention"),
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
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/download", my_data.download, name="my_data_download"),
    path("settings/", my_settings.my_settings, name="my_settings"),
    path("settings/resume", my_settings.resume, name="settings_resume"),
    path("settings/language", languages.choose_language, name="settings_language"),
    path("settings/calendar", my_settings.calendar, name="settings_calendar"),
    path("slack/actions", slack.slack_actions, name="slack_actions"),
    path("welcome/<str:token>", sign_in.with_passwords(welcome), name="welcome"),
    path("accounts/login/", sign_in.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path(
        "accounts/password/reset/",
        sign_in.with_passwords(account.password_reset),
        name="account_reset_password",
    ),
    path(
        "accounts/password/reset/confirm/",
        sign_in.with_passwords(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "accounts/password/reset/complete/",
        sign_in.with_passwords(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "accounts/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    *single_sign_on.urlpatterns,
    # allauth writes this address into mail to unknown people; nobody signs up by themselves
    path(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
]

if not settings.PRODUCTION:
    urlpatterns += [path("style/", style.style, name="style")]
