"""The news of the demo: the legacy page in our own words, and shorter pieces on what it reports."""

from datetime import date

REPORT = {
    "title": "Sáu tháng đầu năm 2021: 176 cuộc đối thoại và những việc còn lại đến cuối năm",
    "lead": (
        "Gần mười một nghìn người dân đã gặp trực tiếp người đứng đầu cấp ủy, chính quyền; mười ba văn bản được nhắc "
        "đến;"
        " năm nhóm việc chờ nửa cuối năm."
    ),
    "category": "Dân vận chính quyền",
    "published_on": date(2021, 7, 12),
    "tags": ["công tác dân vận", "đối thoại với nhân dân", "quy chế dân chủ"],
    "byline": "Lý Thị Vinh",
    "source": "Ban Dân vận Tỉnh ủy",
    "image": ("Ruộng bậc thang lúc bình minh", "Hình vẽ đồi và ruộng bậc thang dưới mặt trời sớm"),
    "directives": [
        "16-CT/TTg",
        "18-CT/TU",
        "33-CT/TU",
        "18-KH/TU",
        "120-KL/TW",
        "18-CT/TW",
        "52-CT/TW",
        "59-CT/TW",
        "61-KL/TW",
        "40-CT/TU",
        "09-CT/TU",
        "17-CT/TU",
        "17-ĐA/TU",
    ],  # fmt: skip
}

# Every block that an article may have.
TOUR = {
    "title": "Xem thử: một bài trên cổng có thể có những gì",
    "lead": "Tiêu đề mục, ảnh, bộ ảnh, trích lời, số liệu lớn, bảng, tệp và thẻ liên kết: mỗi thứ một lần, để biên "
    "tập viên chọn.",
    "category": "Tin hoạt động",
    "tags": ["chuyển đổi số"],
    "illustration": "Bài minh họa cho bản dùng thử; số liệu và lời trích là giả định.",
    "about": (
        "<p>Đoạn văn có <b>chữ đậm</b>, <i>chữ nghiêng</i>, chỉ số như m<sup>2</sup> và danh sách:</p>"
        "<ul><li>dấu chấm đầu dòng,</li><li>hay đánh số.</li></ul>"
    ),
    "quote": {"text": "Việc gì dân bàn trước thì dân làm đến cùng.", "attribution": "Lời minh họa"},
    "figures": {
        "title": "Ba con số giả định",
        "figures": [
            {"value": "12", "label": "văn bản có tệp", "note": ""},
            {"value": "2.400", "label": "lượt đọc mỗi ngày", "note": "giả định"},
            {"value": "95 %", "label": "bài có ảnh kèm mô tả", "note": "giả định"},
        ],
    },
    "table": {
        "caption": "Thời gian mở trang trên điện thoại (giả định)",
        "columns": [
            {"type": "text", "heading": "Đường truyền"},
            {"type": "numeric", "heading": "Giây"},
            {"type": "rich_text", "heading": "Nhận xét"},
        ],
        "rows": [
            {"values": ["3G", 2.5, "<p>Đọc được chữ trước, ảnh sau</p>"]},
            {"values": ["4G", 0.8, "<p>Thấy <b>ngay</b></p>"]},
        ],
    },
    "pictures": [
        (31, "Đồi chè buổi sáng", "Hình vẽ những luống chè trên đồi"),
        (32, "Thung lũng mùa nước", "Hình vẽ thung lũng có ruộng ngập nước"),
        (33, "Đường về bản", "Hình vẽ triền núi lúc chiều"),
    ],
    "card": {
        "url": "https://vanban.chinhphu.vn/",
        "title": "Hệ thống văn bản của Chính phủ",
        "description": "Tra văn bản của trung ương",
    },
}

CONTACTS_TABLE = [
    ("Cấp tỉnh", 1, 120),
    ("Cấp huyện", 16, 1770),
    ("Cấp xã, phường, thị trấn", 169, 9058),
]

# Stands below each shorter piece: they show listings, filters and pages, and are no reports of the commission.
ILLUSTRATION = (
    "Bài minh họa cho bản dùng thử, viết từ báo cáo công tác dân vận sáu tháng đầu năm 2021; "
    "ngày đăng là ngày giả định."
)

