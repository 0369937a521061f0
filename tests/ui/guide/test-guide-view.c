/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/catalogue.h"
#include "draw/drawing.h"
#include "draw/resource.h"
#include "guide/guide-steps.h"
#include "guide/guide-view.h"
#include "widget-kit.h"

#include <adwaita.h>

typedef struct {
  GtkWidget *window;
  GListStore *boards;
  JmpGuideView *view;
  guint n_late;
  guint n_arrived;
} Scene;

static void
late_cb (Scene *scene)
{
  scene->n_late++;
}

static void
arrived_cb (Scene *scene)
{
  scene->n_arrived++;
}

static Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->window = adw_window_new ();
  self->boards = g_list_store_new (JMP_TYPE_DEVICE);
  self->view = JMP_GUIDE_VIEW (jmp_guide_view_new ());
  g_signal_connect_swapped (self->view, "late", G_CALLBACK (late_cb), self);
  g_signal_connect_swapped (self->view, "arrived", G_CALLBACK (arrived_cb), self);
  jmp_guide_view_set_boards (self->view, G_LIST_MODEL (self->boards));
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->view));
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

/* How many of the steps are ticked, as a person sees it. */
static guint
count_ticks (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_IMAGE (widget)
      && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (widget)), "object-select-symbolic") == 0
      && gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW) != NULL
      && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) == NULL)
    n++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_ticks (child);
  return n;
}

static void
test_guide_view_shows_the_way_of_a_pyboard (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  assert_true (kit_shows (scene->window, "Put Your Pyboard into Update Mode"));
  assert_true (kit_shows (scene->window, "Join DFU and 3V3"));
  assert_true (kit_shows (scene->window, "Waiting for your board…"));
  assert_int_equal (count_ticks (scene->window), 0);
  kit_assert_named (scene->window);
}

static gboolean
has_arrived (gpointer user_data)
{
  return ((Scene *)user_data)->n_arrived > 0;
}

static void
test_guide_view_ticks_by_itself (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (Scene) scene = scene_new ();

  g_list_store_append (scene->boards, kit->device);
  kit_wait (has_arrived, scene);
  kit_settle ();
  assert_int_equal (count_ticks (scene->window), 3);
  g_list_store_remove_all (scene->boards);
  kit_settle ();
  assert_int_equal (count_ticks (scene->window), 1);
}

static void
test_guide_view_offers_help_after_a_while (void **state)
{
  g_autoptr (Scene) scene = scene_new ();
  const gint64 now = g_get_monotonic_time ();

  jmp_guide_view_update_at (scene->view, now);
  assert_int_equal (scene->n_late, 0);
  jmp_guide_view_update_at (scene->view, now + JMP_GUIDE_PATIENCE_US);
  assert_int_equal (scene->n_late, 1);
}

static gboolean
spins_in (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (spins_in (child))
      return TRUE;
  }
  return FALSE;
}

/* What moves draws for ever, also where nobody sees it. */
static void
test_guide_view_moves_only_while_somebody_is_there (void **state)
{
  g_autoptr (Scene) scene = scene_new ();
  const gint64 now = g_get_monotonic_time ();

  assert_true (spins_in (scene->window));
  gtk_widget_set_visible (GTK_WIDGET (scene->view), FALSE);
  assert_false (spins_in (scene->window));
  gtk_widget_set_visible (GTK_WIDGET (scene->view), TRUE);
  assert_true (spins_in (scene->window));
  jmp_guide_view_update_at (scene->view, now + JMP_GUIDE_PATIENCE_US);
  assert_false (spins_in (scene->window));
  jmp_guide_view_begin (scene->view);
  assert_true (spins_in (scene->window));
}

static void
test_guide_view_waits_for_nothing_without_usb (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  jmp_guide_view_set_boards (scene->view, NULL);
  kit_settle ();
  assert_false (kit_shows (scene->window, "Waiting for your board…"));
}

/* Every board of the catalogue, in every way that it has: nothing is missing, nothing warns. */
static void
test_guide_view_shows_every_board (void **state)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (NULL);
  GPtrArray *boards = jmp_catalogue_get_boards (catalogue);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = g_ptr_array_index (boards, i);
    const JmpGuideWay *way;

    jmp_guide_view_set_board (scene->view, board, TRUE);
    way = jmp_guide_view_get_way (scene->view);
    if (!way->by_hand)
      fail_msg ("%s begins with %s", board->id, way->code);
  }
  kit_settle ();
  kit_assert_named (scene->window);
}

static void
test_guide_view_of_a_board_that_is_not_listed (void **state)
{
  g_autoptr (Scene) scene = scene_new ();

  jmp_guide_view_set_board (scene->view, NULL, FALSE);
  kit_settle ();
  assert_true (kit_shows (scene->window, "Put Your Board into Update Mode"));
  assert_true (kit_shows (scene->window, "Set BOOT0 High"));
}

static void
test_guide_view_drawings_exist (void **state)
{
  const char *const codes[] = {
    "pyboard_jumper",
    "boot0_to_vcc_reset",
    "hold_boot_tap_reset",
    "mboot_usr_4th_white",
    "double_tap_reset",
    "particle_yellow",
    "lego_hub_no6",
    "lego_hub_no7",
    "cdc_1200_touch",
    "espruino_boot0_pad",
    "repl_machine_bootloader",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    GtkWidget *drawing = g_object_ref_sink (jmp_drawing_new ());

    jmp_drawing_set (JMP_DRAWING (drawing), jmp_guide_way_find (codes[i])->drawing, "");
    if (!jmp_drawing_is_there (JMP_DRAWING (drawing)))
      fail_msg ("%s has no drawing", codes[i]);
    kit_assert_finalized (drawing);
  }
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
    cmocka_unit_test (test_guide_view_shows_the_way_of_a_pyboard),
    cmocka_unit_test (test_guide_view_ticks_by_itself),
    cmocka_unit_test (test_guide_view_offers_help_after_a_while),
    cmocka_unit_test (test_guide_view_waits_for_nothing_without_usb),
    cmocka_unit_test (test_guide_view_shows_every_board),
    cmocka_unit_test (test_guide_view_of_a_board_that_is_not_listed),
    cmocka_unit_test (test_guide_view_drawings_exist),
    cmocka_unit_test (test_guide_view_moves_only_while_somebody_is_there),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/guide/guide-view", tests, setup, NULL);
}
