"""A small register, news and plans with the facts of the old portal, and what people type to find them, judged.

Judged by hand: 3 is what was meant, 2 helps, 1 has to do with it. What is not named has nothing to do with it.
"""

import datetime

from articles.models import PlanTask, Unit

day = datetime.date

# key: (reference, type, subject, issuers, issued on, expires on, full text)
DOCUMENTS = {
    "18-CT": ("18-CT/TU", "chi-thi", "Tăng cường sự lãnh đạo đối với công tác dân vận trong cơ quan hành chính nhà nước", ["Tỉnh ủy Lào Cai"], day(2016, 9, 15), None, "<p>Cấp ủy, chính quyền nâng cao trách nhiệm tiếp công dân, đối thoại với Nhân dân.</p>"),
    "18-KH": ("18-KH/TU", "ke-hoach", "Triển khai Kết luận 120-KL/TW về quy chế dân chủ ở cơ sở", ["Tỉnh ủy Lào Cai"], day(2016, 3, 4), None, "<p>Thực hiện dân chủ ở xã, phường, thị trấn.</p>"),
    "16-CT": ("16-CT/TTg", "chi-thi", "Tiếp tục tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước", ["Thủ tướng Chính phủ"], day(2016, 5, 16), None, ""),
    "33-CT": ("33-CT/TU", "chi-thi", "Phòng, chống tảo hôn và hôn nhân cận huyết thống", ["Tỉnh ủy Lào Cai"], day(2017, 10, 30), None, "<p>Tuyên truyền Luật Hôn nhân và gia đình ở thôn, bản.</p>"),
    "120-KL": ("120-KL/TW", "ket-luan", "Tiếp tục đẩy mạnh, nâng cao chất lượng thực hiện quy chế dân chủ ở cơ sở", ["Bộ Chính trị"], day(2016, 1, 7), None, ""),
    "52-CT": ("52-CT/TW", "chi-thi", "Nâng cao đời sống văn hóa tinh thần cho công nhân lao động khu công nghiệp", ["Ban Bí thư"], day(2016, 1, 9), None, ""),
    "61-KL": ("61-KL/TW", "ket-luan", "Đề án nâng cao vai trò, trách nhiệm của Hội Nông dân Việt Nam", ["Ban Bí thư"], day(2009, 12, 3), None, ""),
    "40-CT": ("40-CT/TU", "chi-thi", "Tăng cường công tác dân tộc trong tình hình mới", ["Tỉnh ủy Lào Cai"], day(2014, 3, 28), None, ""),
    "09-CT": ("09-CT/TU", "chi-thi", "Ngăn chặn tình trạng di cư tự do", ["Tỉnh ủy Lào Cai"], day(2011, 4, 19), None, "<p>Quản lý hộ khẩu, tạm trú ở biên giới.</p>"),
    "17-CT": ("17-CT/TU", "chi-thi", "Chăm sóc và phát huy vai trò người cao tuổi", ["Tỉnh ủy Lào Cai"], day(2016, 7, 15), None, ""),
    "17-DA": ("17-ĐA/TU", "de-an", "Nâng cao chất lượng công tác chính trị tư tưởng giai đoạn 2020–2025", ["Tỉnh ủy Lào Cai"], None, None, ""),
    "18-CT-TW": ("18-CT/TW", "chi-thi", "Công tác tôn giáo trong tình hình mới", ["Bộ Chính trị"], day(2018, 1, 10), None, ""),
    "30-ND": ("30/2020/NĐ-CP", "nghi-dinh", "Công tác văn thư", ["Chính phủ"], day(2020, 3, 5), None, "<p>Thể thức và kỹ thuật trình bày văn bản hành chính.</p>"),
    "42-ND": ("42/2022/NĐ-CP", "nghi-dinh", "Cung cấp thông tin và dịch vụ công trực tuyến của cơ quan nhà nước trên "
                                            "môi trường mạng", ["Chính phủ"], day(2022, 6, 24), day(2026, 7, 1), ""),
    "224-ND": ("224/2026/NĐ-CP", "nghi-dinh", "Cung cấp thông tin và dịch vụ công trực tuyến của cơ quan nhà nước "
                                              "trên môi trường mạng", ["Chính phủ"], day(2026, 5, 20), None, ""),
    "1-KH": ("01-KH/BDVTU", "ke-hoach", "Phong trào thi đua dân vận khéo năm 2021", ["Ban Dân vận Tỉnh ủy"], day(2021, 1, 12), None, ""),
    "399-QD": ("399-QĐ/TW", "quy-dinh", "Thể loại, thẩm quyền ban hành và thể thức văn bản của Đảng", ["Ban Bí thư"], day(2026, 1, 9), None, ""),
    "66-QD": ("66-QĐ/TW", "quy-dinh", "Thể loại, thẩm quyền ban hành và thể thức văn bản của Đảng", ["Ban Bí thư"], day(2017, 2, 6), day(2026, 1, 9), ""),
}  # fmt: skip
# key: (title, lead, text, tags)
ARTICLES = {
    "tin-6-thang": ("Kết quả công tác dân vận sáu tháng đầu năm 2021", "Toàn tỉnh tổ chức 176 cuộc tiếp xúc, đối "
                                                                       "thoại với 10.948 lượt người tham gia.", "<p>Các cấp tổ chức tiếp xúc, đối thoại trực tiếp giữa người đứng đầu với Nhân dân.</p>", ["đối thoại", "dân vận khéo"]),
    "tin-ban-lien": ("Xã Bản Liền ra quân làm đường giao thông nông thôn", "Bà con hiến đất, góp công mở rộng tuyến "
                                                                           "đường liên thôn.", "<p>Mô hình dân vận khéo của xã Bản Liền.</p>", ["dân vận khéo", "nông thôn mới"]),
    "tin-chuyen-doi-so": ("Tổ công nghệ số cộng đồng giúp bà con dùng dịch vụ công", "Chuyển đổi số về đến từng thôn.", "<p>Hướng dẫn nộp hồ sơ trực tuyến.</p>", ["chuyển đổi số"]),
    "tin-hoi-nghi": ("Hội nghị giao ban công tác dân vận quý III", "Ban Dân vận Tỉnh ủy giao ban với các huyện.", "<p>Đánh giá việc thực hiện Chỉ thị 18-CT/TU.</p>", ["giao ban"]),
    "tin-ton-giao": ("Gặp mặt chức sắc tôn giáo nhân dịp Noel", "Lãnh đạo tỉnh chúc mừng đồng bào Công giáo.", "<p>Giáo xứ Lào Cai và Sa Pa.</p>", ["tôn giáo"]),
    "tin-tao-hon": ("Mường Khương giảm tảo hôn nhờ già làng", "Số cặp tảo hôn giảm một nửa so với năm trước.", "<p>Già làng, trưởng bản vận động từng nhà.</p>", ["tảo hôn"]),
}  # fmt: skip
# key: (title, period, tasks: title, lead unit, supporting units, deliverable)
PLANS = {
    "kh-2021-h2": ("Nhiệm vụ trọng tâm sáu tháng cuối năm 2021", "2021-H2", [("Rà soát quy chế dân chủ cơ sở", "Phòng Dân chủ", ["Sở Nội vụ"], "Báo cáo rà soát"), ("Tập huấn cán bộ dân vận xã", "Văn phòng Ban", ["Trường Chính trị tỉnh"], "Lớp tập huấn")]),
    "kh-2022": ("Chương trình công tác năm 2022", "2022", [("Khảo sát đời sống người cao tuổi", "Phòng Đoàn thể", ["Hội Người cao tuổi"], "Phiếu khảo sát"), ("Xây dựng cẩm nang tuyên truyền biên giới", "Văn phòng Ban", ["Bộ đội Biên phòng"], "Cẩm nang song ngữ")]),
}  # fmt: skip

