/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/recorder.h"

#include "base/error.h"
#include "usb/recording-private.h"

typedef struct {
  JmpUsb base;
  JmpUsb *inner;
  JmpUsbLineFunc line;
  gpointer user_data;
  gint64 began;
} JmpUsbRecorder;

static void
append_hex (GString *text, const guint8 *data, gsize size)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < size; i++) {
    g_string_append_c (text, digits[data[i] >> 4]);
    g_string_append_c (text, digits[data[i] & 0xF]);
  }
}

char *
jmp_recording_descriptors (void)
{
  return g_strdup ("descriptors");
}

char *
jmp_recording_claim (guint8 interface)
{
  return g_strdup_printf ("claim %u", interface);
}

char *
jmp_recording_set_alt (guint8 interface, guint8 alt)
{
  return g_strdup_printf ("set-alt %u %u", interface, alt);
}

char *
jmp_recording_reset (void)
{
  return g_strdup ("reset");
}

char *
jmp_recording_control (const JmpUsbSetup *setup, const guint8 *data)
{
  gboolean is_in = (setup->request_type & 0x80) != 0;
  GString *text = g_string_new (NULL);

  g_string_printf (text,
                   "%s %02x %02x %04x %04x %u",
                   is_in ? "in" : "out",
                   setup->request_type,
                   setup->request,
                   setup->value,
                   setup->index,
                   setup->length);
  if (!is_in && setup->length > 0) {
    g_string_append_c (text, ' ');
    append_hex (text, data, setup->length);
  }
  return g_string_free (text, FALSE);
}

/* Hands out one line; @error, or what goes behind "ok". */
static void
write_line (
    JmpUsbRecorder *self, const char *request, gint64 start, const GError *error, const char *ok)
{
  gint64 took = jmp_usb_now (self->inner) - start;
  g_autofree char *line = NULL;

  if (error == NULL)
    line = g_strdup_printf ("@%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT " %s" JMP_RECORDING_ARROW
                            "ok%s",
                            start - self->began,
                            took,
                            request,
                            ok);
  else
    line = g_strdup_printf (
        "@%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT " %s" JMP_RECORDING_ARROW "%s: %s",
        start - self->began,
        took,
        request,
        error->domain == JMP_ERROR       ? jmp_error_to_string (error->code)
        : jmp_error_is_cancelled (error) ? JMP_RECORDING_CANCELLED
                                         : jmp_error_to_string (JMP_ERROR_FAILED),
        error->message);
  self->line (g_strdelimit (line, "\r\n", ' '), self->user_data);
}

/* For what only succeeds or fails. Takes @request and @inner_error over. */
static gboolean
finish (JmpUsbRecorder *self, char *request, gint64 start, GError *inner_error, GError **error)
{
  write_line (self, request, start, inner_error, "");
  g_free (request);
  if (inner_error == NULL)
    return TRUE;
  g_propagate_error (error, inner_error);
  return FALSE;
}

static GBytes *
recorder_descriptors (JmpUsb *usb, GError **error)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;
  g_autoptr (GError) inner_error = NULL;
  g_autofree char *request = jmp_recording_descriptors ();
  gint64 start = jmp_usb_now (self->inner);
  g_autoptr (GBytes) bytes = jmp_usb_descriptors (self->inner, &inner_error);
  g_autoptr (GString) ok = g_string_new (NULL);

  if (bytes != NULL) {
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);

    g_string_printf (ok, " %" G_GSIZE_FORMAT " ", size);
    append_hex (ok, data, size);
  }
  write_line (self, request, start, inner_error, ok->str);
  if (inner_error != NULL)
    g_propagate_error (error, g_steal_pointer (&inner_error));
  return g_steal_pointer (&bytes);
}

static gboolean
recorder_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;
  GError *inner_error = NULL;
  gint64 start = jmp_usb_now (self->inner);

  jmp_usb_claim (self->inner, interface, &inner_error);
  return finish (self, jmp_recording_claim (interface), start, inner_error, error);
}

static gboolean
recorder_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;
  GError *inner_error = NULL;
  gint64 start = jmp_usb_now (self->inner);

  jmp_usb_set_alt (self->inner, interface, alt, &inner_error);
  return finish (self, jmp_recording_set_alt (interface, alt), start, inner_error, error);
}

static gboolean
recorder_reset (JmpUsb *usb, GError **error)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;
  GError *inner_error = NULL;
  gint64 start = jmp_usb_now (self->inner);

  jmp_usb_reset (self->inner, &inner_error);
  return finish (self, jmp_recording_reset (), start, inner_error, error);
}

static gssize
recorder_control (JmpUsb *usb,
                  const JmpUsbSetup *setup,
                  guint8 *data,
                  guint timeout_ms,
                  GCancellable *cancellable,
                  GError **error)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;
  g_autoptr (GError) inner_error = NULL;
  g_autofree char *request = jmp_recording_control (setup, data);
  g_autoptr (GString) ok = g_string_new (NULL);
  gint64 start = jmp_usb_now (self->inner);
  gssize moved = jmp_usb_control (self->inner, setup, data, timeout_ms, cancellable, &inner_error);

  if (moved >= 0)
    g_string_printf (ok, " %" G_GSSIZE_FORMAT, moved);
  if (moved > 0 && (setup->request_type & 0x80) != 0) {
    g_string_append_c (ok, ' ');
    append_hex (ok, data, (gsize)moved);
  }
  write_line (self, request, start, inner_error, ok->str);
  if (inner_error != NULL)
    g_propagate_error (error, g_steal_pointer (&inner_error));
  return moved;
}

static gint64
recorder_now (JmpUsb *usb)
{
  return jmp_usb_now (((JmpUsbRecorder *)usb)->inner);
}

static gboolean
recorder_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return jmp_usb_wait (((JmpUsbRecorder *)usb)->inner, ms, cancellable, error);
}

static void
recorder_free (JmpUsb *usb)
{
  JmpUsbRecorder *self = (JmpUsbRecorder *)usb;

  jmp_usb_free (self->inner);
  g_free (self);
}

static const JmpUsbOps recorder_ops = {
  .descriptors = recorder_descriptors,
  .claim = recorder_claim,
  .set_alt = recorder_set_alt,
  .control = recorder_control,
  .reset = recorder_reset,
  .now = recorder_now,
  .wait = recorder_wait,
  .free = recorder_free,
};

/**
 * jmp_usb_recorder_new:
 * @inner: (transfer full): the device to record
 * @line: (scope forever): takes the lines, in the thread that uses the device
 * @user_data: for @line
 *
 * Wraps a device so that all that goes over it is written down, one line per transfer, as a text that
 * jmp_usb_replay_new() reads. The first line is a comment that names the format.
 *
 * Returns: (transfer full): the device to use in place of @inner
 */
JmpUsb *
jmp_usb_recorder_new (JmpUsb *inner, JmpUsbLineFunc line, gpointer user_data)
{
  JmpUsbRecorder *self = g_new0 (JmpUsbRecorder, 1);

  self->base.ops = &recorder_ops;
  self->inner = inner;
  self->line = line;
  self->user_data = user_data;
  self->began = jmp_usb_now (inner);
  line (JMP_RECORDING_HEADER, user_data);
  return &self->base;
}
