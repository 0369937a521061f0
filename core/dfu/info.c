/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/info.h"

#include "base/error.h"
#include "dfu/descriptors-private.h"

#include <string.h>

#define DFU_MODE      2
#define VERSION_DFUSE 0x011A
#define VERSION_1_1   0x0110

#define GET_DESCRIPTOR 6
/* The STM32C5 never answers. */
#define GET_DESCRIPTOR_MS 500

/* Strings may fail just after plug-in. All of them together get this many further tries, and none
 * begins after the limit: a device that answers nothing costs 7 seconds. */
#define STRING_RETRIES  20
#define STRING_PAUSE_MS 20
#define STRINGS_LIMIT   (5 * G_USEC_PER_SEC)

/* Stands in where a device does not say what its blocks are. */
#define DEFAULT_TRANSFER_SIZE 1024
/* The smallest control endpoint of USB 2.0; less is not believed. */
#define MIN_TRANSFER_SIZE 8

typedef struct {
  JmpUsb *usb;
  GCancellable *cancellable;
  guint retries;
  gint64 deadline;
} StringReader;

static void
alt_free (gpointer data)
{
  JmpDfuAlt *alt = data;

  g_free (alt->text);
  g_free (alt->name);
  g_clear_pointer (&alt->layout, jmp_layout_unref);
  g_free (alt);
}

static void
info_clear (gpointer data)
{
  JmpDfuInfo *self = data;

  g_free (self->manufacturer);
  g_free (self->product);
  g_free (self->serial);
  g_ptr_array_unref (self->alts);
}

static JmpDfuInfo *
info_new (const JmpDfuDescriptors *d)
{
  JmpDfuInfo *self = g_atomic_rc_box_new0 (JmpDfuInfo);

  self->vid = d->vid;
  self->pid = d->pid;
  self->bcd_device = d->bcd_device;
  self->bcd_usb = d->bcd_usb;
  self->interface = d->interface;
  self->is_gadget = d->is_gadget;
  self->alts = g_ptr_array_new_with_free_func (alt_free);
  for (guint i = 0; i < d->n_alts; i++) {
    JmpDfuAlt *alt = g_new0 (JmpDfuAlt, 1);

    alt->alt = d->alts[i].alt;
    g_ptr_array_add (self->alts, alt);
  }
  return self;
}

static JmpDfuAlt *
nth_alt (const JmpDfuInfo *self, guint n)
{
  return g_ptr_array_index (self->alts, n);
}

static JmpQuirks
lookup_quirks (const JmpDfuInfo *self, const char *layout)
{
  return jmp_quirks_lookup (&(JmpQuirkKey){
      .vid = self->vid,
      .pid = self->pid,
      .bcd_device = self->bcd_device,
      .manufacturer = self->manufacturer,
      .serial = self->serial,
      .layout = layout,
  });
}

/* wTransferSize as fwupd repairs it: 0 -> 64, 0xFFFF -> 1024. */
static guint16
sane_transfer_size (const JmpDfuFunctional *functional, guint16 quirk)
{
  guint16 size = functional->transfer_size;

  if (!functional->found || size == 0xFFFF)
    size = DEFAULT_TRANSFER_SIZE;
  else if (size < MIN_TRANSFER_SIZE)
    size = 64;
  if (quirk != 0)
    size = MIN (size, quirk);
  return MIN (size, JMP_USB_MAX_CONTROL);
}

static void
set_functional (JmpDfuInfo *self, const JmpDfuDescriptors *d)
{
  const JmpDfuFunctional *functional = &d->functional;

  self->has_functional = functional->found;
  self->attributes = functional->found ? functional->attributes
                                       : JMP_DFU_CAN_DOWNLOAD | JMP_DFU_CAN_UPLOAD;
  self->detach_timeout_ms = functional->found ? functional->detach_timeout_ms : 255;
  self->version = functional->found ? functional->version : 0x0100;
  if ((self->quirks.flags & JMP_QUIRK_DFU_1_1) != 0)
    self->version = VERSION_1_1;
  self->device_transfer_size = functional->transfer_size;
  self->transfer_size = sane_transfer_size (functional, self->quirks.transfer_size);
  /* bInterfaceProtocol says it (DFU 1.1, 4.2.3); ST's DSO Nano leaves it 0 */
  self->dfu_mode = d->protocol == DFU_MODE || (d->protocol == 0 && self->version == VERSION_DFUSE)
                   || (self->quirks.flags & JMP_QUIRK_FORCE_DFU_MODE) != 0;
}

