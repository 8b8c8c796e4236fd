"""Standard pages and the settings of the demo."""

# What readers type who look for that page.
ABOUT_QUERIES = "giới thiệu, ban dân vận, chức năng nhiệm vụ"

ABOUT = {
    "title": "Giới thiệu",
    "lead": "Ban Dân vận là cơ quan tham mưu của Tỉnh ủy về công tác dân vận.",
    "sections": [
        (
            "Chức năng",
            "<p>Nghiên cứu, đề xuất chủ trương về công tác dân vận, dân tộc, tôn giáo; giúp Tỉnh ủy theo dõi việc "
            "thực hiện.</p>",
        ),
        (
            "Cơ cấu tổ chức",
            "<ul><li>Lãnh đạo Ban</li><li>Văn phòng Ban</li><li>Phòng Dân vận cơ quan nhà nước</li>"
            "<li>Phòng Dân tộc – Tôn giáo</li><li>Phòng Đoàn thể và các hội</li></ul>",
        ),
        (
            "Tiếp cận thông tin",
            "<p>Văn bản, kế hoạch và tin bài trên cổng được mở cho mọi người và mọi ứng dụng qua giao diện lập trình "
            "(API).</p>",
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
    "contact": (
        "<p>Giờ làm việc: thứ hai đến thứ sáu, 7 giờ 30 đến 11 giờ 30 và 13 giờ 30 đến 17 giờ (minh họa).</p>"
        "<p>Góp ý, báo lỗi trên cổng: gửi thư điện tử, nêu địa chỉ trang và chỗ cần sửa. Văn phòng Ban trả lời trong "
        "năm ngày làm việc.</p>"
    ),
    "information_access": (
        "<p>Thông tin chưa có trên cổng thì ai cũng có thể yêu cầu: gửi phiếu đến Văn phòng Ban, nêu rõ cần thông tin "
        "gì và nhận bằng cách nào.</p>"
        "<ul><li>Không phải nêu lý do.</li><li>Nhận qua thư điện tử không mất phí.</li>"
        "<li>Nếu từ chối, Văn phòng trả lời bằng văn bản và nói lý do.</li></ul>"
    ),
    "accessibility": (
        "<p>Cổng hướng tới chuẩn WCAG 2.2 mức AA: dùng được bằng bàn phím và trình đọc màn hình, phóng to chữ không "
        "vỡ trang, có chế độ tối.</p>"
        "<p>Còn thiếu: tệp PDF quét từ bản giấy chưa có lớp chữ; ảnh trong bài cũ có thể thiếu mô tả.</p>"
        "<p>Gặp chỗ khó dùng, xin báo Văn phòng Ban theo trang Liên hệ.</p>"
    ),
    "footer_text": "<p>Bản minh họa. Ghi rõ nguồn khi dùng lại thông tin từ cổng này.</p>",
}
