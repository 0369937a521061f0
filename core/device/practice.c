/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/practice.h"

#include "base/error.h"
#include "device/device-private.h"
#include "device/identity.h"
#include "device/practice-serial-private.h"
#include "virtual/repl.h"
#include "virtual/virtual-usb.h"

#define DEFAULT_KIND "pyboard"
#define LINK_KEY     "jmp-practice-link"

/* MicroPython's, with a console and a disk */
#define RUNNING_VID 0xF055
#define RUNNING_PID 0x9800

/* What ties a device to its board. The board calls back on any thread, the device changes on its own
 * context: one idle for however many calls. */
typedef struct {
  JmpVirtualBoard *board;
  GMainContext *context;
  GWeakRef device;
  int pending; /* atomic: an idle is on its way */
} Link;

static void
link_clear (gpointer data)
{
  Link *self = data;

  g_weak_ref_clear (&self->device);
  g_main_context_unref (self->context);
  jmp_virtual_board_unref (self->board);
}

static void
link_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, link_clear);
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  return jmp_virtual_usb_open (user_data, error);
}

static JmpSerial *
open_serial_cb (gpointer user_data, GError **error)
{
  return jmp_practice_serial_open (user_data, error);
}

static void
board_unref (gpointer data)
{
  jmp_virtual_board_unref (data);
}

static JmpDfuInfo *
read_info (JmpVirtualBoard *board, GError **error)
{
  g_autoptr (JmpUsb) usb = jmp_virtual_usb_open (board, error);

  return usb != NULL ? jmp_dfu_info_read (usb, NULL, error) : NULL;
}

static JmpDeviceMode
find_mode (JmpVirtualBoard *board)
{
  switch (jmp_virtual_board_get_state (board)) {
  case JMP_VIRTUAL_IN_DFU:
    return jmp_virtual_board_is_run_time (board) ? JMP_DEVICE_RUNNING : JMP_DEVICE_DFU;
  case JMP_VIRTUAL_RUNNING:
    return JMP_DEVICE_RUNNING;
  case JMP_VIRTUAL_UNPLUGGED:
    return JMP_DEVICE_GONE;
  }
  return JMP_DEVICE_GONE;
}

/* The console of a board that runs MicroPython has the board's own path for a name. */
static void
follow_port (JmpDevice *device, JmpVirtualBoard *board)
{
  g_autofree char *build = NULL;
  g_autofree char *banner = NULL;

  if (jmp_virtual_board_get_state (board) == JMP_VIRTUAL_RUNNING)
    banner = jmp_virtual_board_get_banner (board, &build);
  jmp_device_set_port_name (device, banner != NULL ? jmp_device_get_path (device) : NULL);
}

/* A board that was running when the device was made is read when it first comes into DFU mode: its program
 * says nothing of the boot loader. */
static void
refresh (Link *link, JmpDevice *device)
{
  JmpDeviceMode mode = find_mode (link->board);
  JmpDfuInfo *known = jmp_device_get_info (device);

  if (mode == JMP_DEVICE_DFU && (known == NULL || !known->dfu_mode)) {
    g_autoptr (JmpDfuInfo) info = read_info (link->board, NULL);

    if (info != NULL)
      jmp_device_set_info (device, info);
  }
  follow_port (device, link->board);
  jmp_device_set_mode (device, mode);
}

static gboolean
changed_idle (gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (JmpDevice) device = g_weak_ref_get (&link->device);

  g_atomic_int_set (&link->pending, 0);
  if (device != NULL)
    refresh (link, device);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (JmpVirtualBoard *board, gpointer user_data)
{
  Link *link = user_data;
  g_autoptr (GSource) idle = NULL;

  if (!g_atomic_int_compare_and_exchange (&link->pending, 0, 1))
    return;
  idle = g_idle_source_new ();
  g_source_set_callback (idle, changed_idle, g_atomic_rc_box_acquire (link), link_unref);
  g_source_attach (idle, link->context);
}

/* Nobody works with the board any more: who opens a device keeps it while the board is open. */
static void
unlink_board (gpointer data)
{
  Link *link = data;

  jmp_virtual_board_watch (link->board, NULL, NULL);
  link_unref (link);
}

static void
link_board (JmpDevice *device, JmpVirtualBoard *board)
{
  Link *link = g_atomic_rc_box_new0 (Link);

  link->board = jmp_virtual_board_ref (board);
  link->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&link->device, device);
  g_object_set_data_full (G_OBJECT (device), LINK_KEY, link, unlink_board);
  jmp_virtual_board_watch (board, changed_cb, link);
  follow_port (device, board);
  jmp_device_set_mode (device, find_mode (board));
}

/**
 * jmp_practice_device_new:
 * @board: (transfer none): a virtual board
 * @error: return location
 *
 * Makes a row for a virtual board, at the path "virtual:KIND". The device is the board's only watcher,
 * and follows it in and out of DFU mode on the main context that is the calling thread's default now.
 *
 * Returns: (transfer full): a device, or %NULL when the board is in DFU mode and cannot be read
 */
JmpDevice *
jmp_practice_device_new (JmpVirtualBoard *board, GError **error)
{
  g_autofree char *path = g_strconcat ("virtual:", jmp_virtual_board_get_kind (board), NULL);
  g_autoptr (JmpDfuInfo) info = NULL;
  JmpDeviceSource source = {
    .path = path,
    .practice = TRUE,
    .open = open_cb,
    .open_serial = open_serial_cb,
    .serial = jmp_virtual_board_get_serial (board),
  };
  JmpDevice *device;

  if (jmp_virtual_board_get_state (board) == JMP_VIRTUAL_IN_DFU) {
    info = read_info (board, error);
    if (info == NULL)
      return NULL;
  }
  if (!jmp_virtual_board_is_run_time (board)) {
    source.vid = RUNNING_VID;
    source.pid = RUNNING_PID;
  }
  source.user_data = jmp_virtual_board_ref (board);
  source.destroy = board_unref;
  device = jmp_device_new (&source, info, NULL);
  link_board (device, board);
  return device;
}

/**
 * jmp_practice_device_parse:
 * @text: virtual[:KIND[,flash=FILE][,speed=N][,serial=TEXT][,jumper=off]]; a pyboard without a kind
 * @error: return location
 *
 * Makes a virtual board as a person writes it for -d, and a row for it.
 *
 * Returns: (transfer full): a device, or %NULL with %JMP_ERROR_USAGE (not a virtual board, no such
 *   kind) or %JMP_ERROR_FILE
 */
JmpDevice *
jmp_practice_device_parse (const char *text, GError **error)
{
  g_autoptr (JmpSelector) selector = jmp_selector_parse (text, error);
  g_autoptr (JmpVirtualBoard) board = NULL;

  if (selector == NULL)
    return NULL;
  if (selector->kind != JMP_SELECT_VIRTUAL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "\"%s\" is not a virtual board", text);
    return NULL;
  }
  board = jmp_virtual_board_new (*selector->text != '\0' ? selector->text : DEFAULT_KIND, error);
  return board != NULL ? jmp_practice_device_new (board, error) : NULL;
}

/**
 * jmp_practice_device_get_board:
 * @device: a device
 *
 * Returns: (transfer none) (nullable): the virtual board behind it; %NULL for a real one
 */
JmpVirtualBoard *
jmp_practice_device_get_board (JmpDevice *device)
{
  Link *link = g_object_get_data (G_OBJECT (device), LINK_KEY);

  return link != NULL ? link->board : NULL;
}
