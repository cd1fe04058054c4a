"""Sign-in and sign-out, by password or by provider, and one's own account.

Names with an underscore are the sign-in library's: it looks its ways up by them.
"""

from django.urls import path

from uppsikt.web.accounts import providers, step_views, views

urlpatterns = [
    path("logga-in/", views.SignIn.as_view(), name="login"),
    path("logga-in/", views.SignIn.as_view(), name="account_login"),
    path("logga-in/kod/", step_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("logga-in/med/<str:protocol>/", providers.to_provider, name="provider"),
    path("logga-in/oidc/<slug:provider_id>/", providers.oidc_answer, name="openid_connect_callback"),
    path("logga-in/saml/<slug:organization_slug>/acs/", providers.saml("acs"), name="saml_acs"),
    path("logga-in/saml/<slug:organization_slug>/klar/", providers.saml("finish_acs"), name="saml_finish_acs"),
    path("logga-in/saml/<slug:organization_slug>/utloggad/", providers.saml("sls"), name="saml_sls"),
    path("logga-in/saml/<slug:organization_slug>/metadata/", providers.saml("metadata"), name="saml_metadata"),
    path("logga-ut/", views.SignOut.as_view(), name="logout"),
    path("konto/", views.account, name="account"),
    path("konto/", views.account, name="mfa_index"),
    path("konto/losenord/", views.own_password, name="account-password"),
    path("konto/bekrafta/", step_views.Confirm.as_view(), name="account_reauthenticate"),
    path("konto/bekrafta/kod/", step_views.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("konto/bekrafta/nyckel/", step_views.ConfirmByKey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("konto/nyckel/", step_views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("konto/nyckel/<int:pk>/bort/", step_views.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("konto/tva-steg/", step_views.TurnOn.as_view(), name="mfa_activate_totp"),
    path("konto/tva-steg/av/", step_views.TurnOff.as_view(), name="mfa_deactivate_totp"),
    path("konto/reservkoder/", step_views.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("konto/reservkoder/nya/", step_views.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
]
