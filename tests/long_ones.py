"""Tests that take seconds each and of which a sister runs in `make test`: they run in `make test-all`.

A line is how a test's id begins.
"""

from __future__ import annotations

LONG_ONES = (
    "tests/test_all_or_nothing.py::test_a_build_that_is_ended_at_any_moment_leaves_whole_files[epub-SIGKILL]",
    "tests/test_cli.py::test_a_stream_that_cannot_be_written[>&--0-]",
    "tests/test_cli.py::test_a_stream_that_cannot_be_written[<&- >&- 2>&--0-]",
    "tests/test_cli.py::test_a_stream_that_cannot_be_written[2>/dev/full-0-]",
    "tests/test_cli.py::test_a_stream_that_cannot_be_written[>/dev/full 2>/dev/full-1-]",
    "tests/test_specimen.py::test_our_books_are_valid[german]",
    "tests/test_specimen.py::test_our_books_are_valid[likeours]",
    "tests/test_specimen.py::test_the_command_writes_both_files",
    "tests/formats/epub/test_epub.py::test_epubcheck_has_nothing_to_say_of_a_book_in_german",
    "tests/test_reproduce.py::test_what_slips_in_from_the_machine_is_caught",
    "tests/test_reproduce.py::test_a_dirty_tree_says_so_in_the_book",
    "tests/git/test_forms_of_repositories.py::test_every_form_gives_the_same_book[submodule]",
    "tests/git/test_forms_of_repositories.py::test_every_form_gives_the_same_book[worktree_with_a_branch]",
    "tests/formats/test_signs.py::test_signs_need_no_font_of_the_book[plain]",
    "tests/formats/test_signs.py::test_signs_are_copied_as_they_were_written[plain]",
    "tests/formats/test_signs.py::test_a_book_with_signs_conforms[plain]",
    "tests/formats/test_signs.py::test_an_epub_carries_the_signs_that_it_uses[plain]",
    "tests/checks/finished/test_lost_in_silence.py::test_a_reference_to_no_character[&#x2028;]",
    "tests/checks/finished/test_lost_in_silence.py::test_a_reference_to_no_character[&#0;]",
    "tests/checks/finished/test_lost_in_silence.py::test_a_reference_to_no_character[&#xFFFE;]",
    "tests/checks/finished/test_lost_in_silence.py::test_a_style_that_hides_in_print[p { color: white }",
    "tests/checks/finished/test_lost_in_silence.py::test_a_style_that_hides_in_print[p { opacity: 0 }",
    "tests/checks/finished/test_lost_in_silence.py::test_a_style_that_hides_in_print[p { visibility: hidden }",
    "tests/checks/finished/test_lost_in_silence.py::test_a_style_that_hides_in_print[p { font-size: 0 }",
    "tests/formats/pdf/test_page_findings.py::test_a_style_that_spoils_every_page_is_found[no folio on an opener]",
    "tests/formats/pdf/test_page_findings.py::test_a_style_that_spoils_every_page_is_found[a head of two lines]",
    "tests/formats/pdf/test_page_findings.py::test_a_style_that_spoils_every_page_is_found[a font of the machine]",
    "tests/formats/test_own_faces.py::test_near_letters_may_be_in_different_fonts[ba]",
    "tests/formats/test_own_faces.py::test_code_in_a_variable_font_is_embedded_once",
    "tests/formats/test_dates.py::test_an_epub_has_its_date_whatever_a_zip_can_hold[1979",
    "tests/formats/test_dates.py::test_an_epub_has_its_date_whatever_a_zip_can_hold[2108",
    "tests/formats/test_dates.py::test_an_epub_has_its_date_whatever_a_zip_can_hold[2200",
    "tests/formats/test_dates.py::test_a_pdf_has_its_date[2107-12-31 23:59:58",
    "tests/formats/test_dates.py::test_a_pdf_has_its_date[2108",
    "tests/test_processes.py::test_a_build_starts_its_worker_and_its_typesetter_and_nothing_else[epub-0]",
    "tests/test_processes.py::test_a_build_starts_its_worker_and_its_typesetter_and_nothing_else[pdf-1]",
)
