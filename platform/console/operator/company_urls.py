"""What an operator finds on a company's host: the way in, and the way out."""

from django.urls import path

from console.operator.impersonating import entrance

urlpatterns = [
    path("end", entrance.end, name="operator_end"),
    path("over/", entrance.over, name="operator_over"),
    path("look/<str:token>", entrance.entrance, name="operator_entrance"),
]
