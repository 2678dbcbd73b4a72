"""A webhook's address as Workflows makes them; who has the signature may post."""

SECRET = "Nu02pUVfJ6i-xTb3IG6VO4h"
WORKFLOW = (
    "https://default1.a.environment.api.powerplatform.com:443/powerautomate/automations/direct"
    "/workflows/6f1c/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun"
    f"&sv=1.0&sig={SECRET}"
)