JUDGED = [
    # References, in the spellings of the wild.
    ("18-CT/TU", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("18 - CT/TU", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("18–CT/TU", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("18ct/tu", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("18CT/TU", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("18-ct/tu", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("Chỉ thị số 18-CT/TU ngày 15/9/2016", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("Chỉ thị số 18-CT/TU, ngày 15 tháng 9 năm 2016 của Tỉnh ủy", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("chi thi so 18-ct/tu ngay 15-9-2016", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("Chỉ thị 18-CT/TU của Tỉnh ủy Lào Cai", {"18-CT": 3, "tin-hoi-nghi": 1}),
    ("chỉ thị 18 của tỉnh ủy", {"18-CT": 3, "18-CT-TW": 1}),
    ("chỉ thị 18", {"18-CT": 3, "18-CT-TW": 3}),
    ("chi thi 18", {"18-CT": 3, "18-CT-TW": 3}),
    ("ct18", {"18-CT": 3, "18-CT-TW": 3}),
    ("CT 18", {"18-CT": 3, "18-CT-TW": 3}),
    ("18-CT/TW", {"18-CT-TW": 3}),
    ("Chỉ thị 18 - CT/TW về công tác tôn giáo", {"18-CT-TW": 3, "tin-ton-giao": 1}),
    ("18-KH/TU", {"18-KH": 3}),
    ("kế hoạch 18", {"18-KH": 3}),
    ("kh18", {"18-KH": 3}),
    ("Kế hoạch số 18-KH/TU ngày 04/3/2016", {"18-KH": 3}),
    ("16-CT/TTg", {"16-CT": 3}),
    ("16/CT-TTg", {"16-CT": 3}),
    ("chỉ thị 16 của thủ tướng", {"16-CT": 3}),
    ("16-CT/TTG", {"16-CT": 3}),
    ("33-CT/TU", {"33-CT": 3}),
    ("120-KL/TW", {"120-KL": 3, "18-KH": 2}),
    ("120 - KL/TW", {"120-KL": 3, "18-KH": 2}),
    ("kết luận 120", {"120-KL": 3, "18-KH": 2}),
    ("Kết luận số 120-KL/TW ngày 7/01/2016 của Bộ Chính trị", {"120-KL": 3, "18-KH": 1}),
    ("kl120", {"120-KL": 3, "18-KH": 1}),
    ("52-CT/TW", {"52-CT": 3}),
    ("61-KL/TW", {"61-KL": 3}),
    ("40-CT/TU", {"40-CT": 3}),
    ("9-CT/TU", {"09-CT": 3}),
    ("09-CT/TU", {"09-CT": 3}),
    ("chỉ thị 9 tỉnh ủy", {"09-CT": 3}),
    ("ct09", {"09-CT": 3}),
    ("17-ĐA/TU", {"17-DA": 3}),
    ("17 - DA/TU", {"17-DA": 3}),
    ("đề án 17", {"17-DA": 3}),
    ("Chỉ thị số 17", {"17-CT": 3}),
    ("Nghị định số 30/2020/NĐ-CP", {"30-ND": 3}),
    ("30/2020/nđ-cp", {"30-ND": 3}),
    ("nghị định 30/2020", {"30-ND": 3}),
    ("nđ 30/2020", {"30-ND": 3}),
    ("nd30", {"30-ND": 3}),
    ("nghị định 30", {"30-ND": 3}),
    ("ND 42", {"42-ND": 3}),
    ("42/2022/NĐ-CP", {"42-ND": 3}),
    ("Nghị định 224/2026/NĐ-CP", {"224-ND": 3}),
    ("399-QĐ/TW", {"399-QD": 3}),
    ("qđ 66", {"66-QD": 3}),
    ("Qui định 66-QĐ/TW", {"66-QD": 3}),
    ("01-KH/BDVTU", {"1-KH": 3}),
    ("1-KH/BDVTU", {"1-KH": 3}),
    # Subjects.
    ("văn thư", {"30-ND": 3}),
    ("cong tac van thu", {"30-ND": 3}),
    ("thể thức văn bản của Đảng", {"399-QD": 3, "66-QD": 2, "30-ND": 1}),
    ("the thuc van ban dang", {"399-QD": 3, "66-QD": 2, "30-ND": 1}),
    ("dịch vụ công trực tuyến", {"224-ND": 3, "42-ND": 2, "tin-chuyen-doi-so": 1}),
    ("tảo hôn", {"33-CT": 3, "tin-tao-hon": 3}),
    ("tao hon", {"33-CT": 3, "tin-tao-hon": 3}),
    ("chỉ thị về tảo hôn", {"33-CT": 3, "tin-tao-hon": 1}),
    ("hôn nhân cận huyết", {"33-CT": 3}),
    ("di cư tự do", {"09-CT": 3}),
    ("người cao tuổi", {"17-CT": 3, "kh-2022": 2}),
    ("chỉ thị người cao tuổi", {"17-CT": 3, "kh-2022": 1}),
    ("tôn giáo", {"18-CT-TW": 3, "tin-ton-giao": 3}),
    ("công tác dân tộc", {"40-CT": 3}),
    ("hội nông dân", {"61-KL": 3}),
    ("quy chế dân chủ cơ sở", {"120-KL": 3, "18-KH": 3, "kh-2021-h2": 3}),
    ("qui che dan chu", {"120-KL": 3, "18-KH": 3, "kh-2021-h2": 2}),
    ("dân vận khéo", {"1-KH": 3, "tin-ban-lien": 2, "tin-6-thang": 2}),
    ("dan van kheo", {"1-KH": 3, "tin-ban-lien": 2, "tin-6-thang": 2}),
    ("công tác dân vận cơ quan hành chính nhà nước", {"18-CT": 3, "16-CT": 3}),
    ("chính trị tư tưởng", {"17-DA": 3}),
    ("đời sống văn hóa công nhân", {"52-CT": 3}),
    # News and plans.
    ("10948", {"tin-6-thang": 3}),
    ("10.948 lượt", {"tin-6-thang": 3}),
    ("176 cuộc tiếp xúc đối thoại", {"tin-6-thang": 3}),
    ("đối thoại với nhân dân", {"18-CT": 2, "tin-6-thang": 3}),
    ("chuyển đổi số", {"tin-chuyen-doi-so": 3}),
    ("Bản Liền", {"tin-ban-lien": 3}),
    ("ban lien lam duong", {"tin-ban-lien": 3}),
    ("giao ban quý III", {"tin-hoi-nghi": 3}),
    ("Sở Nội vụ", {"kh-2021-h2": 3}),
    ("Trường Chính trị tỉnh", {"kh-2021-h2": 3}),
    ("cẩm nang song ngữ", {"kh-2022": 3}),
    ("bộ đội biên phòng", {"kh-2022": 3}),
    ("6 tháng cuối năm 2021", {"kh-2021-h2": 3}),
    ("chương trình công tác năm 2022", {"kh-2022": 3}),
    # Words that no page has beside those that some have.
    ("tảo hôn ở huyện Bát Xát", {"33-CT": 2, "tin-tao-hon": 3}),
    ("chỉ thị phòng chống tảo hôn năm 2019", {"33-CT": 3, "tin-tao-hon": 1}),
    ("làm đường giao thông nông thôn xã Nậm Đét", {"tin-ban-lien": 3}),
    ("hướng dẫn công tác văn thư lưu trữ", {"30-ND": 3}),
]  # fmt: skip


def make(office):
    """Puts everything live and gives the pages' ids by key."""
    made = {}
    for key, (printed, kind, subject, issuers, issued, expires, body) in DOCUMENTS.items():
        page = office.directive(
            printed,
            kind,
            issuers,
            subject=subject,
            issued_on=issued,
            effective_on=issued,
            expires_on=expires,
            body=body,
        )
        made[key] = office.put_live(office.documents, page).pk
    for key, (title, lead, text, tags) in ARTICLES.items():
        page = office.article(title, lead=lead, body=[("paragraph", text)])
        page.tags.set(tags)
        made[key] = office.put_live(office.news, page).pk
    for key, (title, period, tasks) in PLANS.items():
        page = office.plan(title, period)
        page.tasks = []
        for name, lead, supporting, deliverable in tasks:
            task = PlanTask(title=name, lead_unit=_unit(lead), deliverable=deliverable)
            task.supporting_units = [_unit(unit) for unit in supporting]
            page.tasks.add(task)
        made[key] = office.put_live(office.plans, page).pk
    return made


def _unit(name):
    return Unit.objects.get_or_create(name=name)[0]
