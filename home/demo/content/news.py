"""The news of the demo: the legacy page in our own words, and shorter pieces on what it reports."""

from datetime import date

REPORT = {
    "title": "Sáu tháng đầu năm 2021: 176 cuộc đối thoại và những việc còn lại đến cuối năm",
    "lead": (
        "Gần mười một nghìn người dân đã gặp trực tiếp người đứng đầu cấp ủy, chính quyền; mười ba văn bản về dân vận được"
        " sơ kết, tổng kết hoặc triển khai; năm nhóm việc chờ nửa cuối năm."
    ),
    "category": "Dân vận chính quyền",
    "published_on": date(2021, 7, 12),
    "tags": ["công tác dân vận", "tiếp xúc, đối thoại", "quy chế dân chủ"],
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

CONTACTS_TABLE = [
    ("Cấp tỉnh", 1, 120),
    ("Cấp huyện", 16, 1770),
    ("Cấp xã, phường, thị trấn", 169, 9058),
]

# (title, lead, paragraphs, category, published_on, tags)
SHORT = [
    (
        "Thường trực Tỉnh ủy đối thoại với nhân dân huyện Bảo Thắng",
        "Hội nghị tiếp xúc, đối thoại trực tiếp của cấp tỉnh trong sáu tháng đầu năm có 120 người tham gia.",
        ["Các câu hỏi được ghi lại theo từng lĩnh vực, mỗi câu có cơ quan chịu trách nhiệm trả lời.",
         "Ban Dân vận giúp Tỉnh ủy chuẩn bị kế hoạch, nắm trước những điều người dân quan tâm."],
        "Dân vận chính quyền", date(2021, 6, 18), ["tiếp xúc, đối thoại"],
    ),
    (
        "Mười sáu cuộc đối thoại cấp huyện trong nửa năm",
        "1.770 người dân dự các cuộc tiếp xúc do người đứng đầu cấp huyện chủ trì.",
        ["Kết quả được niêm yết để người dân theo dõi việc giải quyết."],
        "Dân vận chính quyền", date(2021, 6, 25), ["tiếp xúc, đối thoại"],
    ),
    (
        "Cấp xã giữ nhịp tiếp xúc với dân: 9.058 lượt người",
        "Phần lớn các cuộc đối thoại diễn ra ở xã, phường, thị trấn, nơi việc phát sinh và cũng là nơi giải quyết.",
        ["Trong 176 cuộc đối thoại được báo cáo, cấp xã là cấp tổ chức nhiều nhất."],
        "Quy chế dân chủ cơ sở", date(2021, 6, 29), ["tiếp xúc, đối thoại", "cấp xã"],
    ),
    (
        "Chín hội nghị về chính sách dân tộc, tôn giáo cho người có uy tín",
        "Khoảng 1.300 lượt người có uy tín ở các huyện được nghe và trao đổi về chính sách dân tộc, tôn giáo.",
        ["Người có uy tín là cầu nối đưa chính sách đến từng thôn, bản.",
         "Tài liệu được viết ngắn, dễ đọc, có ví dụ từ đời sống."],
        "Dân tộc – Tôn giáo", date(2021, 4, 22), ["người có uy tín", "chính sách dân tộc"],
    ),
    (
        "Tuyên truyền trước ngày bầu cử tại năm huyện, thị xã",
        "Chín hội nghị với khoảng 1.300 lượt người giúp cử tri hiểu quyền và cách bỏ phiếu.",
        ["Cuộc bầu cử đại biểu Quốc hội khóa XV và đại biểu HĐND các cấp nhiệm kỳ 2021–2026 diễn ra an toàn."],
        "Tin hoạt động", date(2021, 5, 14), ["bầu cử"],
    ),
    (
        "Hai cuốn tài liệu mới cho cán bộ cơ sở",
        "Một cuốn về quy chế dân chủ ở cơ sở, một cuốn về tín ngưỡng, tôn giáo trên địa bàn.",
        ["Tài liệu tập hợp văn bản đang có hiệu lực, kèm chỉ dẫn tra cứu.",
         "Bản in được chuyển về xã; bản điện tử sẽ có trên cổng."],
        "Quy chế dân chủ cơ sở", date(2021, 6, 4), ["tài liệu", "quy chế dân chủ"],
    ),
    (
        "Sơ kết ba năm thực hiện chỉ thị về phòng, chống tảo hôn",
        "Hội nghị nhìn lại ba năm thực hiện Chỉ thị 33-CT/TU và nêu những nơi còn khó.",
        ["Tảo hôn giảm chậm ở vùng cao; việc vận động cần bền bỉ và gắn với trường học, trạm y tế."],
        "Dân tộc – Tôn giáo", date(2021, 3, 30), ["phòng, chống tảo hôn"],
    ),
    (
        "Năm năm quy chế dân chủ: từ niêm yết đến bàn bạc",
        "Đánh giá năm năm thực hiện Kế hoạch 18-KH/TU cho thấy người dân tham gia sớm hơn vào việc của thôn, bản.",
        ["Việc bàn trước, làm sau giúp giảm đơn thư ở nhiều xã."],
        "Quy chế dân chủ cơ sở", date(2021, 4, 9), ["quy chế dân chủ"],
    ),
    (
        "Xây dựng đề án nhân rộng mô hình “Dân vận khéo” ở cấp xã",
        "Đề án giai đoạn 2021–2025 chọn mô hình nhỏ, có người chịu trách nhiệm và có ngày kiểm tra.",
        ["Mỗi mô hình phải trả lời được ba câu: làm gì, cho ai, bao giờ xong."],
        "Dân vận khéo", date(2021, 5, 27), ["dân vận khéo"],
    ),
    (
        "Thăm, chúc Tết các đồn biên phòng và gia đình chính sách",
        "Đoàn công tác của Ban Dân vận đến các huyện trong dịp Tết Nguyên đán Tân Sửu.",
        ["Quà Tết đi cùng lời hỏi thăm về đời sống và công việc của bà con nơi biên giới."],
        "Tin hoạt động", date(2021, 2, 5), ["biên phòng", "Tết Nguyên đán"],
    ),
    (
        "Ký chương trình phối hợp dân vận giai đoạn 2021–2025",
        "Ban Dân vận và Ban cán sự đảng Ủy ban nhân dân tỉnh thống nhất việc chung trong năm năm.",
        ["Chương trình nêu đầu mối của từng bên và lịch kiểm điểm hằng năm."],
        "Dân vận chính quyền", date(2021, 3, 12), ["phối hợp"],
    ),
    (
        "Thi trắc nghiệm tìm hiểu văn kiện đại hội trên mạng",
        "Cuộc thi giúp cán bộ, đảng viên đọc kỹ văn kiện Đại hội XIII của Đảng và Đại hội Đảng bộ tỉnh lần thứ XVI.",
        ["Bài thi làm trên điện thoại, chấm tự động."],
        "Tin hoạt động", date(2021, 4, 2), ["cuộc thi", "chuyển đổi số"],
    ),
    (
        "Hướng tới 30 năm tái lập tỉnh",
        "Các hoạt động chào mừng 01/10/1991 – 01/10/2021 được chuẩn bị từ cơ sở.",
        ["Mỗi xã chọn một việc có ích lâu dài thay cho trang trí ngắn ngày."],
        "Tin hoạt động", date(2021, 7, 5), ["30 năm tái lập tỉnh"],
    ),
    (
        "Người cao tuổi ở thôn, bản: tiếng nói được lắng nghe",
        "Năm năm thực hiện Chỉ thị 17-CT/TU, các câu lạc bộ người cao tuổi góp nhiều ý kiến cho việc làng, việc xã.",
        ["Nhiều hòa giải viên giỏi ở cơ sở là người cao tuổi."],
        "Tin hoạt động", date(2021, 5, 6), ["người cao tuổi"],
    ),
    (
        "Công nhân khu công nghiệp cần thêm nơi sinh hoạt văn hóa",
        "Đánh giá năm năm thực hiện Chỉ thị 52-CT/TW nêu rõ chỗ thiếu: nhà văn hóa, sân chơi, lớp học buổi tối.",
        ["Công đoàn và doanh nghiệp cùng khảo sát nhu cầu trước khi đầu tư."],
        "Tin hoạt động", date(2021, 6, 11), ["công nhân"],
    ),
    (
        "Hai mươi năm vì hội viên nông dân",
        "Tổng kết Chỉ thị 59-CT/TW và Kết luận 61-KL/TW: hội viên làm ăn có liên kết thì đỡ rủi ro.",
        ["Các tổ hợp tác nhỏ ở vùng cao bắt đầu bán hàng qua mạng."],
        "Dân vận khéo", date(2021, 6, 15), ["nông dân", "chuyển đổi số"],
    ),
    (
        "Mười năm vận động đồng bào yên tâm định cư",
        "Tổng kết Chỉ thị 09-CT/TU về ngăn chặn di cư tự do: có đất, có nước, có trường thì người dân ở lại.",
        ["Các huyện chia sẻ cách làm với những thôn còn thiếu đất sản xuất."],
        "Dân tộc – Tôn giáo", date(2021, 4, 28), ["định cư"],
    ),
    (
        "Dân vận trong phòng, chống dịch: đi từng ngõ, gõ từng nhà",
        "Tổ vận động ở thôn, bản giải thích cách phòng dịch bằng tiếng của đồng bào.",
        ["Thông tin đúng đến sớm thì tin đồn không còn chỗ."],
        "Dân vận khéo", date(2021, 6, 22), ["phòng, chống dịch"],
    ),
    (
        "Tập huấn công tác tôn giáo và quy chế dân chủ năm 2021",
        "Hai ban chỉ đạo kiện toàn thành viên, phân công nhiệm vụ và lên lịch tập huấn.",
        ["Nội dung tập huấn lấy từ tình huống có thật ở cơ sở."],
        "Dân tộc – Tôn giáo", date(2021, 3, 19), ["tập huấn"],
    ),
    (
        "91 năm Ngày truyền thống công tác dân vận: chuẩn bị từ tháng Bảy",
        "Kế hoạch hoạt động cho dịp 15/10 chú trọng việc làm cụ thể ở cơ sở.",
        ["Các phòng gửi đề xuất trước khi kế hoạch được trình duyệt."],
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
