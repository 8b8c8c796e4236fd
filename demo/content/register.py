"""The register of the demo."""

CATEGORIES = [
    "Tin hoạt động",
    "Dân vận chính quyền",
    "Dân vận khéo",
    "Dân tộc – Tôn giáo",
    "Quy chế dân chủ cơ sở",
]

SECTORS = [
    "Dân vận chính quyền",
    "Dân tộc",
    "Tôn giáo",
    "Dân chủ cơ sở",
    "Đoàn thể",
    "Văn thư",
    "Thông tin, truyền thông",
]

# (name, code, level, from, until, predecessors, other names)
ISSUERS = [
    ("Tỉnh ủy", "TU", "province", None, None, [], ["Tỉnh ủy Lào Cai", "Ban Chấp hành Đảng bộ tỉnh"]),
    ("Ban Chấp hành Trung ương", "TW", "central", None, None, [], ["BCH Trung ương"]),
    ("Bộ Chính trị", "TW", "central", None, None, [], []),
    ("Ban Bí thư", "TW", "central", None, None, [], ["Ban Bí thư TW"]),
    ("Văn phòng Trung ương Đảng", "VPTW", "central", None, None, [], []),
    ("Thủ tướng Chính phủ", "TTg", "central", None, None, [], []),
    ("Chính phủ", "CP", "central", None, None, [], []),
    ("Quốc hội", "QH15", "central", None, None, [], []),
    ("Ban Dân vận Tỉnh ủy", "BDVTU", "province", None, None, [], ["Ban Dân vận"]),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "BTGDVTU", "province", None, None, ["Ban Dân vận Tỉnh ủy"], []),
]

UNITS = [
    ("Ban Dân vận Tỉnh ủy", "BDVTU"),
    ("Phòng Dân vận cơ quan nhà nước", ""),
    ("Phòng Dân tộc – Tôn giáo", ""),
    ("Phòng Đoàn thể và các hội", ""),
    ("Văn phòng Ban", ""),
    ("Mặt trận Tổ quốc tỉnh", "MTTQ"),
]