/* STM32G0 shows the same memory three times. */
static gboolean
alts_are_one (const JmpDfuInfo *self)
{
  for (guint i = 0; i < self->alts->len; i++) {
    if (nth_alt (self, i)->layout == NULL
        || strcmp (nth_alt (self, i)->text, nth_alt (self, 0)->text) != 0)
      return FALSE;
  }
  return self->alts->len > 1;
}

static char *
name_alt (const JmpDfuAlt *alt)
{
  g_autofree char *text = alt->text != NULL ? g_strdup (alt->text) : NULL;
  const char *name = text;

  if (alt->layout != NULL)
    name = jmp_layout_get_name (alt->layout);
  else if (text != NULL)
    name = g_strstrip (text[0] == '@' ? text + 1 : text);
  return name != NULL && *name != '\0' ? g_strdup (name) : g_strdup_printf ("Alt %u", alt->alt);
}

static void
read_layouts (JmpDfuInfo *self)
{
  gboolean dfuse = (self->quirks.flags & JMP_QUIRK_NOT_DFUSE) == 0;

  for (guint i = 0; i < self->alts->len; i++) {
    JmpDfuAlt *alt = nth_alt (self, i);

    alt->quirks = lookup_quirks (self, alt->text);
    if (alt->text != NULL && dfuse) {
      const char *instead = alt->quirks.layout;

      /* A string that cannot be read leaves its alt setting without a map, and no more. */
      alt->layout = jmp_layout_parse (instead != NULL ? instead : alt->text, NULL);
    }
    alt->name = name_alt (alt);
    if (alt->layout != NULL)
      self->dfuse = TRUE;
  }
  if (self->version == VERSION_DFUSE && dfuse)
    self->dfuse = TRUE;
  if (alts_are_one (self)) {
    self->quirks.flags |= JMP_QUIRK_ONE_ALT;
    g_ptr_array_set_size (self->alts, 1);
  }
}

/* What follows from descriptors and strings together. */
static gboolean
evaluate (JmpDfuInfo *self, const JmpDfuDescriptors *d, GError **error)
{
  self->quirks = lookup_quirks (self, self->alts->len > 0 ? nth_alt (self, 0)->text : NULL);
  if ((self->quirks.flags & JMP_QUIRK_NOT_DFU) != 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "%04x:%04x (%s) has the class of DFU, but not its protocol",
                 self->vid,
                 self->pid,
                 self->quirks.name);
    return FALSE;
  }
  set_functional (self, d);
  read_layouts (self);
  return TRUE;
}

static gboolean
read_descriptors (JmpDfuDescriptors *d, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (jmp_dfu_descriptors_read (d, data, size))
    return TRUE;
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "no DFU interface");
  return FALSE;
}

/**
 * jmp_dfu_info_parse:
 * @descriptors: the device descriptor (18 bytes) and the active configuration's behind it; any bytes
 * @error: return location for a #GError
 *
 * What a device's descriptors alone say about it: no strings, no memory maps. For devices that may
 * not be opened.
 *
 * Errors: %JMP_ERROR_NOT_SUPPORTED when there is no DFU interface in them.
 *
 * Returns: (transfer full): the information
 */
