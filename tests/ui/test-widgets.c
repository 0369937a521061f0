/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/board-page.h"
#include "board/phase-label.h"
#include "board/status-pill.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "widget-kit.h"
#include "window/device-row.h"
#include "window/no-board-page.h"

/* Made, and let go: a wrong template ends the program, a leak the test. */
static void
make_and_drop (GtkWidget *widget)
{
  g_object_ref_sink (widget);
  kit_assert_finalized (widget);
}

static void
test_widgets_come_and_go (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);

  make_and_drop (g_object_new (JMP_TYPE_STATUS_PILL, NULL));
  make_and_drop (g_object_new (JMP_TYPE_WRAP_BOX, NULL));
  make_and_drop (jmp_phase_label_new ("Erasing"));
  make_and_drop (jmp_no_board_page_new ());
  make_and_drop (jmp_device_row_new (session));
  make_and_drop (jmp_board_page_new (session));
  assert_int_equal (G_OBJECT (session)->ref_count, 1);
}

static void
test_widgets_row_says_all_that_it_shows (void **state)
{
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_PERMISSION);
  g_autoptr (JmpSession) session = jmp_session_new (device, NULL);
  GtkWidget *row = g_object_ref_sink (jmp_device_row_new (session));
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (row),
      GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Unknown board, USB port 1-2, No permission");

  assert_null (wrong);
  assert_ptr_equal (jmp_device_row_get_session (JMP_DEVICE_ROW (row)), session);
  kit_assert_finalized (row);
}

/* Warnings are fatal here: no label may report a size that there cannot be, whatever it is asked. */
static void
test_widgets_row_with_a_check_fits_any_size (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",serial=3254335D3037A1B2C3D4E5F60718293A4B5C6D7E8F90");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  GtkWidget *row = g_object_ref_sink (jmp_device_row_new (session));
  int width = -1;

  jmp_device_row_set_check (JMP_DEVICE_ROW (row), TRUE, TRUE);
  for (int height = -1; height < 120; height++) {
    gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, height, &width, NULL, NULL, NULL);
    assert_in_range (width, 1, 264);
  }
  kit_assert_finalized (row);
}

static void
test_widgets_phase_label_says_how_far_it_is (void **state)
{
  GtkWidget *label = g_object_ref_sink (jmp_phase_label_new ("Erasing"));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, "Erasing: to come");
  assert_null (before);
  jmp_phase_label_set_state (JMP_PHASE_LABEL (label), JMP_PHASE_LABEL_DONE);
  after = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, "Erasing: done");
  assert_null (after);
  kit_assert_finalized (label);
}

static GtkWidget *
wrap_box_with (guint n, int width)
{
  GtkWidget *box = g_object_ref_sink (g_object_new (JMP_TYPE_WRAP_BOX, NULL));

  for (guint i = 0; i < n; i++) {
    GtkWidget *child = gtk_label_new (NULL);

    gtk_widget_set_size_request (child, width, 20);
    gtk_widget_set_parent (child, box);
  }
  return box;
}

static void
test_widgets_wrap_box_goes_on_below (void **state)
{
  const struct {
    int width;
    int height;
  } rows[] = {
    { 400, 20 }, /* 3 x 100 and the gaps between them */
    { 324, 20 },
    { 323, 20 + 9 + 20 },
    { 212, 20 + 9 + 20 },
    { 211, 3 * 20 + 2 * 9 },
    { 100, 3 * 20 + 2 * 9 },
  };
  GtkWidget *box = wrap_box_with (3, 100);
  int minimum, natural;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  assert_int_equal (minimum, 100);
  assert_int_equal (natural, 324);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gtk_widget_measure (
        box, GTK_ORIENTATION_VERTICAL, rows[i].width, &minimum, &natural, NULL, NULL);
    assert_int_equal (minimum, rows[i].height);
    assert_int_equal (natural, rows[i].height);
  }
  kit_assert_finalized (box);
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
    cmocka_unit_test (test_widgets_come_and_go),
    cmocka_unit_test (test_widgets_row_says_all_that_it_shows),
    cmocka_unit_test (test_widgets_row_with_a_check_fits_any_size),
    cmocka_unit_test (test_widgets_phase_label_says_how_far_it_is),
    cmocka_unit_test (test_widgets_wrap_box_goes_on_below),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/widgets", tests, setup, kit_remove_folder);
}
