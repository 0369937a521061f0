/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of a board, before there is work. */

#include "assert-text.h"

#include "config.h"
#include "studio.h"

#include "backups/backup-row.h"
#include "base/error.h"
#include "device/practice.h"
#include "map/map-cell.h"
#include "releases/ask.h"
#include "releases/kind-window.h"
#include "releases/offer.h"
#include "releases/release-row.h"
#include "releases/versions-window.h"

#include <glib/gi18n-lib.h>

#define SERIAL ",serial=3254335D3037"

static Studio *
new_with_board (const char *spec)
{
  Studio *studio = studio_new (NULL);

  studio_plug (studio, "1-4", spec);
  return studio;
}

static void
paint_unknown (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);

  studio_take ("board-unknown", studio->widget);
  studio_show_and_take ("board-kind", jmp_kind_window_new (studio->window->current));
}

static void
paint_release (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);
  GtkWidget *row;

  studio_is_pyboard (studio);
  jmp_session_set_nickname (studio->window->current, "Weather station");
  studio_take ("board-release", studio->widget);
  studio_show_and_take ("board-versions", jmp_versions_window_new (studio->window->current));
  row = studio_find (studio->widget, JMP_TYPE_RELEASE_ROW, 0);
  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  studio_take ("board-release-notes", studio->widget);
}

static gboolean
has_problem (gpointer session)
{
  JmpOffer *offer = jmp_offer_get (session);

  return offer != NULL && jmp_offer_get_problem (offer) != NULL;
}

/* The network is not there: see tools/screenshots. */
static void
paint_offline (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);

  studio_is_pyboard (studio);
  jmp_offer_refresh (jmp_offer_get (studio->window->current));
  kit_wait (has_problem, studio->window->current);
  studio_take ("board-offline", studio->widget);
}

/* Which cell of the map has its details open. */
#define CELL 6

static void
paint_file (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);
  GtkWidget *cell;

  studio_is_pyboard (studio);
  studio_open_firmware (studio, JMP_SESSION_READY);
  studio_take ("board-file", studio->widget);
  cell = studio_find (studio->widget, JMP_TYPE_MAP_CELL, CELL);
  gtk_widget_grab_focus (cell);
  gtk_widget_activate_action (cell, "map.show-details", NULL);
  studio_take ("board-map-details", studio->widget);
  gtk_popover_popdown (GTK_POPOVER (studio_find (cell, GTK_TYPE_POPOVER, 0)));
  studio_act (studio, "win.table");
  studio_take ("board-map-table", studio->widget);
}

static void
paint_bad_files (void)
{
  const struct {
    const char *name;
    const char *file;
    KitFirmware firmware;
  } rows[] = {
    { "board-wrong-file", "other-board.dfu", { 0x08000000, 64, 0x1234, 0x5678, FALSE } },
    { "board-too-large", "too-large.dfu", { 0x08000000, 0x110000, 0x0483, 0xdf11, TRUE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Studio) studio = new_with_board (SERIAL);
    g_autoptr (GFile) file = kit_firmware_file (&rows[i].firmware, rows[i].file);

    studio_is_pyboard (studio);
    jmp_window_open_file (studio->window, file);
    kit_wait_for_state (studio->window->current, JMP_SESSION_BAD_FIRMWARE);
    studio_take (rows[i].name, studio->widget);
  }
}

static GtkWidget *
top_window (GtkWidget *other)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (window != other && gtk_widget_get_mapped (window))
      found = window;
  }
  return found;
}

static void
take_dialog (const char *name, Studio *studio)
{
  GtkWidget *dialog = top_window (studio->widget);

  if (dialog == NULL)
    fail_msg ("%s: there is no dialogue", name);
  studio_take (name, dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  studio_calm ();
}

static void
paint_address (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);
  const guint8 data[64] = { 0x00, 0x12, 0xF3, 0x9A, 0xFF, 0x01 };
  g_autoptr (GFile) file = kit_file ("firmware.bin", data, sizeof data);

  jmp_window_open_file (studio->window, file);
  studio_calm ();
  studio_take ("board-address", studio->widget);
  jmp_ask_for_address (GTK_WINDOW (studio->window), studio->window->current);
  take_dialog ("board-address-question", studio);
}

