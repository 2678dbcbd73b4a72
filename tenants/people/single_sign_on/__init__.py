"""A company's own sign-in: OpenID Connect or SAML, set up by its owner, spoken by allauth.

Who signs in so is somebody the company already has, found by what its provider vouches for.
Nobody comes into being by it, and a connection that is not on signs nobody in.
"""
