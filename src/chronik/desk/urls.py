"""The addresses of the desk, all under /desk/."""

from django.urls import path

from chronik.desk.views import (
    account,
    articles,
    clips,
    dossiers,
    feeds,
    inbox,
    search,
    signing_in,
    sources,
    stories,
    versions,
)

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("enter/<str:secret>", signing_in.enter, name="enter"),
    path("articles/<str:article_id>/", articles.article, name="article"),
    path("articles/<str:article_id>/changes/", versions.changes, name="changes"),
    path("articles/<str:article_id>/clip/", articles.clip, name="clip"),
    path("articles/<str:article_id>/done/", articles.done, name="done"),
    path("articles/<str:article_id>/star/", articles.star, name="star"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("new-dossier/", dossiers.new_dossier, name="new-dossier"),
    path("dossiers/<str:slug>/", dossiers.dossier, name="dossier"),
    path("dossiers/<str:slug>/edit/", dossiers.edit, name="edit-dossier"),
    path("dossiers/<str:slug>/history/", dossiers.history, name="history"),
    path("dossiers/<str:slug>/entries/<str:entry_id>/", dossiers.mend, name="mend"),
    path("clips/<str:clip_id>/edit/", clips.edit, name="edit-clip"),
    path("clips/<str:clip_id>/move/", clips.move, name="move-clip"),
    path("clips/<str:clip_id>/remove/", clips.remove, name="remove-clip"),
    path("clips/<str:clip_id>/restore/", clips.restore, name="restore-clip"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/follow/", feeds.follow, name="follow"),
    path("feeds/stop/", feeds.stop, name="stop-feed"),
    path("feeds/again/", feeds.again, name="follow-again"),
    path("feeds/ask/", feeds.ask, name="ask-feed"),
    path("sources/", sources.sources, name="sources"),
    path("stories/<str:story_id>/", stories.story, name="story"),
    path("search/", search.search, name="search"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("language/", account.language, name="language"),
]