/* Over the board's own files. */
static void
paint_consent (void)
{
  const KitFirmware over_files = { 0x08000000, 0x30000, 0x0483, 0xdf11, TRUE };
  g_autoptr (Studio) studio = new_with_board (SERIAL);
  g_autoptr (GFile) file = kit_firmware_file (&over_files, "over-the-files.dfu");

  studio_is_pyboard (studio);
  jmp_window_open_file (studio->window, file);
  kit_wait_for_state (studio->window->current, JMP_SESSION_READY);
  studio_take ("board-loss", studio->widget);
  jmp_ask_and_start (GTK_WINDOW (studio->window), studio->window->current);
  studio_calm ();
  if (top_window (studio->widget) != NULL)
    take_dialog ("board-loss-question", studio);
}

static void
paint_protected (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL ",rdp=1");

  studio_take ("board-protected", studio->widget);
  jmp_ask_to_unprotect (GTK_WINDOW (studio->window), studio->window->current);
  take_dialog ("board-protected-question", studio);
}

static void
paint_unusable (void)
{
  const struct {
    const char *name;
    int code;
  } rows[] = {
    { "board-no-permission", JMP_ERROR_PERMISSION },
    { "board-busy", JMP_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Studio) studio = studio_new (NULL);
    g_autoptr (JmpDevice) device = kit_unusable_device_new (rows[i].code);

    jmp_monitor_add (studio->monitor, device);
    studio_take (rows[i].name, studio->widget);
  }
}

static void
paint_gone (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);

  studio_is_pyboard (studio);
  jmp_monitor_hold (
      studio->monitor,
      studio->window->current != NULL ? jmp_session_get_device (studio->window->current) : NULL);
  kit_board_unplug (g_ptr_array_index (studio->kits, 0));
  studio_take ("board-gone", studio->widget);
}

static void
paint_running (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = NULL;

  device = jmp_practice_device_parse ("virtual:pyboard,speed=0,running=on", &error);
  assert_no_error (error);
  jmp_monitor_add (studio->monitor, device);
  jmp_window_select (studio->window, device);
  studio_take ("board-running", studio->widget);
  jmp_session_ask_running (studio->window->current);
  studio_take ("board-running-asked", studio->widget);
  jmp_monitor_remove (studio->monitor, device);
}

static gboolean
has_backup (gpointer studio)
{
  return studio_find (((Studio *)studio)->widget, JMP_TYPE_BACKUP_ROW, 0) != NULL;
}

static void
paint_backups (void)
{
  g_autoptr (Studio) studio = new_with_board (SERIAL);
  GtkWidget *row;

  studio_is_pyboard (studio);
  kit_press (studio->widget, T ("_Back Up Now"));
  kit_wait (has_backup, studio);
  studio_take ("board-backups", studio->widget);
  studio_fill (g_ptr_array_index (studio->kits, 0), "1.29.0");
  row = studio_find (studio->widget, JMP_TYPE_BACKUP_ROW, 0);
  gtk_widget_activate_action (row, "backup.restore", NULL);
  kit_wait_for_state (studio->window->current, JMP_SESSION_READY);
  studio_take ("board-restore", studio->widget);
}

const Scene BOARD_SCENES[] = {
  { "board-unknown", paint_unknown },
  { "board-kind", paint_unknown },
  { "board-release", paint_release },
  { "board-versions", paint_release },
  { "board-offline", paint_offline },
  { "board-file", paint_file },
  { "board-map", paint_file },
  { "board-wrong-file", paint_bad_files },
  { "board-too-large", paint_bad_files },
  { "board-address", paint_address },
  { "board-loss", paint_consent },
  { "board-protected", paint_protected },
  { "board-no-permission", paint_unusable },
  { "board-busy", paint_unusable },
  { "board-gone", paint_gone },
  { "board-running", paint_running },
  { "board-backups", paint_backups },
  { "board-restore", paint_backups },
  { NULL, NULL },
};