# (title, lead, paragraphs, category, published_on, tags). Only what the old page says of the world.
SHORT = [
    (
        "Thường trực Tỉnh ủy đối thoại với nhân dân huyện Bảo Thắng",
        "Cuộc đối thoại cấp tỉnh trong nửa đầu năm 2021 có 120 người dự.",
        ["Ban Dân vận tham mưu kế hoạch và việc tổ chức hội nghị."],
        "Dân vận chính quyền", date(2021, 6, 18), ["đối thoại với nhân dân"],
    ),
    (
        "Mười sáu cuộc đối thoại cấp huyện trong nửa năm",
        "Ở cấp huyện, 1.770 người đã gặp trực tiếp người đứng đầu.",
        ["Con số tính đến tháng 6/2021."],
        "Dân vận chính quyền", date(2021, 6, 25), ["đối thoại với nhân dân"],
    ),
    (
        "Đối thoại ở xã, phường, thị trấn: 9.058 lượt người",
        "Cấp xã tổ chức nhiều cuộc nhất: 169 cuộc.",
        ["Báo cáo chung ghi 176 cuộc cho cả ba cấp; cộng từng cấp thì được 186."],
        "Quy chế dân chủ cơ sở", date(2021, 6, 29), ["đối thoại với nhân dân", "cấp xã"],
    ),
    (
        "Chín hội nghị về chính sách dân tộc, tôn giáo cho người có uy tín",
        "Chừng 1.300 lượt người có uy tín ở các huyện đã dự.",
        ["Nội dung là chính sách dân tộc và tôn giáo."],
        "Dân tộc – Tôn giáo", date(2021, 4, 22), ["người có uy tín", "chính sách dân tộc"],
    ),
    (
        "Tuyên truyền trước ngày bầu cử tại năm huyện, thị xã",
        "Chín hội nghị trước bầu cử đón chừng 1.300 lượt người.",
        ["Ban Dân vận các cấp theo dõi tình hình nhân dân trước, trong và sau ngày bầu cử."],
        "Tin hoạt động", date(2021, 5, 14), ["bầu cử"],
    ),
    (
        "Hai cuốn tài liệu cho cán bộ cơ sở",
        "Một cuốn về quy chế dân chủ ở cơ sở, một cuốn về tín ngưỡng, tôn giáo.",
        ["Cả hai dùng để tuyên truyền ở cơ sở."],
        "Quy chế dân chủ cơ sở", date(2021, 6, 4), ["tài liệu", "quy chế dân chủ"],
    ),
    (
        "Sơ kết ba năm thực hiện chỉ thị về phòng, chống tảo hôn",
        "Hội nghị nhìn lại ba năm Chỉ thị 33-CT/TU.",
        ["Chỉ thị ban hành ngày 30/10/2017, áp dụng cho vùng đồng bào dân tộc thiểu số của tỉnh."],
        "Dân tộc – Tôn giáo", date(2021, 3, 30), ["phòng, chống tảo hôn"],
    ),
    (
        "Năm năm một kế hoạch về quy chế dân chủ",
        "Kế hoạch 18-KH/TU, ban hành ngày 04/3/2016, được đánh giá sau năm năm.",
        ["Kế hoạch này triển khai Kết luận 120-KL/TW của Bộ Chính trị."],
        "Quy chế dân chủ cơ sở", date(2021, 4, 9), ["quy chế dân chủ"],
    ),
    (
        "Đề án nhân rộng mô hình “Dân vận khéo” ở cấp xã",
        "Đề án cho giai đoạn 2021–2025 đang được xây dựng.",
        ["Phạm vi của đề án là xã, phường, thị trấn trong tỉnh."],
        "Dân vận khéo", date(2021, 5, 27), ["dân vận khéo"],
    ),
    (
        "Thăm, chúc Tết ở các huyện",
        "Dịp Tết Tân Sửu, Ban Dân vận đến thăm đồn biên phòng, cơ quan và gia đình.",
        ["Đoàn đi các huyện trong tỉnh."],
        "Tin hoạt động", date(2021, 2, 5), ["biên phòng", "Tết Nguyên đán"],
    ),
    (
        "Chương trình phối hợp dân vận cho giai đoạn 2021–2025",
        "Ban Dân vận ký kết chương trình phối hợp cho năm năm tới.",
        ["Việc phối hợp năm 2020 cũng đã được đánh giá."],
        "Dân vận chính quyền", date(2021, 3, 12), ["phối hợp"],
    ),
    (
        "Thi trắc nghiệm tìm hiểu văn kiện đại hội trên mạng",
        "Cuộc thi về văn kiện Đại hội XIII của Đảng và Đại hội Đảng bộ tỉnh lần thứ XVI.",
        ["Bài thi làm trên Internet."],
        "Tin hoạt động", date(2021, 4, 2), ["cuộc thi", "chuyển đổi số"],
    ),
    (
        "Hướng tới 30 năm tái lập tỉnh",
        "Tỉnh chuẩn bị kỷ niệm 30 năm tái lập, tính từ 01/10/1991.",
        ["Ngày kỷ niệm là 01/10/2021."],
        "Tin hoạt động", date(2021, 7, 5), ["30 năm tái lập tỉnh"],
    ),
    (
        "Năm năm một chỉ thị về người cao tuổi",
        "Chỉ thị 17-CT/TU, ban hành ngày 15/7/2016, được sơ kết.",
        ["Chỉ thị nói về vai trò lãnh đạo đối với công tác người cao tuổi."],
        "Tin hoạt động", date(2021, 5, 6), ["người cao tuổi"],
    ),
    (
        "Đời sống văn hóa của công nhân: đánh giá sau năm năm",
        "Chỉ thị 52-CT/TW của Ban Bí thư được đánh giá sau năm năm thực hiện.",
        ["Chỉ thị bàn về công nhân ở khu công nghiệp, khu chế xuất."],
        "Tin hoạt động", date(2021, 6, 11), ["công nhân"],
    ),
    (
        "Hai mươi năm một chỉ thị về Hội Nông dân",
        "Chỉ thị 59-CT/TW được tổng kết sau hai mươi năm, Kết luận 61-KL/TW sau mười năm.",
        ["Cả hai văn bản đều có trong danh mục văn bản của cổng."],
        "Dân vận khéo", date(2021, 6, 15), ["nông dân"],
    ),
    (
        "Mười năm một chỉ thị về di cư tự do",
        "Chỉ thị 09-CT/TU, ban hành ngày 19/4/2011, được tổng kết.",
        ["Nội dung là ngăn chặn di cư tự do trên địa bàn tỉnh."],
        "Dân tộc – Tôn giáo", date(2021, 4, 28), ["định cư"],
    ),
    (
        "Dân vận trong phòng, chống dịch",
        "Các cấp vận động nhân dân phòng, chống dịch Covid-19.",
        ["Đoàn thể chính trị - xã hội cùng tham gia."],
        "Dân vận khéo", date(2021, 6, 22), ["phòng, chống dịch"],
    ),
    (
        "Tập huấn công tác tôn giáo và quy chế dân chủ năm 2021",
        "Hai ban chỉ đạo cấp tỉnh kiện toàn thành viên và chuẩn bị tập huấn.",
        ["Quy chế hoạt động và chương trình năm 2021 cũng đã được ban hành."],
        "Dân tộc – Tôn giáo", date(2021, 3, 19), ["tập huấn"],
    ),
    (
        "91 năm Ngày truyền thống công tác dân vận",
        "Kế hoạch hoạt động cho ngày 15/10/2021 nằm trong các việc của nửa cuối năm.",
        ["Ngày truyền thống tính từ 15/10/1930."],
        "Tin hoạt động", date(2021, 7, 8), ["công tác dân vận"],
    ),
    (
        "Cổng thông tin mới bắt đầu chạy thử",
        "Cổng mới đọc tốt trên điện thoại, tra văn bản theo số, ký hiệu và công bố cả kế hoạch nhiệm vụ.",
        ["Người đọc gõ “18-CT/TU” hay “chi thi 18” đều tìm thấy văn bản.",
         "Mọi nội dung trên cổng đều qua hai người duyệt trước khi xuất bản."],
        "Tin hoạt động", date(2026, 11, 2), ["chuyển đổi số"],
    ),
]  # fmt: skip
