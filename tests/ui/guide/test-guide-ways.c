/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/catalogue.h"
#include "guide/guide-ways.h"

#include <string.h>

static void
assert_good_way (const JmpGuideWay *way)
{
  const guint n = jmp_guide_way_count_steps (way);

  assert_in_range (n, 1, JMP_GUIDE_MAX_STEPS);
  assert_non_null (way->name);
  assert_non_null (way->drawing);
  assert_non_null (way->picture);
  assert_non_null (way->check);
  for (guint i = 0; i < n; i++)
    assert_non_null (way->steps[i].text);
  /* The last one is what the guide waits for. */
  assert_int_equal (way->steps[n - 1].kind, JMP_GUIDE_STEP_ARRIVE);
}

/* A way in that the catalogue learns is a way that people are shown. */
static void
test_guide_ways_know_every_way_of_the_catalogue (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (&error);
  GPtrArray *boards;

  assert_no_error (error);
  boards = jmp_catalogue_get_boards (catalogue);
  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = g_ptr_array_index (boards, i);

    for (guint k = 0; k < board->entries->len; k++) {
      const char *code = g_array_index (board->entries, JmpWords, k).code;
      const JmpGuideWay *way = jmp_guide_way_find (code);

      if (way == NULL)
        fail_msg ("%s: nobody says how \"%s\" is done", board->id, code);
      assert_good_way (way);
    }
  }
}

/* Without a terminal or a program that runs, there must be a way, too. */
static void
test_guide_ways_every_board_has_one_by_hand (void **state)
{
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (NULL);
  GPtrArray *boards = jmp_catalogue_get_boards (catalogue);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = g_ptr_array_index (boards, i);
    gboolean by_hand = FALSE;

    for (guint k = 0; k < board->entries->len; k++)
      by_hand |= jmp_guide_way_find (g_array_index (board->entries, JmpWords, k).code)->by_hand;
    if (!by_hand)
      fail_msg ("%s has no way in by hand", board->id);
  }
}

static void
test_guide_ways_of_a_board_are_its_own (void **state)
{
  const struct {
    const char *board;
    const char *steps;
  } rows[] = {
    { "PYBV11", "1. Disconnect Everything\n2. Join DFU and 3V3\n3. Connect the USB Cable" },
    { "NUCLEO_F401RE", "1. Disconnect the USB Cable\n2. Set BOOT0 High\n3. Connect the USB Cable" },
    { "WEACT_F411_BLACKPILL",
      "1. Connect the Board\n2. Hold BOOT0\n3. Tap RESET\n4. Let Go of BOOT0" },
  };
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JmpGuideWay *way = jmp_guide_way_by_hand (
        jmp_catalogue_find_board (catalogue, rows[i].board));
    g_autofree char *steps = jmp_guide_way_list_steps (way);

    print_message ("  %s\n", rows[i].board);
    assert_string_equal (steps, rows[i].steps);
  }
}

static void
test_guide_ways_have_defaults (void **state)
{
  assert_string_equal (jmp_guide_way_get_usual ()->code, "pyboard_jumper");
  assert_string_equal (jmp_guide_way_get_any ()->code, "boot0_to_vcc_reset");
  assert_null (jmp_guide_way_find ("no such way"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_guide_ways_know_every_way_of_the_catalogue),
    cmocka_unit_test (test_guide_ways_every_board_has_one_by_hand),
    cmocka_unit_test (test_guide_ways_of_a_board_are_its_own),
    cmocka_unit_test (test_guide_ways_have_defaults),
  };

  return cmocka_run_group_tests_name ("ui/guide/guide-ways", tests, NULL, NULL);
}
