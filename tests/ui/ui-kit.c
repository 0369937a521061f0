/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "ui-kit.h"

#include "base/error.h"
#include "image/dfuse-file.h"
#include "virtual/virtual-usb.h"

#include <glib/gstdio.h>
#include <string.h>

#define LIMIT_SECONDS 60

/* DFU 1.1, 3; AN3156, 5. */
#define REQUEST_DNLOAD 1
#define REQUEST_UPLOAD 2
#define COMMAND_ERASE  0x41
#define FIRST_BLOCK    2

const KitFirmware KIT_GOOD = { 0x08000000, 5000, 0x0483, 0xdf11, FALSE };
const KitFirmware KIT_PROGRAM = { 0x08000000, 40000, 0x0483, 0xdf11, TRUE };

/* --- The hand at the right moment --- */

typedef struct {
  JmpUsb usb;
  JmpUsb *inner;
  KitBoard *kit;
} KitUsb;

typedef struct {
  KitBoard *kit;
  GMutex lock;
  GCond done;
  gboolean is_done;
} Visit;

static gboolean
visit_cb (gpointer user_data)
{
  Visit *visit = user_data;

  visit->kit->hand (visit->kit->hand_data);
  g_mutex_lock (&visit->lock);
  visit->is_done = TRUE;
  g_cond_signal (&visit->done);
  g_mutex_unlock (&visit->lock);
  return G_SOURCE_REMOVE;
}

/* Lets the main thread do what the hand does, and waits for it. */
static void
visit_main_thread (KitBoard *kit)
{
  Visit visit = { .kit = kit };

  g_mutex_init (&visit.lock);
  g_cond_init (&visit.done);
  kit->moment = KIT_NEVER;
  g_idle_add_full (G_PRIORITY_LOW, visit_cb, &visit, NULL);
  g_mutex_lock (&visit.lock);
  while (!visit.is_done)
    g_cond_wait (&visit.done, &visit.lock);
  g_mutex_unlock (&visit.lock);
  g_mutex_clear (&visit.lock);
  g_cond_clear (&visit.done);
}

static KitMoment
moment_of (KitBoard *kit, const JmpUsbSetup *setup, const guint8 *data)
{
  const gboolean is_class = (setup->request_type & 0x60) == 0x20;

  if (!is_class)
    return KIT_NEVER;
  if (setup->request == REQUEST_DNLOAD && setup->value >= FIRST_BLOCK && setup->length > 0)
    return KIT_WRITE;
  if (setup->request == REQUEST_DNLOAD && setup->value == 0 && setup->length == 5
      && data[0] == COMMAND_ERASE)
    return KIT_ERASE;
  if (setup->request == REQUEST_UPLOAD && setup->value >= FIRST_BLOCK)
    return kit->written ? KIT_VERIFY : KIT_COMPARE;
  return KIT_NEVER;
}

static GBytes *
kit_descriptors (JmpUsb *usb, GError **error)
{
  return jmp_usb_descriptors (((KitUsb *)usb)->inner, error);
}

static gboolean
kit_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return jmp_usb_claim (((KitUsb *)usb)->inner, interface, error);
}

static gboolean
kit_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  return jmp_usb_set_alt (((KitUsb *)usb)->inner, interface, alt, error);
}

static gssize
kit_control (JmpUsb *usb,
             const JmpUsbSetup *setup,
             guint8 *data,
             guint timeout_ms,
             GCancellable *cancellable,
             GError **error)
{
  KitUsb *self = (KitUsb *)usb;

  const KitMoment moment = moment_of (self->kit, setup, data);

  if (moment == KIT_WRITE)
    self->kit->written = TRUE;
  if (moment != KIT_NEVER && moment == self->kit->moment && self->kit->skip-- == 0)
    visit_main_thread (self->kit);
  return jmp_usb_control (self->inner, setup, data, timeout_ms, cancellable, error);
}

static gboolean
kit_reset (JmpUsb *usb, GError **error)
{
  return jmp_usb_reset (((KitUsb *)usb)->inner, error);
}

static gint64
kit_now (JmpUsb *usb)
{
  return jmp_usb_now (((KitUsb *)usb)->inner);
}

static gboolean
kit_usb_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return jmp_usb_wait (((KitUsb *)usb)->inner, ms, cancellable, error);
}

static void
kit_free (JmpUsb *usb)
{
  jmp_usb_free (((KitUsb *)usb)->inner);
  g_free (usb);
}

static const JmpUsbOps KIT_OPS = {
  .descriptors = kit_descriptors,
  .claim = kit_claim,
  .set_alt = kit_set_alt,
  .control = kit_control,
  .reset = kit_reset,
  .now = kit_now,
  .wait = kit_usb_wait,
  .free = kit_free,
};

static JmpUsb *
kit_open (gpointer user_data, GError **error)
{
  KitBoard *kit = user_data;
  JmpUsb *inner = jmp_virtual_usb_open (kit->board, error);
  KitUsb *self;

  if (inner == NULL)
    return NULL;
  self = g_new0 (KitUsb, 1);
  self->usb.ops = &KIT_OPS;
  self->inner = inner;
  self->kit = kit;
  return &self->usb;
}

/* --- Boards --- */

static JmpDevice *
see_board (KitBoard *self)
{
  const JmpDeviceSource source = { .path = self->port, .open = kit_open, .user_data = self };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = jmp_virtual_usb_open (self->board, &error);
  g_autoptr (JmpDfuInfo) info = NULL;

  assert_no_error (error);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  return jmp_device_new (&source, info, NULL);
}

/* @spec is what follows "pyboard". */
KitBoard *
kit_board_new (const char *spec)
{
  return kit_board_new_on ("1-1", spec);
}

