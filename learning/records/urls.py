from django.urls import URLPattern, URLResolver, path

from learning.records import checking, views

app_name = "records"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.my_modules, name="mine"),
    path("toets/<slug:slug>/", views.quiz, name="quiz"),
    path("toets/<slug:slug>/vraag/", views.question, name="question"),
    path("uitslag/<uuid:attempt_id>/", views.result, name="result"),
    path("certificaat/<str:code>.pdf", views.certificate_pdf, name="certificate_pdf"),
]
certificate_patterns: list[URLPattern | URLResolver] = [
    path("", checking.lookup, name="lookup"),
    path("<str:code>", checking.check, name="check"),
]
