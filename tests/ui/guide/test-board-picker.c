/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "guide/board-picker.h"
#include "widget-kit.h"

#include <adwaita.h>

typedef struct {
  GtkWidget *window;
  JmpBoardPicker *picker;
  guint n_chosen;
  guint n_cancelled;
  JmpBoard *chosen;
} Scene;

static void
chosen_cb (Scene *scene, JmpBoard *board)
{
  scene->n_chosen++;
  scene->chosen = board;
}

static void
cancelled_cb (Scene *scene)
{
  scene->n_cancelled++;
}

static gboolean
is_filled (gpointer user_data)
{
  return jmp_board_picker_is_filled (user_data);
}

static Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->window = adw_window_new ();
  self->picker = JMP_BOARD_PICKER (jmp_board_picker_new ());
  g_signal_connect_swapped (self->picker, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->picker, "cancelled", G_CALLBACK (cancelled_cb), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->picker));
  gtk_window_present (GTK_WINDOW (self->window));
  kit_wait (is_filled, self->picker);
  kit_settle ();
  return self;
}

static void
scene_free (Scene *self)
{
  g_object_ref (self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  kit_assert_finalized (self->window);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static void
test_board_picker_has_pyboards_first (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  assert_true (kit_shows (scene->window, "Pyboard v1.1"));
  assert_true (kit_shows (scene->window, "A Board That Is Not Listed"));
  kit_assert_named (scene->window);
}

static void
test_board_picker_finds_by_name_and_maker (void **state)
{
  const struct {
    const char *words;
    const char *shown;
    const char *hidden;
  } rows[] = {
    { "discovery f469", "Discovery F469", "Discovery F411" },
    { "DISCOVERY", "Discovery F411", "Pyboard v1.1" },
    { "weact", "WeAct F411 BlackPill", "Pyboard v1.1" },
    { "  stm32f405rg ", "Pyboard v1.1", "Giga" },
    { "", "Pyboard v1.1", "Pyboard v9" },
  };
  g_autoptr (Scene) scene = scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    jmp_board_picker_search (scene->picker, rows[i].words);
    kit_settle ();
    if (!kit_shows (scene->window, rows[i].shown) || kit_shows (scene->window, rows[i].hidden))
      fail_msg ("\"%s\" does not find %s alone", rows[i].words, rows[i].shown);
  }
}

static void
test_board_picker_has_a_way_out_when_nothing_fits (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  jmp_board_picker_search (scene->picker, "no such board");
  kit_settle ();
  assert_false (kit_shows (scene->window, "Pyboard v1.1"));
  assert_true (kit_shows (scene->window, "A Board That Is Not Listed"));
  assert_int_equal (scene->n_chosen, 0);
}

/* What the key does while somebody types: the entry has the focus. */
static void
press_key (Scene *scene, const char *signal)
{
  GtkWidget *entry;

  gtk_widget_grab_focus (GTK_WIDGET (scene->picker));
  entry = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (scene->window)),
                                   GTK_TYPE_SEARCH_ENTRY);
  assert_non_null (entry);
  g_signal_emit_by_name (entry, signal);
}

static void
test_board_picker_enter_takes_the_first_one (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  jmp_board_picker_search (scene->picker, "spark core");
  press_key (scene, "activate");
  assert_int_equal (scene->n_chosen, 1);
  assert_string_equal (scene->chosen->id, "SPARK_CORE");
}

static void
test_board_picker_escape_leaves (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  press_key (scene, "stop-search");
  assert_int_equal (scene->n_cancelled, 1);
}

static void
test_board_picker_can_go_before_the_catalogue_comes (void **state)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), jmp_board_picker_new ());
  gtk_window_present (GTK_WINDOW (window));
  g_object_ref (window);
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
    cmocka_unit_test (test_board_picker_has_pyboards_first),
    cmocka_unit_test (test_board_picker_finds_by_name_and_maker),
    cmocka_unit_test (test_board_picker_has_a_way_out_when_nothing_fits),
    cmocka_unit_test (test_board_picker_enter_takes_the_first_one),
    cmocka_unit_test (test_board_picker_escape_leaves),
    cmocka_unit_test (test_board_picker_can_go_before_the_catalogue_comes),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/guide/board-picker", tests, setup, NULL);
}
