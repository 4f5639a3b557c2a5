"""Chinese in both scripts, Japanese and Korean. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

SIMPLIFIED = table(
    "zh-Hans",
    """
quotes: “|”|‘|’
months: 1|2|3|4|5|6|7|8|9|10|11|12
date_order: {year}年{month}月{day}日
and_: 和
part: 卷
chapter: 第{number}章
section: 第{number}节
appendix: 附录
figure: 图
table: 表
listing: 代码
note: 注
notes: 注释
page: 第{number}页
see: 参见
see_also: 另见
exercise: 练习
answer: 答案
item_inside: 条目
on_page: 第{page}页
plurals: 卷|章|节|附录|图|表|代码|练习|条目
index_symbols: 符号和数字
continued: 续
cover: 封面
cover_alt: 《{title}》封面
half_title: 半扉页
title_page: 扉页
copyright_page: 版权
contents: 目录
list_of_figures: 图目录
list_of_tables: 表目录
list_of_listings: 代码目录
front_matter: 前页
body_matter: 正文
back_matter: 后页
colophon: 版本记录
landmarks: 导航点
list_of_pages: 印刷版页码
start_of_content: 正文开始
back_to_text: 返回正文
task_done: 已完成
task_open: 未完成
by: {authors} 著
edition: 版次
build: 版本
build_line: 版本 {build}，{date}
checksum: 源文件的校验和
again: 重新生成本书：
changed_line: 源文件含有尚未提交的改动：{commit} 之后另有修改。
unsure_line: 无法确定源文件是否与提交 {commit} 一致。
copyright_line: 版权所有 © {year} {holders}
published_by: {publisher} 出版
identifier_line: {format}：{identifier}
made_with: 使用 {program} 排版。
typefaces: 字体：{names}。
equation: 公式
et_al: 等
accessibility: 正文可以任意字号阅读、朗读或以盲文阅读；标题、注释和引用均有标记。
  |每幅图片都有说明。|部分图片没有说明。
callouts: 注意|提示|重要|警告|小心|练习|轻松一下
changes: 更新内容|自 {revision} 以来的更改。新增的文字带下划线，删除的文字带删除线。|自 {revision}
  以来没有更改。|新增|删除|修改|从{section}移至此处|在本节内移动|全新|已不在书中|其他更改：{count}|其他有更改的章节：{count}
site: 搜索|没有结果|上一页|下一页|外观|跟随系统|浅色|护眼|深色|复制|已复制|此处的链接|编辑此页|找不到页面|
  此地址没有页面。|下载|跳到正文|关闭
""",
)
TRADITIONAL = table(
    "zh-Hant",
    """
quotes: 「|」|『|』
months: 1|2|3|4|5|6|7|8|9|10|11|12
date_order: {year}年{month}月{day}日
and_: 和
part: 卷
chapter: 第{number}章
section: 第{number}節
appendix: 附錄
figure: 圖
table: 表
listing: 程式碼
note: 註
notes: 註釋
page: 第{number}頁
see: 參見
see_also: 另見
exercise: 練習
answer: 解答
item_inside: 項目
on_page: 第{page}頁
plurals: 卷|章|節|附錄|圖|表|程式碼|練習|項目
index_symbols: 符號與數字
continued: 續
cover: 封面
cover_alt: 《{title}》封面
half_title: 半書名頁
title_page: 書名頁
copyright_page: 版權
contents: 目錄
list_of_figures: 圖目錄
list_of_tables: 表目錄
list_of_listings: 程式碼目錄
front_matter: 前頁
body_matter: 正文
back_matter: 後頁
colophon: 版本記錄
landmarks: 導覽點
list_of_pages: 印刷版頁碼
start_of_content: 正文開始
back_to_text: 返回正文
task_done: 已完成
task_open: 未完成
by: {authors} 著
edition: 版次
build: 版本
build_line: 版本 {build}，{date}
checksum: 原始檔的校驗和
again: 重新產生本書：
changed_line: 原始檔含有尚未提交的變更：{commit} 之後另有修改。
unsure_line: 無法確定原始檔是否與提交 {commit} 一致。
copyright_line: 版權所有 © {year} {holders}
published_by: {publisher} 出版
identifier_line: {format}：{identifier}
made_with: 使用 {program} 排版。
typefaces: 字型：{names}。
equation: 公式
et_al: 等
accessibility: 內文可以任意字級閱讀、朗讀或以點字閱讀；標題、註釋與參照均有標記。
  |每張圖片都有說明。|部分圖片沒有說明。
callouts: 注意|提示|重要|警告|小心|練習|輕鬆一下
changes: 更新內容|自 {revision} 以來的變更。新增的文字加底線，刪除的文字加刪除線。|自 {revision}
  以來沒有變更。|新增|刪除|修改|自{section}移至此處|在本節內移動|全新|已不在書中|其他變更：{count}|其他有變更的章節：{count}
site: 搜尋|沒有結果|上一頁|下一頁|外觀|跟隨系統|淺色|護眼|深色|複製|已複製|此處的連結|編輯此頁|找不到頁面|
  此網址沒有頁面。|下載|跳到正文|關閉
""",
)
JAPANESE = table(
    "ja",
    """