JmpDfuInfo *
jmp_dfu_info_parse (GBytes *descriptors, GError **error)
{
  g_autoptr (JmpDfuInfo) self = NULL;
  JmpDfuDescriptors d;

  if (!read_descriptors (&d, descriptors, error))
    return NULL;
  self = info_new (&d);
  return evaluate (self, &d, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
is_final (const GError *error)
{
  return jmp_error_is_cancelled (error)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED);
}

/* Reads a string, or leaves %NULL where the device does not give it. Fails only when there is no
 * sense in asking on. */
static gboolean
read_string (StringReader *reader, guint8 index, char **out, GError **error)
{
  while (index != 0 && jmp_usb_now (reader->usb) < reader->deadline) {
    g_autoptr (GError) local = NULL;
    g_autofree char *text = jmp_usb_string (reader->usb, index, reader->cancellable, &local);

    if (text != NULL) {
      if (*text != '\0')
        *out = g_steal_pointer (&text);
      return TRUE;
    }
    if (is_final (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (reader->retries == 0)
      return TRUE;
    reader->retries--;
    if (!jmp_usb_wait (reader->usb, STRING_PAUSE_MS, reader->cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* The maps come before the names: they are what cannot be done without, should time run out. */
static gboolean
read_strings (JmpDfuInfo *self,
              const JmpDfuDescriptors *d,
              JmpUsb *usb,
              GCancellable *cancellable,
              GError **error)
{
  StringReader reader = {
    .usb = usb,
    .cancellable = cancellable,
    .retries = STRING_RETRIES,
    .deadline = jmp_usb_now (usb) + STRINGS_LIMIT,
  };

  for (guint i = 0; i < d->n_alts; i++) {
    if (!read_string (&reader, d->alts[i].string, &nth_alt (self, i)->text, error))
      return FALSE;
  }
  return read_string (&reader, d->manufacturer, &self->manufacturer, error)
         && read_string (&reader, d->product, &self->product, error)
         && read_string (&reader, d->serial, &self->serial, error);
}

/* Some devices have the functional descriptor, but not in their configuration. It belongs to the
 * interface; some answer for the device only. Not to answer at all is no error. */
static gboolean
ask_functional (JmpDfuDescriptors *d, JmpUsb *usb, GCancellable *cancellable, GError **error)
{
  static const guint8 recipients[] = { 0x81, 0x80 };

  for (guint i = 0; i < G_N_ELEMENTS (recipients) && !d->functional.found; i++) {
    guint8 data[JMP_DFU_FUNCTIONAL_SIZE];
    g_autoptr (GError) local = NULL;
    JmpUsbSetup setup = {
      .request_type = recipients[i],
      .request = GET_DESCRIPTOR,
      .value = JMP_DFU_FUNCTIONAL_TYPE << 8,
      .index = recipients[i] == 0x81 ? d->interface : 0,
      .length = sizeof data,
    };
    gssize got = jmp_usb_control (usb, &setup, data, GET_DESCRIPTOR_MS, cancellable, &local);

    if (is_final (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (got > 0)
      jmp_dfu_functional_read (&d->functional, data, MIN ((gsize)got, sizeof data));
    if (g_error_matches (local, JMP_ERROR, JMP_ERROR_TIMED_OUT))
      return TRUE;
  }
  return TRUE;
}

/**
 * jmp_dfu_info_read:
 * @usb: an open device; its interface need not be claimed
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * What a device says about itself, with its strings and memory maps. A string that the device does
 * not give stays %NULL. Takes 8 seconds at most, where the device answers nothing.
 *
 * Errors: those of usb.h; %JMP_ERROR_NOT_SUPPORTED when there is no DFU interface.
 *
 * Returns: (transfer full): the information
 */
JmpDfuInfo *
jmp_dfu_info_read (JmpUsb *usb, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = jmp_usb_descriptors (usb, error);
  g_autoptr (JmpDfuInfo) self = NULL;
  JmpDfuDescriptors d;

  if (bytes == NULL || !read_descriptors (&d, bytes, error))
    return NULL;
  if (!d.functional.found && !ask_functional (&d, usb, cancellable, error))
    return NULL;
  self = info_new (&d);
  if (!read_strings (self, &d, usb, cancellable, error) || !evaluate (self, &d, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jmp_dfu_info_ref:
 * @self: the information
 *
 * Returns: (transfer full): @self
 */
JmpDfuInfo *
jmp_dfu_info_ref (JmpDfuInfo *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_dfu_info_unref:
 * @self: (transfer full): the information
 */
void
jmp_dfu_info_unref (JmpDfuInfo *self)
{
  g_atomic_rc_box_release_full (self, info_clear);
}

/**
 * jmp_dfu_info_find_alt:
 * @self: the information
 * @alt: bAlternateSetting
 *
 * Returns: (transfer none) (nullable): the alt setting of that number
 */
const JmpDfuAlt *
jmp_dfu_info_find_alt (const JmpDfuInfo *self, guint8 alt)
{
  for (guint i = 0; i < self->alts->len; i++) {
    if (nth_alt (self, i)->alt == alt)
      return nth_alt (self, i);
  }
  return NULL;
}

/**
 * jmp_dfu_alt_get_base:
 * @self: an alt setting of a plain DFU device
 *
 * Returns: the address that the first byte of its memory has, or 0 where that is not known for certain
 */
guint32
jmp_dfu_alt_get_base (const JmpDfuAlt *self)
{
  return self->quirks.n_bases == 1 ? self->quirks.bases[0] : 0;
}

/**
 * jmp_dfu_alt_takes:
 * @self: an alt setting of a plain DFU device
 * @address: where a file begins
 *
 * Returns: whether that is a place where files for this alt setting may begin
 */
gboolean
jmp_dfu_alt_takes (const JmpDfuAlt *self, guint32 address)
{
  for (guint i = 0; i < self->quirks.n_bases; i++) {
    if (self->quirks.bases[i] == address)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_dfu_info_can_detach:
 * @self: the information
 *
 * Returns: whether the device runs a program that can be asked to go into DFU mode (DFU 1.1, 4.1 and
 *   5.1)
 */
gboolean
jmp_dfu_info_can_detach (const JmpDfuInfo *self)
{
  return !self->dfu_mode && self->has_functional;
}
