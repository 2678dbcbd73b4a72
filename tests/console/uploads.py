"""What these tests upload, and how a browser walks through an import."""

from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from tenants.people import tasks
from tenants.people.models import PeopleFile

IMPORT = "/admin/people/person/import/"
CSV = """\
Employee #,First Name,Last Name,Work Email,Hire Date,Salary
1,Uma,Berg,uma@acme.example,2024-03-01,90000
2,Ivo,Lund,nonsense,2024-03-01,80000
3,"=Eve",Moss,eve@acme.example,soon,70000
"""


def uploaded(client: Any, content: str | bytes = CSV, **fields: Any) -> Any:
    """The answer to uploading a file."""
    body = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", body)
    return client.post(IMPORT, {"file": file, "mode": "partial", **fields})


def proposed(client: Any, columns: str) -> dict[str, str]:
    """What a browser sends back of the columns as they are proposed."""
    form = client.get(columns).context["form"]
    return dict(zip(form.fields, form.chosen, strict=True))


def previewed(client: Any, content: str | bytes = CSV, **fields: Any) -> str:
    """Upload and take the columns as proposed: the address of the preview."""
    columns = uploaded(client, content, **fields).headers["Location"]
    answer = client.post(columns, proposed(client, columns))
    address = str(urlsplit(answer.headers["Location"]).path)
    assert address.endswith("/preview/"), answer
    return address


def imported(client: Any, preview: str, **fields: Any) -> Any:
    """The page after the worker has done it."""
    uid = client.get(preview).context["run"].uid
    answer = client.post(preview, {"preview": uid, **fields})
    file = PeopleFile.objects.latest("uploaded_at")
    assert file.run, answer
    tasks.run_sync(str(file.run.uid))
    return client.get(answer.headers["Location"])
