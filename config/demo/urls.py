from django.urls import URLPattern, URLResolver, path

from config.demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("mail/", views.mail, name="mail"),
    path("mail/<slug:name>/", views.message, name="message"),
    path("mail/<slug:name>/html/", views.message_html, name="message_html"),
]
