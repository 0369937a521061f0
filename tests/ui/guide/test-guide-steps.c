/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "guide/guide-steps.h"

#define SECOND G_TIME_SPAN_SECOND

/* r: a running board comes, l: it leaves, u: one comes in update mode. */
static void
play (JmpGuide *guide, const char *events)
{
  for (const char *event = events; *event != '\0'; event++) {
    if (*event == 'r')
      jmp_guide_take (guide, JMP_GUIDE_RUNNING, SECOND);
    else if (*event == 'l')
      jmp_guide_take (guide, JMP_GUIDE_LEFT, SECOND);
    else
      jmp_guide_take (guide, JMP_GUIDE_ARRIVED, SECOND);
  }
}

/* One mark for each step, and "!" when the board came back without the steps having worked. */
static char *
describe (const JmpGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < jmp_guide_way_count_steps (guide->way); i++)
    g_string_append_c (text, jmp_guide_is_done (guide, i) ? 'x' : '.');
  if (jmp_guide_is_missed (guide))
    g_string_append_c (text, '!');
  return g_string_free (text, FALSE);
}

static const struct {
  const char *name;
  const char *way;
  gboolean is_running; /* a board is connected when the guide begins */
  const char *events;
  const char *ticks;
} ROWS[] = {
  { "nothing is known of a cable that is not plugged in", "pyboard_jumper", FALSE, "", "..." },
  { "a running board must go first", "pyboard_jumper", TRUE, "", "..." },
  { "it went", "pyboard_jumper", TRUE, "l", "x.." },
  { "it came back without the jumper", "pyboard_jumper", TRUE, "lr", "...!" },
  { "and went once more", "pyboard_jumper", TRUE, "lrl", "x.." },
  { "it came back with the jumper", "pyboard_jumper", TRUE, "lu", "xxx" },
  { "the person was quicker than the guide", "pyboard_jumper", FALSE, "u", "xxx" },
  { "the first board came running", "pyboard_jumper", FALSE, "r", "...!" },
  { "the cable came off again", "pyboard_jumper", FALSE, "ul", "x.." },
  { "the buttons: not connected", "hold_boot_tap_reset", FALSE, "", "...." },
  { "the buttons: connected before", "hold_boot_tap_reset", TRUE, "", "x..." },
  { "the buttons: connected now", "hold_boot_tap_reset", FALSE, "r", "x..." },
  { "the buttons: reset", "hold_boot_tap_reset", FALSE, "rl", "x.x." },
  { "the buttons: too late", "hold_boot_tap_reset", FALSE, "rlr", "x...!" },
  { "the buttons: right", "hold_boot_tap_reset", FALSE, "rlu", "xxxx" },
  { "the buttons: right the second time", "hold_boot_tap_reset", FALSE, "rlrlu", "xxxx" },
  { "the prompt: connected", "repl_machine_bootloader", FALSE, "r", "x.." },
  { "the prompt: typed", "repl_machine_bootloader", TRUE, "lu", "xxx" },
  { "two taps: one was not enough", "double_tap_reset", TRUE, "lr", "x.!" },
  { "two taps", "double_tap_reset", TRUE, "lrlu", "xx" },
};

static void
test_guide_steps_tick_when_the_board_shows_it (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *ticks = NULL;
    JmpGuide guide;

    jmp_guide_begin (&guide, jmp_guide_way_find (ROWS[i].way), ROWS[i].is_running, 0);
    play (&guide, ROWS[i].events);
    ticks = describe (&guide);
    if (!g_str_equal (ticks, ROWS[i].ticks))
      fail_msg ("%s: \"%s\" instead of \"%s\"", ROWS[i].name, ticks, ROWS[i].ticks);
  }
}

static void
test_guide_steps_help_is_due_after_a_while (void **state)
{
  JmpGuide guide;

  jmp_guide_begin (&guide, jmp_guide_way_get_usual (), FALSE, 100 * SECOND);
  assert_int_equal (jmp_guide_get_wait (&guide, 100 * SECOND), 15 * SECOND);
  assert_int_equal (jmp_guide_get_wait (&guide, 114 * SECOND), SECOND);
  assert_int_equal (jmp_guide_get_wait (&guide, 115 * SECOND), 0);
  assert_int_equal (jmp_guide_get_wait (&guide, 900 * SECOND), 0);
}

static void
test_guide_steps_help_waits_again_when_something_happens (void **state)
{
  JmpGuide guide;

  jmp_guide_begin (&guide, jmp_guide_way_get_usual (), FALSE, 0);
  jmp_guide_take (&guide, JMP_GUIDE_RUNNING, 10 * SECOND);
  assert_int_equal (jmp_guide_get_wait (&guide, 15 * SECOND), 10 * SECOND);
  jmp_guide_take (&guide, JMP_GUIDE_ARRIVED, 20 * SECOND);
  assert_int_equal (jmp_guide_get_wait (&guide, 20 * SECOND), -1);
  assert_int_equal (jmp_guide_get_wait (&guide, 900 * SECOND), -1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_guide_steps_tick_when_the_board_shows_it),
    cmocka_unit_test (test_guide_steps_help_is_due_after_a_while),
    cmocka_unit_test (test_guide_steps_help_waits_again_when_something_happens),
  };

  return cmocka_run_group_tests_name ("ui/guide/guide-steps", tests, NULL, NULL);
}
