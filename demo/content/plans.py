"""The task plans of the demo."""

from datetime import date, timedelta

# The five tasks of the old page: no deadline, no product, no lead is named there, so none is given here.
SECOND_HALF_2021 = {
    "title": "Nhiệm vụ công tác dân vận sáu tháng cuối năm 2021",
    "period": "2021-H2",
    "organisation": "Ban Dân vận Tỉnh ủy",
    "basis": [],
    "introduction": "<p>Năm nhóm việc của hệ thống dân vận trong nửa cuối năm, nối tiếp kết quả sáu tháng đầu năm.</p>",
    "tasks": [
        {
            "title": "Nắm tình hình nhân dân, dân tộc, tôn giáo",
            "description": "<p>Chú ý hoạt động của chức sắc, tín đồ vào các dịp lễ trọng.</p>",
        },
        {
            "title": "Tham mưu sơ kết, tổng kết các văn bản về dân vận, dân tộc, tôn giáo",
            "description": "<p>Gồm văn bản của Trung ương và của tỉnh: chỉ thị, đề án, quy định.</p>",
        },
        {
            "title": "Thực hiện các chương trình phối hợp đã ký với Ban cán sự đảng UBND tỉnh và các ngành",
            "description": "",
        },
        {
            "title": "Chuẩn bị hoạt động nhân 91 năm Ngày truyền thống công tác dân vận của Đảng",
            "description": "<p>15/10/1930 – 15/10/2021.</p>",
        },
        {
            "title": "Tham mưu hai Ban Chỉ đạo về công tác tôn giáo và quy chế dân chủ ở cơ sở",
            "description": "",
        },
    ],
    "results": (
        "<ul><li>Đối thoại: 176 cuộc theo báo cáo chung, 10.948 người.</li>"
        "<li>Tuyên truyền: 09 hội nghị về chính sách, 09 hội nghị trước bầu cử, mỗi loại chừng 1.300 lượt người.</li>"
        "<li>Tài liệu: 02 cuốn cho cơ sở.</li></ul>"
    ),
    "limitations": (
        "<ul><li>Ở một số nơi, việc nắm tình hình và báo cáo còn chậm.</li>"
        "<li>Khối dân vận cơ sở chưa đều tay; phối hợp giữa các đoàn thể có mặt còn yếu.</li></ul>"
    ),
}

# The office's own work of moving to this portal: it shows every state that a task can be in.
MOVE_2026 = {
    "title": "Chuyển nội dung cổng cũ sang cổng mới, sáu tháng cuối năm 2026",
    "period": "2026-H2",
    "organisation": "Ban Dân vận Tỉnh ủy",
    "basis": ["224/2026/NĐ-CP", "Thông báo phân công nhiệm vụ của Văn phòng Ban"],
    "introduction": "<p>Việc của Văn phòng Ban và các phòng để cổng mới thay cổng cũ trước cuối năm.</p>",
    "tasks": [
        {
            "title": "Thống kê tin bài, văn bản trên cổng cũ",
            "lead": "Văn phòng Ban",
            "supporting": ["Phòng Đoàn thể và các hội"],
            "deadline": ("month", date(2026, 7, 31)),
            "deliverable": "Danh mục",
            "state": "done",
            "progress": 100,
            "done_on": date(2026, 7, 24),
            "result": "Đã lập danh mục tin bài, văn bản và kế hoạch cần chuyển.",
        },
        {
            "title": "Nhập văn bản và lập lược đồ quan hệ giữa các văn bản",
            "lead": "Phòng Dân vận cơ quan nhà nước",
            "supporting": ["Văn phòng Ban", "Phòng Dân tộc – Tôn giáo"],
            "deadline": ("quarter", date(2026, 9, 30)),
            "deliverable": "Sổ đăng ký văn bản trên cổng",
            "state": "done",
            "progress": 100,
            "done_on": date(2026, 10, 9),
            "result": "Hoàn thành sau hạn do phải đối chiếu số, ký hiệu.",
        },
        {
            "title": "Rà soát thông tin cá nhân trong tin bài cũ",
            "lead": "Văn phòng Ban",
            "deadline": ("day", date(2026, 10, 30)),
            "deliverable": "Biên bản rà soát",
            "state": "in_progress",
            "progress": 70,
        },
        {
            "title": "Tập huấn biên tập viên và người duyệt của các phòng",
            "lead": "Văn phòng Ban",
            "supporting": ["Phòng Đoàn thể và các hội", "Phòng Dân tộc – Tôn giáo"],
            "deadline": ("day", date(2026, 12, 4)),
            "deliverable": "02 lớp tập huấn",
            "state": "in_progress",
            "progress": 50,
        },
        {
            "title": "Lấy ý kiến người đọc về cổng mới",
            "lead": "Phòng Đoàn thể và các hội",
            "supporting": ["Mặt trận Tổ quốc tỉnh"],
            "deadline": ("half_year", date(2026, 12, 31)),
            "deliverable": "Báo cáo",
            "state": "not_started",
            "progress": 0,
        },
        {
            "title": "Trả lời góp ý, phản ánh gửi về cổng",
            "lead": "Văn phòng Ban",
            "deadline": ("ongoing", None),
            "state": "in_progress",
        },
        {
            "title": "Đề xuất chuyên mục bằng tiếng dân tộc thiểu số",
            "lead": "Phòng Dân tộc – Tôn giáo",
            "deadline": ("none", None),
            "state": "not_started",
        },
    ],
    "results": "",
    "limitations": "",
}

