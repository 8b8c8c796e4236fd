"""Standard pages and the settings of the demo."""

ABOUT = {
    "title": "Giới thiệu",
    "lead": "Ban Dân vận là cơ quan tham mưu của Tỉnh ủy về công tác dân vận.",
    "sections": [
        (
            "Chức năng",
            "<p>Nghiên cứu, đề xuất chủ trương về công tác dân vận, dân tộc, tôn giáo; giúp Tỉnh ủy theo dõi việc thực hiện.</p>",
        ),
        (
            "Cơ cấu tổ chức",
            "<ul><li>Lãnh đạo Ban</li><li>Văn phòng Ban</li><li>Phòng Dân vận cơ quan nhà nước</li>"
            "<li>Phòng Dân tộc – Tôn giáo</li><li>Phòng Đoàn thể và các hội</li></ul>",
        ),
        (
            "Tiếp cận thông tin",
            "<p>Văn bản, kế hoạch và tin bài trên cổng được mở cho mọi người và mọi ứng dụng qua giao diện lập trình (API).</p>",
        ),
    ],
}

SETTINGS = {
    "name": "Cổng thông tin Ban Dân vận Tỉnh ủy",
    "tagline": "Tỉnh ủy – Cơ quan tham mưu",
    "managing_body": "Ban Dân vận Tỉnh ủy (dữ liệu minh họa)",
    "address": "Trụ sở Tỉnh ủy, tỉnh Lào Cai",
    "phone": "0214 000 0000",
    "email": "bandanvan@example.org",
    "person_responsible": "Trưởng Ban",
    "footer_text": "<p>Bản minh họa. Ghi rõ nguồn khi dùng lại thông tin từ cổng này.</p>",
}
