/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "guide/checklist.h"
#include "widget-kit.h"

#include <adwaita.h>

static void
test_checklist_says_what_concerns_the_board (void **state)
{
  GtkWidget *window = g_object_ref (adw_window_new ());
  JmpChecklist *checklist = JMP_CHECKLIST (jmp_checklist_new ());

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (checklist));
  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  assert_true (kit_shows (window, "Try Another Cable"));
  assert_true (kit_shows (window, "The jumper must join DFU and 3V3"));
  assert_false (kit_shows (window, "Use the Other USB Connector"));
  kit_assert_named (window);

  jmp_checklist_set (checklist, jmp_guide_way_find ("hold_boot_tap_reset"), TRUE);
  kit_settle ();
  assert_true (kit_shows (window, "BOOT0 must be down before RESET is tapped"));
  assert_true (kit_shows (window, "Use the Other USB Connector"));
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return 0;
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_checklist_says_what_concerns_the_board),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/guide/checklist", tests, setup, NULL);
}
