"""People and pages for an installation that is tried: `python -m tests.reliability.content WAITING LIVE EDITORS`.

Prints as JSON the ids of articles that wait for the approver, of live ones, of drafts (one for each editor), the names
of the editors, and a session of everybody.
"""

import json
import sys

import django


def main(waiting, live, editors):
    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group
    from django.test import Client

    from cms.accounts.models import User
    from cms.accounts.roles import EDITOR, GROUPS, REVIEWER
    from tests.factories import Office
    from tests.installation import PASSWORD

    people = {role: User.objects.filter(username=role).first() for role in GROUPS}
    office = Office(people if all(people.values()) else None)
    names = [f"editor{number}" for number in range(editors)]
    role = Group.objects.get(name=GROUPS[EDITOR])
    for name in names:
        User.objects.create(username=name, email=f"{name}@example.org", full_name=name).groups.add(role)
    # Made once, it takes its time on purpose; and who is logged in stays so.
    made = User.objects.all() if not all(people.values()) else User.objects.filter(username__in=names)
    made.update(password=make_password(PASSWORD))
    found = {"waiting": [], "live": [], "drafts": [], "editors": names}
    for number in range(waiting):
        page = office.draft(office.news, office.article(f"Tin chờ duyệt {number}"))
        office.submit(page)
        office.decide(page, REVIEWER)
        found["waiting"].append(page.pk)
    for number in range(live):
        found["live"].append(office.publish(office.news, office.article(f"Tin đã đăng {number}")).pk)
    for name in names:
        user = User.objects.get(username=name)
        found["drafts"].append(office.draft(office.news, office.article(f"Nháp của {name}"), user).pk)
    found["sessions"] = {}
    for user in User.objects.filter(is_active=True):
        client = Client()
        client.force_login(user)
        found["sessions"][user.username] = client.cookies["sessionid"].value
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
