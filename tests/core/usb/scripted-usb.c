/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "scripted-usb.h"

#include <string.h>

typedef struct {
  GBytes *data;
  GError *error;
} Answer;

typedef struct {
  JmpUsb base;
  GQueue answers;
  GString *asked;
  gint64 now;
} ScriptedUsb;

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->data, g_bytes_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void note (ScriptedUsb *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (ScriptedUsb *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->asked, format, args);
  va_end (args);
  g_string_append_c (self->asked, '\n');
  self->now += 100;
}

/* Whether the next answer is a failure, which is then used up. */
static gboolean
is_failing (ScriptedUsb *self, GError **error)
{
  Answer *next = g_queue_peek_head (&self->answers);

  if (next == NULL || next->error == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&next->error));
  answer_free (g_queue_pop_head (&self->answers));
  return TRUE;
}

static GBytes *
scripted_descriptors (JmpUsb *usb, GError **error)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;

  note (self, "descriptors");
  return is_failing (self, error) ? NULL : g_bytes_new_static ("\x12\x01", 2);
}

static gboolean
scripted_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;

  note (self, "claim %u", interface);
  return !is_failing (self, error);
}

static gboolean
scripted_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;

  note (self, "set-alt %u %u", interface, alt);
  return !is_failing (self, error);
}

static gssize
scripted_control (JmpUsb *usb,
                  const JmpUsbSetup *setup,
                  guint8 *data,
                  guint timeout_ms,
                  GCancellable *cancellable,
                  GError **error)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;
  gboolean is_in = (setup->request_type & 0x80) != 0;
  Answer *answer;
  gsize size;

  note (self,
        "%s %02x %02x %04x %04x %u",
        is_in ? "in" : "out",
        setup->request_type,
        setup->request,
        setup->value,
        setup->index,
        setup->length);
  if (is_failing (self, error))
    return -1;
  if (!is_in)
    return setup->length;
  answer = g_queue_pop_head (&self->answers);
  if (answer == NULL)
    return 0;
  size = MIN (g_bytes_get_size (answer->data), setup->length);
  if (size > 0)
    memcpy (data, g_bytes_get_data (answer->data, NULL), size);
  answer_free (answer);
  return (gssize)size;
}

static gboolean
scripted_reset (JmpUsb *usb, GError **error)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;

  note (self, "reset");
  return !is_failing (self, error);
}

static gint64
scripted_now (JmpUsb *usb)
{
  return ((ScriptedUsb *)usb)->now;
}

static gboolean
scripted_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  ((ScriptedUsb *)usb)->now += (gint64)ms * 1000;
  return TRUE;
}

static void
scripted_free (JmpUsb *usb)
{
  ScriptedUsb *self = (ScriptedUsb *)usb;

  g_queue_clear_full (&self->answers, (GDestroyNotify)answer_free);
  g_string_free (self->asked, TRUE);
  g_free (self);
}

static const JmpUsbOps scripted_ops = {
  .descriptors = scripted_descriptors,
  .claim = scripted_claim,
  .set_alt = scripted_set_alt,
  .control = scripted_control,
  .reset = scripted_reset,
  .now = scripted_now,
  .wait = scripted_wait,
  .free = scripted_free,
};

JmpUsb *
scripted_usb_new (void)
{
  ScriptedUsb *self = g_new0 (ScriptedUsb, 1);

  self->base.ops = &scripted_ops;
  self->asked = g_string_new (NULL);
  g_queue_init (&self->answers);
  return &self->base;
}

void
scripted_usb_answer (JmpUsb *usb, const void *data, gsize size)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->data = g_bytes_new (data, size);
  g_queue_push_tail (&((ScriptedUsb *)usb)->answers, answer);
}

void
scripted_usb_fail (JmpUsb *usb, GQuark domain, int code)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->error = g_error_new_literal (domain, code, "as told");
  g_queue_push_tail (&((ScriptedUsb *)usb)->answers, answer);
}

const char *
scripted_usb_asked (JmpUsb *usb)
{
  return ((ScriptedUsb *)usb)->asked->str;
}
