"""Documents of the office itself.

They are invented, and each says so; the rules and directives that they rest on are real.

Those with `text` get a full text and a file in the official layout (`demo.official_pdf`); the others say why they have
none.
"""

from datetime import date, timedelta

BDV = "Ban Dân vận Tỉnh ủy"
BTGDV = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
HEAD = {"signs_for": "T/M", "position": "Trưởng Ban", "name": "Hoàng Minh Họa"}
DEPUTY = {"signs_for": "K/T", "position": "Phó Trưởng Ban", "name": "Vũ Thị Minh Họa"}
ILLUSTRATION = "Văn bản minh họa cho bản chạy thử của cổng, không có giá trị thi hành."

WITH_TEXT = [
    {
        "key": "03-QC/BDVTU",
        "type": "quy-che",
        "printed": "03-QC/BDVTU",
        "subject": "Quy chế làm việc của Ban Dân vận Tỉnh ủy",
        "issuers": [BDV],
        "issued_on": date(2019, 1, 15),
        "sector": "Văn thư",
        "signer": HEAD,
        "text": [
            ("Điều 1. Nguyên tắc", [
                "Tập thể lãnh đạo Ban bàn và quyết định theo đa số; mỗi việc có một người phụ trách và một thời hạn.",
                "Phòng nào chủ trì thì phòng đó trả lời, kể cả khi có phòng khác phối hợp.",
            ]),
            ("Điều 2. Chế độ họp", [
                "Lãnh đạo Ban họp giao ban sáng thứ hai hằng tuần; toàn cơ quan họp mỗi quý một lần.",
                "Kết luận cuộc họp được gửi trong hai ngày làm việc.",
            ]),
            ("Điều 3. Văn bản đi và đến", [
                "Văn thư đăng ký văn bản trong ngày nhận; văn bản khẩn được chuyển ngay.",
                "Văn bản đi do phòng chủ trì soạn, Văn phòng soát thể thức trước khi trình ký.",
            ]),
        ],
    },
    {
        "key": "02-HD/BDVTU",
        "type": "huong-dan",
        "printed": "02-HD/BDVTU",
        "subject": "Xây dựng và nhân rộng mô hình “Dân vận khéo”",
        "issuers": [BDV],
        "issued_on": date(2020, 2, 25),
        "sector": "Dân vận chính quyền",
        "relations": [("guides", "18-CT/TU", "full", "")],
        "signer": DEPUTY,
        "text": [
            ("1. Chọn việc", [
                "Mô hình xuất phát từ một việc cụ thể mà người dân trong thôn, bản thấy cần và làm được.",
                "Việc đang có chương trình khác hỗ trợ thì không đăng ký lại để tránh trùng lặp.",
            ]),
            ("2. Đăng ký và theo dõi", [
                "Khối dân vận xã gửi đăng ký trước ngày 31 tháng 3; mỗi mô hình có người phụ trách, mốc bắt đầu và "
                "cách đo kết quả.",
            ]),
            ("3. Nhân rộng", [
                "Mô hình chạy đủ sáu tháng và có kết quả kiểm tra được thì giới thiệu trên cổng thông tin của Ban.",
            ]),
        ],
    },
    {
        "key": "05-KH/BDVTU",
        "type": "ke-hoach",
        "printed": "05-KH/BDVTU",
        "subject": "Công tác dân vận năm 2021",
        "issuers": [BDV],
        "issued_on": date(2021, 1, 12),
        "sector": "Dân vận chính quyền",
        "relations": [("basis", "18-CT/TU", "full", ""), ("implements", "16-CT/TTg", "full", "")],
        "signer": HEAD,
        "text": [
            ("I. Mục đích", ["Đưa các chỉ thị về dân vận trong cơ quan hành chính thành việc có người chủ trì và thời "
                             "hạn."]),
            ("II. Nội dung", [
                "Tổ chức tiếp xúc, đối thoại ở ba cấp; ghi kết quả và trả lời kiến nghị.",
                "Tuyên truyền trước bầu cử đại biểu Quốc hội và hội đồng nhân dân các cấp.",
                "Biên soạn tài liệu cho cán bộ dân vận cơ sở.",
            ]),
            ("III. Tổ chức thực hiện", ["Các phòng báo cáo Văn phòng Ban trước ngày 20 của tháng cuối quý."]),
        ],
    },
    {
        "key": "12-QĐ/BDVTU",
        "type": "quyet-dinh",
        "printed": "12-QĐ/BDVTU",
        "subject": "Sửa đổi, bổ sung một số điều của Quy chế làm việc của Ban Dân vận Tỉnh ủy",
        "issuers": [BDV],
        "issued_on": date(2021, 3, 10),
        "sector": "Văn thư",
        "relations": [("amends", "03-QC/BDVTU", "partial", "Điều 2 và Điều 3")],
        "signer": HEAD,
        "text": [
            ("Điều 1.", [
                "Khoản 1 Điều 2 được sửa thành: lãnh đạo Ban họp giao ban sáng thứ hai, trực tiếp hoặc trực tuyến.",
                "Điều 3 thêm khoản: văn bản đến qua trục liên thông được đăng ký như văn bản giấy.",
            ]),
            ("Điều 2.", ["Quyết định này có hiệu lực từ ngày ký."]),
        ],
    },
    {
        "key": "31-KH/BDVTU",
        "type": "ke-hoach",
        "printed": "31-KH/BDVTU",
        "subject": "Công tác dân vận sáu tháng cuối năm 2021",
        "issuers": [BDV],
        "issued_on": date(2021, 6, 28),
        "sector": "Dân vận chính quyền",
        "relations": [("implements", "18-CT/TU", "full", ""), ("refers", "05-KH/BDVTU", "full", "")],
        "signer": DEPUTY,
        "text": [
            ("I. Năm nhóm việc", [
                "Nắm tình hình nhân dân, dân tộc, tôn giáo.",
                "Tham mưu sơ kết, tổng kết các văn bản về dân vận, dân tộc, tôn giáo.",
                "Thực hiện các chương trình phối hợp đã ký.",
                "Chuẩn bị hoạt động nhân 91 năm Ngày truyền thống công tác dân vận.",
                "Tham mưu hai Ban Chỉ đạo về công tác tôn giáo và quy chế dân chủ ở cơ sở.",
            ]),
            ("II. Công khai", ["Danh mục việc và tiến độ được đăng trên cổng thông tin của Ban."]),
        ],
    },
    {
        "key": "48-BC/BDVTU",
        "type": "bao-cao",
        "printed": "48-BC/BDVTU",
        "subject": "Kết quả công tác dân vận sáu tháng đầu năm 2021",
        "issuers": [BDV],
        "issued_on": date(2021, 6, 30),
        "sector": "Dân vận chính quyền",
        "relations": [("reviews", "05-KH/BDVTU", "partial", "sáu tháng đầu năm"), ("refers", "120-KL/TW", "full", "")],
        "signer": DEPUTY,
        "text": [
            ("I. Đã làm", [
                "Các cấp tổ chức 176 cuộc tiếp xúc, đối thoại với 10.948 người tham gia.",
                "09 hội nghị tuyên truyền về chính sách và 09 hội nghị trước bầu cử, mỗi loại chừng 1.300 lượt người.",
                "Biên soạn 02 cuốn tài liệu cho cơ sở.",
            ]),
            ("II. Hạn chế", ["Có nơi nắm tình hình và báo cáo còn chậm; khối dân vận cơ sở chưa đều tay."]),
        ],
    },
    {
        "key": "15-TB/BDVTU",
        "type": "thong-bao",
        "printed": "15-TB/BDVTU",
        "subject": "Phân công nhiệm vụ của lãnh đạo Ban và các phòng",
        "issuers": [BDV],
        "issued_on": date(2021, 9, 9),
        "sector": "Văn thư",
        "relations": [("basis", "03-QC/BDVTU", "full", "")],
        "signer": HEAD,
        "text": [
            ("1. Lãnh đạo Ban", ["Trưởng Ban phụ trách chung; các Phó Trưởng Ban phụ trách theo khối việc."]),
            ("2. Các phòng", [
                "Phòng Dân vận cơ quan nhà nước theo dõi việc thực hiện chỉ thị về dân vận chính quyền.",
                "Phòng Dân tộc – Tôn giáo theo dõi địa bàn có đồng bào dân tộc, tôn giáo.",
                "Văn phòng Ban phụ trách cổng thông tin, văn thư và tổng hợp.",
            ]),
        ],
    },
    {
        "key": "04-CTr/BDVTU",
        "type": "chuong-trinh",
        "printed": "04-CTr/BDVTU",
        "subject": "Chương trình công tác năm 2022",
        "issuers": [BDV],
        "issued_on": date(2022, 1, 20),
        "sector": "Dân vận chính quyền",
        "relations": [("implements", "18-CT/TU", "full", ""),
                      ("implements", "17-ĐA/TU", "partial", "phần tuyên truyền")],
        "signer": HEAD,
        "text": [
            ("I. Trọng tâm", [
                "Sơ kết việc thực hiện chỉ thị về dân vận trong cơ quan hành chính của tỉnh.",
                "Đổi mới cách nắm tình hình: ít báo cáo giấy, nhiều lần về thôn, bản.",
            ]),
            ("II. Thời gian", ["Mỗi quý có một kỳ họp đánh giá; việc quá hạn được nêu tên đơn vị chủ trì."]),
        ],
    },
    {
        "key": "21-QĐ/BDVTU",
        "type": "quyet-dinh",
        "printed": "21-QĐ/BDVTU",
        "subject": "Ban hành Quy định quản lý nội dung cổng thông tin của Ban",
        "issuers": [BDV],
        "issued_on": date(2022, 5, 5),
        "sector": "Thông tin, truyền thông",
        "relations": [("basis", "30/2020/NĐ-CP", "full", "")],
        "signer": HEAD,
        "text": [
            ("Điều 1. Người soạn và người duyệt", ["Người soạn không duyệt bài của mình; mỗi tin bài qua hai người."]),
            ("Điều 2. Đính chính", ["Sai sót được sửa công khai, ghi ngày và nội dung sửa."]),
            ("Điều 3. Lưu trữ", ["Bài đã gỡ được giữ kèm lý do gỡ."]),
        ],
    },
    {
        "key": "07-QC/BDVTU",
        "type": "quy-che",
        "printed": "07-QC/BDVTU",
        "subject": "Quy chế làm việc của Ban Dân vận Tỉnh ủy (thay thế quy chế năm 2019)",
        "issuers": [BDV],
        "issued_on": date(2023, 2, 20),
        "sector": "Văn thư",
        "relations": [("replaces", "03-QC/BDVTU", "full", ""), ("consolidates", "12-QĐ/BDVTU", "full", "")],
        "signer": HEAD,
        "text": [
            ("Điều 1. Nguyên tắc", ["Việc có người phụ trách, có thời hạn, có kết quả kiểm tra được."]),
            ("Điều 2. Họp", ["Họp trực tuyến là hình thức thường lệ; họp trực tiếp khi bàn nhân sự và việc mật."]),
            ("Điều 3. Công khai", ["Kế hoạch và tiến độ được đăng trên cổng thông tin của Ban."]),
        ],
    },
    {
        "key": "06-HD/BDVTU",
        "type": "huong-dan",
        "printed": "06-HD/BDVTU",
        "subject": "Đánh giá, công nhận mô hình “Dân vận khéo”",
        "issuers": [BDV],
        "issued_on": date(2023, 4, 14),
        "sector": "Dân vận chính quyền",
        "relations": [("replaces", "02-HD/BDVTU", "partial", "mục 3"), ("guides", "18-CT/TU", "full", "")],
        "signer": DEPUTY,
        "text": [
            ("1. Tiêu chí", [
                "Có người dân cùng bàn và cùng làm.",
                "Kết quả còn giữ được sau sáu tháng.",
                "Chi phí công khai.",
            ]),
            ("2. Trình tự", ["Cấp xã tự đánh giá, cấp tỉnh kiểm tra ít nhất một phần ba số mô hình."]),
        ],
    },
    {
        "key": "09-QĐ/BTGDVTU",
        "type": "quyet-dinh",
        "printed": "09-QĐ/BTGDVTU",
        "subject": "Ban hành Quy chế quản lý Cổng thông tin của Ban",
        "issuers": [BTGDV],
        "issued_on": date(2026, 7, 15),
        "sector": "Thông tin, truyền thông",
        "relations": [
            ("basis", "224/2026/NĐ-CP", "full", ""),
            ("basis", "91/2025/QH15", "full", ""),
            ("replaces", "21-QĐ/BDVTU", "full", ""),
        ],
        "signer": HEAD,
        "text": [
            ("Điều 1. Hai bước duyệt", [
                "Thẩm định nội dung và duyệt xuất bản do hai người khác nhau thực hiện, không ai là người soạn.",
            ]),
            ("Điều 2. Dữ liệu mở", ["Nội dung đã xuất bản được mở cho ứng dụng khác qua giao diện lập trình."]),
            ("Điều 3. Dữ liệu cá nhân", ["Tin bài chỉ nêu thông tin cá nhân khi cần cho việc công và có căn cứ."]),
            ("Điều 4. Tiếp cận", [
                "Cổng đọc được trên điện thoại rẻ tiền, đường truyền chậm và bằng trình đọc màn hình.",
            ]),
        ],
    },
]  # fmt: skip

