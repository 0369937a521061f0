/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards at once. */

#include "assert-text.h"

#include "studio.h"

#define N_BOARDS 4

typedef struct {
  Studio *studio;
  guint n_here; /* boards that wait in the middle of the work */
  gboolean taken;
} Middle;

static gboolean
is_taken (gpointer user_data)
{
  return ((Middle *)user_data)->taken;
}

/* The last one that comes here lets all go on. */
static void
middle_hand (gpointer user_data)
{
  Middle *middle = user_data;

  if (++middle->n_here < N_BOARDS - 1) {
    kit_wait (is_taken, middle);
    return;
  }
  studio_take ("boards-work", middle->studio->widget);
  middle->taken = TRUE;
}

static gboolean
is_ready (gpointer user_data)
{
  return jmp_fleet_count (user_data, JMP_FLEET_BOARD_READY) == N_BOARDS;
}

static gboolean
is_done (gpointer user_data)
{
  return jmp_fleet_get_state (user_data) == JMP_FLEET_DONE;
}

static gboolean
is_over (gpointer user_data)
{
  return jmp_fleet_count (user_data, JMP_FLEET_BOARD_READY) == 0;
}

static void
plug_all (Studio *studio)
{
  const char *const ports[N_BOARDS] = { "1-4.1", "1-4.2", "1-4.3", "1-4.4" };
  const char *const specs[N_BOARDS] = {
    ",serial=3254335D3037", ",serial=3254335D3038", ",serial=336D3661315A", ",serial=316B315A3133"
  };

  for (guint i = 0; i < N_BOARDS; i++) {
    studio_plug (studio, ports[i], specs[i]);
    studio_is_pyboard (studio);
    jmp_session_set_backup_first (studio->window->current, FALSE);
  }
}

static void
paint_fleet (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);
  Middle middle = { .studio = studio };
  g_autoptr (GFile) file = studio_firmware ("PYBV11-20260824-v1.29.0.dfu", "1.29.0");

  plug_all (studio);
  adw_leaflet_navigate (studio->window->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  studio_take ("boards-list", studio->widget);
  studio_act (studio, "win.update-all");
  studio_take ("boards-chosen", studio->widget);
  jmp_window_open_file (studio->window, file);
  kit_wait (is_ready, studio->window->fleet);
  studio_take ("boards-before", studio->widget);
  for (guint i = 0; i + 1 < N_BOARDS; i++)
    kit_board_after (
        g_ptr_array_index (studio->kits, i), KIT_WRITE, 20 + 60 * i, middle_hand, &middle);
  jmp_virtual_board_protect_sector (
      ((KitBoard *)g_ptr_array_index (studio->kits, 3))->board, 0, 0x08040000);
  studio_act (studio, "win.start");
  kit_wait (is_over, studio->window->fleet);
  kit_wait (is_done, studio->window->fleet);
  studio_take ("boards-results", studio->widget);
  adw_leaflet_navigate (studio->window->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  studio_take ("boards-list-after", studio->widget);
}

const Scene FLEET_SCENES[] = {
  { "boards", paint_fleet },
  { NULL, NULL },
};
