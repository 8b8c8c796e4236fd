"""What a browser sends for a form that it was given."""

from bs4 import BeautifulSoup


def filled(response, containing):
    """Return the data of the form on a page that has a field of the name `containing`, as a browser would send it
    untouched.
    """
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.find(attrs={"name": containing}).find_parent("form")
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "file"):
            continue
        if field.name == "select":
            values = [option["value"] for option in field.find_all("option", selected=True)]
        elif kind in ("checkbox", "radio"):
            values = [field.get("value", "on")] if field.has_attr("checked") else []
        else:
            values = [field.text if field.name == "textarea" else field.get("value", "")]
        data.setdefault(name, []).extend(values)
    return {name: values for name, values in data.items() if values}
