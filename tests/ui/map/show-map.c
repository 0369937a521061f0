/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints the map into PNG files, to be looked at: show-map FOLDER [PATTERN]. Not a test.
 * With SHOW_MAP_RTL set, as in a language that runs from right to left. */

#include "assert-text.h"

#include "map-kit.h"
#include "map/map-cell.h"
#include "map/map-details.h"
#include "map/memory-map.h"

#include <adwaita.h>

#define IMAGE "0 0x08000000 15000; 0 0x08020000 326000"

typedef void (*Scene) (JmpMemoryMap *map, JmpDfuInfo *info);

static const JmpMapName pyboard_names[] = {
  { .alt = 0, .address = 0x08000000, .length = 0x4000, .name = "Vectors" },
  { .alt = 0, .address = 0x08004000, .length = 0x1C000, .name = "PYBFLASH", .own_files = TRUE },
  { .alt = 0, .address = 0x08020000, .length = 0xE0000, .name = "Code" },
};

static JmpPlan *
set_pyboard_plan (JmpMemoryMap *map, JmpDfuInfo *info)
{
  JmpPlan *plan = kit_flash_new (info, IMAGE);

  jmp_memory_map_set_names (map, pyboard_names, G_N_ELEMENTS (pyboard_names));
  jmp_memory_map_set_plan (map, plan);
  return plan;
}

static void
idle (JmpMemoryMap *map, JmpDfuInfo *info)
{
}

static void
before (JmpMemoryMap *map, JmpDfuInfo *info)
{
  jmp_plan_unref (set_pyboard_plan (map, info));
}

static void
table (JmpMemoryMap *map, JmpDfuInfo *info)
{
  jmp_plan_unref (set_pyboard_plan (map, info));
  jmp_memory_map_set_view (map, JMP_MAP_VIEW_TABLE);
}

static void
in_step (JmpMemoryMap *map, JmpPlan *plan, JmpStepKind kind, guint32 address, guint32 length)
{
  JmpProgress progress = kit_progress (plan, kit_find_step (plan, kind, address), address, length);

  jmp_memory_map_set_progress (map, &progress);
}

static void
erasing (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);

  in_step (map, plan, JMP_STEP_ERASE, 0x08040000, 0x20000);
}

static void
writing (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);

  in_step (map, plan, JMP_STEP_WRITE, 0x08050000, 2048);
}

static void
verifying (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);

  in_step (map, plan, JMP_STEP_VERIFY, 0x08050000, 2048);
}

static void
after (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);
  JmpOutcome outcome = { .state = JMP_BOARD_STARTED };

  jmp_plan_get_steps (plan, &outcome.step);
  jmp_memory_map_set_outcome (map, &outcome);
}

static void
failed (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);
  JmpOutcome outcome = { .state = JMP_BOARD_INCOMPLETE };

  in_step (map, plan, JMP_STEP_WRITE, 0x08050000, 2048);
  outcome.step = kit_find_step (plan, JMP_STEP_WRITE, 0x08050000);
  jmp_memory_map_set_outcome (map, &outcome);
}

static void
differs (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = set_pyboard_plan (map, info);
  JmpOutcome outcome = { .state = JMP_BOARD_DIFFERS,
                         .has_difference = TRUE,
                         .difference_address = 0x08050010,
                         .expected = 0x12,
                         .found = 0xff };

  in_step (map, plan, JMP_STEP_VERIFY, 0x08050000, 2048);
  outcome.step = kit_find_step (plan, JMP_STEP_VERIFY, 0x08050000);
  jmp_memory_map_set_outcome (map, &outcome);
}

static void
pages (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = kit_flash_new (info, "0 0x08000000 91857");

  jmp_memory_map_set_plan (map, plan);
  in_step (map, plan, JMP_STEP_ERASE, 0x08005000, 2048);
}

static void
spark (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = kit_flash_new (info, "0 0x08005000 70000; 1 0x20000 100000");

  jmp_memory_map_set_plan (map, plan);
}

static void
erase_plan (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = jmp_plan_erase_range (info, 0, 0x08004000, 0x1C000, NULL);

  jmp_memory_map_set_plan (map, plan);
}

