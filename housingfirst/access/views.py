"""Login and logout. What people may do elsewhere is decided where it is done."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.utils.decorators import method_decorator


# The page on which one logs in is for those who have not.
@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    template_name = "access/login.html"
    redirect_authenticated_user = True


class Logout(LogoutView):
    pass
