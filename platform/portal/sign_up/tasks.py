"""What a worker does for the public pages: mail, and setting companies up."""

from celery import shared_task

from portal.sign_up import provisioning, whereabouts
from portal.sign_up.mails import send_code as send_code_mail
from reinforcement.channels.mail.retrying import Retried
from tenants.companies.actions import forget_sign_ups, issue_code
from tenants.companies.actions.provisioning import SET_UP
from tenants.companies.models import SignUp
from tenants.companies.tasks import PublicTask


class MailTask(Retried, PublicTask):
    abstract = True


@shared_task(base=PublicTask)
def tick() -> None:
    """Cheap where nothing is due."""
    provisioning.take_up_runs()
    forget_sign_ups()


@shared_task(base=MailTask)
def send_code(uid: str) -> None:
    """Another code each time, so that none has to wait in the queue for all to read."""
    if sign_up := SignUp.objects.filter(uid=uid).first():
        send_code_mail(sign_up, issue_code(sign_up=sign_up))


@shared_task(base=MailTask, name=SET_UP)
def provision(uid: str) -> None:
    provisioning.set_up(uid)


@shared_task(base=MailTask)
def tell_companies(email: str, language: str) -> None:
    whereabouts.tell_companies(email, language)