static void
backup_plan (JmpMemoryMap *map, JmpDfuInfo *info)
{
  g_autoptr (JmpPlan) plan = jmp_plan_backup (info, 0, NULL);

  jmp_memory_map_set_plan (map, plan);
  in_step (map, plan, JMP_STEP_READ, 0x08050000, 2048);
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type, guint *skip)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_widget (child, type, skip);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
save (GtkWidget *widget, const char *folder, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gdk_texture_save_to_png (texture, file);
}

static void
show (const char *folder,
      const char *name,
      const char *const *layouts,
      Scene scene,
      int width,
      int dpi,
      gboolean dark)
{
  g_autoptr (JmpDfuInfo) info = kit_info_new (layouts);
  GtkWidget *window = adw_window_new ();
  GtkWidget *map = jmp_memory_map_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  jmp_memory_map_set_info (JMP_MEMORY_MAP (map), info);
  scene (JMP_MEMORY_MAP (map), info);
  gtk_widget_set_margin_start (map, 12);
  gtk_widget_set_margin_end (map, 12);
  gtk_widget_set_margin_top (map, 12);
  gtk_widget_set_margin_bottom (map, 12);
  gtk_box_append (GTK_BOX (box), map);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_widget_set_size_request (box, width, -1);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 100);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (400);
  if (g_str_has_prefix (name, "details")) {
    guint skip = 6;
    GtkWidget *cell = find_widget (map, JMP_TYPE_MAP_CELL, &skip);

    gtk_widget_grab_focus (cell);
    gtk_widget_activate_action (cell, "map.show-details", NULL);
    wait_ms (600);
    skip = 0;
    save (find_widget (cell, JMP_TYPE_MAP_DETAILS, &skip), folder, name);
  } else {
    save (window, folder, name);
  }
  gtk_window_destroy (GTK_WINDOW (window));
  wait_ms (20);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    const char *const *layouts;
    Scene scene;
    int width;
    int dpi;
    gboolean dark;
  } shots[] = {
    { "idle", kit_pyboard, idle, 850, 96, FALSE },
    { "before", kit_pyboard, before, 850, 96, FALSE },
    { "before-dark", kit_pyboard, before, 850, 96, TRUE },
    { "before-360", kit_pyboard, before, 360, 96, FALSE },
    { "before-360-200", kit_pyboard, before, 360, 192, FALSE },
    { "erasing", kit_pyboard, erasing, 1000, 96, FALSE },
    { "writing", kit_pyboard, writing, 1000, 96, FALSE },
    { "writing-dark", kit_pyboard, writing, 1000, 96, TRUE },
    { "verifying", kit_pyboard, verifying, 1000, 96, FALSE },
    { "verifying-dark", kit_pyboard, verifying, 1000, 96, TRUE },
    { "after", kit_pyboard, after, 850, 96, FALSE },
    { "after-dark", kit_pyboard, after, 850, 96, TRUE },
    { "failed", kit_pyboard, failed, 850, 96, FALSE },
    { "failed-dark", kit_pyboard, failed, 850, 96, TRUE },
    { "differs", kit_pyboard, differs, 850, 96, FALSE },
    { "table", kit_pyboard, table, 850, 96, FALSE },
    { "table-360", kit_pyboard, table, 360, 96, FALSE },
    { "f072", kit_f072, pages, 850, 96, FALSE },
    { "spark", kit_spark, spark, 850, 96, FALSE },
    { "pybd", kit_pybd, idle, 850, 96, FALSE },
    { "h743", kit_h743, idle, 850, 96, FALSE },
    { "at32", kit_at32, idle, 850, 96, FALSE },
    { "overlap", kit_overlap, idle, 850, 96, FALSE },
    { "none", kit_none, idle, 850, 96, FALSE },
    { "details", kit_pyboard, differs, 850, 96, FALSE },
    { "details-before", kit_pyboard, before, 850, 96, TRUE },
    { "erase-plan", kit_pyboard, erase_plan, 850, 96, FALSE },
    { "backup", kit_pyboard, backup_plan, 850, 96, FALSE },
  };
  const char *folder = argc > 1 ? argv[1] : ".";
  const char *only = argc > 2 ? argv[2] : NULL;

  adw_init ();
  if (g_getenv ("SHOW_MAP_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  for (guint i = 0; i < G_N_ELEMENTS (shots); i++)
    if (only == NULL || g_pattern_match_simple (only, shots[i].name))
      show (folder,
            shots[i].name,
            shots[i].layouts,
            shots[i].scene,
            shots[i].width,
            shots[i].dpi,
            shots[i].dark);
  return 0;
}
