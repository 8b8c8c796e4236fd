"""The four roles: names of their groups, in the language of the office."""

EDITOR = "editor"
REVIEWER = "reviewer"
APPROVER = "approver"
ADMIN = "admin"

# Group names are content, not interface: one fixed spelling that workflows and rights refer to.
GROUPS = {
    EDITOR: "Biên tập viên",
    REVIEWER: "Thẩm định",
    APPROVER: "Người duyệt",
    ADMIN: "Quản trị viên",
}
