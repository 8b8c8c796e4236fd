"""Of what the sentences of bulk content are made. What stands in braces is drawn from the list of that name."""

PLACES = [
    "xã Bản Liền", "xã Y Tý", "xã A Mú Sung", "xã Trịnh Tường", "phường Sa Pa", "xã Tả Van", "xã Mường Hum",
    "xã Bảo Hà", "xã Nghĩa Đô", "xã Cốc Lầu", "xã Võ Lao", "xã Khánh Yên", "xã Pha Long", "xã Bản Lầu",
    "xã Si Ma Cai", "xã Sín Chéng", "xã Xuân Quang", "xã Phong Hải", "phường Cam Đường", "phường Lào Cai",
    "xã Thượng Hà", "xã Kim Sơn", "xã Dương Quỳ", "xã Nậm Chày",
]  # fmt: skip

BODIES = [
    "Ban Dân vận", "Ủy ban Mặt trận Tổ quốc", "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên",
    "Hội Cựu chiến binh", "Liên đoàn Lao động", "Đảng ủy xã", "Ủy ban nhân dân xã", "chi bộ thôn",
    "tổ công tác liên ngành", "khối dân vận cơ sở",
]  # fmt: skip

TOPICS = [
    "công tác dân vận chính quyền", "thực hiện quy chế dân chủ ở cơ sở", "đối thoại với người dân",
    "xây dựng nông thôn mới", "phong trào thi đua dân vận khéo", "giải phóng mặt bằng", "cải cách hành chính",
    "chuyển đổi số ở thôn bản", "công tác dân tộc và tôn giáo", "giám sát và phản biện xã hội",
    "tiếp công dân và giải quyết đơn thư", "bảo vệ rừng", "xóa nhà tạm", "phòng chống thiên tai",
    "giảm nghèo bền vững", "bình đẳng giới", "giữ gìn an ninh trật tự", "bảo tồn văn hóa các dân tộc",
    "tuyên truyền bầu cử", "vận động hiến đất làm đường",
]  # fmt: skip

ACTS = [
    "tập huấn cho cán bộ thôn", "khảo sát tại hộ gia đình", "đối thoại trực tiếp với nhân dân",
    "kiểm tra việc thực hiện ở cơ sở", "sơ kết sáu tháng", "ký kết chương trình phối hợp",
    "công khai các khoản đóng góp", "tổ chức ngày hội ở khu dân cư", "gặp mặt người có uy tín",
    "rà soát các mô hình", "lắng nghe kiến nghị của bà con", "phát động thi đua",
]  # fmt: skip

RESULTS = [
    "tỷ lệ hộ đồng thuận tăng so với kỳ trước", "các kiến nghị đều được ghi vào sổ theo dõi",
    "nhiều việc tồn đọng được giải quyết ngay tại chỗ", "mô hình được nhân ra các thôn lân cận",
    "bà con tự nguyện góp ngày công", "hồ sơ được trả đúng hẹn", "đường liên thôn thông xe trước mùa mưa",
    "người dân biết rõ từng khoản thu chi", "các hộ ký cam kết không xả rác ra suối",
    "tổ hòa giải giảm được một nửa số vụ việc",
]  # fmt: skip

PEOPLE = [
    "Nguyễn Thị Lan", "Giàng A Páo", "Lý Láo Lở", "Hoàng Văn Thành", "Vàng Thị Mỷ", "Trần Quốc Hưng",
    "Lù Seo Chúng", "Đặng Thị Hồng", "Tẩn Chỉn Phù", "Phạm Đức Anh", "Sùng Thị Dua", "Lương Văn Cường",
]  # fmt: skip

POSITIONS = ["Trưởng ban", "Phó Trưởng ban", "Chánh Văn phòng", "Bí thư", "Phó Bí thư", "Chủ tịch", "Phó Chủ tịch"]

