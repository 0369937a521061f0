/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/text-layout.h"
#include "widget-kit.h"

#include <adwaita.h>

#define TEXT \
  "A sentence that is long enough to need several lines where there is little room for it."
#define SPACING 7
/* Of several lines. */
#define HIGH 200

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (TEXT);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_column (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_box_append (GTK_BOX (column), make_label ());
  gtk_box_append (GTK_BOX (column), make_label ());
  return column;
}

static GtkWidget *(*const MAKERS[]) (void) = { make_label, make_column };

/* Text and a button beside it, as in a row. */
static GtkWidget *
make_box (GtkWidget *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Change"));
  return g_object_ref_sink (box);
}

static void
test_text_layout_asks_for_one_width (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (MAKERS); i++) {
    GtkWidget *text = MAKERS[i]();
    g_autoptr (GtkWidget) box = make_box (text);
    const int wide = measure (text, GTK_ORIENTATION_HORIZONTAL, -1);

    assert_int_not_equal (measure (text, GTK_ORIENTATION_HORIZONTAL, HIGH), wide);
    jmp_text_layout_use (box);
    assert_int_equal (measure (text, GTK_ORIENTATION_HORIZONTAL, HIGH), wide);
    assert_int_equal (measure (text, GTK_ORIENTATION_HORIZONTAL, -1), wide);
  }
}

/* What it changes is the question alone: text still is as high as its width makes it. */
static void
test_text_layout_keeps_heights (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (MAKERS); i++) {
    g_autoptr (GtkWidget) plain = make_box (MAKERS[i]());
    g_autoptr (GtkWidget) box = make_box (MAKERS[i]());

    jmp_text_layout_use (box);
    for (int width = 200; width <= 1000; width += 50)
      assert_int_equal (measure (box, GTK_ORIENTATION_VERTICAL, width),
                        measure (plain, GTK_ORIENTATION_VERTICAL, width));
    assert_int_equal (measure (box, GTK_ORIENTATION_HORIZONTAL, -1),
                      measure (plain, GTK_ORIENTATION_HORIZONTAL, -1));
  }
}

/* They share the width by how high each of them would be. */
static void
test_text_layout_leaves_two_texts_alone (void **state)
{
  GtkWidget *text = make_label ();
  g_autoptr (GtkWidget) box = make_box (text);

  gtk_box_append (GTK_BOX (box), make_label ());
  jmp_text_layout_use (box);
  assert_null (gtk_widget_get_layout_manager (text));
}

/* A row of libadwaita has such a column inside. */
static void
test_text_layout_reaches_into_rows (void **state)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (adw_action_row_new ());
  int wide;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), TEXT);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), TEXT);
  jmp_text_layout_use (row);
  jmp_text_layout_use (row);
  wide = measure (row, GTK_ORIENTATION_HORIZONTAL, -1);
  assert_int_equal (measure (row, GTK_ORIENTATION_HORIZONTAL, 400), wide);
  assert_true (measure (row, GTK_ORIENTATION_VERTICAL, 300)
               > measure (row, GTK_ORIENTATION_VERTICAL, 900));
}

static void
test_text_layout_goes_with_its_widget (void **state)
{
  GtkWidget *box = make_box (make_column ());
  gpointer layout;

  jmp_text_layout_use (box);
  layout = gtk_widget_get_layout_manager (gtk_widget_get_first_child (box));
  assert_true (JMP_IS_TEXT_LAYOUT (layout));
  g_object_add_weak_pointer (layout, &layout);
  g_object_unref (box);
  assert_null (layout);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_text_layout_asks_for_one_width),
    cmocka_unit_test (test_text_layout_keeps_heights),
    cmocka_unit_test (test_text_layout_leaves_two_texts_alone),
    cmocka_unit_test (test_text_layout_reaches_into_rows),
    cmocka_unit_test (test_text_layout_goes_with_its_widget),
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  return cmocka_run_group_tests_name ("ui/text-layout", tests, NULL, NULL);
}
