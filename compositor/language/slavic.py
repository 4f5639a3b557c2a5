"""Polish, Russian and Ukrainian. Months, dates, quotation marks and numbers: CLDR 47."""

from __future__ import annotations

from compositor.language.tables import table

POLISH = table(
    "pl",
    """
quotes: „|”|«|»
months: stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia
date_order: {day} {month} {year}
and_: i
part: Część
chapter: Rozdział
section: Sekcja
appendix: Dodatek
figure: Rysunek
table: Tabela
listing: Listing
note: Przypis
notes: Przypisy
page: Strona
see: zob.
see_also: zob. też
exercise: Ćwiczenie
answer: Odpowiedź
item_inside: punkt
on_page: na stronie {page}
plurals: części|rozdziały|sekcje|dodatki|rysunki|tabele|listingi|ćwiczenia|punkty
index_symbols: Symbole i liczby
continued: ciąg dalszy
cover: Okładka
cover_alt: Okładka książki {title}
half_title: Strona przedtytułowa
title_page: Strona tytułowa
copyright_page: Prawa autorskie
contents: Spis treści
list_of_figures: Spis rysunków
list_of_tables: Spis tabel
list_of_listings: Spis listingów
front_matter: Materiały wstępne
body_matter: Tekst główny
back_matter: Materiały końcowe
colophon: Stopka
landmarks: Punkty orientacyjne
list_of_pages: Strony wydania drukowanego
start_of_content: Początek tekstu
back_to_text: Powrót do tekstu
task_done: zrobione
task_open: do zrobienia
by: autor: {authors}
edition: Wydanie
build: Wersja
build_line: Wersja {build}, {date}
checksum: suma kontrolna źródeł
again: Aby zbudować tę książkę ponownie:
changed_line: Źródła mają zmiany, których nie ma w żadnym commicie: {commit} i więcej.
unsure_line: Nie wiadomo, czy źródła pochodzą z commitu {commit}.
copyright_line: Copyright © {year} {holders}
published_by: Wydawca: {publisher}
identifier_line: {format}: {identifier}
made_with: Złożono programem {program}.
typefaces: Kroje pisma: {names}.
decimal: ,
thousands: _
equation: równanie
et_al: i in.
abbreviations: m. in.|i in.
accessibility: Tekst można czytać w dowolnym rozmiarze, na głos i w brajlu. Nagłówki, przypisy i odsyłacze są
  oznaczone.|Każdy obraz ma opis.|Niektóre obrazy nie mają opisu.
callouts: Uwaga|Wskazówka|Ważne|Ostrzeżenie|Ostrożnie|Ćwiczenie|Dla zabawy
changes: Co nowego|Zmiany od {revision}. Słowa dodane są podkreślone, a usunięte przekreślone.|Od {revision} nic się
  nie zmieniło.|Dodano|Usunięto|Zmieniono|Przeniesiono tutaj z {section}|Przeniesiono w obrębie sekcji|Nowe|Nie ma już
  w książce|Dalsze zmiany: {count}|Dalsze zmienione sekcje: {count}
site: Szukaj|Nic nie znaleziono|Wstecz|Dalej|Wygląd|Jak w systemie|Jasny|Sepia|Ciemny|Kopiuj|Skopiowano|Odnośnik do
  tego miejsca|Edytuj tę stronę|Nie znaleziono strony|Pod tym adresem nie ma strony.|Pobierz|Przejdź do tekstu|Zamknij
""",
    {letter: f"{base}\uffdc" for letter, base in zip("ąćęłńóśźż", "acelnoszz", strict=True)},
)
RUSSIAN = table(
    "ru",
    """
quotes: «|»|„|“
months: января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря
date_order: {day} {month} {year} г.
and_: и
part: Часть
chapter: Глава
section: Раздел
appendix: Приложение
figure: Рисунок
table: Таблица
listing: Листинг
note: Примечание
notes: Примечания
page: Страница
see: см.
see_also: см. также
exercise: Упражнение
answer: Ответ
item_inside: пункт
on_page: на странице {page}
plurals: части|главы|разделы|приложения|рисунки|таблицы|листинги|упражнения|пункты
index_symbols: Символы и числа
continued: продолжение
cover: Обложка
cover_alt: Обложка книги {title}
half_title: Шмуцтитул
title_page: Титульный лист
copyright_page: Авторские права
contents: Оглавление
list_of_figures: Список рисунков
list_of_tables: Список таблиц
list_of_listings: Список листингов
front_matter: Вводная часть
body_matter: Основной текст
back_matter: Заключительная часть
colophon: Выходные данные
landmarks: Ориентиры
list_of_pages: Страницы печатного издания
start_of_content: Начало текста
back_to_text: Назад к тексту
task_done: сделано
task_open: не сделано
by: {authors}
edition: Издание
build: Версия
build_line: Версия {build}, {date}
checksum: контрольная сумма источников
again: Собрать эту книгу заново:
changed_line: В источниках есть изменения, которых нет ни в одном коммите: {commit} и не только.
unsure_line: Неизвестно, соответствуют ли источники коммиту {commit}.
copyright_line: © {holders}, {year}
published_by: Издательство: {publisher}
identifier_line: {format}: {identifier}
made_with: Свёрстано программой {program}.
typefaces: Гарнитуры: {names}.
decimal: ,
thousands: _
equation: формула
et_al: и др.
abbreviations: т. е.|т. д.|т. п.|т. к.|и др.
accessibility: Текст можно читать в любом размере, вслух и шрифтом Брайля. Заголовки, примечания и ссылки
  размечены.|У каждого изображения есть описание.|У некоторых изображений нет описания.
callouts: Примечание|Совет|Важно|Внимание|Осторожно|Упражнение|Для забавы
changes: Что нового|Изменения с {revision}. Добавленные слова подчёркнуты, удалённые зачёркнуты.|С {revision} ничего
  не изменилось.|Добавлено|Удалено|Изменено|Перенесено сюда из {section}|Перенесено внутри раздела|Новое|В книге
  больше нет|Другие изменения: {count}|Другие изменённые разделы: {count}
site: Поиск|Ничего не найдено|Назад|Вперёд|Оформление|Как в системе|Светлое|Сепия|Тёмное|Копировать|Скопировано|Ссылка
  на это место|Редактировать страницу|Страница не найдена|По этому адресу нет страницы.|Скачать|Перейти к
  тексту|Закрыть
""",
    {"й": "и\uffdc"},
)
UKRAINIAN = table(
    "uk",
    """
quotes: «|»|„|“
months: січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня
date_order: {day} {month} {year} р.
and_: і
part: Частина
chapter: Розділ
section: Підрозділ
appendix: Додаток
figure: Рисунок
table: Таблиця
listing: Лістинг
note: Примітка
notes: Примітки
page: Сторінка
see: див.
see_also: див. також
exercise: Вправа
answer: Відповідь
item_inside: пункт
on_page: на сторінці {page}
plurals: частини|розділи|підрозділи|додатки|рисунки|таблиці|лістинги|вправи|пункти
index_symbols: Символи та числа
continued: продовження
cover: Обкладинка
cover_alt: Обкладинка книги {title}
half_title: Шмуцтитул
title_page: Титульна сторінка
copyright_page: Авторські права
contents: Зміст
list_of_figures: Список рисунків
list_of_tables: Список таблиць
list_of_listings: Список лістингів
front_matter: Вступна частина
body_matter: Основний текст
back_matter: Прикінцева частина
colophon: Вихідні дані
landmarks: Орієнтири
list_of_pages: Сторінки друкованого видання
start_of_content: Початок тексту
back_to_text: Назад до тексту
task_done: зроблено
task_open: не зроблено
by: {authors}
edition: Видання
build: Версія
build_line: Версія {build}, {date}
checksum: контрольна сума джерел
again: Зібрати цю книгу знову:
changed_line: У джерелах є зміни, яких немає в жодному коміті: {commit} і не тільки.
unsure_line: Невідомо, чи відповідають джерела коміту {commit}.
copyright_line: © {holders}, {year}
published_by: Видавництво: {publisher}
identifier_line: {format}: {identifier}
made_with: Зверстано програмою {program}.
typefaces: Гарнітури: {names}.
decimal: ,
thousands: _
equation: формула
et_al: та ін.
abbreviations: т. д.|т. п.|та ін.
accessibility: Текст можна читати в будь-якому розмірі, вголос і шрифтом Брайля. Заголовки, примітки та
  посилання розмічено.|Кожне зображення має опис.|Деякі зображення не мають опису.
callouts: Примітка|Порада|Важливо|Увага|Обережно|Вправа|Для розваги
changes: Що нового|Зміни від {revision}. Додані слова підкреслено, вилучені закреслено.|Від {revision} нічого не
  змінилося.|Додано|Вилучено|Змінено|Перенесено сюди з {section}|Перенесено в межах підрозділу|Нове|У книжці більше
  немає|Інші зміни: {count}|Інші змінені підрозділи: {count}
site: Пошук|Нічого не знайдено|Назад|Далі|Вигляд|Як у системі|Світлий|Сепія|Темний|Копіювати|Скопійовано|Посилання на
  це місце|Редагувати сторінку|Сторінку не знайдено|За цією адресою немає сторінки.|Завантажити|Перейти до
  тексту|Закрити
""",
    {"ґ": "г\uffdc", "є": "е\uffdc", "і": "и\uffdcа", "ї": "и\uffdcб", "й": "и\uffdcв"},
)