PLANS = [SECOND_HALF_2021, MOVE_2026]


def current(today: date) -> dict:
    """Return a plan of this quarter with a task in every state, whenever the demo is built."""

    def day(offset):
        return ("day", today + timedelta(days=offset))

    lead, other = "Văn phòng Ban", "Phòng Đoàn thể và các hội"
    quarter = (today.month - 1) // 3 + 1
    tasks = [
        {"title": "Lập danh sách người nhận tin", "lead": lead, "deadline": day(-30), "state": "done", "progress": 100,
         "done_on": today - timedelta(days=33), "deliverable": "Danh sách", "result": "Xong trước hạn."},
        {"title": "In sổ tay cho tổ dân vận", "lead": other, "deadline": day(-25), "state": "done", "progress": 100,
         "done_on": today - timedelta(days=18), "deliverable": "500 cuốn", "result": "Chậm một tuần vì sửa bản in."},
        {"title": "Thu thập góp ý của các xã", "lead": other, "supporting": [lead], "deadline": day(-9),
         "state": "in_progress", "progress": 60, "deliverable": "Báo cáo tổng hợp"},
        {"title": "Chọn ảnh cho trang giới thiệu", "lead": lead, "deadline": day(-3),
         "state": "not_started", "progress": 0},
        {"title": "Hướng dẫn viết tin ngắn", "lead": lead, "supporting": [other, "Mặt trận Tổ quốc tỉnh"],
         "deadline": day(5), "state": "in_progress", "progress": 80, "deliverable": "Tài liệu 4 trang"},
        {"title": "Họp rút kinh nghiệm quý", "lead": "Ban Dân vận Tỉnh ủy", "deadline": day(45),
         "state": "not_started"},
        {"title": "Trả lời câu hỏi gửi về hộp thư", "lead": lead, "deadline": ("ongoing", None),
         "state": "in_progress"},
        {"title": "Bản tin bằng tiếng Mông", "lead": "Phòng Dân tộc – Tôn giáo", "deadline": ("none", None),
         "state": "not_started"},
    ]  # fmt: skip
    return {
        "title": f"Truyền thông về dân vận quý {['I', 'II', 'III', 'IV'][quarter - 1]} năm {today.year} (minh họa)",
        "period": f"{today.year}-Q{quarter}",
        "organisation": "Ban Dân vận Tỉnh ủy",
        "basis": ["09-QĐ/BTGDVTU", "04-HD/BTGDVTU"],
        "introduction": "<p>Kế hoạch minh họa: mỗi trạng thái của nhiệm vụ có một ví dụ; ngày tháng tính từ ngày lập "
        "bản chạy thử.</p>",
        "tasks": tasks,
        "results": "",
        "limitations": "",
    }