quotes: 「|」|『|』
months: 1|2|3|4|5|6|7|8|9|10|11|12
date_order: {year}年{month}月{day}日
and_: と
part: パート
chapter: 第{number}章
section: {number}節
appendix: 付録
figure: 図
table: 表
listing: リスト
note: 注
notes: 注釈
page: {number}ページ
see: 参照
see_also: 関連項目
exercise: 練習問題
answer: 解答
item_inside: 項目
on_page: {page}ページ
plurals: パート|章|節|付録|図|表|リスト|練習問題|項目
index_symbols: 記号と数字
continued: 続き
cover: 表紙
cover_alt: 『{title}』の表紙
half_title: 小扉
title_page: 扉
copyright_page: 著作権
contents: 目次
list_of_figures: 図目次
list_of_tables: 表目次
list_of_listings: リスト目次
front_matter: 前付
body_matter: 本文
back_matter: 後付
colophon: 奥付
landmarks: ランドマーク
list_of_pages: 印刷版のページ
start_of_content: 本文の始まり
back_to_text: 本文に戻る
task_done: 完了
task_open: 未完了
by: {authors} 著
edition: 版
build: ビルド
build_line: ビルド {build}、{date}
checksum: 原稿のチェックサム
again: この本を再び作るには：
changed_line: 原稿にはどのコミットにもない変更があります（{commit} 以降）。
unsure_line: 原稿がコミット {commit} のものかどうかは不明です。
copyright_line: Copyright © {year} {holders}
published_by: {publisher} 発行
identifier_line: {format}: {identifier}
made_with: {program} で組版しました。
typefaces: 書体: {names}
equation: 式
et_al: ほか
accessibility: 本文は任意の大きさの文字、音声、点字で読めます。見出し、注、参照には印が付いています。
  |すべての画像に説明があります。|説明のない画像があります。
callouts: メモ|ヒント|重要|警告|注意|練習問題|余談
changes: 変更点|{revision} からの変更点。追加された語句には下線、削除された語句には取り消し線が付いています。|{revision}
  からの変更はありません。|追加|削除|変更|{section}からここへ移動|節の中で移動|新規|本書から削除|その他の変更：{count}|変更のあるその他の節：{count}
site:
  検索|見つかりませんでした|前へ|次へ|表示|システムに合わせる|ライト|セピア|ダーク|コピー|コピーしました|この場所へのリンク|このページを編集|ページが見つかりません|このアドレスにページはありません。|ダウンロード|本文へ移動|閉じる
""",
)
KOREAN = table(
    "ko",
    """
quotes: “|”|‘|’
months: 1|2|3|4|5|6|7|8|9|10|11|12
date_order: {year}년 {month}월 {day}일
and_: 및
part: 파트
chapter: {number}장
section: {number}절
appendix: 부록
figure: 그림
table: 표
listing: 코드
note: 주
notes: 주석
page: {number}쪽
see: 참조
see_also: 함께 보기
exercise: 연습 문제
answer: 해답
item_inside: 항목
on_page: {page}쪽
plurals: 파트|장|절|부록|그림|표|코드|연습 문제|항목
index_symbols: 기호와 숫자
continued: 계속
cover: 표지
cover_alt: {title} 표지
half_title: 반표제지
title_page: 표제지
copyright_page: 저작권
contents: 차례
list_of_figures: 그림 차례
list_of_tables: 표 차례
list_of_listings: 코드 차례
front_matter: 앞부분
body_matter: 본문
back_matter: 뒷부분
colophon: 간기
landmarks: 길잡이
list_of_pages: 인쇄본 쪽 번호
start_of_content: 본문 시작
back_to_text: 본문으로 돌아가기
task_done: 완료
task_open: 미완료
by: {authors} 지음
edition: 판
build: 빌드
build_line: 빌드 {build}, {date}
checksum: 원고의 체크섬
again: 이 책을 다시 만들려면:
changed_line: 원고에 커밋되지 않은 변경이 있습니다: {commit} 이후.
unsure_line: 원고가 커밋 {commit}의 것인지 알 수 없습니다.
copyright_line: 저작권 © {year} {holders}
published_by: {publisher} 펴냄
identifier_line: {format}: {identifier}
made_with: {program}(으)로 조판했습니다.
typefaces: 글꼴: {names}.
equation: 식
et_al: 외
accessibility: 본문은 어떤 크기로도, 소리로도, 점자로도 읽을 수 있습니다. 제목, 주석, 참조가 표시되어 있습니다.
  |모든 그림에 설명이 있습니다.|설명이 없는 그림이 있습니다.
callouts: 참고|도움말|중요|경고|주의|연습 문제|쉬어 가기
changes: 달라진 점|{revision} 이후 달라진 점. 추가된 말에는 밑줄이, 삭제된 말에는 취소선이 있습니다.|
  {revision} 이후 달라진 것이 없습니다.|추가|삭제|변경|{section}에서 이곳으로 옮김|절 안에서 옮김|신규|책에서 빠짐|
  그 밖의 변경: {count}|변경된 그 밖의 절: {count}
site: 검색|결과 없음|이전|다음|모양|시스템 설정|밝게|세피아|어둡게|복사|복사됨|이 위치로 연결되는 링크|
  이 페이지 편집|페이지를 찾을 수 없음|이 주소에는 페이지가 없습니다.|다운로드|본문으로 건너뛰기|닫기
""",
)
