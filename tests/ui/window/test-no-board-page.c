/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "guide/board-picker.h"
#include "guide/guide-steps.h"
#include "guide/guide-view.h"
#include "widget-kit.h"
#include "window/no-board-page.h"

#include <adwaita.h>

typedef struct {
  GtkWidget *window;
  GListStore *boards;
  JmpNoBoardPage *page;
} Scene;

static Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->window = adw_window_new ();
  self->boards = g_list_store_new (JMP_TYPE_DEVICE);
  self->page = JMP_NO_BOARD_PAGE (jmp_no_board_page_new ());
  jmp_no_board_page_set_boards (self->page, G_LIST_MODEL (self->boards));
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  kit_settle ();
  return self;
}

static void
scene_free (Scene *self)
{
  g_object_ref (self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  kit_assert_finalized (self->window);
  kit_assert_finalized (self->boards);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
wait_in_vain (Scene *self)
{
  JmpGuideView *view = JMP_GUIDE_VIEW (find_type (self->window, JMP_TYPE_GUIDE_VIEW));

  jmp_guide_view_update_at (view, g_get_monotonic_time () + JMP_GUIDE_PATIENCE_US);
  kit_settle ();
}

static void
test_no_board_page_offers_help_when_nothing_comes (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  assert_null (kit_find_button (scene->window, "_It Does Not Appear"));
  wait_in_vain (scene);
  kit_press (scene->window, "_It Does Not Appear");
  kit_settle ();
  assert_true (kit_shows (scene->window, "Try Another Cable"));
  kit_assert_named (scene->window);
  assert_true (jmp_no_board_page_go_back (scene->page));
  kit_settle ();
  assert_true (kit_shows (scene->window, "Waiting for your board…"));
  assert_non_null (kit_find_button (scene->window, "_It Does Not Appear"));
  assert_false (jmp_no_board_page_go_back (scene->page));
}

static gboolean
is_filled (gpointer user_data)
{
  return jmp_board_picker_is_filled (user_data);
}

static void
test_no_board_page_asks_which_board (void **state)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *picker = find_type (scene->window, JMP_TYPE_BOARD_PICKER);

  kit_press (scene->window, "_Other Boards…");
  kit_wait (is_filled, picker);
  kit_settle ();
  assert_true (kit_shows (scene->window, "Which Board Do You Have?"));
  jmp_board_picker_search (JMP_BOARD_PICKER (picker), "blackpill");
  gtk_widget_child_focus (picker, GTK_DIR_TAB_FORWARD);
  g_signal_emit_by_name (find_type (picker, GTK_TYPE_SEARCH_ENTRY), "activate");
  kit_settle ();
  assert_true (kit_shows (scene->window, "Put Your WeAct F411 BlackPill into Update Mode"));
  assert_true (kit_shows (scene->window, "Hold BOOT0"));
  kit_assert_named (scene->window);
}

/* Somebody who comes back begins with the first step. */
static void
test_no_board_page_begins_again (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  wait_in_vain (scene);
  kit_press (scene->window, "_It Does Not Appear");
  jmp_no_board_page_begin (scene->page);
  kit_settle ();
  assert_true (kit_shows (scene->window, "Waiting for your board…"));
  assert_null (kit_find_button (scene->window, "_It Does Not Appear"));
}

/* Enter must not do anything to somebody who has not looked yet. */
static void
test_no_board_page_focus_begins_at_the_first_step (void **state)
{
  g_autoptr (Scene) scene = scene_new ();
  GtkWidget *focus;

  gtk_widget_grab_focus (GTK_WIDGET (scene->page));
  focus = gtk_window_get_focus (GTK_WINDOW (scene->window));
  assert_true (ADW_IS_ACTION_ROW (focus));
  assert_string_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)),
                       "Disconnect Everything");
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
    cmocka_unit_test (test_no_board_page_offers_help_when_nothing_comes),
    cmocka_unit_test (test_no_board_page_asks_which_board),
    cmocka_unit_test (test_no_board_page_begins_again),
    cmocka_unit_test (test_no_board_page_focus_begins_at_the_first_step),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/no-board-page", tests, setup, NULL);
}
