"""What erasing somebody does to sign-in connections; their linked accounts go with them."""

from tenants.people.erasing.contributions import Erasure

ERASURE = Erasure(
    emptied={"single_sign_on.SignInConnection.tried_by"},
    stays={"single_sign_on.SignInConnection": "It says where the company signs in, not who."},
)
