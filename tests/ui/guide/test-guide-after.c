/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/catalogue.h"
#include "guide/guide-after.h"

/* A board without a jumper is not told to take one off. */
static void
test_guide_after_takes_back_what_was_done (void **state)
{
  const struct {
    const char *board;
    gboolean by_itself;
    const char *title;
  } rows[] = {
    { "PYBV11", FALSE, "Take the Jumper Off" },
    { "PYBV11", TRUE, "Start the Board" },
    { "PYBD_SF2", FALSE, "Start the Board" },
    { "WEACT_F411_BLACKPILL", FALSE, "Start the Board" },
    { "NUCLEO_F401RE", FALSE, "Set BOOT0 Low Again" },
    { "ESPRUINO_PICO", FALSE, "Open the BOOT0 Pads Again" },
    { NULL, FALSE, "Start the Board" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (&error);

  assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpBoard *board = rows[i].board != NULL ? jmp_catalogue_find_board (catalogue, rows[i].board)
                                            : NULL;
    const JmpGuideAfter *after = jmp_guide_after (board, rows[i].by_itself);

    print_message ("  %s: %s %s\n", rows[i].board, after->title, after->text);
    assert_true (rows[i].board == NULL || board != NULL);
    assert_string_equal (after->title, rows[i].title);
  }
}

/* Of a board that nobody knows, it may have been a jumper. */
static void
test_guide_after_is_careful_with_strangers (void **state)
{
  assert_ptr_equal (jmp_guide_after (NULL, FALSE), jmp_guide_after_any ());
  assert_ptr_not_equal (jmp_guide_after (NULL, TRUE), jmp_guide_after_any ());
}

static void
test_guide_after_knows_every_board (void **state)
{
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (NULL);
  GPtrArray *boards = jmp_catalogue_get_boards (catalogue);

  for (guint i = 0; i < boards->len; i++) {
    const JmpGuideAfter *after = jmp_guide_after (boards->pdata[i], FALSE);

    assert_non_null (after->title);
    assert_non_null (after->text);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_guide_after_takes_back_what_was_done),
    cmocka_unit_test (test_guide_after_is_careful_with_strangers),
    cmocka_unit_test (test_guide_after_knows_every_board),
  };

  return cmocka_run_group_tests_name ("ui/guide-after", tests, NULL, NULL);
}
