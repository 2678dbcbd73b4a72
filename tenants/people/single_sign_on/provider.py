"""Where allauth looks for the providers an app brings: in this module, by this name."""

from tenants.people.single_sign_on.openid import CompanyOpenIDProvider
from tenants.people.single_sign_on.saml import CompanySAMLProvider

provider_classes = [CompanyOpenIDProvider, CompanySAMLProvider]
