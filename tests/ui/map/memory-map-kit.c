/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "memory-map-kit.h"

#include <adwaita.h>

const JmpMapName kit_names[2] = {
  { .alt = 0, .address = 0x08000000, .length = 0x4000, .name = "Vectors" },
  { .alt = 0, .address = 0x08004000, .length = 0x1C000, .name = "PYBFLASH", .own_files = TRUE },
};

void
kit_walk (GtkWidget *widget, KitVisit visit, gpointer user_data)
{
  visit (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kit_walk (child, visit, user_data);
}

typedef struct {
  GType type;
  GPtrArray *found;
} Search;

static void
collect_cb (GtkWidget *widget, gpointer user_data)
{
  Search *search = user_data;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type))
    g_ptr_array_add (search->found, widget);
}

GPtrArray *
kit_find_all (GtkWidget *root, GType type)
{
  Search search = { type, g_ptr_array_new () };

  kit_walk (root, collect_cb, &search);
  return search.found;
}

JmpMapCell *
kit_nth_cell (JmpMemoryMap *map, guint n)
{
  g_autoptr (GPtrArray) cells = kit_find_all (GTK_WIDGET (map), JMP_TYPE_MAP_CELL);

  assert_true (n < cells->len);
  return cells->pdata[n];
}

void
kit_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

MapFixture
map_fixture_new (const char *const *layouts)
{
  MapFixture f = { .info = kit_info_new (layouts), .window = adw_window_new () };

  f.map = JMP_MEMORY_MAP (jmp_memory_map_new ());
  jmp_memory_map_set_info (f.map, f.info);
  adw_window_set_content (ADW_WINDOW (f.window), GTK_WIDGET (f.map));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 850, 500);
  gtk_window_present (GTK_WINDOW (f.window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f.map));
  return f;
}

void
map_fixture_clear (MapFixture *f)
{
  g_object_add_weak_pointer (G_OBJECT (f->map), (gpointer *)&f->map);
  g_object_add_weak_pointer (G_OBJECT (f->window), (gpointer *)&f->window);
  gtk_window_destroy (GTK_WINDOW (f->window));
  /* GTK lets go of it a turn or two later. */
  while (f->window != NULL)
    g_main_context_iteration (NULL, TRUE);
  kit_settle ();
  assert_null (f->map);
  jmp_dfu_info_unref (f->info);
}

typedef struct {
  const char *text;
  gboolean found;
} LabelSearch;

static void
find_label_cb (GtkWidget *widget, gpointer user_data)
{
  LabelSearch *search = user_data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), search->text) == 0)
    search->found = TRUE;
}

gboolean
kit_shows_text (GtkWidget *root, const char *text)
{
  LabelSearch search = { text, FALSE };

  kit_walk (root, find_label_cb, &search);
  return search.found;
}

void
kit_assert_focus (MapFixture *f, guint cell)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  g_autofree char *label = NULL;

  assert_non_null (focus);
  assert_true (JMP_IS_MAP_CELL (focus));
  if (focus == GTK_WIDGET (kit_nth_cell (f->map, cell)))
    return;
  label = jmp_map_region_dup_label (jmp_map_cell_get_region (JMP_MAP_CELL (focus)));
  fail_msg ("focus is on %s, not on cell %u", label, cell);
}

void
kit_press (MapFixture *f, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  assert_true (gtk_widget_activate_action (focus, action, NULL));
  kit_settle ();
}
