"""Addresses of conversations, letters and how they are sent, the outbox, and addresses that want no mail."""

from django.urls import URLPattern, path

from assay.app.messaging.pages import desk, files, settings, templates, unsubscribing, writing

app_name = "messaging"
urlpatterns: list[URLPattern] = [
    path("applications/<int:application_id>/messages", writing.of_application, name="of_application"),
    path("applications/<int:application_id>/messages/send", writing.send, name="send"),
    path("applications/<int:application_id>/messages/preview", writing.preview, name="preview"),
    path("applications/<int:application_id>/messages/draft", writing.draft, name="draft"),
    path("applications/<int:application_id>/messages/discard", writing.discard, name="discard"),
    path("applications/<int:application_id>/messages/<int:message_id>/call-back", writing.call_back, name="call_back"),
    path("threads/<int:thread_id>/no-answer", files.no_answer, name="no_answer"),
    path("messages/", desk.desk, name="messages"),
    path("messages/<int:message_id>/file", files.file, name="file"),
    path("messages/<int:message_id>/original", files.original, name="original"),
    path("messages/<int:message_id>/document", files.to_document, name="to_document"),
    path("messages/<int:message_id>/settle", files.settle, name="settle"),
    path("messages/outbox/<int:letter_id>/again", desk.again, name="again"),
    path("messages/outbox/<int:letter_id>/arrived", desk.arrived, name="arrived"),
    path("messages/unmatched/<int:mail_id>/place", desk.place, name="place"),
    path("messages/unmatched/<int:mail_id>/away", desk.away, name="away"),
    path("messages/unmatched/<int:mail_id>/original", desk.unmatched_original, name="unmatched_original"),
    path("settings/templates/", templates.templates, name="templates"),
    path("settings/templates/<slug:template_key>/", templates.template, name="template"),
    path("settings/templates/<slug:template_key>/write", templates.write, name="write_template"),
    path("settings/templates/<slug:template_key>/shipped", templates.shipped, name="shipped_words"),
    path("settings/no-contact/", settings.no_contact, name="no_contact"),
    path("settings/no-contact/lift", settings.lift, name="lift_no_contact"),
    path("settings/sending/", settings.sending, name="settings"),
    path("account/signature/", settings.signature, name="signature"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
