"""Addresses of the employer's room, of one's own ties, of claim cards and of invitations."""

from django.urls import URLPattern, URLResolver, path

from learning.employers.views import claims, dashboard, invited, organisation, people, ties, uploads

app_name = "employers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", dashboard.home, name="home"),
    path("mijn/", ties.mine, name="ties"),
    path("mijn/<uuid:tie>/accepteren/", ties.accept, name="tie_accept"),
    path("mijn/<uuid:tie>/afwijzen/", ties.decline, name="tie_decline"),
    path("mijn/<uuid:tie>/beeindigen/", ties.end, name="tie_end"),
    path("<uuid:org>/", dashboard.dashboard, name="dashboard"),
    path("<uuid:org>/overzicht.csv", dashboard.export_csv, name="export_csv"),
    path("<uuid:org>/overzicht.xlsx", dashboard.export_xlsx, name="export_xlsx"),
    path("<uuid:org>/mensen/", people.people, name="people"),
    path("<uuid:org>/mensen/nieuw/", people.add, name="person_add"),
    path("<uuid:org>/mensen/uitnodigen/", people.invite_all, name="invite_all"),
    path("<uuid:org>/mensen/kaarten/", people.cards, name="cards"),
    path("<uuid:org>/mensen/<uuid:person>/", people.person, name="person"),
    path("<uuid:org>/mensen/<uuid:person>/team/", people.move, name="person_move"),
    path("<uuid:org>/mensen/<uuid:person>/einde/", people.end, name="person_end"),
    path("<uuid:org>/mensen/<uuid:person>/terug/", people.reopen, name="person_reopen"),
    path("<uuid:org>/mensen/<uuid:person>/uitnodigen/", people.invite, name="person_invite"),
    path("<uuid:org>/mensen/<uuid:person>/kaart/", people.card, name="person_card"),
    path("<uuid:org>/mensen/<uuid:person>/pin/", people.reset_pin, name="reset_pin"),
    path("<uuid:org>/upload/", uploads.upload, name="upload"),
    path("<uuid:org>/upload/<uuid:upload>/", uploads.check, name="upload_check"),
    path("<uuid:org>/upload/<uuid:upload>/verwerken/", uploads.confirm, name="upload_confirm"),
    path("<uuid:org>/upload/<uuid:upload>/fouten.csv", uploads.faulty_rows, name="upload_faults"),
    path("<uuid:org>/teams/", organisation.teams, name="teams"),
    path("<uuid:org>/teams/<uuid:team>/", organisation.team, name="team"),
    path("<uuid:org>/teams/<uuid:team>/weg/", organisation.remove_team, name="team_remove"),
    path("<uuid:org>/opdrachten/", organisation.assignments, name="assignments"),
    path("<uuid:org>/opdrachten/nieuw/", organisation.assign, name="assign"),
    path("<uuid:org>/opdrachten/<uuid:assignment>/einde/", organisation.end_assignment, name="assignment_end"),
    path("<uuid:org>/beheerders/", organisation.managers, name="managers"),
    path("<uuid:org>/beheerders/<int:manager>/weg/", organisation.remove_manager, name="manager_remove"),
    path("<uuid:org>/namen/", organisation.consent, name="consent"),
    path("<uuid:org>/namen/intrekken/", organisation.withdraw_consent, name="consent_withdraw"),
]
claim_patterns: list[URLPattern | URLResolver] = [
    path("", claims.enter, name="enter"),
    path("<str:code>", claims.start, name="start"),
]
invitation_patterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", invited.invitation, name="accept"),
    path("beheer/<str:token>/", invited.manager_invitation, name="manage"),
]