SENTENCES = [
    "{body} {place} vừa {act} về {topic}.",
    "Có {number} người tham gia, trong đó {few} người là trưởng thôn và người có uy tín.",
    "Qua {months} tháng, {result}.",
    "Việc {topic} được giao cho {body} {place} theo dõi hằng tuần.",
    "Ở {place}, {body} chọn cách {act} trước khi bàn đến kinh phí.",
    "Theo {person}, khó nhất vẫn là nói cho dân hiểu, dân tin rồi dân làm.",
    "Đoàn công tác ghi nhận {few} kiến nghị về {topic} và hẹn trả lời trong {months} tuần.",
    "Nguồn lực gồm {number} triệu đồng ngân sách và {number} ngày công của nhân dân.",
    "Kết quả cho thấy {result}; riêng {place} còn chậm do địa bàn chia cắt.",
    "{body} đề nghị các đơn vị {act} và báo cáo trước ngày {day} hằng tháng.",
    "Cán bộ phụ trách {topic} phải đến từng hộ, không làm thay và không nói suông.",
    "Trong quý tới, {place} sẽ {act} tại {few} thôn còn lại.",
    "Bài học rút ra là {result} khi mọi khoản đều được bàn và công khai.",
    "Một số nơi chưa coi trọng {topic}, sinh hoạt chi bộ còn nặng hình thức.",
    "Các tổ chức đoàn thể phối hợp {act}, mỗi bên nhận một phần việc rõ ràng.",
    "So với năm trước, số cuộc {act} tăng {few} cuộc, số người dự tăng {number} lượt.",
]  # fmt: skip

HEADLINES = [
    "{place}: {act} về {topic}",
    "{body} {place} bàn cách làm mới trong {topic}",
    "{number} hộ dân ở {place} đồng lòng với {topic}",
    "Chuyện {topic} ở {place}",
    "{body} tỉnh {act} tại {place}",
    "Nhìn lại {months} tháng {topic} ở {place}",
]

SUBJECTS = [
    "Về việc tăng cường {topic} trên địa bàn {place} trong tình hình mới",
    "Về việc {act} gắn với {topic}",
    "Về nhiệm vụ của {body} trong {topic} giai đoạn {year}–{later}",
    "Hướng dẫn {act} và chế độ báo cáo về {topic}",
    "Ban hành chương trình {topic} của {body} {place} năm {year}",
]

TASKS = [
    "Tổ chức {act} về {topic} tại {place}",
    "Tham mưu văn bản chỉ đạo {topic}",
    "Phối hợp với {body} {place} để {act}",
    "Tổng hợp kiến nghị về {topic}, trình trước ngày {day}",
    "Kiểm tra {few} đơn vị về {topic}",
]

DELIVERABLES = ["Báo cáo kết quả", "Kế hoạch được phê duyệt", "Biên bản kiểm tra", "Danh sách mô hình", "Tờ trình"]
LIMITATIONS = "Báo cáo của một số đơn vị còn chậm, số liệu chưa thống nhất giữa các kỳ."
QUOTES = [
    "Dân đã thông thì việc gì cũng có cách làm.",
    "Mình làm trước một luống, bà con thấy được rồi sẽ làm theo.",
    "Nghe cho hết câu chuyện của dân, lúc ấy mới nói chuyện của mình.",
]

CATEGORIES = ["Tin hoạt động", "Dân vận chính quyền", "Dân vận khéo", "Dân tộc – Tôn giáo", "Quy chế dân chủ cơ sở"]
SECTORS = ["Dân vận chính quyền", "Dân tộc", "Tôn giáo", "Dân chủ cơ sở", "Đoàn thể", "Văn thư"]
UNITS = ["Phòng Dân vận cơ quan nhà nước", "Phòng Dân tộc – Tôn giáo", "Phòng Đoàn thể và các hội", "Văn phòng Ban"]
# (name, code, level): the first ones issue most of what there is.
ISSUERS = [
    ("Tỉnh ủy", "TU", "province"),
    ("Ban Dân vận Tỉnh ủy", "BDVTU", "province"),
    ("Ban Bí thư", "TW", "central"),
    ("Văn phòng Trung ương Đảng", "VPTW", "central"),
    *[(f"Đảng ủy {place}", "ĐU", "commune") for place in PLACES],
]
# Types of documents with their abbreviations, the commonest first.
TYPES = [
    ("ke-hoach", "KH"), ("cong-van", "CV"), ("thong-bao", "TB"), ("bao-cao", "BC"), ("quyet-dinh", "QĐ"),
    ("huong-dan", "HD"), ("chi-thi", "CT"), ("nghi-quyet", "NQ"), ("ket-luan", "KL"),
]  # fmt: skip
TAGS = [*TOPICS, *PLACES]