PAPER = "Chỉ có bản giấy, lưu tại Văn phòng Ban."


def without_text(today: date) -> list[dict]:
    """Return the shorter entries: every state of validity and every relation that the others lack.

    Dates near today keep them so.
    """
    return [
        {
            "key": "11-KH/BDVTU", "type": "ke-hoach", "printed": "11-KH/BDVTU",
            "subject": "Thực hiện quy chế dân chủ ở cơ sở giai đoạn 2019–2020",
            "issuers": [BDV], "issued_on": date(2019, 3, 1), "expires_on": date(2021, 1, 1), "sector": "Dân chủ cơ sở",
            "relations": [("implements", "120-KL/TW", "full", "")], "note": PAPER,
        },
        {
            "key": "02-ĐA/BDVTU", "type": "de-an", "printed": "02-ĐA/BDVTU",
            "subject": "Bồi dưỡng cán bộ dân vận cơ sở giai đoạn 2020–2025",
            "issuers": [BDV], "issued_on": date(2020, 5, 18), "expires_on": date(2026, 1, 1), "sector": "Đoàn thể",
            "relations": [("implements", "17-ĐA/TU", "full", "")], "note": PAPER,
        },
        {
            "key": "234-CV/BDVTU", "type": "cong-van", "printed": "234-CV/BDVTU",
            "subject": "Đôn đốc báo cáo việc thực hiện chỉ thị về phòng, chống tảo hôn",
            "issuers": [BDV], "issued_on": date(2020, 10, 7), "sector": "Dân tộc",
            "relations": [("refers", "33-CT/TU", "full", "")],
        },
        {
            "key": "60-BC/BDVTU", "type": "bao-cao", "printed": "60-BC/BDVTU",
            "subject": "Tổng kết mười năm thực hiện chỉ thị về ngăn chặn di cư tự do",
            "issuers": [BDV], "issued_on": date(2021, 8, 24), "sector": "Dân tộc",
            "relations": [("reviews", "09-CT/TU", "full", "")],
        },
        {
            "key": "17-QĐ/BDVTU", "type": "quyet-dinh", "printed": "17-QĐ/BDVTU",
            "subject": "Bãi bỏ một số văn bản của Ban đã hết đối tượng thực hiện",
            "issuers": [BDV], "issued_on": date(2022, 3, 30), "sector": "Văn thư",
            "relations": [("repeals", "234-CV/BDVTU", "full", ""), ("repeals", "15-TB/BDVTU", "partial", "mục 1")],
        },
        {
            "key": "22-TB/BDVTU", "type": "thong-bao", "printed": "22-TB/BDVTU",
            "subject": "Tạm dừng đăng ký mô hình “Dân vận khéo” cấp tỉnh năm 2023",
            "issuers": [BDV], "issued_on": date(2023, 6, 12), "sector": "Dân vận chính quyền",
            "relations": [("suspends", "06-HD/BDVTU", "partial", "mục 2")],
        },
        {
            "key": "05-TTr/BDVTU", "type": "to-trinh", "printed": "05-TTr/BDVTU",
            "subject": "Kiện toàn Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở",
            "issuers": [BDV], "issued_on": date(2022, 2, 9), "sector": "Dân chủ cơ sở",
            "relations": [("other", "120-KL/TW", "full", "")], "note": PAPER,
        },
        {
            "key": "18-KH/BTGDVTU", "type": "ke-hoach", "printed": "18-KH/BTGDVTU",
            "subject": "Chuyển nội dung cổng cũ sang cổng mới",
            "issuers": [BTGDV], "issued_on": date(2026, 6, 29), "sector": "Thông tin, truyền thông",
            "relations": [("implements", "224/2026/NĐ-CP", "full", "")],
        },
        {
            "key": "03-TB/BTGDVTU", "type": "thong-bao", "printed": "03-TB/BTGDVTU",
            "subject": "Đính chính Quyết định ban hành Quy chế quản lý Cổng thông tin",
            "issuers": [BTGDV], "issued_on": date(2026, 7, 28), "sector": "Thông tin, truyền thông",
            "relations": [("corrects", "09-QĐ/BTGDVTU", "partial", "số thứ tự của Điều 4")],
        },
        {
            "key": "04-HD/BTGDVTU", "type": "huong-dan", "printed": "04-HD/BTGDVTU",
            "subject": "Soạn, thẩm định và duyệt nội dung trên cổng thông tin",
            "issuers": [BTGDV, BDV], "issued_on": date(2026, 8, 11), "sector": "Thông tin, truyền thông",
            "relations": [("guides", "09-QĐ/BTGDVTU", "full", "")],
        },
        {
            "key": "27-KH/BTGDVTU", "type": "ke-hoach", "printed": "27-KH/BTGDVTU",
            "subject": "Lấy ý kiến người đọc về cổng thông tin mới",
            "issuers": [BTGDV], "issued_on": today - timedelta(days=60), "expires_on": today + timedelta(days=30),
            "sector": "Thông tin, truyền thông", "relations": [("basis", "18-KH/BTGDVTU", "full", "")],
        },
        {
            "key": "30-QĐ/BTGDVTU", "type": "quyet-dinh", "printed": "30-QĐ/BTGDVTU",
            "subject": "Lịch trực trả lời góp ý gửi về cổng thông tin",
            "issuers": [BTGDV], "issued_on": today - timedelta(days=10), "effective_on": today + timedelta(days=40),
            "sector": "Thông tin, truyền thông", "relations": [("implements", "09-QĐ/BTGDVTU", "full", "")],
        },
        {
            "key": "19-CV/BTGDVTU", "type": "cong-van", "printed": "19-CV/BTGDVTU",
            "subject": "Rà soát thông tin cá nhân trong tin bài cũ",
            "issuers": [BTGDV], "issued_on": date(2026, 9, 3), "sector": "Thông tin, truyền thông",
            "relations": [("basis", "91/2025/QH15", "full", ""), ("basis", "356/2025/NĐ-CP", "full", "")],
            "events": [("unsuitable", date(2026, 11, 1), "Việc đã xong.")],
        },
        {
            "key": "du-thao-quy-dinh", "type": "quy-dinh", "printed": "", "status": "draft",
            "subject": "Quy định về tiếp nhận, trả lời góp ý của người đọc",
            "issuers": [BTGDV], "sector": "Thông tin, truyền thông",
            "relations": [("basis", "09-QĐ/BTGDVTU", "full", "")],
        },
    ]  # fmt: skip
