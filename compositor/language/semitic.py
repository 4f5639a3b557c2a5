"""Arabic and Hebrew, which are read from right to left. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

ARABIC = table(
    "ar",
    """
direction: rtl
quotes: ”|“|’|‘
months: يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
date_order: {day} {month} {year}
and_: و
part: الجزء
chapter: الفصل
section: القسم
appendix: الملحق
figure: الشكل
table: الجدول
listing: الشيفرة
note: الحاشية
notes: الحواشي
page: الصفحة
see: انظر
see_also: انظر أيضًا
exercise: التمرين
answer: الحل
item_inside: البند
on_page: في الصفحة {page}
plurals: الأجزاء|الفصول|الأقسام|الملاحق|الأشكال|الجداول|الشيفرات|التمارين|البنود
index_symbols: الرموز والأرقام
continued: تتمة
cover: الغلاف
cover_alt: غلاف {title}
half_title: صفحة العنوان المختصر
title_page: صفحة العنوان
copyright_page: حقوق النشر
contents: المحتويات
list_of_figures: قائمة الأشكال
list_of_tables: قائمة الجداول
list_of_listings: قائمة الشيفرات
front_matter: الصفحات التمهيدية
body_matter: المتن
back_matter: الصفحات الختامية
colophon: بيانات الطبع
landmarks: المعالم
list_of_pages: صفحات الكتاب المطبوع
start_of_content: بداية المتن
back_to_text: العودة إلى المتن
task_done: تم
task_open: لم يتم
by: تأليف {authors}
edition: الطبعة
build: الإصدار
build_line: الإصدار {build}، {date}
checksum: مجموع تحقق المصادر
again: لإنشاء هذا الكتاب من جديد:
changed_line: في المصادر تغييرات ليست في أي إيداع: {commit} وما بعده.
unsure_line: لا يُعرف إن كانت المصادر هي مصادر الإيداع {commit}.
copyright_line: حقوق النشر © {year} {holders}
published_by: الناشر: {publisher}
identifier_line: {format}: {identifier}
made_with: صُفَّ باستخدام {program}.
typefaces: الخطوط: {names}.
equation: المعادلة
et_al: وآخرون
accessibility: يمكن قراءة النص بأي حجم وبصوت مسموع وبطريقة برايل، والعناوين والحواشي والإحالات مميزة.|لكل صورة
  وصف.|بعض الصور بلا وصف.
callouts: ملاحظة|نصيحة|مهم|تحذير|تنبيه|تمرين|للتسلية
changes: ما الجديد|التغييرات منذ {revision}. الكلمات المضافة تحتها خط، والكلمات المحذوفة مشطوبة.|لم يتغير شيء منذ
  {revision}.|أُضيف|حُذف|تغيّر|نُقل إلى هنا من {section}|نُقل داخل القسم|جديد|لم يعد في الكتاب|تغييرات أخرى:
  {count}|أقسام أخرى متغيرة: {count}
site: بحث|لا نتائج|السابق|التالي|المظهر|حسب النظام|فاتح|بني داكن|داكن|نسخ|تم النسخ|رابط إلى هذا الموضع|تحرير هذه
  الصفحة|الصفحة غير موجودة|لا توجد صفحة في هذا العنوان.|تنزيل|انتقل إلى النص|إغلاق
""",
)
HEBREW = table(
    "he",
    """
direction: rtl
quotes: ”|”|’|’
months: ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר
date_order: {day} ב{month} {year}
and_: ו
part: חלק
chapter: פרק
section: סעיף
appendix: נספח
figure: איור
table: טבלה
listing: קוד
note: הערה
notes: הערות
page: עמוד
see: ראו
see_also: ראו גם
exercise: תרגיל
answer: פתרון
item_inside: פריט
on_page: בעמוד {page}
plurals: חלקים|פרקים|סעיפים|נספחים|איורים|טבלאות|קטעי קוד|תרגילים|פריטים
index_symbols: סמלים ומספרים
continued: המשך
cover: כריכה
cover_alt: הכריכה של {title}
half_title: עמוד שער מקוצר
title_page: עמוד השער
copyright_page: זכויות יוצרים
contents: תוכן העניינים
list_of_figures: רשימת איורים
list_of_tables: רשימת טבלאות
list_of_listings: רשימת קטעי קוד
front_matter: עמודי פתיחה
body_matter: גוף הספר
back_matter: עמודי סיום
colophon: קולופון
landmarks: ציוני דרך
list_of_pages: עמודי הספר המודפס
start_of_content: תחילת הטקסט
back_to_text: חזרה לטקסט
task_done: בוצע
task_open: לא בוצע
by: מאת {authors}
edition: מהדורה
build: גרסה
build_line: גרסה {build}, {date}
checksum: סכום ביקורת של המקורות
again: לבניית הספר מחדש:
changed_line: במקורות יש שינויים שאינם באף קומיט: {commit} ועוד.
unsure_line: לא ידוע אם המקורות הם אלה של קומיט {commit}.
copyright_line: זכויות יוצרים © {year} {holders}
published_by: הוצאת {publisher}
identifier_line: {format}: {identifier}
made_with: נסדר באמצעות {program}.
typefaces: גופנים: {names}.
equation: משוואה
et_al: ואחרים
accessibility: אפשר לקרוא את הטקסט בכל גודל, בקול ובברייל. כותרות, הערות והפניות מסומנות.|לכל תמונה יש
  תיאור.|לחלק מהתמונות אין תיאור.
callouts: הערה|טיפ|חשוב|אזהרה|זהירות|תרגיל|סתם בשביל הכיף
changes: מה חדש|השינויים מאז {revision}. מילים שנוספו מסומנות בקו תחתון, ומילים שנמחקו בקו חוצה.|דבר לא השתנה מאז
  {revision}.|נוסף|נמחק|שונה|הועבר לכאן מתוך {section}|הועבר בתוך הסעיף|חדש|אינו עוד בספר|שינויים נוספים:
  {count}|סעיפים נוספים שהשתנו: {count}
site: חיפוש|לא נמצא דבר|הקודם|הבא|מראה|לפי המערכת|בהיר|ספיה|כהה|העתקה|הועתק|קישור למקום הזה|עריכת הדף|הדף לא נמצא|אין
  דף בכתובת זו.|הורדה|דילוג לטקסט|סגירה
""",
)