KitBoard *
kit_board_new_on (const char *port, const char *spec)
{
  KitBoard *self = g_new0 (KitBoard, 1);
  g_autofree char *text = g_strconcat ("pyboard,speed=0", spec, NULL);
  g_autoptr (GError) error = NULL;

  self->board = jmp_virtual_board_new (text, &error);
  assert_no_error (error);
  self->port = g_strdup (port);
  self->device = see_board (self);
  return self;
}

void
kit_board_free (KitBoard *self)
{
  g_clear_object (&self->device);
  g_clear_pointer (&self->board, jmp_virtual_board_unref);
  g_free (self->port);
  g_free (self);
}

void
kit_board_at (KitBoard *self, KitMoment moment, KitHand hand, gpointer hand_data)
{
  kit_board_after (self, moment, 0, hand, hand_data);
}

void
kit_board_after (KitBoard *self, KitMoment moment, guint skip, KitHand hand, gpointer hand_data)
{
  self->moment = moment;
  self->skip = skip;
  self->written = FALSE;
  self->hand = hand;
  self->hand_data = hand_data;
}

/* As the monitor tells it. */
void
kit_board_unplug (KitBoard *self)
{
  jmp_virtual_board_unplug (self->board);
  jmp_device_set_gone (self->device);
}

void
kit_board_plug (KitBoard *self)
{
  g_autoptr (JmpDevice) seen = NULL;

  jmp_virtual_board_unplug (self->board);
  jmp_virtual_board_set_jumper (self->board, TRUE);
  jmp_virtual_board_plug (self->board);
  seen = see_board (self);
  jmp_device_update (self->device, seen);
}

static JmpUsb *
refuse_open (gpointer user_data, GError **error)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_PERMISSION, "opening 1-2: no permission");
  return NULL;
}

JmpDevice *
kit_unusable_device_new (int code)
{
  const JmpDeviceSource source = { .path = "1-2", .open = refuse_open };
  g_autoptr (GError) problem = g_error_new (JMP_ERROR, code, "opening 1-2: refused");

  return jmp_device_new (&source, NULL, problem);
}

/* --- Files --- */

static char *folder;
static JmpLibrary *library;

/* A folder for the files of this test program. */
char *
kit_folder (void)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("jumper-ui-XXXXXX", NULL);
  assert_non_null (folder);
  return folder;
}

/* What the program remembers goes to that folder, too. GLib asks only once where that is. */
int
kit_make_folder (void **state)
{
  const char *const names[] = {
    "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *own = g_build_filename (kit_folder (), names[i], NULL);

    if (!g_setenv (names[i], own, TRUE))
      return -1;
  }
  return 0;
}

/* The releases as the program knows them, with the folders of this test program. */
JmpLibrary *
kit_library (void)
{
  g_autoptr (GError) error = NULL;

  if (library == NULL)
    library = jmp_library_new (&error);
  assert_no_error (error);
  return library;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

int
kit_remove_folder (void **state)
{
  g_clear_pointer (&library, jmp_library_unref);
  if (folder != NULL)
    remove_all (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static guint8
byte_at (guint32 i)
{
  return (guint8)(i * 7 + (i >> 8));
}

static GBytes *
content (const KitFirmware *firmware)
{
  const guint8 vectors[] = { 0x00, 0x00, 0x02, 0x20, 0x89, 0x01, 0x00, 0x08 };
  const guint32 size = firmware->size;
  guint8 *data = g_malloc (size);

  for (guint32 i = 0; i < size; i++)
    data[i] = byte_at (i);
  if (firmware->is_program)
    memcpy (data, vectors, MIN (size, sizeof vectors));
  return g_bytes_new_take (data, size);
}

GBytes *
kit_firmware_bytes (const KitFirmware *firmware)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) bytes = content (firmware);
  g_autoptr (GError) error = NULL;
  GBytes *file;

  jmp_image_builder_set_ids (builder, firmware->vid, firmware->pid, 0);
  jmp_image_builder_add (builder, 0, firmware->address, bytes, &error);
  assert_no_error (error);
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  file = jmp_dfuse_file_write (image, &error);
  assert_no_error (error);
  return file;
}

GFile *
kit_file (const char *name, const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (kit_folder (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize)size, &error);
  assert_no_error (error);
  return g_file_new_for_path (path);
}

GFile *
kit_firmware_file (const KitFirmware *firmware, const char *name)
{
  g_autoptr (GBytes) bytes = kit_firmware_bytes (firmware);

  return kit_file (name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

gboolean
kit_board_holds (KitBoard *self, const KitFirmware *firmware)
{
  g_autoptr (GBytes) bytes = content (firmware);
  g_autofree guint8 *found = g_malloc (firmware->size);

  assert_true (jmp_virtual_board_peek (self->board, 0, firmware->address, found, firmware->size));
  return memcmp (found, g_bytes_get_data (bytes, NULL), firmware->size) == 0;
}

/* --- Waiting --- */

static gboolean
limit_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Lets the main loop run until @condition is true. The limit is far beyond what anything takes. */
void
kit_wait (KitCondition condition, gpointer user_data)
{
  gboolean late = FALSE;
  const guint limit = g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, &late);

  while (!condition (user_data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  if (late)
    fail_msg ("what was waited for did not happen in %d s", LIMIT_SECONDS);
}

typedef struct {
  JmpSession *session;
  JmpSessionState state;
} Awaited;

static gboolean
has_state (gpointer user_data)
{
  const Awaited *awaited = user_data;

  return jmp_session_get_state (awaited->session) == awaited->state;
}

void
kit_wait_for_state (JmpSession *session, JmpSessionState state)
{
  Awaited awaited = { session, state };

  kit_wait (has_state, &awaited);
}
